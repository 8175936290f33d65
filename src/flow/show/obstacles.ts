import type { Platform, Policy } from '../../domain/policy/policy.ts';
import type { Outbox } from '../ports/cards.ts';
import { TemporaryFailure } from '../ports/failure.ts';
import type { Observe } from '../ports/observe.ts';
import type { Clock, Runs } from '../ports/time.ts';

/** While it lasts, the admins are told again so often. */
const toldEveryMs = 24 * 3_600_000;

/** What keeps the bot out of a chat until somebody removes it, in words; null when it is something else. */
export function obstacleOf(cause: unknown): string | null {
  return cause instanceof TemporaryFailure ? cause.obstacle : null;
}

/** Tells the admins what keeps the bot out of a chat, however many cards wait for it; it is nobody's lead that is at fault. */
export async function tellOfObstacle(
  cause: unknown,
  platform: Platform,
  needs: { runs: Runs; outbox: Outbox; policy: () => Policy; clock: Clock; observe: Observe },
): Promise<void> {
  const { runs, outbox, policy, clock, observe } = needs;
  const why = obstacleOf(cause);
  if (why === null) return;
  const routine = `obstacle in ${platform}` as const;
  const now = clock();
  const before = await runs.last(routine);
  if (before && now.getTime() - before.getTime() < toldEveryMs) return;
  const news = { kind: 'shutOut', platform, why } as const;
  await outbox.add(
    policy().admins.map((person) => ({ person, news })),
    now,
  );
  await runs.note(routine, now);
  observe({ what: 'shutOut', platform, why });
}
