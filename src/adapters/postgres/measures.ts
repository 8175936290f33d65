import type { Pool } from 'pg';
import type { HandoffId } from '../../domain/handoff/handoff.ts';
import type { Origin } from '../../domain/lead/origin.ts';
import type { Measured, MeasuredAssignment } from '../../domain/measure/measured.ts';
import type { Measures, Unmeasured } from '../../flow/ports/measures.ts';
import type { Connection } from './connection.ts';
import type { Prisma } from './generated/client.ts';
import { type HandoffRow, handoffOf } from './handoff-row.ts';
import { type LoggedRow, loggedOf } from './read-handoffs.ts';
import { speed } from './speed.ts';
import { fromJson } from './stored-json.ts';
import { sentBack, talliesOf } from './tallies.ts';

/** So many logs are in memory at a time. */
const lotSize = 250;

/** The measures of handoffs in PostgreSQL. */
export function postgresMeasures({ prisma, pool }: Pick<Connection, 'prisma' | 'pool'>): Measures {
  return {
    unmeasured: (since, after) => readUnmeasured(pool, since, after),

    keep: async (measured) => {
      const [wholes, assignments] = [measured.map(wholeRow), measured.flatMap(assignmentRows)];
      const [whole, assignment] = [wholes[0], assignments[0]];
      if (!whole || !assignment) return;
      const statement = keepStatement(Object.keys(whole), Object.keys(assignment));
      await pool.query(statement, [JSON.stringify(wholes), JSON.stringify(assignments)]);
    },

    forget: async () => {
      await prisma.$transaction([
        prisma.measuredHandoff.updateMany({ data: { version: 0 } }),
        prisma.run.deleteMany({ where: { routine: 'measure' } }),
      ]);
    },

    tallies: talliesOf(pool),

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
const unmeasured = (handoffs: string) => `
  select handoff.id, handoff.lead_id, handoff.version, state, origin,
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
    from ${handoffs}
    left join measured_handoff as measured on measured.handoff_id = handoff.id
    left join lateral (
      select min(received_at) as received_at, min(decided_at) as decided_at from inbound_event
       where lead_id = handoff.lead_id and handoff_id = handoff.id) as arrived on true
   where (measured.version is null or measured.version < handoff.version)
     and ($1::uuid is null or handoff.id > $1)
   order by handoff.id limit ${lotSize}`;

const allUnmeasured = unmeasured('handoff');
const changed = '(select distinct handoff_id from handoff_event where at >= $2)';
const changedUnmeasured = unmeasured(`${changed} as changed join handoff on handoff.id = changed.handoff_id`);

async function readUnmeasured(
  pool: Pool,
  since: Date | null,
  after: HandoffId | null,
): Promise<Unmeasured[]> {
  const { rows } = await (since
    ? pool.query<Row>(changedUnmeasured, [after, since])
    : pool.query<Row>(allUnmeasured, [after]));
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

function wholeRow({ handoff, origin, arrived, assignments, spent }: ToKeep) {
  const { qualifiedAt, meetingAt, opportunityAt } = handoff;
  const [first, last] = [assignments.at(0), assignments.at(-1)] as [MeasuredAssignment, MeasuredAssignment];
  const sum = (of: (one: MeasuredAssignment) => number) => assignments.reduce((all, one) => all + of(one), 0);
  return {
    handoff_id: handoff.id,
    version: handoff.version,
    trigger: handoff.trigger,
    qualified_at: qualifiedAt,
    meeting_at: meetingAt,
    opportunity_at: opportunityAt,
    won_at: handoff.wonAt,
    ...{ rep: last.rep, team: last.team },
    source: origin?.source ?? null,
    campaign: origin?.campaign ?? null,
    received_at: arrived?.receivedAt ?? null,
    decided_at: arrived?.decidedAt ?? null,
    offered_at: first.since,
    delivered_at: assignments.find(({ deliveredAt }) => deliveredAt)?.deliveredAt ?? null,
    accepted_at: assignments.find(({ acceptedAt }) => acceptedAt)?.acceptedAt ?? null,
    first_touch_at: assignments.find(({ firstTouchAt }) => firstTouchAt)?.firstTouchAt ?? null,
    ...ending(handoff),
    touches: sum(({ touches }) => touches),
    escalations: sum(({ escalations }) => escalations),
    is_rescued: assignments.some(({ isRescue }) => isRescue),
    is_fallback: first.isFallback,
    is_back: handoff.back?.outcome === 'recycled',
    to_meeting: meetingAt && secondsBetween(qualifiedAt, meetingAt),
    to_opportunity: opportunityAt && secondsBetween(qualifiedAt, opportunityAt),
    system: spent?.system ?? null,
    off_hours: spent?.offHours ?? null,
    by_rep: spent?.rep ?? null,
  };
}

function assignmentRows({ handoff, origin, assignments }: ToKeep) {
  const { outcome, reason } = ending(handoff);
  return assignments.map((one) => ({
    handoff_id: handoff.id,
    seq: one.seq,
    trigger: handoff.trigger,
    qualified_at: handoff.qualifiedAt,
    source: origin?.source ?? null,
    ...{ rep: one.rep, team: one.team, since: one.since, way: one.way, is_fallback: one.isFallback },
    delivered_at: one.deliveredAt,
    seen_at: one.seenAt,
    acknowledged_at: one.acknowledgedAt,
    accepted_at: one.acceptedAt,
    first_touch_at: one.firstTouchAt,
    acknowledge_due: one.acknowledge.due,
    acknowledge_missed: one.acknowledge.missedAt,
    touch_due: one.touch.due,
    touch_missed: one.touch.missedAt,
    acknowledge_wall: one.toAcknowledge?.wall ?? null,
    acknowledge_working: one.toAcknowledge?.working ?? null,
    touch_wall: one.toTouch?.wall ?? null,
    touch_working: one.toTouch?.working ?? null,
    ...{ touches: one.touches, reminders: one.reminders, snoozes: one.snoozes, escalations: one.escalations },
    is_rescue: one.isRescue,
    until: one.until,
    ended_as: one.endedAs,
    outcome: one.endedAs === 'closed' ? outcome : null,
    reason: one.endedAs === 'closed' ? reason : null,
  }));
}

/**
 * All that a handoff is measured by, in the place of what an earlier version was; several who look at the same time wait for
 * one another, in the order of the ids.
 */
const keepStatement = (whole: readonly string[], assignment: readonly string[]) => `
  with whole as (
    insert into measured_handoff select * from jsonb_populate_recordset(null::measured_handoff, $1::jsonb)
        on conflict (handoff_id) do update set ${asGiven(whole)}
     where measured_handoff.version < excluded.version
    returning handoff_id, qualified_at, rep, team, trigger, source
  ),
  given as (
    select given.* from jsonb_populate_recordset(null::measured_assignment, $2::jsonb) as given join whole using (handoff_id)
  ),
  gone as (
    delete from measured_assignment as former using whole
     where former.handoff_id = whole.handoff_id
       and not exists (select from given where given.handoff_id = former.handoff_id and given.seq = former.seq)
  ),
  sides as (
    insert into measured_sides (rep, team, trigger, source)
    select distinct rep, coalesce(team, ''), trigger, coalesce(source, '')
      from (select rep, team, trigger, source from whole union all select rep, team, trigger, source from given) as told
     order by 1, 2, 3, 4
        on conflict do nothing
  ),
  days as (
    insert into measured_day (day, stamp)
    select day, gen_random_uuid() from (select distinct (qualified_at at time zone 'UTC')::date as day from whole) as changed
     order by day
        on conflict (day) do update set stamp = excluded.stamp
  )
  insert into measured_assignment select * from given
      on conflict (handoff_id, seq) do update set ${asGiven(assignment)}`;

function asGiven(columns: readonly string[]): string {
  return columns.map((name) => `${name} = excluded.${name}`).join(', ');
}

function ending(handoff: Unmeasured['handoff']) {
  if (handoff.status !== 'closed') return { closed_at: null, outcome: null, reason: null };
  const { closedAt, outcome, reason } = handoff;
  return { closed_at: closedAt, outcome, reason };
}

function secondsBetween(from: Date, to: Date): number {
  return Math.max(0, Math.round((to.getTime() - from.getTime()) / 1000));
}
