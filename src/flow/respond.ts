import { randomUUID } from 'node:crypto';
import { type FormName, formFor, noteMaxLength } from '../domain/form.ts';
import {
  type Command,
  type Handoff,
  type Refusal,
  running,
  touchKinds,
  touchOutcomes,
} from '../domain/handoff.ts';
import { decidesOver, managerOf, type PersonId, type Policy } from '../domain/policy.ts';
import { tellRefusal } from '../domain/story.ts';
import { type Line, line, type Names, person } from '../domain/text.ts';
import { changeHandoff } from './change.ts';
import type { Identify } from './identify.ts';
import type { Observe } from './observe.ts';
import { inactiveOf, namesOf } from './people.ts';
import type {
  Act,
  Clock,
  Directory,
  Handoffs,
  PolicyOf,
  PreparedForm,
  PrepareForm,
  Respond,
} from './ports.ts';

type Needs = {
  handoffs: Handoffs;
  directory: Directory;
  identify: Identify;
  policyOf: PolicyOf;
  clock: Clock;
  observe: Observe;
};

export const strangerLine = line`You are not among the people of this handoff policy. Nothing was changed.`;
export const goneLine = line`This handoff no longer exists. Nothing was changed.`;

/** Carries out what somebody did on a card; a refusal says why nothing happened and what can be done instead. */
export function respond({ handoffs, directory, identify, policyOf, clock, observe }: Needs): Respond {
  return async ({ platform, userId, commandId, handoffId }, act) => {
    const by = await identify(platform, userId);
    if (!by) {
      observe({ what: 'refused', handoffId, refusal: 'unknownPerson' });
      return { done: false, text: strangerLine, field: null };
    }
    const command = commandOf(act, by);
    if ('field' in command) return { done: false, text: command.text, field: command.field };

    const changed = await changeHandoff(handoffs, policyOf, handoffId, command, {
      by,
      at: clock(),
      commandId,
    });
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

/** Prepares the form behind a button, with the choices of this moment. */
export function prepareForm({
  handoffs,
  directory,
  identify,
  policyOf,
}: Omit<Needs, 'clock' | 'observe'>): PrepareForm {
  return async ({ platform, userId, handoffId }, name): Promise<PreparedForm> => {
    const by = await identify(platform, userId);
    if (!by) return { refused: strangerLine };
    const view = await handoffs.view(handoffId);
    if (!view) return { refused: goneLine };
    const people = await directory.people();
    const refusal = mayOpen(name, view.handoff, by, policyOf(view.handoff));
    const names = namesOf(people);
    if (refusal) return { refused: tellRefusal(refusal, names) };
    const form = formFor(name, {
      handoff: view.handoff,
      policy: policyOf(view.handoff),
      names,
      inactive: inactiveOf(people),
    });
    return form ? { form } : { refused: line`There is nobody else to choose. Take it, or give grace.` };
  };
}

/** Whoever would be refused after filling in the form is told before. */
function mayOpen(name: FormName, handoff: Handoff, by: PersonId, policy: Policy): Refusal | null {
  const holder = handoff.assignment.rep;
  const manager = managerOf(policy, handoff.assignment);
  const decides = decidesOver(policy, handoff.assignment, by);
  if (handoff.status === 'closed') return { refused: 'closed', outcome: handoff.outcome };
  switch (name) {
    case 'logTouch':
      return by === holder ? null : { refused: 'notYours', holder };
    case 'disqualify':
      return by === holder || decides ? null : { refused: 'notYours', holder };
    case 'reassign':
      return decides ? null : { refused: 'managersOnly', manager };
    case 'giveGrace':
      if (!decides) return { refused: 'managersOnly', manager };
      return running(handoff) ? null : { refused: 'nothingRunning' };
    default:
      return name satisfies never;
  }
}

type Invalid = { text: Line; field: string };

function commandOf(act: Act, by: PersonId): Extract<Command, { by: PersonId }> | Invalid {
  switch (act.type) {
    case 'accept':
    case 'takeIt':
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
): Extract<Command, { by: PersonId }> | Invalid {
  const answer = (field: string) => values[field] ?? '';
  const note = answer('note').trim();
  // The forms' own limit is only as good as the client that shows them.
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
      if (!answer('reason')) return { field: 'reason', text: line`Choose why.` };
      return tooLong || { type: 'disqualify', by, reason: answer('reason'), note };
    case 'reassign':
      if (!answer('to')) return { field: 'to', text: line`Choose to whom.` };
      return { type: 'reassign', by, to: answer('to') };
    case 'giveGrace':
      return { type: 'giveGrace', by, minutes: Number(answer('minutes')) };
    default:
      return form satisfies never;
  }
}

function fieldOf(refusal: Refusal): string | null {
  switch (refusal.refused) {
    case 'noteMissing':
      return 'note';
    case 'unknownReason':
      return 'reason';
    case 'unknownPerson':
    case 'alreadyHolds':
      return 'to';
    case 'unknownGrace':
      return 'minutes';
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
      return line`Lead disqualified.`;
    case 'reassign':
      return line`Now with ${person(handoff.assignment.rep, names)}.`;
    case 'giveGrace':
      return line`Grace given.`;
    default:
      return form satisfies never;
  }
}
