import { brief } from '../../domain/briefing/briefing.ts';
import type { PersonId, Policy } from '../../domain/policy/policy.ts';
import type { Words } from '../../domain/words/words.ts';
import { namesOf, ownersIn } from '../people/people.ts';
import type { Reply } from '../ports/chat.ts';
import type { HandoffView } from '../ports/handoffs.ts';
import type { Clock, PolicyOf } from '../ports/time.ts';
import { type ExplainNeeds, findMeant, withWhom } from './explain.ts';
import { mostOffered } from './likely-leads.ts';
import { said, sayIt } from './said.ts';
import { candidates } from './why.ts';

type Needs = ExplainNeeds & { policy: () => Policy; policyOf: PolicyOf; clock: Clock };

/** First sentences to a lead as texts to be copied: one to write, one to say. No chat lets a button copy anything. */
export async function opener(person: PersonId, who: string, words: Words, needs: Needs): Promise<Reply> {
  const found = await findMeant(who, { person, policy: needs.policy() }, needs);
  switch (found.kind) {
    case 'erased':
    case 'tooMany':
      return said(words.text(`answers.${found.kind}`, { said: who }), []);
    case 'vague':
    case 'none':
      return said(words.text('commands.whichLead'), words.line('commands.openerOfNone'));
    case 'hidden':
      return withWhom(who, found, namesOf(await needs.directory.people()), words);
    case 'several': {
      const leads = await needs.handoffs.snapshots(found.ids.slice(0, mostOffered));
      return said(
        words.text('commands.severalFit', { said: who }),
        words.line('commands.chooseOne'),
        candidates([...leads.values()], 'opener'),
      );
    }
    case 'one': {
      const latest = found.views.toSorted((a, b) => +b.handoff.qualifiedAt - +a.handoff.qualifiedAt)[0];
      return latest
        ? openerOf(latest, person, words, needs)
        : said(words.text('commands.whichLead'), words.line('commands.openerOfNone'));
    }
    default:
      return found satisfies never;
  }
}

async function openerOf(
  { handoff, lead, log, memory }: HandoffView,
  reader: PersonId,
  words: Words,
  { directory, policyOf, clock }: Needs,
): Promise<Reply> {
  const people = await directory.people();
  const policy = policyOf(handoff);
  const [names, owners, now] = [namesOf(people), ownersIn(policy, people), clock()];
  const briefing = brief({ reader, handoff, lead, log, memory, policy, names, owners, words, now });
  const { mail, call } = briefing.openers;
  return {
    title: words.text('commands.openerTitle', { lead: briefing.who }),
    sections: [
      { kind: 'copy', title: words.text('card.openerMail'), text: mail },
      { kind: 'copy', title: words.text('card.openerCall'), text: call },
    ],
    actions: [sayIt(`why ${lead.id}`, words.text('card.whyMe'))],
    about: [lead.id],
  };
}
