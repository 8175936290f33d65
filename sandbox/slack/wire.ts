import { type Fields, isFields } from '../fields.ts';

/** A block as Slack keeps it: with the `block_id` that it gave when the app left it out. */
export type Block = Fields & { type: string; block_id: string };

/** What an app may attach to a message for itself. Everybody in the conversation can read it. */
export type Metadata = {
  event_type: string;
  event_payload: Fields;
};

/** The object that a JSON text holds; null when it holds something else or is not JSON. */
export function parseFields(json: string): Fields | null {
  try {
    const value: unknown = JSON.parse(json);
    return isFields(value) ? value : null;
  } catch {
    return null;
  }
}

/** The objects in the list at `name`; empty when there is no list. */
export function listAt(fields: Fields, name: string): Fields[] {
  const value = fields[name];
  return Array.isArray(value) ? value.filter(isFields) : [];
}
