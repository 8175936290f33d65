import { tell } from '../../domain/card/story.ts';
import { awaitsArrival } from '../../domain/handoff/handoff.ts';
import type { PersonId, Platform, Policy } from '../../domain/policy/policy.ts';
import type { Line } from '../../domain/words/line.ts';
import { namesOf } from '../people/people.ts';
import { wordsFor } from '../people/words-of.ts';
import type { CardRecord, SentCard } from '../ports/cards.ts';
import type { Chat } from '../ports/chat.ts';
import type { HandoffView } from '../ports/handoffs.ts';
import type { Person } from '../ports/people.ts';

/** What has to be done with one message. */
export type Step =
  /** `look`: an earlier attempt may have brought it there. `post`: it is sent when there is none. */
  | { do: 'send'; look: boolean; post: boolean }
  | { do: 'update' }
  /** Somebody waits for this card to arrive. */
  | { do: 'noteArrival' }
  /** `look`: an earlier attempt may have told some of them. */
  | { do: 'tell'; look: boolean; lines: readonly PlannedLine[] };

/** An event in words, for the thread of one reader. */
export type PlannedLine = { seq: number; text: Line; notify: boolean; loud: boolean };

type Facts = {
  ruledBy: Policy;
  people: readonly Person[];
  repeat: boolean;
  /** Whether the reader should have a card, or only may have got one. */
  isConcerned: boolean;
};

type LookedAt = Pick<Chat, 'platform' | 'canLookBack'>;

/** What has to be done with the message to somebody in a chat; nothing when it is as it should be. */
export function stepsFor(reader: PersonId, chat: LookedAt, view: HandoffView, facts: Facts): Step[] {
  const { handoff, cards } = view;
  const record = cardOf(reader, chat.platform, cards);
  const arrival: Step[] = awaitsArrival(handoff, reader) ? [{ do: 'noteArrival' }] : [];
  if (!isPosted(record)) {
    const sending = send(record, chat, view, facts);
    return sending.some(({ post }) => post) ? [...sending, ...arrival] : sending;
  }
  const lines = linesFor(record, view, facts);
  const look = chat.canLookBack && (facts.repeat || record.tellingSeq > record.toldSeq);
  return [
    ...(record.revision < handoff.version ? [{ do: 'update' } as const] : []),
    ...arrival,
    ...(lines.length > 0 ? [{ do: 'tell', look, lines } as const] : []),
  ];
}

/** A channel has one card of the handoff that always says how it stands; nothing is told in its thread. */
export function stepsInChannel(channel: string, chat: LookedAt, view: HandoffView, repeat: boolean): Step[] {
  const record = cardOf(channel, chat.platform, view.cards);
  if (!isPosted(record)) return send(record, chat, view, { repeat, isConcerned: true });
  return record.revision < view.handoff.version ? [{ do: 'update' }] : [];
}

/** Nobody needs a card any more of a handoff that is closed. */
function send(
  begun: CardRecord | null,
  { canLookBack }: LookedAt,
  { handoff }: HandoffView,
  { repeat, isConcerned }: Pick<Facts, 'repeat' | 'isConcerned'>,
): Extract<Step, { do: 'send' }>[] {
  const look = canLookBack && (repeat || begun !== null);
  const post = isConcerned && handoff.status !== 'closed';
  return look || post ? [{ do: 'send', look, post }] : [];
}

/** What happened since the card came, as far as it is not told yet. */
function linesFor(
  { person, platform, toldSeq }: CardRecord,
  { log }: HandoffView,
  { ruledBy: policy, people }: Pick<Facts, 'ruledBy' | 'people'>,
): PlannedLine[] {
  const telling = {
    log,
    policy,
    names: namesOf(people),
    words: wordsFor(person, platform, { people, policy }),
  };
  return log.flatMap((entry): PlannedLine[] => {
    const words = entry.seq > toldSeq ? tell(entry, telling) : null;
    if (!words) return [];
    const notify = words.notify.includes(person);
    return [{ seq: entry.seq, text: words.text, notify, loud: notify && words.loud === true }];
  });
}

/** The message to somebody, or in a channel, in a chat. */
export function cardOf(
  person: PersonId,
  platform: Platform,
  cards: readonly CardRecord[],
): CardRecord | null {
  return cards.find((card) => card.person === person && card.platform === platform) ?? null;
}

/** A card whose message is lost: sent anew, it shows all that has happened by now. */
export function forgotten<Card extends SentCard>(card: Card, { version }: { version: number }): Card {
  return { ...card, messageId: null, toldSeq: version, tellingSeq: version };
}

export function isPosted<Card extends { messageId: string | null }>(
  card: Card | null,
): card is Card & { messageId: string } {
  return card !== null && card.messageId !== null;
}
