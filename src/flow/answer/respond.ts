import { randomUUID } from 'node:crypto';
import { titleOf } from '../../domain/card/card-parts.ts';
import { type FormName, noteMaxLength } from '../../domain/card/form.ts';
import { formFor } from '../../domain/card/form-for.ts';
import { tellRefusal } from '../../domain/card/story.ts';
import { dateTime, type Line, line, type Names, person } from '../../domain/card/text.ts';
import type { ClickCommand, Refusal } from '../../domain/handoff/decide.ts';
import { type Handoff, type HandoffId, touchKinds, touchOutcomes } from '../../domain/handoff/handoff.ts';
import { denial } from '../../domain/handoff/rights.ts';
import type { Grace, PersonId } from '../../domain/policy/policy.ts';
import { snoozeChoices } from '../../domain/time/snooze.ts';
import { changeHandoff } from '../change.ts';
import { availabilityWithLoad, availabilityWithoutLoad } from '../people/availability.ts';
import type { Identify } from '../people/identify.ts';
import { namesOf } from '../people/people.ts';
import type { Cards } from '../ports/cards.ts';
import type { Act, PreparedForm, PrepareForm, Respond } from '../ports/chat.ts';
import type { Cause, Changed } from '../ports/handoffs.ts';
import type { Observe } from '../ports/observe.ts';
import type { RoutingNeeds } from '../with-routing.ts';
import { handBack } from './hand-back.ts';

type Needs = RoutingNeeds & { cards: Cards; identify: Identify; observe: Observe };

export const strangerLine = line`You are not among the people of this handoff policy. Nothing was changed.`;
export const goneLine = line`This handoff no longer exists. Nothing was changed.`;

/** Carries out what somebody did on a card; a refusal says why nothing happened and what can be done instead. */
export function respond(needs: Needs): Respond {
  const { directory, identify, clock, observe } = needs;
  return async ({ platform, userId, commandId, handoffId }, act) => {
    const by = await identify(platform, userId);
    if (!by) {
      observe({ what: 'refused', handoffId, refusal: 'unknownPerson' });
      return { done: false, text: strangerLine, field: null };
    }
    const command = commandOf(act, by);
    if ('field' in command) return { done: false, text: command.text, field: command.field };

    const changed = await carryOut(handoffId, command, { by, at: clock(), commandId }, needs);
    const names = namesOf(await directory.people());
    if (!changed) {
      observe({ what: 'refused', handoffId, refusal: 'unknownHandoff' });
      return { done: false, text: goneLine, field: null };
    }
    if (changed.outcome === 'refused') {
      observe({ what: 'refused', handoffId, refusal: changed.refusal.refused });
      return { done: false, text: tellRefusal(changed.refusal, names), field: fieldOf(changed.refusal) };
    }
    if (changed.outcome === 'changed') {
      observe({ what: 'changed', handoffId, events: changed.events.map((event) => event.type) });
    }
    return { done: true, text: doneLine(act, changed.handoff, names) };
  };
}

/** A lead that is handed back goes to whom routing finds; everything else is decided by what is known of the handoff. */
function carryOut(
  id: HandoffId,
  command: Intent,
  cause: Cause & { by: PersonId },
  needs: Needs,
): Promise<Changed | null> {
  if (command.type === 'handBack') return handBack(needs, id, command, cause);
  return changeHandoff(needs.handoffs, needs.policyOf, id, command, cause);
}

/** What a click asks for, before anybody is found to whom a lead goes instead. */
type Intent =
  | Exclude<ClickCommand, { type: 'handBack' }>
  | Omit<Extract<ClickCommand, { type: 'handBack' }>, 'to'>;

/** Prepares the form behind a button, with the choices of this moment; whoever opens it has the card in front of them. */
export function prepareForm({
  handoffs,
  directory,
  cards,
  identify,
  policyOf,
  clock,
}: Omit<Needs, 'inbox' | 'observe'>): PrepareForm {
  return async ({ platform, userId, handoffId }, name): Promise<PreparedForm> => {
    const by = await identify(platform, userId);
    if (!by) return { refused: strangerLine };
    const view = await handoffs.view(handoffId);
    if (!view) return { refused: goneLine };
    const now = clock();
    const { handoff } = view;
    await cards.noteSeen(by, platform, handoffId, now);
    const people = await directory.people();
    const policy = policyOf(handoff);
    // Whoever would be refused after filling in the form is told before.
    const refusal = denial(name, by, handoff, policy);
    const names = namesOf(people);
    if (refusal) return { refused: tellRefusal(refusal, names) };
    // Slack opens a form only within three seconds: what only one form needs is not read for the others.
    const presence =
      name === 'reassign'
        ? await availabilityWithLoad(handoff, people, { handoffs, directory }, now)
        : availabilityWithoutLoad(people);
    const form = formFor(name, { handoff, policy, names, presence, now });
    if (!form) return { refused: nothingToChoose[name] };
    const about = titleOf({ handoff, lead: view.lead, policy, now });
    return { form, about, revision: handoff.version, leadId: view.lead.id };
  };
}

