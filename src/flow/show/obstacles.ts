import type { News } from '../../domain/card/bulletin.ts';
import type { Platform, Policy } from '../../domain/policy/policy.ts';
import type { Outbox } from '../ports/cards.ts';
import { TemporaryFailure } from '../ports/failure.ts';
import type { Observe } from '../ports/observe.ts';
import type { Clock, Routine, Runs } from '../ports/time.ts';

/** While it lasts, the admins are told again so often. */
const toldEveryMs = 24 * 3_600_000;

/** What keeps the bot out of a chat until somebody removes it, in words; null when it is something else. */
export function obstacleOf(cause: unknown): string | null {
  return cause instanceof TemporaryFailure ? cause.obstacle : null;
}

export type TellAdmins = { runs: Runs; outbox: Outbox; policy: () => Policy; clock: Clock };

/** Tells the admins what keeps the bot out of a chat, however many cards wait for it; it is nobody's lead that is at fault. */
export async function tellOfObstacle(
  cause: unknown,
  platform: Platform,
  needs: TellAdmins & { observe: Observe },
): Promise<void> {
  const why = obstacleOf(cause);
  if (why === null) return;
  const isNews = await tellAdmins({ kind: 'shutOut', platform, why }, `obstacle in ${platform}`, needs);
  if (isNews) needs.observe({ what: 'shutOut', platform, why });
}

/** Tells the admins of an obstacle, unless they have heard of one like it of late. @returns whether it did */
export async function tellAdmins(
  news: News,
  routine: Routine,
  { runs, outbox, policy, clock }: TellAdmins,
): Promise<boolean> {
  const now = clock();
  const before = await runs.last(routine);
  if (before && now.getTime() - before.getTime() < toldEveryMs) return false;
  await outbox.add(
    policy().admins.map((person) => ({ person, news })),
    now,
  );
  await runs.note(routine, now);
  return true;
}
