import type { Handoff } from '../../domain/handoff/handoff.ts';
import type { LeadId } from '../../domain/lead/lead.ts';
import { after, apply } from '../change.ts';
import type { Erasures } from '../ports/erasures.ts';
import type { Change } from '../ports/handoffs.ts';
import type { Observe } from '../ports/observe.ts';
import type { Clock, PolicyOf } from '../ports/time.ts';

type Needs = { erasures: Erasures; policyOf: PolicyOf; clock: Clock; observe: Observe };

/** What stands in the place of everything that was known of an erased lead. */
const erasedWhy = 'the lead was erased at their request';

/**
 * Erases a lead, given by all its ids, whose person has asked for it, and has every message about it taken back from the
 * chats. A handoff that is open ends, and its rep is told so without a word about whom it is. Nothing is written to
 * HubSpot.
 */
export function eraseLead({ erasures, policyOf, clock, observe }: Needs) {
  return async (ids: readonly LeadId[]): Promise<void> => {
    const at = clock();
    await erasures.erase({ ids, at, why: erasedWhy, isForGood: true }, (handoff) => {
      const policy = policyOf(handoff);
      const cause = { by: null, at };
      const change = apply(handoff, { type: 'withdraw', why: { kind: 'erased' } }, policy, cause);
      if (!('refused' in change)) return { ...change, ...tellHolder(handoff) };
      if (!isDeleted(handoff)) return change;
      return { ...after({ ...handoff, reason: 'erased' }, [], policy, cause), ...tellHolder(handoff) };
    });
    for (const leadId of ids) observe({ what: 'erased', leadId });
  };
}

/** How a handoff ends whose contact was deleted: the kind of its reason, or the words of older ones. */
const deletions: ReadonlySet<string> = new Set(['contactGone', 'the contact was deleted in HubSpot']);

/** Of what it erases HubSpot tells twice, in any order: that it is deleted, and that it is erased. */
function isDeleted(handoff: Handoff): handoff is Extract<Handoff, { status: 'closed' }> {
  return handoff.status === 'closed' && deletions.has(handoff.reason ?? '');
}

function tellHolder({ assignment }: Handoff): Pick<Change, 'news' | 'outdated'> {
  return {
    news: [{ person: assignment.rep, news: { kind: 'erased' } }],
    outdated: { cards: false, crm: false },
  };
}
