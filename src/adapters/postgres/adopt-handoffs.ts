import type { HandoffId } from '../../domain/handoff/handoff.ts';
import type { LeadId } from '../../domain/lead/lead.ts';
import type { Transaction } from './transaction.ts';

type Row = { id: HandoffId; lead_id: LeadId; closed: boolean };

/**
 * Gives the handoffs under former ids of a lead to the id it has today. A lead has one open handoff: of several the one
 * that began first is kept, the others stay where they are, and so does the first while one of them has its place.
 * @returns the others
 */
export async function adoptHandoffs(
  tx: Transaction,
  former: readonly LeadId[],
  leadId: LeadId,
): Promise<HandoffId[]> {
  // All locks before any change: who opens a handoff waits for what is changed here, and must not be waited for.
  const rows = await tx.$queryRaw<Row[]>`
    with locked as (
      select id, lead_id, closed_at, qualified_at from handoff
       where lead_id = any(${[leadId, ...former]}::text[])
       order by id
         for update
    )
    select id, lead_id, closed_at is not null as closed from locked order by qualified_at, id`;
  const [first, ...others] = rows.filter(({ closed }) => !closed);
  const isTaken = others.some((other) => other.lead_id === leadId);
  const moving = rows.filter(({ id, closed }) => closed || (id === first?.id && !isTaken));
  await tx.handoff.updateMany({
    where: { id: { in: moving.map(({ id }) => id) }, leadId: { not: leadId } },
    data: { leadId },
  });
  // What HubSpot shows of the one as which they go on is nobody's to know before it is seen.
  const ids = [leadId, ...former];
  await tx.suppression.updateMany({ where: { leadId: { in: ids } }, data: { leadId } });
  await tx.nurtureState.deleteMany({ where: { leadId: { in: ids } } });
  return others.map(({ id }) => id);
}
