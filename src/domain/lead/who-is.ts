import type { Lead } from './lead.ts';

/** What somebody is called: by name, or else by email. */
export function nameOf({ id, name, email }: Pick<Lead, 'id' | 'name' | 'email'>): string {
  return name ?? email ?? `Contact ${id}`;
}

/** Who it is in a line: "Lena Fischer · Northwind Robotics". */
export function whoIs(lead: Pick<Lead, 'id' | 'name' | 'email' | 'account'>): string {
  return [nameOf(lead), lead.account?.name].filter(Boolean).join(' · ');
}
