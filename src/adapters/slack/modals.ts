import type {
  Checkboxes,
  InputBlock,
  ModalView,
  MultiExternalSelect,
  MultiStaticSelect,
  PlainTextOption,
} from '@slack/types';
import type { Field, Form, Option } from '../../domain/card/form.ts';
import type { HandoffId } from '../../domain/handoff/handoff.ts';
import type { LeadId } from '../../domain/lead/lead.ts';
import { clean, cut, type Line, line } from '../../domain/words/line.ts';
import { type Words, wordsIn } from '../../domain/words/words.ts';
import type { Click, PreparedForm } from '../../flow/ports/chat.ts';
import { actionIds } from './action-ids.ts';
import { type Content, slackLine } from './card.ts';
import { plainText, richText } from './text.ts';

/** The one element of each input; its block is called as the field. */
export const inputActionId = 'value';

const titleMaxLength = 24;
const whoseMaxLength = 150;
const labelMaxLength = 2000;
const optionMaxLength = 75;
const optionsMax = 100;
const checkboxesMax = 10;
const textMaxLength = 3000;

/** Fewer letters fit half of all records. */
const leastTyped = 2;

/** What a form is about; `whose` is the lead in a line. */
export type FormSubject = { handoffId: HandoffId; leadId: LeadId; whose: string };

/** A form as a modal. What comes back names the form in `callback_id` and its subject in `private_metadata`. */
export function slackModal(form: Form, { handoffId, leadId, whose }: FormSubject): ModalView {
  const words = wordsIn(form.language);
  return {
    type: 'modal',
    callback_id: actionIds.form(form.name),
    private_metadata: JSON.stringify({ handoffId, leadId }),
    title: plainText(form.title, titleMaxLength),
    submit: plainText(form.submit, titleMaxLength),
    close: plainText(words.text('forms.cancel'), titleMaxLength),
    blocks: [
      { type: 'context', elements: [plainText(whose, whoseMaxLength)] },
      ...form.fields.map((field) => inputOf(field, words)),
    ],
  };
}

/** The same of a form that was prepared for somebody. */
export function preparedModal(
  { form, leadId, whose }: Extract<PreparedForm, { form: Form }>,
  { handoffId }: Pick<Click, 'handoffId'>,
): ModalView {
  return slackModal(form, { handoffId, leadId, whose });
}

/** A modal with a text alone, in place of the form. @param typed what was typed into it and is given back */
export function slackNote(text: Line, typed = ''): ModalView {
  return {
    type: 'modal',
    title: plainText('Lead Handoff', titleMaxLength),
    close: plainText('Close', titleMaxLength),
    blocks: slackTyped(text, typed).blocks,
  };
}

/** A line, and below it what somebody typed into a form. */
export function slackTyped(text: Line, typed: string): Content {
  if (typed === '') return slackLine(text, new Map());
  const said = slackLine(line`${text} You wrote:`, new Map());
  const quoted = richText(clean(typed).slice(0, textMaxLength));
  return {
    ...said,
    blocks: [
      ...said.blocks,
      { type: 'rich_text', elements: [{ type: 'rich_text_quote', elements: [quoted] }] },
    ],
  };
}

function inputOf(field: Field, words: Words): InputBlock {
  const changes = field.kind === 'choice' && field.changes;
  return {
    type: 'input',
    block_id: field.name,
    label: plainText(field.label, labelMaxLength),
    optional: !field.required,
    ...(field.hint && { hint: plainText(field.hint, labelMaxLength) }),
    ...(changes && { dispatch_action: true }),
    element: elementOf(field, words),
  };
}

const named = { action_id: inputActionId } as const;

function elementOf(field: Field, words: Words): InputBlock['element'] {
  switch (field.kind) {
    case 'choice': {
      const options = slackOptions(field.options);
      const initial = options.find(({ value }) => value === field.initial);
      const begun = initial && { initial_option: initial };
      return options.length <= optionsMax
        ? { type: 'static_select', ...named, options, ...begun }
        : { type: 'external_select', ...named, min_query_length: 0, ...begun };
    }
    case 'choices':
      return choices(field);
    case 'text': {
      const initial = cut(clean(field.initial ?? ''), Math.min(field.maxLength, textMaxLength));
      return {
        type: 'plain_text_input',
        ...named,
        multiline: true,
        max_length: Math.min(field.maxLength, textMaxLength),
        ...(initial !== '' && { initial_value: initial }),
      };
    }
    case 'date':
      return { type: 'datepicker', ...named, ...(field.initial !== null && { initial_date: field.initial }) };
    case 'time':
      return { type: 'timepicker', ...named, ...(field.initial !== null && { initial_time: field.initial }) };
    case 'number':
      return {
        type: 'number_input',
        ...named,
        is_decimal_allowed: field.decimals,
        ...(field.initial !== null && { initial_value: String(field.initial) }),
      };
    case 'search': {
      const [initial] = slackOptions(field.initial === null ? [] : [field.initial]);
      return {
        type: 'external_select',
        ...named,
        min_query_length: leastTyped,
        placeholder: plainText(words.text('forms.search'), labelMaxLength),
        ...(initial && { initial_option: initial }),
      };
    }
    default:
      return field satisfies never;
  }
}

/** A few are seen at a glance, more are in a menu, and too many for that are found by typing. */
function choices(
  field: Extract<Field, { kind: 'choices' }>,
): Checkboxes | MultiStaticSelect | MultiExternalSelect {
  const options = slackOptions(field.options);
  const initial = options.filter(({ value }) => field.initial.includes(value));
  const begun = initial.length > 0 && { initial_options: initial };
  if (options.length > optionsMax) {
    return { type: 'multi_external_select', ...named, min_query_length: 0, ...begun };
  }
  const type = options.length <= checkboxesMax ? 'checkboxes' : 'multi_static_select';
  return { type, ...named, options, ...begun };
}

/** An option with a value that Slack cannot carry is left out: it would make Slack refuse all of them. */
export function slackOptions(options: readonly Option[]): (PlainTextOption & { value: string })[] {
  return options
    .filter(({ value }) => value.length <= optionMaxLength)
    .map(({ value, label }) => ({ value, text: plainText(label, optionMaxLength) }));
}
