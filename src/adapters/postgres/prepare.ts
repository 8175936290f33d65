import type { Pool } from 'pg';
import { explained } from './explain.ts';
import { checkFitness } from './fitness.ts';
import { migrate } from './migrate.ts';

/**
 * Makes sure that the bot can work on this database, and brings its tables up to date.
 * @throws UnfitDatabase which says what to set or to grant; anything else is a fault of ours
 */
export async function prepareDatabase(pool: Pool): Promise<{ applied: string[] }> {
  try {
    await checkFitness(pool);
    return await migrate({ pool });
  } catch (error) {
    throw explained(error, pool);
  }
}
