import type { Labelled, Lead } from './lead.ts';

/** A value as HubSpot's pages show it; where its label is not known, the key as words. */
export function labelOf({ labels }: Pick<Lead, 'labels'>, of: Labelled, value: string): string {
  return labels[of]?.[value] ?? keyAsWords(value);
}

/** HubSpot's keys, such as PAID_SEARCH, as words. */
function keyAsWords(key: string): string {
  const lower = key.replaceAll('_', ' ').toLowerCase();
  return lower.charAt(0).toUpperCase() + lower.slice(1);
}
