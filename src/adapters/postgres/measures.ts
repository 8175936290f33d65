import type { Pool } from 'pg';
import type { Origin } from '../../domain/lead/origin.ts';
import type { Measured, MeasuredAssignment } from '../../domain/measure/measured.ts';
import type { Measures, Unmeasured } from '../../flow/ports/measures.ts';
import type { Connection } from './connection.ts';
import type { Prisma } from './generated/client.ts';
import { type HandoffRow, handoffOf } from './handoff-row.ts';
import { type LoggedRow, loggedOf } from './read-handoffs.ts';
import { speed } from './speed.ts';
import { fromJson } from './stored-json.ts';
import { sentBack, tallies } from './tallies.ts';

/** So many logs are in memory at a time. */
const lotSize = 250;

/** The measures of handoffs in PostgreSQL. */
export function postgresMeasures({ prisma, pool }: Pick<Connection, 'prisma' | 'pool'>): Measures {
  return {
    unmeasured: (since) => readUnmeasured(pool, since),

    keep: async (measured) => {
      const ids = measured.map(({ handoff }) => handoff.id);
      await prisma.$transaction([
        prisma.$executeRaw`select pg_advisory_xact_lock(hashtext('measures'))`,
        prisma.measuredHandoff.deleteMany({ where: { handoffId: { in: ids } } }),
        prisma.measuredHandoff.createMany({ data: measured.map(wholeRow) }),
        prisma.measuredAssignment.createMany({ data: measured.flatMap(assignmentRows) }),
      ]);
    },

    forget: async () => {
      await prisma.$transaction([
        prisma.measuredHandoff.updateMany({ data: { version: 0 } }),
        prisma.run.deleteMany({ where: { routine: 'measure' } }),
      ]);
    },

    tallies: (sight, by, now) => tallies(pool, sight, by, now),

    sources: async () => {
      const { rows } = await pool.query<{ source: string }>(everySource);
      return rows.map(({ source }) => source);
    },

    speed: (sight) => speed(pool, sight),

    sentBack: (sight) => sentBack(pool, sight),
  };
}

/** By leaps through the index: there are few of them, and very many leads. */
const everySource = `
  with recursive found as (
    (select source from measured_handoff where source is not null order by source limit 1)
    union all
    select (select source from measured_handoff where source > found.source order by source limit 1)
      from found where found.source is not null)
  select source from found where source is not null`;

type Row = HandoffRow & {
  log: LoggedRow[];
  seen: Record<string, string>;
  origin: Prisma.JsonValue;
  received_at: Date | null;
  decided_at: Date | null;
};

/** What was known of when somebody looked, and of when HubSpot's event came, outlives the cards and the events. */
async function readUnmeasured(pool: Pool, since: Date | null): Promise<Unmeasured[]> {
  const { rows } = await pool.query<Row>(
    `select handoff.id, handoff.lead_id, handoff.version, state, origin,
            coalesce(measured.received_at, arrived.received_at) as received_at,
            coalesce(measured.decided_at, arrived.decided_at) as decided_at,
            (select jsonb_agg(jsonb_build_object('seq', seq, 'at', at, 'by', by, 'type', type, 'data', data) order by seq)
               from handoff_event where handoff_id = handoff.id) as log,
            (select coalesce(jsonb_object_agg(person, at), '{}')
               from (select person, min(at) as at
                       from (select person, seen_at as at from card where handoff_id = handoff.id
                             union all
                             select rep, seen_at from measured_assignment where handoff_id = handoff.id) as look
                      where at is not null group by person) as seen) as seen
       from handoff
       left join measured_handoff as measured on measured.handoff_id = handoff.id
       left join lateral (
         select min(received_at) as received_at, min(decided_at) as decided_at from inbound_event
          where lead_id = handoff.lead_id and handoff_id = handoff.id) as arrived on true
      where (measured.version is null or measured.version < handoff.version)
        and ($1::timestamptz is null or handoff.id in (select handoff_id from handoff_event where at >= $1))
      limit $2`,
    [since, lotSize],
  );
  return rows.map((row) => ({
    handoff: handoffOf(row),
    log: row.log.map(loggedOf),
    seen: new Map(Object.entries(row.seen).map(([person, at]) => [person, new Date(at)])),
    origin: row.origin === null ? null : fromJson<Origin>(row.origin),
    arrived:
      row.received_at && row.decided_at ? { receivedAt: row.received_at, decidedAt: row.decided_at } : null,
  }));
}

