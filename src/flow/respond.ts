import { randomUUID } from 'node:crypto';
import { disqualifyForm, type FormName, graceForm, reassignForm, touchForm } from '../domain/form.ts';
import {
  type Command,
  type Handoff,
  type Refusal,
  running,
  touchKinds,
  touchOutcomes,
} from '../domain/handoff.ts';
import { decidesOver, managerOf, type PersonId, type Policy, peopleOf } from '../domain/policy.ts';
import { tellRefusal } from '../domain/story.ts';
import { type Line, line, type Names, person } from '../domain/text.ts';
import { changeHandoff } from './change.ts';
import type { Identify } from './identify.ts';
import type { Observe } from './observe.ts';
import type { Act, Clock, Directory, Handoffs, Person, PreparedForm, PrepareForm, Respond } from './ports.ts';

type Needs = {
  handoffs: Handoffs;
  directory: Directory;
  identify: Identify;
  policy: () => Policy;
  clock: Clock;
  observe: Observe;
};

const strangerLine = line`You are not among the people of this handoff policy. Nothing was changed.`;
const goneLine = line`This handoff no longer exists. Nothing was changed.`;

/** Carries out what somebody did on a card; a refusal says why nothing happened and what can be done instead. */
export function respond({ handoffs, directory, identify, policy, clock, observe }: Needs): Respond {
  return async ({ platform, userId, commandId, handoffId }, act) => {
    const by = await identify(platform, userId);
    if (!by) {
      observe({ what: 'refused', handoffId, refusal: 'unknownPerson' });
      return { done: false, text: strangerLine, field: null };
    }
    const command = commandOf(act, by, policy());
    if ('field' in command) return { done: false, text: command.text, field: command.field };

    const changed = await changeHandoff(handoffs, policy(), handoffId, command, {
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
export function prepareForm({ handoffs, directory, identify, policy }: Needs): PrepareForm {
  return async ({ platform, userId, handoffId }, name): Promise<PreparedForm> => {
    const by = await identify(platform, userId);
    if (!by) return { refused: strangerLine };
    const view = await handoffs.view(handoffId);
    if (!view) return { refused: goneLine };
    const people = await directory.people();
    const refusal = mayOpen(name, view.handoff, by, policy());
    if (refusal) return { refused: tellRefusal(refusal, namesOf(people)) };
    const form = formOf(name, view.handoff, policy(), people);
    const unanswerable = form.fields.find((field) => field.kind === 'choice' && field.options.length === 0);
    return unanswerable
      ? { refused: line`There is nobody else to choose. Take it, or give grace.` }
      : { form };
  };
}

function formOf(name: FormName, { assignment }: Handoff, policy: Policy, people: readonly Person[]) {
  switch (name) {
    case 'logTouch':
      return touchForm();
    case 'disqualify':
      return disqualifyForm(policy);
    case 'reassign': {
      const inactive = new Set(people.filter(({ active }) => !active).map(({ id }) => id));
      const others = peopleOf(policy).filter((id) => id !== assignment.rep && !inactive.has(id));
      return reassignForm(others, namesOf(people));
    }
    case 'giveGrace':
      return graceForm(policy);
    default:
      return name satisfies never;
  }
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

function commandOf(act: Act, by: PersonId, policy: Policy): Extract<Command, { by: PersonId }> | Invalid {
  switch (act.type) {
    case 'accept':
    case 'takeIt':
      return { type: act.type, by };
    case 'logTouch': {
      const kind = touchKinds.find((known) => known === act.kind);
      if (!kind) return { field: 'kind', text: line`Choose what you did: ${touchKinds.join(', ')}.` };
      const outcome = touchOutcomes.find((known) => known === act.outcome);
      if (!outcome) return { field: 'outcome', text: line`Choose how it went.` };
      return { type: 'logTouch', by, touch: { id: randomUUID(), kind, outcome, note: act.note.trim() } };
    }
    case 'disqualify':
      return { type: 'disqualify', by, reason: act.reason, note: act.note };
    case 'reassign':
      return { type: 'reassign', by, to: act.to };
    case 'giveGrace': {
      const minutes = Number(act.minutes);
      if (!policy.graceMinutes.includes(minutes))
        return { field: 'minutes', text: line`Choose how much longer, in minutes.` };
      return { type: 'giveGrace', by, minutes };
    }
    default:
      return act satisfies never;
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
    case 'logTouch':
      return line`Touch logged.`;
    case 'disqualify':
      return line`Lead disqualified.`;
    case 'reassign':
      return line`Now with ${person(handoff.assignment.rep, names)}.`;
    case 'giveGrace':
      return line`Grace given.`;
    default:
      return act satisfies never;
  }
}

function namesOf(people: readonly Person[]): Names {
  return new Map(people.map(({ id, name }) => [id, name]));
}
