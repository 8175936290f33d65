/** HubSpot writes every value as a string, and none as null or ''. */
type Value = string | null | undefined;

export function textOf(value: Value): string | null {
  const text = value?.trim();
  return text ? text : null;
}

export function numberOf(value: Value): number | null {
  const text = textOf(value);
  const number = Number(text);
  return text !== null && Number.isFinite(number) ? number : null;
}

/** The values of a property that holds several. */
export function listOf(value: Value): string[] {
  return (value ?? '').split(';').flatMap((one) => textOf(one) ?? []);
}

/** A point in time, written in ISO 8601 or as milliseconds since 1970. */
export function instantOf(value: Value): Date | null {
  const text = textOf(value);
  if (text === null) return null;
  const at = new Date(/^\d+$/.test(text) ? Number(text) : text);
  return Number.isNaN(at.getTime()) ? null : at;
}
