import type { Lead } from './lead.ts';

/** What a lead is called among people who know which one is meant. */
export function leadName({
  id,
  name,
  email,
  account,
}: Pick<Lead, 'id' | 'name' | 'email' | 'account'>): string {
  return name ?? email ?? account?.name ?? `Contact ${id}`;
}
