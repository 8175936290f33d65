/** A JSON object as it crosses the wire, before anyone has looked at its fields. */
export type Fields = Record<string, unknown>;

/** A block as Slack keeps it: with the `block_id` that it gave when the app left it out. */
export type Block = Fields & { type: string; block_id: string };

/** What an app may attach to a message for itself. Everybody in the conversation can read it. */
export interface Metadata {
  event_type: string;
  event_payload: Fields;
}

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The object that a JSON text holds; null when it holds something else or is not JSON. */
export function parseFields(json: string): Fields | null {
  try {
    const value: unknown = JSON.parse(json);
    return isFields(value) ? value : null;
  } catch {
    return null;
  }
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

/** The objects in the list at `name`; empty when there is no list. */
export function listAt(fields: Fields, name: string): Fields[] {
  const value = fields[name];
  return Array.isArray(value) ? value.filter(isFields) : [];
}