const nobodyToChoose = line`There is nobody else to choose. Take it, or give grace.`;
const noReason = line`The policy names nothing to choose from. Ask whoever keeps it.`;
const nothingToChoose: Readonly<Record<FormName, Line>> = {
  logTouch: noReason,
  disqualify: noReason,
  handBack: noReason,
  snooze: line`This lead cannot be put off any longer. Accept it, or hand it back.`,
  reassign: nobodyToChoose,
  giveGrace: line`No deadline is running, so there is nothing to extend.`,
};

type Invalid = { text: Line; field: string };

function commandOf(act: Act, by: PersonId): Intent | Invalid {
  switch (act.type) {
    case 'accept':
    case 'takeIt':
    case 'ping':
    case 'show':
      return { type: act.type, by };
    case 'submit':
      return commandOfForm(act.form, act.values, by);
    default:
      return act satisfies never;
  }
}

function commandOfForm(
  form: FormName,
  values: Readonly<Record<string, string>>,
  by: PersonId,
): Intent | Invalid {
  const answer = (field: string) => values[field] ?? '';
  const note = answer('note').trim();
  // The form in the client has this limit too, but a request can be made without that client.
  const tooLong = note.length > noteMaxLength && {
    field: 'note',
    text: line`This note has ${note.length} characters. Write ${noteMaxLength} at most; the rest belongs in HubSpot itself.`,
  };
  switch (form) {
    case 'logTouch': {
      const kind = touchKinds.find((known) => known === answer('kind'));
      if (!kind) return { field: 'kind', text: line`Choose what you did: ${touchKinds.join(', ')}.` };
      const outcome = touchOutcomes.find((known) => known === answer('outcome'));
      if (!outcome) return { field: 'outcome', text: line`Choose how it went.` };
      return tooLong || { type: 'logTouch', by, touch: { id: randomUUID(), kind, outcome, note } };
    }
    case 'disqualify':
    case 'handBack':
      if (!answer('reason')) return { field: 'reason', text: line`Choose why.` };
      return tooLong || { type: form, by, reason: answer('reason'), note };
    case 'snooze': {
      const choice = snoozeChoices.find((known) => known === answer('choice'));
      return choice ? { type: 'snooze', by, choice } : { field: 'choice', text: line`Choose for how long.` };
    }
    case 'reassign':
      if (!answer('to')) return { field: 'to', text: line`Choose to whom.` };
      return { type: 'reassign', by, to: answer('to') };
    case 'giveGrace':
      return { type: 'giveGrace', by, grace: graceOf(answer('grace')) };
    default:
      return form satisfies never;
  }
}

/** A choice that the form does not offer becomes a number, or NaN, which no policy allows. */
function graceOf(answer: string): Grace | 'asAsked' {
  return answer === 'untilMorning' || answer === 'asAsked' ? answer : Number(answer);
}

function fieldOf(refusal: Refusal): string | null {
  switch (refusal.refused) {
    case 'noteMissing':
      return 'note';
    case 'unknownReason':
    case 'attemptsMissing':
    case 'nobodyElse':
      return 'reason';
    case 'snoozedEnough':
    case 'pastTarget':
    case 'askedAlready':
      return 'choice';
    case 'unknownPerson':
    case 'alreadyHolds':
      return 'to';
    case 'unknownGrace':
    case 'alreadyLonger':
      return 'grace';
    default:
      return null;
  }
}

function doneLine(act: Act, handoff: Handoff, names: Names): Line {
  switch (act.type) {
    case 'accept':
      return line`Accepted.`;
    case 'takeIt':
      return line`The lead is yours now.`;
    case 'ping':
      return line`${person(handoff.assignment.rep, names)} was asked to look at it.`;
    case 'show':
      return line`The card is in this conversation now.`;
    case 'submit':
      return doneForm(act.form, handoff, names);
    default:
      return act satisfies never;
  }
}

function doneForm(form: FormName, handoff: Handoff, names: Names): Line {
  switch (form) {
    case 'logTouch':
      return line`Touch logged.`;
    case 'disqualify':
      return handoff.status === 'closed' && handoff.outcome === 'unresponsive'
        ? line`Closed as unresponsive.`
        : line`Lead disqualified.`;
    case 'handBack':
      return line`Handed back. Now with ${person(handoff.assignment.rep, names)}.`;
    case 'snooze':
      return handoff.asked
        ? line`Asked ${person(handoff.escalatedTo ?? '', names)} for time until ${dateTime(handoff.asked.until)}.`
        : line`Snoozed until ${dateTime(handoff.snoozedUntil ?? handoff.respondBy)}.`;
    case 'reassign':
      return line`Now with ${person(handoff.assignment.rep, names)}.`;
    case 'giveGrace':
      return line`Grace given.`;
    default:
      return form satisfies never;
  }
}
