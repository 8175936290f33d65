import type { CardAction } from '../../domain/card/card.ts';
import type { Field, Form, FormName } from '../../domain/card/form.ts';
import { clean, cut, type Line, oneLine } from '../../domain/card/text.ts';
import type {
  Action,
  ActionData,
  ActionSet,
  Choice,
  Container,
  InputElement,
  ShowCardAction,
  TextElement,
  TextRun,
} from './adaptive-card.ts';
import { byteLength, fitting } from './budget.ts';
import { button, buttonTitle, execute, verbs } from './button.ts';
import type { Zone } from './local-time.ts';
import { label, richLine, textBlock, textRun } from './text.ts';

/** A form that was refused and comes back unfolded. */
export type OpenForm = {
  form: FormName;
  /** What was typed, by field. */
  values: Readonly<Record<string, string>>;
  error: { field: string | null; text: Line };
};

const labelMaxLength = 60;
const hintMaxLength = 160;
const choiceMaxLength = 75;
const valueMaxLength = 255;
const textMaxLength = 2000;
const errorLimits = { characters: 300, spans: 12 };

/** What the id of each input of a form begins with: ids are unique over the whole card, which holds several forms. */
export function inputPrefix(form: FormName): string {
  return `${form}.`;
}

/**
 * The button of a form, which unfolds below it.
 * @param room bytes for the choices of one field
 */
export function formButton(
  { form, label: title }: Extract<CardAction, { kind: 'form' }>,
  data: ActionData,
  room: number,
): ShowCardAction {
  const items = form.fields.flatMap((field) => fieldItems(form.name, field, '', room));
  const body = [...items, actionSet(submitButton(form, data))];
  return { type: 'Action.ShowCard', title: buttonTitle(title), card: { type: 'AdaptiveCard', body } };
}

/** A refused form, unfolded: what was typed is still there, and the error stands at its field. */
export function openedForm(
  form: Form,
  { values, error }: OpenForm,
  data: ActionData,
  room: number,
  zone: Zone,
): Container {
  const atField = form.fields.some(({ name }) => name === error.field);
  const heading = textBlock(textRun(buttonTitle(form.title), { weight: 'bolder' }));
  // Gets the card as it stands, whatever is in the inputs. A client that cannot invoke was never given this form.
  const cancel = execute('Cancel', verbs.refresh, data, { associatedInputs: 'none' });
  return {
    type: 'Container',
    style: 'emphasis',
    items: [
      heading,
      ...(atField ? [] : errorItems(error.text, zone)),
      ...form.fields.flatMap((field) => {
        const [input, ...below] = fieldItems(form.name, field, values[field.name] ?? '', room);
        return [input, ...(field.name === error.field ? errorItems(error.text, zone) : []), ...below];
      }),
      actionSet(submitButton(form, data), cancel),
    ],
  };
}

/** Bytes that the choices of each field take, for sharing out what a card may hold. */
export function choicesLengths(form: Form): number[] {
  return form.fields.flatMap((field) => (field.kind === 'choice' ? [byteLength(choicesOf(field))] : []));
}

function submitButton(form: Form, data: ActionData) {
  return button(form.submit, verbs.form(form.name), data, { style: 'positive' });
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
