import type { FilledIn, Logged } from '../handoff/handoff.ts';
import type { Lead } from '../lead/lead.ts';

/** What people filled in from the card, oldest first. */
export function filledInValues(log: readonly Logged[]): FilledIn[] {
  return log.flatMap(({ event }) => (event.type === 'updated' ? event.values : []));
}

/** The lead with what people filled in since it was read. */
export function withFilledIn(lead: Lead, log: readonly Logged[]): Lead {
  const values = new Map(filledInValues(log).map(({ property, shown }) => [property, shown || null]));
  const now = (property: string, known: string | null) =>
    values.get(property) ?? (values.has(property) ? null : known);
  return {
    ...lead,
    jobTitle: now('jobtitle', lead.jobTitle),
    email: now('email', lead.email),
    phone: now('phone', lead.phone),
  };
}
