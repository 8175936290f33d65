import { TemporaryFailure } from './ports/failure.ts';

/**
 * Works on a lot, and on its halves should one of it be why that fails, down to that one: it fails alone. What fails for a
 * while, as without the database, fails for all. `work` has to bear being done again with what it had done before.
 * @returns what came of each, by place
 */
export async function sparingTheOthers<Part, Came>(
  lot: readonly Part[],
  work: (lot: readonly Part[]) => Promise<Came[]>,
  failed: (error: unknown) => Came,
): Promise<Came[]> {
  try {
    return await work(lot);
  } catch (error) {
    if (error instanceof TemporaryFailure) throw error;
    if (lot.length <= 1) return lot.map(() => failed(error));
    const half = Math.ceil(lot.length / 2);
    const first = await sparingTheOthers(lot.slice(0, half), work, failed);
    return [...first, ...(await sparingTheOthers(lot.slice(half), work, failed))];
  }
}
