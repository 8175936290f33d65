import type { Wanted } from '../handoff/handoff.ts';
import type { PortalProperty } from '../lead/portal-property.ts';
import { filledIn } from './answers.ts';
import { disqualifyForm } from './disqualify-form.ts';
import { choice, note } from './fields.ts';
import { type Answers, type Form, type FormName, type FormView, type Option, ownTime } from './form.ts';
import { ownTimeFields, ownTimeOption } from './own-time.ts';
import { portalField } from './portal-field.ts';
import { reassignChoices } from './reassign-choices.ts';
import { graceOptions, snoozeOptions } from './time-choices.ts';
import { touchForm } from './touch-form.ts';

/**
 * A form with the choices of this moment, or null when one of its questions has no answer to choose.
 * @param answers those given so far: what is asked may depend on them, and the form begins with them
 */
export function formFor(name: FormName, view: FormView, answers: Answers = {}): Form | null {
  const form = formOf(name, view, answers);
  const unanswerable =
    form.fields.length === 0 ||
    form.fields.some((field) => field.kind === 'choice' && field.options.length === 0);
  return unanswerable ? null : filledIn(form, answers);
}

function formOf(name: FormName, view: FormView, answers: Answers): Form {
  switch (name) {
    case 'logTouch':
      return touchForm(view, answers);
    case 'disqualify':
      return disqualifyForm(view, answers);
    case 'handBack':
      return handBackForm(view, answers);
    case 'snooze':
      return snoozeForm(view, answers);
    case 'reassign':
      return reassignForm(reassignChoices(view), view);
    case 'giveGrace':
      return graceForm(graceOptions(view), view);
    case 'fillIn':
      return fillInForm(view);
    case 'update':
      return updateForm(view);
    default:
      return name satisfies never;
  }
}

type Spoken = Pick<FormView, 'words'>;

function handBackForm({ policy, words }: FormView, answers: Answers): Form {
  const reasons = policy.handBackReasons;
  const chosen = reasons.find(({ name }) => name === answers['reason']);
  const options = reasons.map(({ name, label }) => ({ value: name, label }));
  return {
    name: 'handBack',
    language: words.language,
    title: words.text('forms.handBackTitle'),
    submit: words.text('card.handBack'),
    fields: [
      {
        ...choice('reason', words.text('forms.why'), options),
        changes: reasons.some(({ noteRequired }) => noteRequired),
      },
      note(words.text('forms.forNextRep'), { required: chosen?.noteRequired ?? false }),
    ],
  };
}

function snoozeForm(view: FormView, answers: Answers): Form {
  const { words } = view;
  const own = ownTimeOption(view);
  const options = [...snoozeOptions(view), ...own];
  return {
    name: 'snooze',
    language: words.language,
    title: words.text('forms.snoozeTitle'),
    submit: words.text('card.snooze'),
    fields: [
      { ...choice('choice', words.text('forms.howLong'), options), changes: own.length > 0 },
      ...(answers['choice'] === ownTime ? ownTimeFields(view) : []),
    ],
  };
}

export function reassignForm(options: readonly Option[], { words }: Spoken): Form {
  return {
    name: 'reassign',
    language: words.language,
    title: words.text('forms.reassignTitle'),
    submit: words.text('card.reassign'),
    fields: [
      choice('to', words.text('forms.toWhom'), options, options[0]?.value ?? null),
      note(words.text('forms.forNextRep')),
    ],
  };
}

export function graceForm(options: readonly Option[], { words }: Spoken): Form {
  const initial = options[0]?.value ?? null;
  return {
    name: 'giveGrace',
    language: words.language,
    title: words.text('card.giveGrace'),
    submit: words.text('card.giveGrace'),
    fields: [choice('grace', words.text('forms.howMuchLonger'), options, initial)],
  };
}

/** Exactly what HubSpot wants. */
function fillInForm({ handoff, asked, words }: FormView): Form {
  const wants = handoff.heldUp?.wants ?? [];
  const { properties, values } = asked ?? { properties: wants.map(unread), values: {} };
  const fields = properties.map((one) => portalField(one, values[one.name] ?? '', { required: true }));
  return {
    name: 'fillIn',
    language: words.language,
    title: words.text('forms.fillInTitle'),
    submit: words.text('card.fillIn'),
    fields,
  };
}

/** What the policy lets people set. */
function updateForm({ policy, asked, words }: FormView): Form {
  const named = policy.update.map((name) => unread({ property: name, label: name }));
  const { properties, values } = asked ?? { properties: named, values: {} };
  const fields = properties.map((one) => portalField(one, values[one.name] ?? ''));
  return {
    name: 'update',
    language: words.language,
    title: words.text('forms.updateTitle'),
    submit: words.text('card.update'),
    fields,
  };
}

/** A property of which nothing is known but what it is called. */
export function unread({ property: name, label }: Wanted): PortalProperty {
  return { name, label, kind: 'text', options: [], readOnly: false };
}
