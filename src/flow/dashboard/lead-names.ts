import { isInSight } from '../../domain/handoff/rights.ts';
import type { LeadId } from '../../domain/lead/lead.ts';
import { whoIs } from '../../domain/lead/who-is.ts';
import type { Cell } from '../ports/dashboard.ts';
import type { Asked, PageNeeds } from './page.ts';

/** What leads are called, as far as somebody may know: of a lead that is theirs it leads on to why it is with whom it is. */
export async function leadCells(
  ids: readonly LeadId[],
  { visit }: Pick<Asked, 'visit'>,
  { handoffs }: Pick<PageNeeds, 'handoffs'>,
): Promise<(id: LeadId) => Cell> {
  const { reader, words } = visit;
  const { names } = reader;
  const all = [...new Set(ids)];
  const views = names && names !== 'all' && all.length > 0 ? await handoffs.ofLeads(all) : [];
  const seen = all.filter(
    (id) =>
      names !== null &&
      isInSight(
        names,
        views.filter(({ handoff }) => handoff.leadId === id),
      ),
  );
  const leads = seen.length > 0 ? await handoffs.snapshots(seen) : new Map();
  const isSeen = new Set(seen);
  return (id) => {
    const lead = leads.get(id);
    if (lead) return { shown: whoIs(lead), to: { page: 'decisions', query: { lead: id } } };
    return {
      shown: words.text(isSeen.has(id) ? 'dashboard.forgotten' : 'dashboard.nameless'),
      tone: 'quiet',
    };
  };
}
