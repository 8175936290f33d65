import type { Field, Form, FormName } from '../../domain/card/form.ts';
import { clean, cut, type Line, oneLine } from '../../domain/card/text.ts';
import type { HandoffId } from '../../domain/handoff/handoff.ts';
import type {
  Action,
  ActionSet,
  AdaptiveCard,
  Choice,
  FormData,
  InputElement,
  TextElement,
  TextRun,
} from './adaptive-card.ts';
import { byteLength, cardMaxBytes, fitting, shareOf } from './budget.ts';
import { button, verbs } from './button.ts';
import { frame, titleBlock } from './frame.ts';
import type { Zone } from './local-time.ts';
import { label, richLine, textBlock, textRun } from './text.ts';

/** Of what it is: `about` is the title of the lead's card. */
export type FormMark = { handoffId: HandoffId; revision: number; about: string };

/** A form that was refused and is shown again. */
export type Refused = {
  /** What was typed, by field. */
  values: Readonly<Record<string, string>>;
  /** At the field that is to be mended; above them all without one. */
  error: { field: string | null; text: Line };
};

const titleMaxLength = 60;
const aboutMaxLength = 150;
const labelMaxLength = 60;
const hintMaxLength = 160;
const choiceMaxLength = 75;
const valueMaxLength = 255;
const textMaxLength = 2000;
const errorLimits = { characters: 300, spans: 12 };

/** What the id of each input of a form begins with; cards of before held several forms. */
export function inputPrefix(form: FormName): string {
  return `${form}.`;
}

/**
 * A form, as a message of its own: the lead's card may change while somebody fills it in, and a client that draws a message
 * anew forgets what was typed into it. It never renews itself.
 * @param refused what was typed, with the error
 */
export function teamsForm(
  form: Form,
  { handoffId, revision, about }: FormMark,
  { refused, zone = null }: { refused?: Refused; zone?: Zone } = {},
): AdaptiveCard {
  const title = label(form.title, titleMaxLength);
  const of = oneLine(about, aboutMaxLength);
  const data: FormData = { handoff: handoffId, revision, form: { name: form.name, about: of } };
  const draw = (room: number): AdaptiveCard => {
    const fields = form.fields.flatMap((field) => {
      const [input, ...below] = fieldItems(form.name, field, refused?.values[field.name] ?? '', room);
      const error = refused?.error.field === field.name ? errorItems(refused.error.text, zone) : [];
      return [input, ...error, ...below];
    });
    const atField = form.fields.some(({ name }) => name === refused?.error.field);
    const errors = refused && !atField ? errorItems(refused.error.text, zone) : [];
    const actions = actionSet(submitButton(form, data), cancelButton(data));
    return frame(
      [
        titleBlock(title),
        ...(of ? [note(textRun(of))] : []),
        { type: 'Container', style: 'emphasis', items: [...errors, ...fields, actions] },
      ],
      `${title}. ${of}`,
    );
  };
  return draw(shareOf(cardMaxBytes - byteLength(draw(0)), choicesLengths(form)));
}

/** Bytes that the choices of each field take, for sharing out what a card may hold. */
function choicesLengths(form: Form): number[] {
  return form.fields.flatMap((field) => (field.kind === 'choice' ? [byteLength(choicesOf(field))] : []));
}

function submitButton(form: Form, data: FormData) {
  return button(form.submit, verbs.form(form.name), data, { style: 'positive' });
}

/** Whatever is in the inputs. */
function cancelButton(data: FormData) {
  return button('Cancel', verbs.cancel, data, { associatedInputs: 'none' });
}

function actionSet(...actions: Action[]): ActionSet {
  return { type: 'ActionSet', actions };
}

function fieldItems(
  form: FormName,
  field: Field,
  typed: string,
  room: number,
): [InputElement, ...TextElement[]] {
  const named = { id: inputPrefix(form) + field.name, label: label(field.label, labelMaxLength) };
  const required = field.required && {
    isRequired: true as const,
    errorMessage: field.kind === 'choice' ? 'Choose one.' : 'Write something here.',
  };
  if (field.kind === 'text') {
    const maxLength = Math.min(field.maxLength, textMaxLength);
    const value = cut(clean(typed), maxLength);
    const input: InputElement = {
      type: 'Input.Text',
      ...named,
      ...required,
      isMultiline: true,
      maxLength,
      ...(value && { value }),
    };
    return [input, ...hintItems(field.hint)];
  }
  const all = choicesOf(field);
  const choices = fitting(all, room, { atLeast: 1 });
  const value = [typed, field.initial].find((known) => choices.some((choice) => choice.value === known));
  const input: InputElement = {
    type: 'Input.ChoiceSet',
    ...named,
    ...required,
    style: 'compact',
    placeholder: 'Choose',
    choices,
    ...(value && { value }),
  };
  const missing = all.length - choices.length;
  return [
    input,
    ...hintItems(field.hint),
    ...hintItems(missing > 0 ? `and ${missing} more that do not fit here` : null),
  ];
}

/** An option that Teams cannot carry is left out: it would make Teams refuse the whole card. */
function choicesOf({ options }: Extract<Field, { kind: 'choice' }>): Choice[] {
  return options
    .filter(({ value }) => value !== '' && value.length <= valueMaxLength)
    .map(({ value, label: title }) => ({ title: label(title, choiceMaxLength), value }));
}

/** Below its input: a placeholder is gone as soon as somebody types. */
function hintItems(hint: string | null): TextElement[] {
  const text = oneLine(hint ?? '', hintMaxLength);
  return text ? [note(textRun(text, { size: 'small', isSubtle: true }))] : [];
}

function errorItems(text: Line, zone: Zone): TextElement[] {
  const inlines = richLine(text, errorLimits, zone, { color: 'attention' });
  return inlines.length > 0 ? [note(...inlines)] : [];
}

function note(...inlines: TextRun[]): TextElement {
  return { ...textBlock(...inlines), spacing: 'small' };
}
