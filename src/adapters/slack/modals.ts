import type { InputBlock, ModalView, PlainTextOption, StaticSelect } from '@slack/types';
import type { Field, Form, Option } from '../../domain/card/form.ts';
import { clean, type Line, oneLine } from '../../domain/card/text.ts';
import type { HandoffId } from '../../domain/handoff/handoff.ts';
import type { LeadId } from '../../domain/lead/lead.ts';
import { actionIds, type Content, slackLine } from './card.ts';
import { plainText, richText } from './text.ts';

/** The one element of each input; its block is called as the field. */
export const inputActionId = 'value';

const titleMaxLength = 24;
const labelMaxLength = 2000;
const optionMaxLength = 75;
const optionsMax = 100;
const textMaxLength = 3000;

/** What a form is about. */
export type FormSubject = { handoffId: HandoffId; leadId: LeadId };

/** A form as a modal. What comes back names the form in `callback_id` and its subject in `private_metadata`. */
export function slackModal(form: Form, { handoffId, leadId }: FormSubject): ModalView {
  return {
    type: 'modal',
    callback_id: actionIds.form(form.name),
    private_metadata: JSON.stringify({ handoffId, leadId }),
    title: plainText(form.title, titleMaxLength),
    submit: plainText(form.submit, titleMaxLength),
    close: plainText('Cancel', titleMaxLength),
    blocks: form.fields.map(inputOf),
  };
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
  const said = slackLine(text, new Map());
  if (typed === '') return said;
  const quoted = richText(clean(typed).slice(0, textMaxLength));
  return {
    ...said,
    blocks: [
      ...said.blocks,
      { type: 'rich_text', elements: [{ type: 'rich_text_quote', elements: [quoted] }] },
    ],
  };
}

function inputOf(field: Field): InputBlock {
  return {
    type: 'input',
    block_id: field.name,
    label: plainText(field.label, labelMaxLength),
    optional: !field.required,
    ...(field.hint && { hint: plainText(field.hint, labelMaxLength) }),
    element:
      field.kind === 'choice'
        ? choice(field)
        : {
            type: 'plain_text_input',
            action_id: inputActionId,
            multiline: true,
            max_length: Math.min(field.maxLength, textMaxLength),
          },
  };
}

/** An option with a value that Slack cannot carry is left out: it would make Slack refuse the whole form. */
function choice(field: Extract<Field, { kind: 'choice' }>): StaticSelect {
  const options = field.options.filter(({ value }) => value.length <= optionMaxLength).map(optionOf);
  const initial = options.find(({ value }) => value === field.initial);
  return {
    type: 'static_select',
    action_id: inputActionId,
    ...(options.length <= optionsMax ? { options } : { option_groups: groups(options) }),
    ...(initial && { initial_option: initial }),
  };
}

function optionOf({ value, label }: Option): PlainTextOption {
  return { value, text: plainText(label, optionMaxLength) };
}

/** A menu holds a hundred options, but as many groups of a hundred. */
function groups(options: readonly PlainTextOption[]): NonNullable<StaticSelect['option_groups']> {
  const starts = Array.from(
    { length: Math.ceil(options.length / optionsMax) },
    (_, page) => page * optionsMax,
  );
  return starts.map((start) => {
    const page = options.slice(start, start + optionsMax);
    const ends = [page.at(0), page.at(-1)].map((option) => oneLine(option?.text.text ?? '', 30));
    return { label: plainText(ends.join(' – '), optionMaxLength), options: page };
  });
}
