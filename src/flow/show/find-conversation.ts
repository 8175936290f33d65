import type { PersonId } from '../../domain/policy/policy.ts';
import type { Chat } from '../ports/chat.ts';
import type { Directory, Person } from '../ports/people.ts';
import type { Clock } from '../ports/time.ts';

/**
 * How long an address, or the lack of one, is believed before the platform is asked again: Slack takes messages to
 * deactivated accounts without a word.
 */
const accountFreshMs = 60 * 60_000;

/** Where the person is written to in a chat. */
export async function findConversation(
  id: PersonId,
  chat: Chat,
  people: readonly Person[],
  needs: { directory: Directory; clock: Clock },
): Promise<string | null> {
  const { platform } = chat;
  const known = people
    .find((person) => person.id === id)
    ?.accounts.find((account) => account.platform === platform);
  const fresh = known && needs.clock().getTime() - known.checkedAt.getTime() < accountFreshMs;
  if (fresh && (known.conversationId || !known.userId)) return known.conversationId;
  const account = await chat.findAccount(id);
  await needs.directory.saveAccount(id, platform, account, needs.clock());
  return account?.conversationId ?? null;
}
