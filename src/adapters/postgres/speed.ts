import type { Pool } from 'pg';
import { bucketsFrom, type SpeedBucket } from '../../domain/measure/outcome-curve.ts';
import type { Sight } from '../../domain/measure/tally.ts';
import { inSight, valuesOf } from './in-sight.ts';

/** How many leads were first touched within each span after they qualified, and what became of them. */
export async function speed(pool: Pool, sight: Sight): Promise<SpeedBucket[]> {
  const { rows } = await pool.query<{ bucket: number; leads: number; meetings: number; deals: number }>(
    `select width_bucket(greatest(0, extract(epoch from first_touch_at - qualified_at)), $7::float8[]) as bucket,
            count(*)::int as leads, count(meeting_at)::int as meetings, count(opportunity_at)::int as deals
       from measured_handoff
      where ${inSight} and first_touch_at is not null
        and (closed_at is not null or meeting_at is not null or opportunity_at is not null)
      group by bucket`,
    [...valuesOf(sight), bucketsFrom],
  );
  const found = new Map(rows.map(({ bucket, ...counts }) => [bucket, counts]));
  return bucketsFrom.map((from, place) => ({
    ...{ from, until: bucketsFrom[place + 1] ?? null },
    ...(found.get(place + 1) ?? { leads: 0, meetings: 0, deals: 0 }),
  }));
}
