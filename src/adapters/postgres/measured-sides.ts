import type { Pool } from 'pg';
import type { Sight } from '../../domain/measure/tally.ts';
import type { Side } from '../../flow/ports/measures.ts';
import type { Naming } from './count-columns.ts';

/** By what measured leads are told apart, by its id; it stays what it is. */
export type Sides = ReadonlyMap<
  number,
  Readonly<Record<'rep' | 'team' | 'trigger' | 'source', string | null>>
>;

/** Reads all of them, once there are more than this process knows. */
export function measuredSides(pool: Pick<Pool, 'query'>): () => Promise<Sides> {
  let known: Sides = new Map();
  return async () => {
    const { rows } = await pool.query<{
      id: number;
      rep: string;
      team: string | null;
      trigger: string;
      source: string | null;
    }>(
      `select id, rep, nullif(team, '') as team, trigger, nullif(source, '') as source from measured_sides
        where (select count(*) from measured_sides) <> $1`,
      [known.size],
    );
    if (rows.length > 0) known = new Map(rows.map(({ id, ...sides }) => [id, sides]));
    return known;
  };
}

/** Under which name leads count that are in sight. */
export function namingOf(sides: Sides, sight: Sight, by: Side | null): Naming {
  const names: (string | null)[] = [];
  const places = new Map<string | null, number>();
  const placeOf = (name: string | null) => {
    const known = places.get(name) ?? names.push(name) - 1;
    places.set(name, known);
    return known;
  };
  const among = [
    ['rep', sight.reps],
    ['team', sight.teams],
    ['trigger', sight.triggers],
    ['source', sight.sources],
  ] as const;
  const asked = among.map(([side, some]) => ({ side, some: some && new Set<string | null>(some) }));
  const seen = [...sides].filter(([, one]) => asked.every(({ side, some }) => some?.has(one[side]) ?? true));
  const size = Math.max(0, ...sides.keys()) + 1;
  const namedBy = (nameOf: (one: (typeof seen)[number][1]) => string | null) => {
    const named = new Int32Array(size).fill(-1);
    for (const [id, one] of seen) named[id] = placeOf(nameOf(one));
    return named;
  };
  if (by !== 'week') {
    const always = namedBy((one) => (by === null ? null : one[by]));
    return { names, on: () => always };
  }
  const weeks = new Map<string, Int32Array>();
  return {
    names,
    on: (day) => {
      const monday = mondayOf(day);
      const named = weeks.get(monday) ?? namedBy(() => monday);
      weeks.set(monday, named);
      return named;
    },
  };
}

/** @param day since 1970, which began on a Thursday */
function mondayOf(day: number): string {
  const monday = day - ((day + 3) % 7);
  return new Date(monday * 86_400_000).toISOString().slice(0, 10);
}
