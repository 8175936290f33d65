import type { LeadId } from '../../src/domain/lead/lead.ts';
import type { IntakeNeeds } from '../../src/flow/arrive/arrival.ts';
import { intake } from '../../src/flow/arrive/intake.ts';

/** Looks at a lone lead; throws what it failed with. */
export function takeInAlone(needs: IntakeNeeds) {
  const takeIn = intake(needs);
  return async (leadId: LeadId): Promise<void> => {
    const [came] = await takeIn([{ leadId, job: null }]);
    if (typeof came === 'object') throw came.failed;
  };
}
