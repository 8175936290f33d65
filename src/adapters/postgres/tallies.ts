import type { Pool } from 'pg';
import type { Outcome } from '../../domain/handoff/handoff.ts';
import {
  type AssignmentTally,
  type HandoffTally,
  noAssignments,
  noHandoffs,
  type Sight,
  type Tally,
} from '../../domain/measure/tally.ts';
import type { Side } from '../../flow/ports/measures.ts';
import { inSight, valuesOf } from './in-sight.ts';
import { didAll, lateAt } from './kept-in-time.ts';

/**
 * Counts over measured handoffs. Of very many PostgreSQL counts with several processes; to put times in order takes one for
 * each statement: so they are four, at the same time.
 */
export async function tallies(
  pool: Pool,
  sight: Sight,
  by: Side | null,
  now: Date,
): Promise<Map<string | null, Tally>> {
  const name = by ? names[by] : 'null::text';
  const seen = valuesOf(sight);
  const ask = async <Part>(statement: string, values: unknown[] = seen) => {
    const { rows } = await pool.query<{ name: string | null; tally: Part }>(statement, values);
    return rows;
  };
  const [times, answers, touches, whole] = await Promise.all([
    ask<Omit<AssignmentTally, 'toAcknowledge' | 'toTouch'>>(assignmentTallies(name), [...seen, now]),
    ask<Pick<AssignmentTally, 'toAcknowledge'>>(timesTo(name, 'toAcknowledge', 'acknowledge')),
    ask<Pick<AssignmentTally, 'toTouch'>>(timesTo(name, 'toTouch', 'touch')),
    ask<HandoffTally>(handoffTallies(name)),
  ]);
  const found = new Map<string | null, Tally>();
  for (const { name: of, tally } of [...times, ...answers, ...touches, ...whole])
    found.set(of, { ...noAssignments, ...noHandoffs, ...found.get(of), ...tally });
  return found;
}

/** How the leads in sight ended that were sent back, most frequent first. */
export async function sentBack(
  pool: Pool,
  sight: Sight,
): Promise<{ outcome: Outcome; reason: string | null; count: number }[]> {
  const { rows } = await pool.query<{ outcome: Outcome; reason: string | null; count: number }>(
    `select outcome, reason, count(*)::int from measured_handoff
      where ${inSight} and outcome in ('disqualified', 'unresponsive', 'recycled')
      group by outcome, reason order by count(*) desc, reason`,
    valuesOf(sight),
  );
  return rows;
}

const names: Record<Side, string> = {
  rep: 'rep',
  team: 'team',
  trigger: 'trigger',
  source: 'source',
  week: `to_char(date_trunc('week', qualified_at, 'UTC') at time zone 'UTC', 'YYYY-MM-DD')`,
};

/** As domain/measure defines them. */
const assignmentTallies = (name: string) => `
  with one as (
    select ${name} as name, *,
           ${lateAt('$7').acknowledge} as acknowledge_late, ${lateAt('$7').touch} as touch_late
      from measured_assignment where ${inSight}
  )
  select name, json_build_object(
    'assignments', count(*),
    'acknowledge', json_build_object(
      'late', count(*) filter (where acknowledge_late),
      'inTime', count(*) filter (where acknowledged_at is not null and not acknowledge_late),
      'open', count(*) filter (where acknowledged_at is null and until is null and acknowledge_due is not null
                                 and acknowledge_late is not true)),
    'touch', json_build_object(
      'late', count(*) filter (where touch_late),
      'inTime', count(*) filter (where first_touch_at is not null and touch_late is not true),
      'open', count(*) filter (where first_touch_at is null and until is null and touch_due >= $7 and touch_missed is null)),
    'both', json_build_object(
      'late', count(*) filter (where acknowledge_late or touch_late),
      'inTime', count(*) filter (where ${didAll}
                                   and acknowledge_late is not true and touch_late is not true),
      'open', count(*) filter (where until is null and not ${didAll}
                                 and (acknowledged_at is not null or acknowledge_due is not null)
                                 and acknowledge_late is not true and touch_late is not true)),
    'answered', count(acknowledged_at),
    'acceptances', count(accepted_at),
    'handedBack', count(*) filter (where ended_as = 'handedBack'),
    'sentBack', count(*) filter (where outcome in ('disqualified', 'unresponsive', 'recycled')),
    'movedOn', count(*) filter (where ended_as = 'movedOn'),
    'rescues', count(*) filter (where is_rescue)) as tally
  from one group by name`;

const handoffTallies = (name: string) => `
  select ${name} as name, json_build_object(
    'handoffs', count(*),
    'open', count(*) filter (where closed_at is null),
    'accepted', ${reached('accepted_at')},
    'touched', ${reached('first_touch_at')},
    'met', ${reached('meeting_at')},
    'opportunity', ${reached('opportunity_at')},
    'won', ${reached('won_at', 'accepted_at is not null')},
    'touches', sum(touches),
    'ended', json_build_object(${['converted', 'disqualified', 'recycled', 'withdrawn', 'unresponsive']
      .map((outcome) => `'${outcome}', count(*) filter (where outcome = '${outcome}')`)
      .join(', ')}),
    'escalated', count(*) filter (where escalations > 0),
    'rescued', count(*) filter (where is_rescued),
    'fallback', count(*) filter (where is_fallback),
    'toMeeting', ${spread('to_meeting')},
    'toOpportunity', ${spread('to_opportunity')},
    'spent', json_build_object('count', count(by_rep), 'system', coalesce(sum(system), 0),
      'offHours', coalesce(sum(off_hours), 0), 'rep', coalesce(sum(by_rep), 0))) as tally
  from measured_handoff where ${inSight} group by ${name}`;

function reached(column: string, among = 'true'): string {
  return `json_build_object('count', count(*) filter (where ${column} is not null and ${among}),
    'of', count(*) filter (where (${column} is not null or closed_at is not null) and ${among}))`;
}

const timesTo = (name: string, what: string, column: string) => `
  select ${name} as name, json_build_object('${what}', json_build_object(
    'wall', ${spread(`${column}_wall`)}, 'working', ${spread(`${column}_working`)})) as tally
    from measured_assignment where ${inSight} and ${column}_wall is not null group by ${name}`;

function spread(column: string): string {
  const at = (share: number) => `percentile_cont(${share}) within group (order by ${column})`;
  return `case when count(${column}) > 0
    then json_build_object('count', count(${column}), 'median', ${at(0.5)}, 'p90', ${at(0.9)}) end`;
}
