import type { ObjectType } from './object-types.ts';
import type { PropertyCatalog, PropertyDefinition } from './properties.ts';
import { invalid, type Rejection } from './rejection.ts';

type Problem = {
  error: string;
  message: string;
};

const maxText = 65_536;
const isoInstant = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)$/;
const dayMs = 86_400_000;

/** A time as HubSpot writes it into a property: without milliseconds when they are zero. */
export function instant(date: Date): string {
  return date.toISOString().replace('.000Z', 'Z');
}

/** Epoch milliseconds of a `datetime` or `date` value in any of the spellings HubSpot takes, or NaN. */
export function epochOf(value: string): number {
  if (/^-?\d+$/.test(value)) return Number(value);
  if (/^\d{4}-\d\d-\d\d$/.test(value)) {
    const midnight = Date.parse(`${value}T00:00:00Z`);
    // JavaScript rolls 30 February over to March.
    return instant(new Date(midnight)).startsWith(value) ? midnight : Number.NaN;
  }
  return isoInstant.test(value) ? Date.parse(value) : Number.NaN;
}

function notAnOption(value: string, allowed: string[]): Problem {
  return {
    error: 'INVALID_OPTION',
    message: `${value} was not one of the allowed options: [${allowed.join(', ')}]`,
  };
}

/** What the admin's rule for the values of a property says against this one. */
function breachOf(value: string, { validation }: PropertyDefinition): Problem | null {
  if (!validation) return null;
  const { allows } = validation;
  if (allows instanceof RegExp) return allows.test(value) ? null : validation;
  const { atLeast = Number.NEGATIVE_INFINITY, atMost = Number.POSITIVE_INFINITY } = allows;
  return Number(value) >= atLeast && Number(value) <= atMost ? null : validation;
}

/** The value as HubSpot stores it, or why it refuses it. */
function normalise(
  definition: PropertyDefinition,
  value: string,
  owners: ReadonlySet<string>,
): string | Problem {
  switch (definition.type) {
    case 'string':
      if (value.length > maxText) {
        return {
          error: 'PROPERTY_VALUE_TOO_LONG',
          message: `The value is longer than ${maxText} characters`,
        };
      }
      if (definition.name !== 'email') return breachOf(value, definition) ?? value;
      return /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(value)
        ? value.toLowerCase()
        : { error: 'INVALID_EMAIL', message: `Email address ${value} is invalid` };
    case 'number':
      return /^-?\d+(\.\d+)?$/.test(value)
        ? (breachOf(value, definition) ?? value)
        : { error: 'INVALID_INTEGER', message: `${value} was not a valid number.` };
    case 'datetime': {
      const epoch = epochOf(value);
      return Number.isNaN(epoch)
        ? { error: 'INVALID_LONG', message: `${value} was not a valid long.` }
        : instant(new Date(epoch));
    }
    case 'date': {
      const epoch = epochOf(value);
      return Number.isNaN(epoch) || epoch % dayMs !== 0
        ? { error: 'INVALID_DATE', message: `${value} is not a date at midnight UTC.` }
        : instant(new Date(epoch)).slice(0, 10);
    }
    case 'enumeration': {
      if (definition.listsOwners) return owners.has(value) ? value : notAnOption(value, [...owners]);
      const allowed = definition.options.map((option) => option.value);
      const chosen =
        definition.fieldType === 'checkbox' ? value.split(';').filter((one) => one !== '') : [value];
      const wrong = chosen.find((one) => !allowed.includes(one));
      return wrong === undefined ? value : notAnOption(wrong, allowed);
    }
    case 'bool':
      return value === 'true' || value === 'false' ? value : notAnOption(value, ['true', 'false']);
  }
}

function propertiesRejected(problems: (Problem & { name: string })[], portalId: number): Rejection {
  const results = problems.map(({ name, error, message }) => ({
    isValid: false,
    message,
    error,
    name,
    localizedErrorMessage: message,
    portalId,
  }));
  return invalid(
    `Property values were not valid: ${JSON.stringify(results)}`,
    problems.map(({ name, error, message }) => ({ message, code: error, context: { propertyName: [name] } })),
  );
}

/** HubSpot's 400 for a custom property whose values are unique: another record has this one. */
export function valueTaken(name: string, value: string, holderId: string, portalId: number): Rejection {
  const message = `${value} is not unique: record ${holderId} already has that value.`;
  return propertiesRejected([{ name, error: 'CONFLICTING_UNIQUE_VALUE', message }], portalId);
}

/**
 * The values as HubSpot stores them; an empty string clears. Throws one rejection that names every bad
 * property, as HubSpot does: one bad value refuses the whole write.
 */
export function checkedValues(
  type: ObjectType,
  input: Readonly<Record<string, string>>,
  context: {
    catalog: PropertyCatalog;
    owners: ReadonlySet<string>;
    portalId: number;
    mayWriteReadOnly: boolean;
  },
): Map<string, string> {
  const problems: (Problem & { name: string })[] = [];
  const values = new Map<string, string>();
  for (const [name, value] of Object.entries(input)) {
    const definition = context.catalog.get(type, name);
    if (definition === undefined) {
      problems.push({ name, error: 'PROPERTY_DOESNT_EXIST', message: `Property "${name}" does not exist` });
    } else if (definition.readOnly && !context.mayWriteReadOnly) {
      problems.push({
        name,
        error: 'READ_ONLY_VALUE',
        message: `"${name}" is a read only property; its value cannot be set.`,
      });
    } else if (value === '') {
      values.set(name, '');
    } else {
      const normalised = normalise(definition, value, context.owners);
      if (typeof normalised === 'string') values.set(name, normalised);
      else problems.push({ name, ...normalised });
    }
  }
  if (problems.length > 0) throw propertiesRejected(problems, context.portalId);
  return values;
}
