import type { LeadId } from '../domain/lead/lead.ts';
import type { Policy } from '../domain/policy/policy.ts';
import type { Crm } from './ports/crm.ts';
import { PermanentFailure } from './ports/failure.ts';
import type { Observe } from './ports/observe.ts';

type Needs = { crm: Pick<Crm, 'changeSegment'>; policy: () => Policy; observe: Observe };

/**
 * Lets the members of the policy's static segment follow who is paused, in one call. A segment that HubSpot will not let us
 * change is told of and not tried again: the property pauses all the same, a little later.
 */
export async function followInSegment(
  changes: readonly { leadId: LeadId; paused: boolean }[],
  { crm, policy, observe }: Needs,
): Promise<void> {
  const segment = policy().suppression?.segment;
  if (!segment || changes.length === 0) return;
  const idsOf = (which: boolean) =>
    changes.flatMap(({ leadId, paused }) => (paused === which ? [leadId] : []));
  try {
    await crm.changeSegment(segment, { add: idsOf(true), remove: idsOf(false) });
  } catch (error) {
    if (!(error instanceof PermanentFailure)) throw error;
    observe({ what: 'segmentRefused', why: error.code });
  }
}
