import type { Saying } from '../../domain/card/reasons.ts';
import { chatsOf } from '../../domain/policy/people-of.ts';
import { chatNames, type PersonId, type Platform, type Policy } from '../../domain/policy/policy.ts';
import { type Line, line, person } from '../../domain/words/line.ts';
import type { Why } from '../../domain/words/reason.ts';
import { whyLine } from '../../domain/words/why.ts';
import type { CardRecord } from '../ports/cards.ts';
import type { Chat } from '../ports/chat.ts';
import type { Person } from '../ports/people.ts';

/** Why a chat has no card for somebody: something about them, or about the chat. */
export type Miss = { kind: 'absence' | 'refusal'; why: Why };

/** @param why where it is known */
export function refusalBy(platform: Platform, why: Why | null = null): Miss {
  const chat = chatNames[platform];
  return {
    kind: 'refusal',
    why: why === null ? { kind: 'refusedIn', chat } : { kind: 'refusedFor', chat, why },
  };
}

type Known = {
  cards: readonly CardRecord[];
  people: readonly Person[];
  policy: Policy;
  chats: readonly Chat[];
  /** What has just been found out about the chats, newer than what is stored. */
  tried?: ReadonlyMap<Platform, Miss>;
};

/**
 * Why a card in this chat is not where its reader prefers it. Null when it is, when they read in both, and when the
 * preferred chat is not connected.
 */
export function missElsewhere(
  reader: PersonId,
  platform: Platform,
  { cards, people, policy, chats, tried }: Known,
): Miss | null {
  const { inOrder, oneIsEnough } = chatsOf(policy, reader);
  const preferred = chats.find((chat) => chat.platform === inOrder[0]);
  if (!oneIsEnough || !preferred || preferred.platform === platform) return null;
  const known = tried?.get(preferred.platform);
  if (known) return known;
  const account = people
    .find(({ id }) => id === reader)
    ?.accounts.find((candidate) => candidate.platform === preferred.platform);
  if (account && !account.userId) return { kind: 'absence', why: preferred.absence };
  // While it was merely away, no other chat would have got the card: what was begun there was refused.
  const begun = cards.find((card) => card.person === reader && card.platform === preferred.platform);
  return begun?.messageId === null ? refusalBy(preferred.platform) : null;
}

/** The same for the reader of the card. */
export function chatFallback(
  miss: Miss,
  reader: PersonId,
  platform: Platform,
  { names, words }: Saying,
): Line {
  const why = whyLine(miss.why, words);
  const because = miss.kind === 'absence' ? line`${person(reader, names)} ${why}` : why;
  return words.line('bulletins.fellBack', { why: because, chat: chatNames[platform] });
}
