import { titleOf } from '../../domain/card/card-parts.ts';
import type { Field, Form, FormName } from '../../domain/card/form.ts';
import { tellRefusal } from '../../domain/card/refusal-words.ts';
import { denial } from '../../domain/handoff/rights.ts';
import { whoIs } from '../../domain/lead/who-is.ts';
import type { Policy } from '../../domain/policy/policy.ts';
import { line } from '../../domain/words/line.ts';
import { type MessageKey, wordsIn } from '../../domain/words/words.ts';
import type { Identify } from '../people/identify.ts';
import { namesOf } from '../people/people.ts';
import { wordsFor } from '../people/words-of.ts';
import type { Cards } from '../ports/cards.ts';
import type { PreparedForm, PrepareForm, ShownForm } from '../ports/chat.ts';
import type { HandoffView } from '../ports/handoffs.ts';
import { keepTyped } from './keep-typed.ts';
import { type FormNeeds, makeForm } from './make-form.ts';
import { leadOption } from './search-leads.ts';
import { hubspotIsAway } from './unknown.ts';

type Needs = FormNeeds & { cards: Cards; identify: Identify; policy: () => Policy };

/** Prepares the form behind a button, with the choices of this moment; whoever opens it has the card in front of them. */
export function prepareForm(needs: Needs): PrepareForm {
  const { handoffs, directory, cards, identify, policyOf, clock } = needs;
  return async ({ platform, userId, handoffId }, name, answers = {}): Promise<PreparedForm> => {
    const by = await identify(platform, userId);
    if (!by) return { refused: wordsIn(needs.policy().language).line('done.stranger') };
    const people = await directory.people();
    const words = wordsFor(by, platform, { people, policy: needs.policy() });
    const view = await handoffs.view(handoffId);
    if (!view) return { refused: words.line('done.gone') };
    const { handoff } = view;
    const now = clock();
    await cards.noteSeen(by, platform, handoffId, now);
    const policy = policyOf(handoff);
    // Whoever would be refused after filling in the form is told before.
    const refusal = denial(name, by, handoff, policy);
    if (refusal) {
      const told = tellRefusal(refusal, { names: namesOf(people), words });
      // Of a form that is open already: it gives way to why, with what was typed.
      const act = { type: 'submit', form: name, values: answers } as const;
      const kept = await keepTyped(act, refusal, { by, handoffId, words }, needs);
      return { refused: kept ? line`${told} ${kept}` : told };
    }
    const form = await makeForm(view, name, answers, { people, words }, needs).catch(hubspotIsAway);
    if (form === 'away') return { refused: words.line('done.hubspotAway') };
    if (!form) return { refused: words.line(nothingToChoose[name]) };
    return shownForm(await withLabels(form, needs), view, { policy, now });
  };
}

/** A form with what it is about. */
export function shownForm(
  form: Form,
  { handoff, lead }: Pick<HandoffView, 'handoff' | 'lead'>,
  around: { policy: Policy; now: Date },
): ShownForm {
  const about = titleOf({ handoff, lead, ...around });
  return { form, whose: whoIs(lead), about, revision: handoff.version, leadId: lead.id };
}

/** What was found by a search before is called as it was found. */
async function withLabels(form: Form, needs: Needs): Promise<Form> {
  const labelled = async (field: Field): Promise<Field> =>
    field.kind === 'search' && field.initial !== null
      ? { ...field, initial: await leadOption(field.initial.value, needs) }
      : field;
  return { ...form, fields: await Promise.all(form.fields.map(labelled)) };
}

const nothingToChoose = {
  logTouch: 'done.noReason',
  disqualify: 'done.noReason',
  handBack: 'done.noReason',
  snooze: 'done.noSnooze',
  reassign: 'done.nobodyToChoose',
  fillIn: 'done.fillInThere',
  update: 'done.nothingToSet',
  giveGrace: 'done.noDeadline',
} as const satisfies Record<FormName, MessageKey>;
