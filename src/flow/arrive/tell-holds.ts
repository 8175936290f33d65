import type { LeadId } from '../../domain/lead/lead.ts';
import type { Policy } from '../../domain/policy/policy.ts';
import { capital } from '../../domain/words/line.ts';
import type { Why } from '../../domain/words/reason.ts';
import { whyText } from '../../domain/words/why.ts';
import { wordsIn } from '../../domain/words/words.ts';
import type { Crm } from '../ports/crm.ts';
import type { Holds } from '../ports/inbox.ts';
import type { Observe } from '../ports/observe.ts';

type Needs = { holds: Holds; crm: Crm; policy: () => Policy; observe: Observe };

/** What marketing is to read on a contact: why it is not passed on; null: it is held no more. */
export type Held = { leadId: LeadId; because: Why | null };

/**
 * Tells HubSpot why leads wait, and notes that it has been told, once for each reason.
 * @returns what failed, by lead
 */
export async function tellHolds(
  waiting: readonly { leadId: LeadId; because: Why }[],
  needs: Needs,
): Promise<ReadonlyMap<LeadId, unknown>> {
  const failed = await writeReasons(waiting, needs);
  const told = waiting.filter(({ leadId }) => !failed.has(leadId));
  if (told.length > 0) await needs.holds.markTold(told);
  return failed;
}

/** Writes why leads wait, or that they do no more. @returns what failed, by lead */
export async function writeReasons(
  reasons: readonly Held[],
  { crm, policy, observe }: Pick<Needs, 'crm' | 'policy' | 'observe'>,
): Promise<ReadonlyMap<LeadId, unknown>> {
  const failed = new Map<LeadId, unknown>();
  if (reasons.length === 0) return failed;
  const words = wordsIn(policy().language);
  const writes = reasons.map(({ leadId, because }) => ({
    id: leadId,
    change: { record: { heldBecause: because && capital(whyText(because, words)) } },
  }));
  for (const [place, outcome] of (await crm.writeLeads(writes)).entries()) {
    const reason = reasons[place];
    if (!outcome.ok && reason) failed.set(reason.leadId, outcome.error);
    const properties = outcome.ok ? outcome.value.refusedProperties : [];
    if (properties.length > 0) observe({ what: 'propertiesRefused', handoffId: null, properties });
  }
  return failed;
}