type ToKeep = Unmeasured & Measured;

function wholeRow({
  handoff,
  origin,
  arrived,
  assignments,
  spent,
}: ToKeep): Prisma.MeasuredHandoffCreateManyInput {
  const { id: handoffId, version, trigger, qualifiedAt, meetingAt, opportunityAt, wonAt } = handoff;
  const [first, last] = [assignments.at(0), assignments.at(-1)] as [MeasuredAssignment, MeasuredAssignment];
  const sum = (of: (one: MeasuredAssignment) => number) => assignments.reduce((all, one) => all + of(one), 0);
  return {
    ...{ handoffId, version, trigger, qualifiedAt, meetingAt, opportunityAt, wonAt },
    ...{ rep: last.rep, team: last.team },
    source: origin?.source ?? null,
    campaign: origin?.campaign ?? null,
    receivedAt: arrived?.receivedAt ?? null,
    decidedAt: arrived?.decidedAt ?? null,
    offeredAt: first.since,
    deliveredAt: assignments.find(({ deliveredAt }) => deliveredAt)?.deliveredAt ?? null,
    acceptedAt: assignments.find(({ acceptedAt }) => acceptedAt)?.acceptedAt ?? null,
    firstTouchAt: assignments.find(({ firstTouchAt }) => firstTouchAt)?.firstTouchAt ?? null,
    ...ending(handoff),
    touches: sum(({ touches }) => touches),
    escalations: sum(({ escalations }) => escalations),
    isRescued: assignments.some(({ isRescue }) => isRescue),
    isFallback: first.isFallback,
    isBack: handoff.back?.outcome === 'recycled',
    toMeeting: meetingAt && secondsBetween(qualifiedAt, meetingAt),
    toOpportunity: opportunityAt && secondsBetween(qualifiedAt, opportunityAt),
    system: spent?.system ?? null,
    offHours: spent?.offHours ?? null,
    byRep: spent?.rep ?? null,
  };
}

function assignmentRows({
  handoff,
  origin,
  assignments,
}: ToKeep): Prisma.MeasuredAssignmentCreateManyInput[] {
  const { id: handoffId, trigger, qualifiedAt } = handoff;
  const { outcome, reason } = ending(handoff);
  return assignments.map(({ acknowledge, touch, toAcknowledge, toTouch, ...facts }) => ({
    ...{ handoffId, trigger, qualifiedAt, source: origin?.source ?? null },
    ...facts,
    acknowledgeDue: acknowledge.due,
    acknowledgeMissed: acknowledge.missedAt,
    touchDue: touch.due,
    touchMissed: touch.missedAt,
    acknowledgeWall: toAcknowledge?.wall ?? null,
    acknowledgeWorking: toAcknowledge?.working ?? null,
    touchWall: toTouch?.wall ?? null,
    touchWorking: toTouch?.working ?? null,
    ...(facts.endedAs === 'closed' && { outcome, reason }),
  }));
}

function ending(handoff: Unmeasured['handoff']) {
  if (handoff.status !== 'closed') return { closedAt: null, outcome: null, reason: null };
  const { closedAt, outcome, reason } = handoff;
  return { closedAt, outcome, reason };
}

function secondsBetween(from: Date, to: Date): number {
  return Math.max(0, Math.round((to.getTime() - from.getTime()) / 1000));
}
