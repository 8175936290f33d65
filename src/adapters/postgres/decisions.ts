import type { Decision, Decisions } from '../../flow/ports/inbox.ts';
import type { Connection } from './connection.ts';
import { fromJson } from './stored-json.ts';

/** The decisions on leads in PostgreSQL. */
export function postgresDecisions({ prisma }: Pick<Connection, 'prisma'>): Decisions {
  return {
    ofLead: async (leadId) => {
      const rows = await prisma.decision.findMany({ where: { leadId }, orderBy: { id: 'desc' } });
      return rows.map(({ id: _, ...row }) => ({
        ...row,
        verdict: row.verdict as Decision['verdict'],
        reason: fromJson(row.reason),
        considered: fromJson(row.considered),
        reasons: fromJson(row.reasons),
      }));
    },
  };
}
