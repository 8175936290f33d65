import type { Pool } from 'pg';
import type { Outcome } from '../../domain/handoff/handoff.ts';
import type { AssignmentEnd } from '../../domain/measure/assignment-facts.ts';
import type { Sight, Spread } from '../../domain/measure/tally.ts';
import {
  type HourOfWeek,
  type Listed,
  type MeasuredLists,
  type Narrowed,
  type Stage,
  stages,
  type Which,
  wholeLeads,
} from '../../flow/ports/measured-lists.ts';
import type { Connection } from './connection.ts';
import { didAll, lateAt } from './kept-in-time.ts';

/** What stands behind the tallies, in PostgreSQL. */
export function postgresMeasuredLists({ pool }: Pick<Connection, 'pool'>): MeasuredLists {
  return {
    list: (sight, which, page, now) => readList(pool, sight, which, page, now),

    byHour: async (sight, zone, now) => {
      const { rows } = await pool.query<HourOfWeek & { inTime: number; late: number }>(
        `with one as (select coalesce(delivered_at, since) at time zone $8 as at, ${late} as late, ${isInTime} as in_time
                        from ${timesHeld} where ${inSight('a')})
         select extract(isodow from at)::int as weekday, extract(hour from at)::int as hour,
                count(*) filter (where in_time)::int as "inTime", count(*) filter (where late)::int as late
           from one where late or in_time group by 1, 2 order by 1, 2`,
        [...seen(sight), now, zone],
      );
      return rows;
    },

    sentBack: async (sight) => {
      const { rows } = await pool.query<{
        outcome: Outcome;
        reason: string | null;
        source: string | null;
        count: number;
      }>(
        `select outcome, reason, source, count(*)::int as count from measured_handoff as h
          where ${inSight('h')} and outcome in ('disqualified', 'unresponsive', 'recycled')
          group by 1, 2, 3 order by 4 desc, 1, 2, 3`,
        seen(sight),
      );
      return rows;
    },

    stages: async (sight) => {
      const { rows } = await pool.query<Record<Stage, Spread | null>>(
        `with one as (
           select h.received_at - h.qualified_at as webhook, h.decided_at - h.received_at as decided,
                  h.delivered_at - coalesce(h.decided_at, h.offered_at) as card, a.seen_at - h.delivered_at as seen,
                  a.acknowledged_at - coalesce(a.seen_at, h.delivered_at) as answered,
                  h.first_touch_at - a.acknowledged_at as touched
             from measured_handoff as h
             left join lateral (
               select seen_at, acknowledged_at from measured_assignment as held
                where held.handoff_id = h.handoff_id and held.delivered_at = h.delivered_at
                order by seq limit 1) as a on true
            where ${inSight('h')})
         select ${stages.map((stage) => `${spread(`extract(epoch from ${stage})`)} as ${stage}`).join(', ')} from one`,
        seen(sight),
      );
      const [found] = rows;
      return new Map(stages.flatMap((stage) => (found?.[stage] ? [[stage, found[stage]] as const] : [])));
    },

    has: async ({ reps, teams }, side, name) => {
      const { rows } = await pool.query<{ has: boolean }>(
        `select exists (select from measured_assignment
           where ($1::text[] is null or rep = any ($1)) and ($2::text[] is null or team = any ($2)) and ${side} = $3) as has`,
        [reps ?? null, teams ?? null, name],
      );
      return rows[0]?.has ?? false;
    },

    open: async ({ reps, teams, triggers, sources }, most) => {
      const { rows } = await pool.query<{ id: string }>(
        `select id from handoff
          where closed_at is null and ($1::text[] is null or rep = any ($1))
            and ($2::text[] is null or state #>> '{assignment,team}' = any ($2))
            and ($3::text[] is null or state ->> 'trigger' = any ($3))
            and ($4::text[] is null or source = any ($4))
          order by qualified_at, id limit $5`,
        [reps ?? null, teams ?? null, triggers ?? null, sources ?? null, most],
      );
      return rows.map(({ id }) => id);
    },
  };
}

/** The first parameters of every statement; the seventh is now. */
function seen({ from, until, reps, teams, triggers, sources }: Sight) {
  return [from, until, reps ?? null, teams ?? null, triggers ?? null, sources ?? null];
}

const inSight = (table: 'a' | 'h') => `${table}.qualified_at >= $1 and ${table}.qualified_at < $2
  and ($3::text[] is null or ${table}.rep = any ($3)) and ($4::text[] is null or ${table}.team = any ($4))
  and ($5::text[] is null or ${table}.trigger = any ($5)) and ($6::text[] is null or ${table}.source = any ($6))`;

/** Times that somebody held a lead, with what the tallies count of them. */
const timesHeld = `(
  select *, ${lateAt('$7').acknowledge} is true as answer_late, ${lateAt('$7').touch} is true as touch_late,
         ${didAll} as did_all
    from measured_assignment) as a`;

const late = '(a.answer_late or a.touch_late)';
const isInTime = `(a.did_all and not ${late})`;

