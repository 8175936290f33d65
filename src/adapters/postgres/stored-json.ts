import type { Prisma } from './generated/client.ts';

/**
 * A value of ours as PostgreSQL keeps it in a JSON column. A date becomes `{"$date": "<ISO 8601>"}`, so that it comes
 * back as a date and no text is ever taken for one.
 */
export function toJson(value: unknown): Prisma.InputJsonValue {
  const json = encode(value);
  if (json === null) throw new TypeError('Cannot store null as JSON: expected a value.');
  return json;
}

/** The value that `toJson` stored; its type is the one it was stored with. */
export function fromJson<T>(json: Prisma.JsonValue): T {
  return revive(json) as T;
}

/** The text without what PostgreSQL refuses: the character 0 and halves of surrogate pairs. */
export function storable(text: string): string {
  return text.replaceAll('\0', '').toWellFormed();
}

function encode(value: unknown): Prisma.InputJsonValue | null {
  if (value === null || typeof value === 'number' || typeof value === 'boolean') return value;
  if (typeof value === 'string') return storable(value);
  if (value instanceof Date) return { $date: value.toISOString() };
  if (Array.isArray(value)) return value.map(encode);
  if (typeof value === 'object') {
    const given = Object.entries(value).filter(([, part]) => part !== undefined);
    return Object.fromEntries(given.map(([key, part]) => [storable(key), encode(part)]));
  }
  throw new TypeError(
    `Cannot store a ${typeof value} as JSON: expected an object, array, text, number or date.`,
  );
}

/** In place: a value that was just read belongs to nobody else, and copying many of them takes its time. */
function revive(json: Prisma.JsonValue | undefined): unknown {
  if (typeof json !== 'object' || json === null) return json;
  if (!Array.isArray(json) && typeof json['$date'] === 'string') return new Date(json['$date']);
  const parts = json as Record<string, unknown>;
  for (const key of Object.keys(parts)) {
    const part = parts[key] as Prisma.JsonValue;
    if (typeof part === 'object' && part !== null) parts[key] = revive(part);
  }
  return json;
}
