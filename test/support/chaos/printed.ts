import { z } from 'zod';
import { simulatedAt } from './fast-clock.ts';

const jobDone = z.object({ msg: z.literal('job done'), id: z.string(), time: z.number() });

/**
 * Reads from what the replicas printed when the job of a timer was done, by the timer's id.
 * @param startsAt when their clock began to run
 */
export function timersDoneIn(printed: string, startsAt: number): Map<string, Date> {
  const lines = printed.split('\n').filter((line) => line.includes('"msg":"job done"'));
  return new Map(
    lines.flatMap((line) => {
      // The last line of a process that was killed may be torn.
      const { data } = jobDone.safeParse(line.endsWith('}') ? JSON.parse(line) : null);
      return data ? [[data.id, simulatedAt(data.time - startsAt)] as const] : [];
    }),
  );
}
