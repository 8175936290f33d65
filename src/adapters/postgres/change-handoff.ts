import type { Pool } from 'pg';
import type { Refusal } from '../../domain/handoff/decide.ts';
import type { Handoff, HandoffId } from '../../domain/handoff/handoff.ts';
import { giveBack, takeAgain } from '../../domain/routing/rotation.ts';
import type { Balance, Balances, Cause, Change, Changed } from '../../flow/ports/handoffs.ts';
import { untilNobodyIsFaster } from './overtaken.ts';
import { readHandoff } from './read-handoffs.ts';
import { excludedFrom, readStandings, type Standings, turnToWrite } from './standings.ts';
import { changeToWrite } from './what-to-write.ts';
import { write } from './write.ts';
import type { Writing } from './writing.ts';

/** `taker`: the process whose jobs are ended. */
type Database = { pool: Pool; taker: () => number | null };

/** A change, and the balances of a pool of which it takes a turn. */
type Decided = (Change & { credits?: Balances | null }) | Refusal;

/** Changes a handoff: read, decided on and written, and all that again when somebody else changed it meanwhile. */
export async function change(
  database: Database,
  known: HandoffId | Handoff,
  cause: Cause,
  decide: (handoff: Handoff) => Change | Refusal,
): Promise<Changed | null> {
  return carryOut(database, known, cause, async (handoff) => {
    const decided = decide(handoff);
    const movesTurns = !('refused' in decided) && (decided.refund ?? decided.retaken) !== null;
    return { decided, standings: movesTurns ? await standingsOf(database.pool, handoff, cause) : null };
  });
}

/** Changes a handoff whose lead is assigned anew, on the balances as they are. */
export async function reassign(
  database: Database,
  id: HandoffId,
  cause: Cause,
  decide: (handoff: Handoff, balance: Balance) => Decided,
): Promise<Changed | null> {
  return carryOut(database, id, cause, async (handoff) => {
    const standings = await standingsOf(database.pool, handoff, cause);
    const excluded = excludedFrom(standings, [handoff.leadId]);
    return { decided: decide(handoff, { ...standings, excluded }), standings };
  });
}

function standingsOf(pool: Pool, { id, leadId }: Handoff, { at }: Cause): Promise<Standings> {
  return readStandings(pool, at, { reps: 'all', leadIds: [leadId], handoffId: id });
}

function carryOut(
  { pool, taker }: Database,
  known: HandoffId | Handoff,
  cause: Cause,
  decide: (handoff: Handoff) => Promise<{ decided: Decided; standings: Standings | null }>,
): Promise<Changed | null> {
  const id = typeof known === 'string' ? known : known.id;
  // As it was read before anybody could be faster.
  let first = typeof known === 'string' ? null : { handoff: known, repeated: false };
  return untilNobodyIsFaster<Changed | null>(async () => {
    const read = first ?? (await readHandoff(pool, id, cause.commandId));
    first = null;
    if (!read) return { done: null };
    const { handoff, repeated } = read;
    if (repeated) return { done: { outcome: 'repeated', handoff } };
    const { decided, standings } = await decide(handoff);
    if ('refused' in decided) return { done: { outcome: 'refused', refusal: decided, handoff } };
    const writing = changeToWrite(handoff, decided, cause);
    const written = await write(pool, { ...writing, pools: poolsOf(decided, standings), taker: taker() });
    if (!written) return 'overtaken';
    return { done: { outcome: 'changed', handoff: decided.handoff, events: decided.events } };
  });
}

/** A turn that does not count is given back before another is taken. */
function poolsOf(
  { refund, retaken, credits }: Exclude<Decided, Refusal>,
  standings: Standings | null,
): NonNullable<Writing['pools']> {
  if (!standings) return [];
  const after = new Map(credits ? [[credits.pool, credits.after]] : []);
  const creditsOf = (pool: string) => after.get(pool) ?? standings.credits.get(pool) ?? new Map();
  if (refund) after.set(refund.pool, giveBack(refund, creditsOf(refund.pool)));
  if (retaken) after.set(retaken.pool, takeAgain(retaken, creditsOf(retaken.pool)));
  return [...after].map(([pool, credit]) => turnToWrite({ pool, after: credit }, standings));
}
