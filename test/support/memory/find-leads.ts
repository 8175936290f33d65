import type { Lead, LeadId } from '../../../src/domain/lead/lead.ts';
import { mostLeads } from '../../../src/flow/ports/handoffs.ts';

/**
 * Those with this contact id or email; without any, those in sight whose name has all the words in it; `mostLeads` at
 * most.
 */
export function findLeads(leads: Iterable<Lead>, text: string, isInSight: (lead: Lead) => boolean): LeadId[] {
  const asked = text.replaceAll('\0', '').toWellFormed().trim();
  if (asked === '') return [];
  const all = [...leads];
  const exact = all.filter(({ id, email }) => id === asked || email?.toLowerCase() === asked.toLowerCase());
  const words = asked.toLowerCase().split(/\s+/);
  const nameOf = ({ name }: Lead) => name?.toLowerCase() ?? '';
  const named = all.filter((lead) => words.every((word) => nameOf(lead).includes(word)) && isInSight(lead));
  const byId = (a: Lead, b: Lead) => (a.id < b.id ? -1 : 1);
  const byName = (a: Lead, b: Lead) =>
    nameOf(a) === nameOf(b) ? byId(a, b) : nameOf(a) < nameOf(b) ? -1 : 1;
  const found = exact.length > 0 ? exact.sort(byId) : named.sort(byName);
  return found.slice(0, mostLeads).map(({ id }) => id);
}
