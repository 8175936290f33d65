import { isInSight, type Sight } from '../../domain/handoff/rights.ts';
import type { Lead } from '../../domain/lead/lead.ts';
import { likeness } from '../../domain/lead/likeness.ts';
import type { Handoffs } from '../ports/handoffs.ts';

/** More than these are not read for a guess. */
const mostRead = 500;
/** More than these nobody chooses from. */
export const mostOffered = 5;

/** Those of the leads that sales works on, and that the asker may see, that words may mean: the likeliest first. */
export async function likelyLeads(words: string, sight: Sight, handoffs: Handoffs): Promise<Lead[]> {
  const open = await handoffs.openLeads();
  const leads = await handoffs.snapshots(open.slice(0, mostRead));
  const likely = [...leads.values()]
    .map((lead) => ({ lead, mistakes: likeness(words, lead) }))
    .filter((one): one is { lead: Lead; mistakes: number } => one.mistakes !== null)
    .toSorted((a, b) => a.mistakes - b.mistakes)
    .map(({ lead }) => lead)
    .slice(0, 4 * mostOffered);
  const past = await handoffs.ofLeads(likely.map(({ id }) => id));
  const seen = likely.filter(({ id }) =>
    isInSight(
      sight,
      past.filter(({ handoff }) => handoff.leadId === id),
    ),
  );
  return seen.slice(0, mostOffered);
}
