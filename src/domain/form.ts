import { type Handoff, type TouchKind, type TouchOutcome, touchKinds, touchOutcomes } from './handoff.ts';
import { type PersonId, type Policy, peopleOf } from './policy.ts';
import type { Names } from './text.ts';

/** What a person fills in before a command: a modal in Slack, a part of the card that unfolds in Teams. */
export type Form = { name: FormName; title: string; submit: string; fields: readonly Field[] };

export const formNames = ['logTouch', 'disqualify', 'reassign', 'giveGrace'] as const;
export type FormName = (typeof formNames)[number];

export type Field = { name: string; label: string; hint: string | null; required: boolean } & (
  | { kind: 'choice'; options: readonly Option[]; initial: string | null }
  | { kind: 'text'; maxLength: number }
);

export type Option = { value: string; label: string };

export const touchKindLabels: Readonly<Record<TouchKind, string>> = {
  call: 'Call',
  email: 'Email',
  meeting: 'Meeting',
  message: 'Message',
  other: 'Other',
};

export const touchOutcomeLabels: Readonly<Record<TouchOutcome, string>> = {
  connected: 'Connected',
  noAnswer: 'No answer',
  leftMessage: 'Left a message',
  sent: 'Sent',
  booked: 'Meeting booked',
};

/** Longer notes belong in HubSpot itself; this is what fits a phone and every platform's field. */
export const noteMaxLength = 2000;

/** What the choices of a form are made from. */
export type FormView = {
  handoff: Handoff;
  policy: Policy;
  names: Names;
  /** People of the policy who are switched off in HubSpot. */
  inactive: ReadonlySet<PersonId>;
};

/** A form with the choices of this moment, or null when one of its questions has no answer to choose. */
export function formFor(name: FormName, view: FormView): Form | null {
  const form = formOf(name, view);
  const unanswerable = form.fields.some((field) => field.kind === 'choice' && field.options.length === 0);
  return unanswerable ? null : form;
}

function formOf(name: FormName, { handoff, policy, names, inactive }: FormView): Form {
  switch (name) {
    case 'logTouch':
      return touchForm();
    case 'disqualify':
      return disqualifyForm(policy);
    case 'reassign': {
      const holder = handoff.assignment.rep;
      const others = peopleOf(policy).filter((id) => id !== holder && !inactive.has(id));
      return reassignForm(others, names);
    }
    case 'giveGrace':
      return graceForm(policy);
    default:
      return name satisfies never;
  }
}

export function touchForm(): Form {
  return {
    name: 'logTouch',
    title: 'Log a Touch',
    submit: 'Log Touch',
    fields: [
      choice(
        'kind',
        'What did you do?',
        touchKinds.map((value) => ({ value, label: touchKindLabels[value] })),
        'call',
      ),
      choice(
        'outcome',
        'How did it go?',
        touchOutcomes.map((value) => ({ value, label: touchOutcomeLabels[value] })),
      ),
      note('Worth knowing next time', false),
    ],
  };
}

export function disqualifyForm(policy: Policy): Form {
  const needing = policy.disqualifyReasons
    .filter((reason) => reason.noteRequired)
    .map((reason) => reason.label);
  const hint = needing.length > 0 ? `Needed for: ${needing.join(', ')}` : null;
  return {
    name: 'disqualify',
    title: 'Disqualify Lead',
    submit: 'Disqualify',
    fields: [
      choice(
        'reason',
        'Why?',
        policy.disqualifyReasons.map(({ name, label }) => ({ value: name, label })),
      ),
      note('What marketing should learn from it', false, hint),
    ],
  };
}

export function reassignForm(candidates: readonly PersonId[], names: Names): Form {
  const options = candidates.map((id) => ({ value: id, label: names.get(id) ?? id }));
  return {
    name: 'reassign',
    title: 'Reassign Lead',
    submit: 'Reassign',
    fields: [choice('to', 'To whom?', options)],
  };
}

export function graceForm(policy: Policy): Form {
  const options = policy.graceMinutes.map((minutes) => ({
    value: String(minutes),
    label: minutesLabel(minutes),
  }));
  const initial = options[0]?.value ?? null;
  return {
    name: 'giveGrace',
    title: 'Give Grace',
    submit: 'Give Grace',
    fields: [choice('minutes', 'How much longer?', options, initial)],
  };
}

function choice(
  name: string,
  label: string,
  options: readonly Option[],
  initial: string | null = null,
): Field {
  return { kind: 'choice', name, label, hint: null, required: true, options, initial };
}

function note(label: string, required: boolean, hint: string | null = null): Field {
  return { kind: 'text', name: 'note', label, hint, required, maxLength: noteMaxLength };
}

function minutesLabel(minutes: number): string {
  if (minutes % 60 !== 0) return `${minutes} minutes`;
  return minutes === 60 ? '1 hour' : `${minutes / 60} hours`;
}
