import { addressIn } from '../../domain/policy/people-of.ts';
import type { PersonId, Policy } from '../../domain/policy/policy.ts';
import { rivalOf } from '../people/accounts.ts';
import type { Chat } from '../ports/chat.ts';
import { PermanentFailure } from '../ports/failure.ts';
import type { Directory, Person, PersonAccount } from '../ports/people.ts';
import type { Clock } from '../ports/time.ts';

/**
 * How long an address, or the lack of one, is believed before the platform is asked again: Slack takes messages to
 * deactivated accounts without a word.
 */
const accountFreshMs = 60 * 60_000;

type Needs = { directory: Directory; policy: () => Policy; clock: Clock };

/** Where the person is written to in a chat. */
export async function findConversation(
  id: PersonId,
  chat: Chat,
  people: readonly Person[],
  needs: Needs,
): Promise<string | null> {
  const { platform } = chat;
  const known = people
    .find((person) => person.id === id)
    ?.accounts.find((account) => account.platform === platform);
  if (known && isFresh(known, needs.clock()) && (known.conversationId || !known.userId))
    return known.conversationId;
  return askForConversation(id, chat, needs);
}

/** Whether the platform was asked about an account lately. */
export function isFresh({ checkedAt }: PersonAccount, now: Date): boolean {
  return now.getTime() - checkedAt.getTime() < accountFreshMs;
}

/** The same, whatever is remembered. */
export async function askForConversation(id: PersonId, chat: Chat, needs: Needs): Promise<string | null> {
  const account = await chat.findAccount(addressIn(needs.policy(), chat.platform, id));
  const rival = account && (await rivalOf(id, chat, account.userId, needs));
  if (rival) return rival.conversationId;
  await needs.directory.saveAccount(id, chat.platform, account, needs.clock());
  return account?.conversationId ?? null;
}

/**
 * Does something in a remembered conversation, or in the one that has taken its place when it is gone: the account was
 * made anew, or the workspace has moved.
 * @param another finds the one that took its place
 * @returns null when none did
 */
export async function inConversation<Result>(
  conversationId: string,
  act: (conversationId: string) => Promise<Result>,
  another: () => Promise<string | null>,
): Promise<Result | null> {
  try {
    return await act(conversationId);
  } catch (cause) {
    if (!(cause instanceof PermanentFailure && cause.conversationGone)) throw cause;
    const next = await another();
    if (next === conversationId) throw cause;
    return next === null ? null : act(next);
  }
}
