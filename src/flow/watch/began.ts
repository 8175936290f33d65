import type { Clock, Runs } from '../ports/time.ts';

/**
 * When the bot first ran on this database, which is noted by the first that asks. One that was there before that was
 * noted has looked at everything: of it nothing is history.
 */
export async function beganAt({ runs, clock }: { runs: Runs; clock: Clock }): Promise<Date> {
  const known = await runs.last('began');
  if (known) return known;
  const began = (await runs.last('sweep')) ? new Date(0) : clock();
  await runs.note('began', began);
  return began;
}
