import type { Pool } from 'pg';
import type { Outcome } from '../../domain/handoff/handoff.ts';
import { spreadOf } from '../../domain/measure/spread.ts';
import {
  type AssignmentTally,
  type HandoffTally,
  type Kept,
  noAssignments,
  noHandoffs,
  type Reached,
  type Sight,
  type Tally,
} from '../../domain/measure/tally.ts';
import type { Side } from '../../flow/ports/measures.ts';
import { type Counted, countColumns } from './count-columns.ts';
import { inSight, valuesOf } from './in-sight.ts';
import { measuredDays } from './measured-days.ts';
import { measuredSides, namingOf } from './measured-sides.ts';

/** Counts over measured handoffs, in this process: PostgreSQL needs ten times as long for very many. */
export function talliesOf(
  pool: Pick<Pool, 'query'>,
): (sight: Sight, by: Side | null, now: Date) => Promise<Map<string | null, Tally>> {
  const [readDays, readSides] = [measuredDays(pool), measuredSides(pool)];
  return async (sight, by, now) => {
    const [times, leads] = await Promise.all([readDays('times', sight), readDays('leads', sight)]);
    // Whatever stands in a column is there by now.
    const sides = await readSides();
    const held = await countColumns('times', times, sight, namingOf(sides, sight, by), now);
    const whole = await countColumns('leads', leads, sight, namingOf(sides, sight, by), now);
    const found = new Map<string | null, Tally>();
    for (const name of new Set([...held.keys(), ...whole.keys()])) {
      const [ofTimes, ofLeads] = [held.get(name), whole.get(name)];
      found.set(name, {
        ...(ofTimes ? assignmentTally(ofTimes) : noAssignments),
        ...(ofLeads ? handoffTally(ofLeads) : noHandoffs),
      });
    }
    return found;
  };
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

/** As domain/measure defines them. */
function assignmentTally({ of, numbers }: Counted<'times'>): AssignmentTally {
  const acknowledge: Kept = {
    late: of((is) => is.answerMissed),
    inTime: of((is) => is.acknowledged && !is.answerMissed),
    open: of((is) => !is.acknowledged && !is.ended && is.hasAnswerDue && !is.answerMissed),
  };
  const touch: Kept = {
    late: of((is) => is.touchMissed),
    inTime: of((is) => is.touched && !is.touchMissed),
    open: of((is) => is.awaitsTouch && !is.touchMissed),
  };
  const both: Kept = {
    late: of((is) => is.answerMissed || is.touchMissed),
    inTime: of((is) => is.didAll && !is.answerMissed && !is.touchMissed),
    open: of(
      (is) =>
        !is.ended &&
        !is.didAll &&
        (is.acknowledged || is.hasAnswerDue) &&
        !is.answerMissed &&
        !is.touchMissed,
    ),
  };
  return {
    assignments: of(() => true),
    ...{ acknowledge, touch, both },
    toAcknowledge: { wall: spreadOf(numbers.answerWall), working: spreadOf(numbers.answerWorking) },
    toTouch: { wall: spreadOf(numbers.touchWall), working: spreadOf(numbers.touchWorking) },
    answered: of((is) => is.acknowledged),
    acceptances: of((is) => is.accepted),
    handedBack: of((is) => is.handedBack),
    sentBack: of((is) => is.sentBack),
    movedOn: of((is) => is.movedOn),
    rescues: of((is) => is.isRescue),
  };
}

function handoffTally({ of, numbers }: Counted<'leads'>): HandoffTally {
  type Is = Parameters<Parameters<typeof of>[0]>[0];
  const reached = (has: (is: Is) => boolean, among: (is: Is) => boolean = () => true): Reached => ({
    count: of((is) => has(is) && among(is)),
    of: of((is) => (has(is) || is.closed) && among(is)),
  });
  return {
    handoffs: of(() => true),
    open: of((is) => !is.closed),
    accepted: reached((is) => is.accepted),
    touched: reached((is) => is.touched),
    met: reached((is) => is.met),
    opportunity: reached((is) => is.opportunity),
    won: reached(
      (is) => is.won,
      (is) => is.accepted,
    ),
    touches: sum(numbers.touches),
    ended: {
      converted: of((is) => is.converted),
      disqualified: of((is) => is.disqualified),
      recycled: of((is) => is.recycled),
      withdrawn: of((is) => is.withdrawn),
      unresponsive: of((is) => is.unresponsive),
    },
    escalated: of((is) => is.escalated),
    rescued: of((is) => is.rescued),
    fallback: of((is) => is.fallback),
    toMeeting: spreadOf(numbers.toMeeting),
    toOpportunity: spreadOf(numbers.toOpportunity),
    spent: {
      count: numbers.byRep.length,
      system: sum(numbers.system),
      offHours: sum(numbers.offHours),
      rep: sum(numbers.byRep),
    },
  };
}

function sum(numbers: Int32Array): number {
  return numbers.reduce((all, one) => all + one, 0);
}
