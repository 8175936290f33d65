import type { PersonId } from '../policy/policy.ts';

/** Someone who could take the next turn. */
export type Candidate = { id: PersonId; weight: number };

/** Balances of a pool: who is ahead is owed a lead, who is behind has had more than their share. */
export type Credits = ReadonlyMap<PersonId, number>;

export type Turn = { winner: PersonId; credits: Credits };

/**
 * Smooth weighted round-robin over those who are available now: each earns their weight's share of one turn, the
 * highest balance wins and pays the whole turn. Over any run of constant availability nobody is a whole turn ahead
 * of their share, and among n nobody is owed more than 1/2 + 1/3 + … + 1/n of a turn: less than one up to three, less
 * than two up to ten. Those who are not candidates neither earn nor pay, so nobody is flooded after an absence. Ties
 * go to the candidate listed first.
 *
 * @returns null when nobody has a weight above 0.
 */
export function takeTurn(candidates: readonly Candidate[], credits: Credits): Turn | null {
  const players = candidates.filter((candidate) => candidate.weight > 0);
  const total = players.reduce((sum, player) => sum + player.weight, 0);
  if (players.length === 0) return null;

  const after = new Map(credits);
  for (const { id, weight } of players) after.set(id, (after.get(id) ?? 0) + weight / total);
  // Rounding errors must not decide a turn.
  const balance = (id: PersonId) => Math.round((after.get(id) ?? 0) * 1e9);
  const winner = players.reduce((best, player) => (balance(player.id) > balance(best.id) ? player : best));
  after.set(winner.id, (after.get(winner.id) ?? 0) - 1);
  return { winner: winner.id, credits: after };
}

/** The turn that somebody took for a lead, with the weights of those who could have. */
export type TakenTurn = { pool: string; winner: PersonId; weights: Readonly<Record<PersonId, number>> };

/** The balances as if a turn had never been taken, for what turned out to be no real lead. */
export function giveBack(turn: Pick<TakenTurn, 'winner' | 'weights'>, credits: Credits): Credits {
  return moved(turn, credits, -1);
}

/** The balances as if a turn had never been given back. */
export function takeAgain(turn: Pick<TakenTurn, 'winner' | 'weights'>, credits: Credits): Credits {
  return moved(turn, credits, 1);
}

/** Whoever could have had a turn earns their share of it, and the winner pays it; or the other way round. */
function moved(
  { winner, weights }: Pick<TakenTurn, 'winner' | 'weights'>,
  credits: Credits,
  way: 1 | -1,
): Credits {
  const total = Object.values(weights).reduce((sum, weight) => sum + weight, 0);
  const after = new Map(credits);
  for (const [id, weight] of Object.entries(weights))
    after.set(id, (after.get(id) ?? 0) + (way * weight) / total);
  after.set(winner, (after.get(winner) ?? 0) - way);
  return after;
}
