import type { Crm, CrmRecord } from '../ports/crm.ts';
import type { Handoffs } from '../ports/handoffs.ts';
import type { Inbox } from '../ports/inbox.ts';
import type { Clock } from '../ports/time.ts';

/**
 * Finds the leads that a call, email, meeting, message or deal is about, and has those looked at on whom sales is
 * working: nobody else's matter here.
 */
export function findLeads({
  crm,
  handoffs,
  inbox,
  clock,
}: {
  crm: Crm;
  handoffs: Handoffs;
  inbox: Inbox;
  clock: Clock;
}) {
  return async (record: CrmRecord): Promise<void> => {
    const filedUnder = await crm.leadsOf(record);
    const leads = await handoffs.followedLeads(filedUnder);
    const otherwise = filedUnder.length > 0 ? 'about nobody whom sales works on' : 'about no contact';
    await inbox.address(record, leads, otherwise, clock());
  };
}