const conditions: Readonly<Record<Which, string>> = {
  answeredInTime: 'a.acknowledged_at is not null and not a.answer_late',
  touchedInTime: 'a.first_touch_at is not null and not a.touch_late',
  inTime: isInTime,
  toAcknowledge: 'a.acknowledge_working is not null',
  toAcknowledgeWall: 'a.acknowledge_wall is not null',
  toTouch: 'a.touch_working is not null',
  toTouchWall: 'a.touch_wall is not null',
  accepted: 'a.accepted_at is not null',
  handedBack: `a.ended_as = 'handedBack'`,
  movedOn: `a.ended_as = 'movedOn'`,
  held: 'true',
  answerLate: 'a.answer_late',
  touchLate: 'a.touch_late',
  late,
  takenOver: 'a.is_rescue',
  toMeeting: 'h.to_meeting is not null',
  toDeal: 'h.to_opportunity is not null',
  disqualified: `h.outcome in ('disqualified', 'unresponsive')`,
  recycled: `h.outcome = 'recycled'`,
  touched: 'h.first_touch_at is not null',
  meetings: 'h.meeting_at is not null',
  deals: 'h.opportunity_at is not null',
  becameSql: 'h.accepted_at is not null',
  won: 'h.won_at is not null and h.accepted_at is not null',
  touchesEach: 'h.first_touch_at is not null',
  escalated: 'h.escalations > 0',
  rescued: 'h.is_rescued',
  fallback: 'h.is_fallback',
  all: 'true',
  open: 'h.closed_at is null',
  sentBack: `h.outcome in ('disqualified', 'unresponsive', 'recycled')`,
  converted: `h.outcome = 'converted'`,
  withdrawn: `h.outcome = 'withdrawn'`,
};

type ListedRow = {
  handoff_id: string;
  lead_id: string;
  rep: string;
  team: string | null;
  trigger: string;
  source: string | null;
  qualified_at: Date;
  acknowledge_wall: number | null;
  acknowledge_working: number | null;
  touch_wall: number | null;
  touch_working: number | null;
  late: boolean;
  ended_as: AssignmentEnd | null;
  outcome: Outcome | null;
  reason: string | null;
};

async function readList(
  pool: Pool,
  { reason, at, ...sight }: Narrowed,
  which: Which,
  { skip, take }: { skip: number; take: number },
  now: Date,
): Promise<{ rows: Listed[]; count: number }> {
  const isWhole = wholeLeads.some((one) => one === which);
  const table = isWhole ? 'h' : 'a';
  const values: unknown[] = [...seen(sight), now];
  const given = (value: unknown) => `$${values.push(value)}`;
  const where = [
    // Of leads as a whole nothing is late, and PostgreSQL wants to know what each parameter is.
    `${inSight(table)} and $7::timestamptz is not null and ${conditions[which]}`,
    ...(reason == null ? [] : [`coalesce(h.reason, '') = ${given(reason)}`]),
    ...(at ? [isWithin(given(at.zone), given(at.weekday), given(at.hour))] : []),
  ].join(' and ');
  const joined = isWhole
    ? `measured_handoff as h join lateral (
         select * from ${timesHeld} where a.handoff_id = h.handoff_id order by a.seq desc limit 1) as a on true`
    : `${timesHeld} join measured_handoff as h on h.handoff_id = a.handoff_id`;
  const alone = isWhole ? (at ? joined : 'measured_handoff as h') : reason == null ? timesHeld : joined;
  const [page, whole] = await Promise.all([
    pool.query<ListedRow>(
      `select h.handoff_id, handoff.lead_id, a.rep, a.team, h.trigger, h.source, h.qualified_at, a.acknowledge_wall,
              a.acknowledge_working, a.touch_wall, a.touch_working, ${late} as late, a.ended_as, h.outcome, h.reason
         from ${joined} join handoff on handoff.id = h.handoff_id
        where ${where}
        order by ${table}.qualified_at desc, ${table}.handoff_id, a.seq desc
       offset $${values.length + 1} limit $${values.length + 2}`,
      [...values, skip, take],
    ),
    // Millions are counted without what is shown of a few.
    pool.query<{ count: number }>(`select count(*)::int as count from ${alone} where ${where}`, values),
  ]);
  return { rows: page.rows.map(listedOf), count: whole.rows[0]?.count ?? 0 };
}

function isWithin(zone: string, weekday: string, hour: string): string {
  const came = `coalesce(a.delivered_at, a.since) at time zone ${zone}`;
  return `extract(isodow from ${came}) = ${weekday}::int and extract(hour from ${came}) = ${hour}::int`;
}

function listedOf(row: ListedRow): Listed {
  const { rep, team, trigger, source, outcome, reason } = row;
  return {
    ...{ handoffId: row.handoff_id, leadId: row.lead_id, rep, team, trigger, source, outcome, reason },
    qualifiedAt: row.qualified_at,
    toAcknowledge: took(row.acknowledge_wall, row.acknowledge_working),
    toTouch: took(row.touch_wall, row.touch_working),
    isLate: row.late,
    endedAs: row.ended_as,
  };
}

function took(wall: number | null, working: number | null) {
  return wall === null ? null : { wall, working: working ?? wall };
}

function spread(column: string): string {
  const at = (share: number) => `percentile_cont(${share}) within group (order by ${column})`;
  return `case when count(${column}) > 0
    then json_build_object('count', count(${column}), 'median', ${at(0.5)}, 'p90', ${at(0.9)}) end`;
}
