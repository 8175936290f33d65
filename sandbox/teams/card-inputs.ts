import { type Fields, isFields, stringAt } from '../fields.ts';
import { inputsOf, type PlacedAction } from './card-tree.ts';

/** The values that a search has offered for an input. */
export type Found = (inputId: string) => readonly string[];

/** What a client would send for an action, or what it shows beside the inputs instead. */
type Gathered =
  | { readonly ok: true; readonly data: unknown }
  | { readonly ok: false; readonly errors: Readonly<Record<string, string>> };

/**
 * Fills in a card and gathers what the action sends: its own data and the inputs of its card and of the
 * cards around it. Nothing is checked or gathered when the action wants no inputs.
 * @param entries by input id; inputs that are left out keep their initial value
 * @param found what a search has offered for an input besides its choices
 */
export function gather(
  { action, cards }: PlacedAction,
  entries: Readonly<Record<string, string>>,
  found: Found = () => [],
): Gathered {
  const wantsInputs = stringAt(action, 'associatedInputs')?.toLowerCase() !== 'none';
  const all = cards.flatMap(inputsOf);
  const errors: Record<string, string> = {};
  const values: Record<string, string | number> = {};
  for (const id of Object.keys(entries)) {
    if (!all.some((input) => input['id'] === id)) errors[id] = `there is no input "${id}" around the action`;
  }
  for (const input of wantsInputs ? all : []) {
    const id = String(input['id']);
    const entry = entries[id] ?? initialValue(input);
    const fault = faultOf(input, entry, found);
    if (fault !== null) errors[id] = stringAt(input, 'errorMessage') ?? fault;
    else if (entry !== '') values[id] = input['type'] === 'Input.Number' ? Number(entry) : entry;
  }
  if (Object.keys(errors).length > 0) return { ok: false, errors };
  const own = action['data'];
  const isOwnEnough = Object.keys(values).length === 0 && own !== undefined;
  return { ok: true, data: isOwnEnough ? own : { ...(isFields(own) && own), ...values } };
}

function initialValue(input: Fields): string {
  const given = input['value'];
  if (given !== undefined) return String(given);
  return input['type'] === 'Input.Toggle' ? toggleValues(input).off : '';
}

function toggleValues(input: Fields): { on: string; off: string } {
  return { on: stringAt(input, 'valueOn') ?? 'true', off: stringAt(input, 'valueOff') ?? 'false' };
}

/** The checks that Teams' clients make before they send anything. */
function faultOf(input: Fields, entry: string, found: Found): string | null {
  const isRequired = input['isRequired'] === true;
  if (input['type'] === 'Input.Toggle') {
    const { on, off } = toggleValues(input);
    if (isRequired && entry !== on) return 'This has to be switched on.';
    return entry === on || entry === off ? null : `"${entry}" is neither "${on}" nor "${off}".`;
  }
  if (entry === '') return isRequired ? 'This is required.' : null;
  switch (input['type']) {
    case 'Input.Text':
      return textFault(input, entry);
    case 'Input.ChoiceSet':
      return choiceFault(input, entry, found);
    case 'Input.Number': {
      const number = Number(entry);
      return Number.isFinite(number) ? rangeFault(input, number) : `"${entry}" is not a number.`;
    }
    case 'Input.Date':
      return /^\d{4}-\d{2}-\d{2}$/.test(entry) ? rangeFault(input, entry) : `"${entry}" is not a date.`;
    case 'Input.Time':
      return /^\d{2}:\d{2}$/.test(entry) ? rangeFault(input, entry) : `"${entry}" is not a time.`;
    default:
      return null;
  }
}

function textFault(input: Fields, entry: string): string | null {
  const max = Number(input['maxLength'] ?? Number.POSITIVE_INFINITY);
  if (entry.length > max) return `This is ${entry.length} characters long: at most ${max} fit.`;
  const pattern = stringAt(input, 'regex');
  return pattern === null || new RegExp(pattern).test(entry) ? null : 'This does not have the right form.';
}

function choiceFault(input: Fields, entry: string, found: Found): string | null {
  const choices = Array.isArray(input['choices']) ? input['choices'] : [];
  const listed = choices.map((choice) => (isFields(choice) ? choice['value'] : null));
  const known = [...listed, ...found(String(input['id']))];
  const chosen = input['isMultiSelect'] === true ? entry.split(',') : [entry];
  const unknown = chosen.find((value) => !known.includes(value));
  return unknown === undefined ? null : `"${unknown}" is not among the choices.`;
}

/** Dates and times compare as text. */
function rangeFault<Value extends string | number>(input: Fields, entry: Value): string | null {
  const { min, max } = input as { min?: Value; max?: Value };
  if (min !== undefined && entry < min) return `The least is ${min}.`;
  return max !== undefined && entry > max ? `The most is ${max}.` : null;
}
