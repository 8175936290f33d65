import type { LeadId } from '../../domain/lead/lead.ts';
import type { Crm } from '../ports/crm.ts';
import type { Holds } from '../ports/inbox.ts';
import type { Observe } from '../ports/observe.ts';

type Needs = { holds: Holds; crm: Crm; observe: Observe };

/** What marketing is to read on a contact: why it is not passed on; null: it is held no more. */
export type Reason = { leadId: LeadId; because: string | null };

/**
 * Tells HubSpot why leads wait, and notes that it has been told, once for each reason.
 * @returns what failed, by lead
 */
export async function tellHolds(
  waiting: readonly { leadId: LeadId; because: string }[],
  needs: Needs,
): Promise<ReadonlyMap<LeadId, unknown>> {
  const failed = await writeReasons(waiting, needs);
  const told = waiting.filter(({ leadId }) => !failed.has(leadId));
  if (told.length > 0) await needs.holds.markTold(told);
  return failed;
}

/** Writes why leads wait, or that they do no more. @returns what failed, by lead */
export async function writeReasons(
  reasons: readonly Reason[],
  { crm, observe }: Pick<Needs, 'crm' | 'observe'>,
): Promise<ReadonlyMap<LeadId, unknown>> {
  const failed = new Map<LeadId, unknown>();
  if (reasons.length === 0) return failed;
  const writes = reasons.map(({ leadId, because }) => ({
    id: leadId,
    change: { record: { heldBecause: because } },
  }));
  for (const [place, outcome] of (await crm.writeLeads(writes)).entries()) {
    const reason = reasons[place];
    if (!outcome.ok && reason) failed.set(reason.leadId, outcome.error);
    const properties = outcome.ok ? outcome.value.refusedProperties : [];
    if (properties.length > 0) observe({ what: 'propertiesRefused', handoffId: null, properties });
  }
  return failed;
}
