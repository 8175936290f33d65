import { chatsOf } from '../../domain/policy/people-of.ts';
import type { PersonId, Policy } from '../../domain/policy/policy.ts';
import type { Chat } from '../ports/chat.ts';
import type { Directory } from '../ports/people.ts';
import type { Clock } from '../ports/time.ts';

type Needs = { directory: Directory; chats: readonly Chat[]; policy: () => Policy; clock: Clock };

/**
 * Until when somebody wants no notifications where they read their cards; null: they want them, or nobody can tell, which keeps
 * no reminder back.
 */
export async function quietUntil(person: PersonId, needs: Needs): Promise<Date | null> {
  const { directory, chats, policy, clock } = needs;
  const accounts = (await directory.people()).find(({ id }) => id === person)?.accounts ?? [];
  const { inOrder, oneIsEnough } = chatsOf(policy(), person);
  for (const platform of oneIsEnough ? inOrder.slice(0, 1) : inOrder) {
    const chat = chats.find((candidate) => candidate.platform === platform);
    const userId = accounts.find((account) => account.platform === platform)?.userId;
    const until = userId ? await chat?.quietUntil?.(userId, clock()).catch(() => null) : null;
    if (until) return until;
  }
  return null;
}
