import { type AriaAttributes, useId } from 'react';
import type { BlockState, Entered, Entries, FoundOption } from '../../protocol.ts';
import { ExternalMenu } from './external-menu.tsx';

type Fields = Readonly<Record<string, unknown>>;

/** The element that a person fills in, as Slack describes it. */
function elementOf(block: BlockState): Fields {
  return fieldsAt(block, 'element');
}

/** By block id, then action id: what the inputs hold before anybody has touched them. */
export function initialEntries(blocks: readonly BlockState[]): Entries {
  const inputs = blocks.filter(({ type }) => type === 'input');
  return Object.fromEntries(
    inputs.map((block) => {
      const element = elementOf(block);
      if (takesSeveral(element)) {
        const chosen = optionsIn(element, 'initial_options').map(({ value }) => String(value));
        return [block.block_id, { [actionIdOf(element)]: chosen }];
      }
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
  onSuggest,
}: {
  block: BlockState;
  values: Readonly<Record<string, Entered>>;
  error: string | null;
  onEnter: (actionId: string, value: Entered) => void;
  onSuggest: (text: string) => Promise<readonly FoundOption[]>;
}) {
  const id = useId();
  const element = elementOf(block);
  const actionId = actionIdOf(element);
  const isOptional = block['optional'] === true;
  const hint = textAt(block, 'hint');
  const described = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ');
  return (
    <div className="input" data-wrong={error !== null}>
      <label id={`${id}-label`} htmlFor={id}>
        {textAt(block, 'label')} {isOptional && <span className="optional">(optional)</span>}
      </label>
      <Input
        element={element}
        value={values[actionId] ?? null}
        onEnter={(value) => onEnter(actionId, value)}
        onSuggest={onSuggest}
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

const severalTypes = new Set(['checkboxes', 'multi_static_select', 'multi_external_select']);

function takesSeveral(element: Fields): boolean {
  return severalTypes.has(String(element['type']));
}

function Input({
  element,
  value,
  onEnter,
  onSuggest,
  shared,
}: {
  element: Fields;
  value: Entered;
  onEnter: (value: Entered) => void;
  onSuggest: (text: string) => Promise<readonly FoundOption[]>;
  shared: AriaAttributes & { id: string; required: boolean };
}) {
  const type = String(element['type']);
  const placeholder = textAt(element, 'placeholder') ?? '';
  const text = Array.isArray(value) ? '' : (value ?? '');
  const several = Array.isArray(value) ? value : [];
  const enter = (entered: string) => onEnter(entered || null);
  switch (type) {
    case 'static_select':
      return (
        <select {...shared} value={text} onChange={(event) => enter(event.target.value)}>
          <option value="">{placeholder || 'Select an option'}</option>
          {optionsIn(element, 'options').map(toOption)}
          {optionsIn(element, 'option_groups').map((group) => (
            <optgroup key={textAt(group, 'label')} label={textAt(group, 'label') ?? ''}>
              {optionsIn(group, 'options').map(toOption)}
            </optgroup>
          ))}
        </select>
      );
    case 'multi_static_select':
      return (
        <select
          {...shared}
          multiple
          value={several}
          onChange={({ target }) => onEnter(Array.from(target.selectedOptions, (chosen) => chosen.value))}
        >
          {optionsIn(element, 'options').map(toOption)}
        </select>
      );
    case 'checkboxes':
      return (
        <Checkboxes
          options={optionsIn(element, 'options').map(foundIn)}
          chosen={several}
          onEnter={onEnter}
          shared={shared}
        />
      );
    case 'external_select':
    case 'multi_external_select':
      return (
        <ExternalMenu
          value={value}
          known={[fieldsAt(element, 'initial_option'), ...optionsIn(element, 'initial_options')].map(foundIn)}
          leastTyped={Number(element['min_query_length'] ?? 3)}
          placeholder={placeholder || 'Type to search'}
          onEnter={onEnter}
          onSuggest={onSuggest}
          shared={shared}
        />
      );
    default: {
      if (element['multiline'] === true) {
        return (
          <textarea
            {...shared}
            rows={3}
            placeholder={placeholder}
            value={text}
            onChange={(event) => enter(event.target.value)}
          />
        );
      }
      const inputType = inputTypes[type];
      if (inputType === undefined) {
        return <p className="unshown">This page cannot show the input “{type}”</p>;
      }
      return (
        <input
          {...shared}
          type={inputType}
          {...(element['is_decimal_allowed'] === true && { step: 'any' })}
          placeholder={placeholder}
          value={text}
          onChange={(event) => enter(event.target.value)}
        />
      );
    }
  }
}

function Checkboxes({
  options,
  chosen,
  onEnter,
  shared: { id, required: _, ...described },
}: {
  options: readonly FoundOption[];
  chosen: readonly string[];
  onEnter: (value: string[]) => void;
  shared: AriaAttributes & { id: string; required: boolean };
}) {
  return (
    <fieldset className="checkboxes" id={id} aria-labelledby={`${id}-label`} {...described}>
      {options.map(({ value, label }) => (
        <label key={value}>
          <input
            type="checkbox"
            checked={chosen.includes(value)}
            onChange={({ target }) =>
              onEnter(target.checked ? [...chosen, value] : chosen.filter((one) => one !== value))
            }
          />
          {label}
        </label>
      ))}
    </fieldset>
  );
}

function foundIn(option: Fields): FoundOption {
  return { value: String(option['value'] ?? ''), label: textAt(option, 'text') ?? '' };
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
