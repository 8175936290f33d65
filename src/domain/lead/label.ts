import type { Labelled, Labels, Lead } from './lead.ts';

/** A value as HubSpot's pages show it; where its label is not known, the key as words. */
export function labelOf({ labels }: Pick<Lead, 'labels'>, of: Labelled, value: string): string {
  return labelIn(labels, of, value) ?? keyInWords(value);
}

/** The label of a value; null where it is not known, also of values such as "constructor" that every object knows. */
export function labelIn(labels: Labels, of: Labelled, value: string): string | null {
  const known = labels[of] ?? {};
  return Object.hasOwn(known, value) ? (known[value] ?? null) : null;
}

/** HubSpot's keys, such as PAID_SEARCH, as words. */
export function keyInWords(key: string | null): string {
  if (!key) return '';
  const lower = key.replaceAll('_', ' ').toLowerCase();
  return lower.charAt(0).toUpperCase() + lower.slice(1);
}
