/** A JSON object as it crosses the wire, before anyone has looked at its fields. */
export type Fields = Record<string, unknown>;

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The string at `name`, or null when something else, or nothing, is there. */
export function stringAt(fields: Fields, name: string): string | null {
  const value = fields[name];
  return typeof value === 'string' ? value : null;
}

/** The object at `name`, or null when something else, or nothing, is there. */
export function fieldsAt(fields: Fields, name: string): Fields | null {
  const value = fields[name];
  return isFields(value) ? value : null;
}
