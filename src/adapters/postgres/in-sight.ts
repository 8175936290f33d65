import type { Sight } from '../../domain/measure/tally.ts';

/** Which rows of measured handoffs or assignments are in sight, by the values of `valuesOf` as $1 to $6. */
export const inSight = `qualified_at >= $1 and qualified_at < $2 and ($3::text[] is null or rep = any ($3))
  and ($4::text[] is null or team = any ($4)) and ($5::text[] is null or trigger = any ($5))
  and ($6::text[] is null or source = any ($6))`;

export function valuesOf({ from, until, reps, teams, triggers, sources }: Sight): unknown[] {
  return [from, until, ...[reps, teams, triggers, sources].map((one) => one ?? null)];
}
