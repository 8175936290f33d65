import type { Lead } from './lead.ts';

/**
 * A rep's page for booking a meeting, with what it would ask the lead for filled in. HubSpot's pages are given the names of
 * their fields in two spellings, of which each knows one.
 * @param meetingLink an address, as HubSpot has it
 */
export function bookingLink(meetingLink: string, { name, email }: Pick<Lead, 'name' | 'email'>): string {
  const url = new URL(meetingLink);
  const [first = '', ...others] = name?.split(' ') ?? [];
  const last = others.join(' ');
  const fields = { firstName: first, firstname: first, lastName: last, lastname: last, email: email ?? '' };
  for (const [field, value] of Object.entries(fields)) if (value) url.searchParams.set(field, value);
  return url.href;
}
