import type { Decision, Decisions } from '../../flow/ports/inbox.ts';
import type { Connection } from './connection.ts';
import { fromJson, storable, toJson } from './stored-json.ts';
import type { Transaction } from './transaction.ts';

/** The decisions on leads in PostgreSQL. */
export function postgresDecisions({ prisma }: Pick<Connection, 'prisma'>): Decisions {
  return {
    save: (decision) => saveDecision(prisma, decision),

    ofLead: async (leadId) => {
      const rows = await prisma.decision.findMany({ where: { leadId }, orderBy: { id: 'desc' } });
      return rows.map(({ id: _, ...row }) => ({
        ...row,
        verdict: row.verdict as Decision['verdict'],
        considered: fromJson(row.considered),
        reasons: fromJson(row.reasons),
      }));
    },
  };
}

/** Saves a decision; one that led to nothing takes the place, and a later number, of the one before. */
export async function saveDecision(
  tx: Pick<Transaction, '$executeRaw'>,
  { leadId, at, policyVersion, verdict, reason, handoffId, considered, reasons }: Decision,
): Promise<void> {
  await tx.$executeRaw`
    insert into decision (lead_id, at, policy_version, verdict, reason, handoff_id, considered, reasons)
    values (${leadId}, ${at}::timestamptz, ${policyVersion}, ${verdict}, ${storable(reason)}, ${handoffId}::uuid,
            ${JSON.stringify(toJson(considered))}::jsonb, ${JSON.stringify(toJson(reasons))}::jsonb)
    on conflict (lead_id) where handoff_id is null do update
      set id = excluded.id, at = excluded.at, policy_version = excluded.policy_version,
          verdict = excluded.verdict, reason = excluded.reason, considered = excluded.considered,
          reasons = excluded.reasons`;
}
