import { type AriaAttributes, useId } from 'react';
import type { BlockState } from '../../protocol.ts';

/** What an input holds. */
export type Entered = string | null;
type Fields = Readonly<Record<string, unknown>>;

/** The element that a person fills in, as Slack describes it. */
function elementOf(block: BlockState): Fields {
  return fieldsAt(block, 'element');
}

/** By block id, then action id: what the inputs hold before anybody has touched them. */
export function initialEntries(blocks: readonly BlockState[]): Record<string, Record<string, Entered>> {
  const inputs = blocks.filter(({ type }) => type === 'input');
  return Object.fromEntries(
    inputs.map((block) => {
      const element = elementOf(block);
      const option = fieldsAt(element, 'initial_option')['value'];
      const text = element['initial_value'] ?? element['initial_date'] ?? element['initial_time'];
      return [block.block_id, { [actionIdOf(element)]: String(option ?? text ?? '') || null }];
    }),
  );
}

/** An input of a modal with its label, its hint and what is wrong with it. */
export function InputBlock({
  block,
  values,
  error,
  onEnter,
}: {
  block: BlockState;
  values: Readonly<Record<string, Entered>>;
  error: string | null;
  onEnter: (actionId: string, value: Entered) => void;
}) {
  const id = useId();
  const element = elementOf(block);
  const actionId = actionIdOf(element);
  const isOptional = block['optional'] === true;
  const hint = textAt(block, 'hint');
  const described = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ');
  return (
    <div className="input" data-wrong={error !== null}>
      <label htmlFor={id}>
        {textAt(block, 'label')} {isOptional && <span className="optional">(optional)</span>}
      </label>
      <Input
        element={element}
        value={values[actionId] ?? ''}
        onEnter={(value) => onEnter(actionId, value || null)}
        shared={{
          id,
          required: !isOptional,
          'aria-invalid': error !== null,
          ...(described && { 'aria-describedby': described }),
        }}
      />
      {error && (
        <p className="input-error" id={`${id}-error`} role="alert">
          {error}
        </p>
      )}
      {hint && (
        <p className="input-hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
    </div>
  );
}

const inputTypes: Readonly<Record<string, string>> = {
  plain_text_input: 'text',
  email_text_input: 'email',
  url_text_input: 'url',
  number_input: 'number',
  datepicker: 'date',
  timepicker: 'time',
};

function Input({
  element,
  value,
  onEnter,
  shared,
}: {
  element: Fields;
  value: string;
  onEnter: (value: string) => void;
  shared: AriaAttributes & { id: string; required: boolean };
}) {
  const type = String(element['type']);
  const placeholder = textAt(element, 'placeholder') ?? '';
  if (type === 'static_select') {
    return (
      <select {...shared} value={value} onChange={(event) => onEnter(event.target.value)}>
        <option value="">{placeholder || 'Select an option'}</option>
        {optionsIn(element, 'options').map(toOption)}
        {optionsIn(element, 'option_groups').map((group) => (
          <optgroup key={textAt(group, 'label')} label={textAt(group, 'label') ?? ''}>
            {optionsIn(group, 'options').map(toOption)}
          </optgroup>
        ))}
      </select>
    );
  }
  if (element['multiline'] === true) {
    return (
      <textarea
        {...shared}
        rows={3}
        placeholder={placeholder}
        value={value}
        onChange={(event) => onEnter(event.target.value)}
      />
    );
  }
  const inputType = inputTypes[type];
  if (inputType === undefined) return <p className="unshown">This page cannot show the input “{type}”</p>;
  return (
    <input
      {...shared}
      type={inputType}
      placeholder={placeholder}
      value={value}
      onChange={(event) => onEnter(event.target.value)}
    />
  );
}

function toOption(option: Fields) {
  const value = String(option['value']);
  return (
    <option key={value} value={value}>
      {textAt(option, 'text')}
    </option>
  );
}

function actionIdOf(element: Fields): string {
  return String(element['action_id']);
}

function fieldsAt(fields: Fields, name: string): Fields {
  const value = fields[name];
  return isFields(value) ? value : {};
}

function optionsIn(fields: Fields, name: string): Fields[] {
  const value = fields[name];
  return Array.isArray(value) ? value.filter(isFields) : [];
}

function textAt(fields: Fields, name: string): string | null {
  const text = fieldsAt(fields, name)['text'];
  return typeof text === 'string' ? text : null;
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null;
}
