import type { Policy } from '../../domain/policy/policy.ts';
import { freshSince } from '../../domain/routing/qualify.ts';
import type { Crm, CrmRecord } from '../ports/crm.ts';
import type { Handoffs } from '../ports/handoffs.ts';
import type { Inbox } from '../ports/inbox.ts';
import type { Clock } from '../ports/time.ts';

type Needs = { crm: Crm; handoffs: Handoffs; inbox: Inbox; policy: () => Policy; clock: Clock };

/**
 * Finds the leads that a call, email, meeting, message or deal is about, and has those looked at on whom sales is
 * working: nobody else's matter here. A company that changed has those of its leads looked at whose evidence is fresh.
 */
export function findLeads({ crm, handoffs, inbox, policy, clock }: Needs) {
  return async (record: CrmRecord): Promise<void> => {
    if (record.objectType === 'companies') {
      const known = await handoffs.leadsAt([record.id], freshSince(policy(), clock()));
      return inbox.address(record, known, 'about a company of which no lead is known', clock());
    }
    const filedUnder = await crm.leadsOf(record);
    const leads = await handoffs.followedLeads(filedUnder);
    const otherwise = filedUnder.length > 0 ? 'about nobody whom sales works on' : 'about no contact';
    await inbox.address(record, leads, otherwise, clock());
  };
}
