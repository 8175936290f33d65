import { type AttemptsMissing, attemptsMissing } from '../handoff/attempts.ts';
import { touchKinds, touchOutcomes } from '../handoff/handoff.ts';
import type { HandBackReason, Policy } from '../policy/policy.ts';
import {
  type Field,
  type Form,
  type FormName,
  type FormView,
  noteMaxLength,
  type Option,
  touchKindLabels,
  touchOutcomeLabels,
} from './form.ts';
import { reassignChoices } from './reassign-choices.ts';
import { graceOptions, snoozeOptions } from './time-choices.ts';

/** A form with the choices of this moment, or null when one of its questions has no answer to choose. */
export function formFor(name: FormName, view: FormView): Form | null {
  const form = formOf(name, view);
  const unanswerable = form.fields.some((field) => field.kind === 'choice' && field.options.length === 0);
  return unanswerable ? null : form;
}

function formOf(name: FormName, view: FormView): Form {
  const { handoff, policy, now } = view;
  switch (name) {
    case 'logTouch':
      return touchForm();
    case 'disqualify':
      return disqualifyForm(policy, attemptsMissing(handoff, policy, now));
    case 'handBack':
      return handBackForm(policy);
    case 'snooze':
      return snoozeForm(snoozeOptions(view));
    case 'reassign':
      return reassignForm(reassignChoices(view));
    case 'giveGrace':
      return graceForm(graceOptions(view));
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
      note('Worth knowing next time'),
    ],
  };
}

/** @param missing the attempts that are missing before the lead may be given up */
export function disqualifyForm({ disqualifyReasons }: Policy, missing: AttemptsMissing | null = null): Form {
  const options = disqualifyReasons.map(({ name, label, outcome }) => {
    const soFar =
      missing && outcome === 'unresponsive' && ` (${missing.made} of ${missing.atLeast} attempts)`;
    return { value: name, label: `${label}${soFar || ''}` };
  });
  return {
    name: 'disqualify',
    title: 'Disqualify Lead',
    submit: 'Disqualify',
    fields: [
      choice('reason', 'Why?', options),
      note('What marketing should learn from it', whichNeedIt(disqualifyReasons)),
    ],
  };
}

function handBackForm({ handBackReasons }: Policy): Form {
  const options = handBackReasons.map(({ name, label }) => ({ value: name, label }));
  return {
    name: 'handBack',
    title: 'Hand Back Lead',
    submit: 'Hand Back',
    fields: [
      choice('reason', 'Why?', options),
      note('What whoever gets it next should know', whichNeedIt(handBackReasons)),
    ],
  };
}

function snoozeForm(options: readonly Option[]): Form {
  return {
    name: 'snooze',
    title: 'Snooze Lead',
    submit: 'Snooze',
    fields: [choice('choice', 'For how long?', options)],
  };
}

export function reassignForm(options: readonly Option[]): Form {
  return {
    name: 'reassign',
    title: 'Reassign Lead',
    submit: 'Reassign',
    fields: [choice('to', 'To whom?', options)],
  };
}

export function graceForm(options: readonly Option[]): Form {
  const initial = options[0]?.value ?? null;
  return {
    name: 'giveGrace',
    title: 'Give Grace',
    submit: 'Give Grace',
    fields: [choice('grace', 'How much longer?', options, initial)],
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

function note(label: string, hint: string | null = null): Field {
  return { kind: 'text', name: 'note', label, hint, required: false, maxLength: noteMaxLength };
}

/** Which reasons mean nothing without a note. */
function whichNeedIt(reasons: readonly HandBackReason[]): string | null {
  const needing = reasons.filter(({ noteRequired }) => noteRequired).map(({ label }) => label);
  return needing.length > 0 ? `Needed for: ${needing.join(', ')}` : null;
}
