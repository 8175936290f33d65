import type { Pool } from 'pg';
import type { Sight } from '../../domain/measure/tally.ts';
import {
  bytesOf,
  columnsFrom,
  columnsInSql,
  type DayOf,
  type SentColumns,
  type Thing,
} from './measured-columns.ts';

type Period = Pick<Sight, 'from' | 'until'>;
type Kept = { stamp: string; columns: DayOf<Thing> };

const dayMs = 86_400_000;

/** A year of 1,000,000 leads takes about 50 MB. */
const mostBytes = 64 * 1024 * 1024;

/**
 * Reads the columns of every day of a period as they are now. What was read last stays in memory, and a day is read anew
 * when its stamp is another.
 */
export function measuredDays(
  pool: Pick<Pool, 'query'>,
): <T extends Thing>(thing: T, period: Period) => Promise<DayOf<T>[]> {
  const kept = new Map<string, Kept>();
  let bytes = 0;

  /** The last ones in the map are those that were used last. */
  const keep = (key: string, one: Kept) => {
    forget(key);
    kept.set(key, one);
    bytes += bytesOf(one.columns);
    for (const oldest of kept.keys()) {
      if (bytes <= mostBytes) return;
      forget(oldest);
    }
  };
  const forget = (key: string) => {
    const former = kept.get(key);
    if (former && kept.delete(key)) bytes -= bytesOf(former.columns);
  };

  return async <T extends Thing>(thing: T, { from, until }: Period) => {
    const first = Math.floor(from.getTime() / dayMs);
    const last = Math.ceil(until.getTime() / dayMs) - 1;
    const known = new Map<number, Kept>();
    for (const [key, one] of kept) {
      const { day } = one.columns;
      if (key === `${thing} ${day}` && day >= first && day <= last) known.set(day, one);
    }
    const rows = await readDays(pool, thing, { first, last, known });
    return rows.flatMap(({ day, stamp, sent }) => {
      const columns = sent ? columnsFrom(thing, day, sent) : known.get(day)?.columns;
      if (!columns) return [];
      keep(`${thing} ${day}`, { stamp, columns });
      return [columns as DayOf<T>];
    });
  };
}

type Asked = { first: number; last: number; known: ReadonlyMap<number, Kept> };
type Read = { day: number; stamp: string; sent: SentColumns | null };

/** Of days that are known by their stamp nothing more is read. */
async function readDays(
  pool: Pick<Pool, 'query'>,
  thing: Thing,
  { first, last, known }: Asked,
): Promise<Read[]> {
  const { rows } = await pool.query<SentColumns & { day: number; stamp: string; known: boolean }>(
    `select day.day - date '1970-01-01' as day, day.stamp, known.day is not null as known, measured.*
       from measured_day as day
       left join unnest($3::int[], $4::uuid[]) as known (day, stamp)
         on date '1970-01-01' + known.day = day.day and known.stamp = day.stamp
       cross join lateral (${columnsInSql(thing, 'known.day is null')}) as measured
      where day.day between date '1970-01-01' + $1::int and date '1970-01-01' + $2::int`,
    [first, last, [...known.keys()], [...known.values()].map(({ stamp }) => stamp)],
  );
  return rows.map(({ day, stamp, known, ...sent }) => ({ day, stamp, sent: known ? null : sent }));
}
