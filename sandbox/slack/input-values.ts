import { type Fields, fieldsAt, stringAt } from '../fields.ts';
import { optionsOf } from './block-elements.ts';
import { interactiveElements } from './interactive.ts';
import { type Block, listAt } from './wire.ts';

/** What one input holds, as Slack sends it. */
export type InputValue = Fields & { type: string };
/** By block id, then action id. */
export type ViewValues = Record<string, Record<string, InputValue>>;
/** What a person puts into an input: text, an option's value, an id, a date; several for a multi-select. */
export type Entry = string | number | readonly string[] | null;

/** What a person enters into the inputs of a view, by block id, then action id. */
export type Entries = Readonly<Record<string, Readonly<Record<string, Entry>>>>;

type Entered = { ok: true; value: InputValue } | { ok: false; reason: string };

/** Which field of the state holds the answer of each type of element, and which its initial answer. */
const valueFields: Readonly<Record<string, readonly [field: string, initial: string]>> = {
  plain_text_input: ['value', 'initial_value'],
  number_input: ['value', 'initial_value'],
  email_text_input: ['value', 'initial_value'],
  url_text_input: ['value', 'initial_value'],
  rich_text_input: ['rich_text_value', 'initial_value'],
  static_select: ['selected_option', 'initial_option'],
  radio_buttons: ['selected_option', 'initial_option'],
  external_select: ['selected_option', 'initial_option'],
  checkboxes: ['selected_options', 'initial_options'],
  multi_static_select: ['selected_options', 'initial_options'],
  multi_external_select: ['selected_options', 'initial_options'],
  users_select: ['selected_user', 'initial_user'],
  multi_users_select: ['selected_users', 'initial_users'],
  conversations_select: ['selected_conversation', 'initial_conversation'],
  channels_select: ['selected_channel', 'initial_channel'],
  datepicker: ['selected_date', 'initial_date'],
  timepicker: ['selected_time', 'initial_time'],
  datetimepicker: ['selected_date_time', 'initial_date_time'],
};

/** The types whose answer is a list. */
const manyValued: ReadonlySet<string> = new Set([
  'checkboxes',
  'multi_static_select',
  'multi_external_select',
  'multi_users_select',
]);

/** The state of all inputs before anyone touched them. */
export function initialValues(blocks: readonly Block[]): ViewValues {
  const values: ViewValues = {};
  for (const { block, element } of interactiveElements(blocks)) {
    const type = stringAt(element, 'type') ?? '';
    const names = valueFields[type];
    const [blockId, actionId] = [stringAt(block, 'block_id'), stringAt(element, 'action_id')];
    if (names === undefined || blockId === null || actionId === null) continue;
    const [field, initial] = names;
    values[blockId] ??= {};
    values[blockId][actionId] = { type, [field]: element[initial] ?? (manyValued.has(type) ? [] : null) };
  }
  return values;
}

/**
 * What the state of an element becomes when a person enters something; the reason when the client refuses.
 * @param suggested the options that the app has given to what was typed
 */
export function enter(element: Fields, entry: Entry, suggested: readonly Fields[] = []): Entered {
  const type = stringAt(element, 'type') ?? '';
  const [field] = valueFields[type] ?? [];
  if (field === undefined) return { ok: false, reason: `${type} takes no value` };
  const offered = [...optionsOf(element), ...suggested, ...begunWith(element)];
  if (manyValued.has(type)) {
    const entries = Array.isArray(entry) ? entry : entry === null ? [] : [String(entry)];
    return enterMany(element, { type, field, options: offered }, entries);
  }
  if (entry === null || entry === '') return { ok: true, value: { type, [field]: null } };
  if (typeof entry === 'object') return { ok: false, reason: `${type} takes one value` };
  if (field === 'selected_option') {
    const option = offered.find(({ value }) => value === String(entry));
    if (option === undefined) return { ok: false, reason: `no option has the value "${entry}"` };
    return { ok: true, value: { type, [field]: option } };
  }
  const fault = faultOf(element, type, String(entry));
  if (fault !== null) return { ok: false, reason: fault };
  return { ok: true, value: { type, [field]: type === 'datetimepicker' ? Number(entry) : String(entry) } };
}

/** True when a person could submit a required input in this state. */
export function isFilled(value: InputValue | undefined): boolean {
  if (value === undefined) return false;
  const answer = value[valueFields[value.type]?.[0] ?? ''];
  return Array.isArray(answer) ? answer.length > 0 : answer !== null && answer !== undefined && answer !== '';
}

function enterMany(
  element: Fields,
  { type, field, options }: { type: string; field: string; options: readonly Fields[] },
  entries: readonly string[],
): Entered {
  const max = Number(element['max_selected_items'] ?? Number.POSITIVE_INFINITY);
  if (entries.length > max) return { ok: false, reason: `at most ${max} can be selected` };
  if (field !== 'selected_options') return { ok: true, value: { type, [field]: [...entries] } };
  const missing = entries.find((entry) => !options.some(({ value }) => value === entry));
  if (missing !== undefined) return { ok: false, reason: `no option has the value "${missing}"` };
  return {
    ok: true,
    value: {
      type,
      [field]: entries.map((entry) => options.find(({ value }) => value === entry)),
    },
  };
}

/** What an element holds before anybody has chosen, which stays a choice. */
function begunWith(element: Fields): Fields[] {
  const single = fieldsAt(element, 'initial_option');
  return [...(single === null ? [] : [single]), ...listAt(element, 'initial_options')];
}

/** The checks that Slack's client makes before it sends anything. */
function faultOf(element: Fields, type: string, entry: string): string | null {
  const limit = (name: string, otherwise: number): number => Number(element[name] ?? otherwise);
  switch (type) {
    case 'plain_text_input':
      if (entry.length < limit('min_length', 0))
        return `must have at least ${limit('min_length', 0)} characters`;
      if (entry.length > limit('max_length', 3000))
        return `must have at most ${limit('max_length', 3000)} characters`;
      return null;
    case 'number_input': {
      const pattern = element['is_decimal_allowed'] === true ? /^-?\d+(\.\d+)?$/ : /^-?\d+$/;
      if (!pattern.test(entry)) return 'must be a number';
      if (Number(entry) < limit('min_value', Number.NEGATIVE_INFINITY)) return 'is too small';
      if (Number(entry) > limit('max_value', Number.POSITIVE_INFINITY)) return 'is too large';
      return null;
    }
    case 'email_text_input':
      return /^\S+@\S+\.\S+$/.test(entry) ? null : 'must be an email address';
    case 'url_text_input':
      return URL.canParse(entry) ? null : 'must be a link';
    case 'datepicker':
      return /^\d{4}-\d{2}-\d{2}$/.test(entry) ? null : 'must be a date in the format YYYY-MM-DD';
    case 'timepicker':
      return /^\d{2}:\d{2}$/.test(entry) ? null : 'must be a time in the format HH:mm';
    case 'datetimepicker':
      return /^\d{10}$/.test(entry) ? null : 'must be a time in seconds since 1970';
    default:
      return null;
  }
}
