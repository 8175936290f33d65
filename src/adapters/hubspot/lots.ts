import type { Outcome } from '../../flow/ports/crm.ts';
import { answerBehind } from './error-answer.ts';

/** HubSpot's limit of records in a batch. */
export const maxRecords = 100;

/** Half of it when earlier values are asked for. */
export const maxRecordsWithHistory = 50;

/** What was asked for or done; a failure that the work throws becomes the outcome. */
export async function outcomeOf<T>(work: () => Promise<T>): Promise<Outcome<T>> {
  try {
    return succeeded(await work());
  } catch (error) {
    return { ok: false, error };
  }
}

export function succeeded<T>(value: T): Outcome<T> {
  return { ok: true, value };
}

/**
 * Asks about the members in as few calls as the limit of `size` allows. `ask` throws when a call fails as a whole: then
 * all its members have failed, unless HubSpot refused it for the sake of some of them.
 */
export async function inLots<M, T>(
  members: readonly M[],
  size: number,
  ask: (lot: readonly M[]) => Promise<Outcome<T>[]>,
): Promise<Outcome<T>[]> {
  const outcomes = await Promise.all(partsOf(members, size).map((lot) => inHalves(lot, ask)));
  return outcomes.flat();
}

async function inHalves<M, T>(
  lot: readonly M[],
  ask: (lot: readonly M[]) => Promise<Outcome<T>[]>,
): Promise<Outcome<T>[]> {
  try {
    return await ask(lot);
  } catch (error) {
    return afterFailure(lot, error, ask);
  }
}

/**
 * After a refusal both halves of a lot are asked about by themselves, down to single members: one bad of a hundred
 * costs some fifteen calls and nobody else.
 */
export async function afterFailure<M, T>(
  lot: readonly M[],
  error: unknown,
  ask: (lot: readonly M[]) => Promise<Outcome<T>[]>,
): Promise<Outcome<T>[]> {
  const mayBeOne = [400, 404, 409].includes(answerBehind(error)?.status ?? 0);
  if (lot.length === 1 || !mayBeOne) return lot.map(() => ({ ok: false, error }));
  const middle = Math.ceil(lot.length / 2);
  // One after the other: what is learned from the first half may spare the second a refusal.
  const first = await inHalves(lot.slice(0, middle), ask);
  return [...first, ...(await inHalves(lot.slice(middle), ask))];
}

/** Asks in rounds, in none of which an id comes twice: HubSpot refuses such a batch. */
export async function inRounds<M extends { id: string }, T>(
  members: readonly M[],
  ask: (round: readonly M[]) => Promise<Outcome<T>[]>,
): Promise<Outcome<T>[]> {
  const outcomes: Outcome<T>[] = [];
  let rest = members.map((member, index) => ({ member, index }));
  while (rest.length > 0) {
    const ids = new Set<string>();
    const round = rest.filter(({ member: { id } }) => !ids.has(id) && ids.add(id));
    const answered = await ask(round.map(({ member }) => member));
    round.forEach(({ index }, at) => {
      outcomes[index] = answered[at] as Outcome<T>;
    });
    rest = rest.filter((one) => !round.includes(one));
  }
  return outcomes;
}

export function partsOf<M>(members: readonly M[], size: number): M[][] {
  return Array.from({ length: Math.ceil(members.length / size) }, (_, index) =>
    members.slice(index * size, (index + 1) * size),
  );
}
