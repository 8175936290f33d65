import { tell } from '../../domain/card/story.ts';
import { consequenceOf, type Weight } from '../../domain/handoff/consequences.ts';
import { awaitsArrival, type Handoff, openTo } from '../../domain/handoff/handoff.ts';
import { chatsOf } from '../../domain/policy/people-of.ts';
import type { PersonId, Platform, Policy, Threads } from '../../domain/policy/policy.ts';
import { decidesOver } from '../../domain/policy/who-decides.ts';
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
  /** Its reader wants to see it: where nothing can lead them to it, it is sent anew. */
  | { do: 'bringDown' }
  /** Somebody waits for this card to arrive. */
  | { do: 'noteArrival' }
  /** `look`: an earlier attempt may have told some of them. */
  | { do: 'tell'; look: boolean; lines: readonly PlannedLine[] };

/** An event in words, for the thread of one reader. */
export type PlannedLine = { seq: number; text: Line; notify: boolean; loud: boolean };

type Facts = {
  /** The policy of today, which says how much is told. */
  policy: Policy;
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
  const isAskedFor = lines.some(({ loud }) => loud) && handoff.status !== 'closed';
  if (isAskedFor && !chat.canLookBack) return [{ do: 'bringDown' }, ...arrival];
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

/** What is to be told of what happened since the card came, and is not told yet. */
function linesFor(
  record: CardRecord,
  { handoff, log, cards }: HandoffView,
  { policy, ruledBy, people }: Pick<Facts, 'policy' | 'ruledBy' | 'people'>,
): PlannedLine[] {
  const { person: reader, platform, toldSeq } = record;
  const words = wordsFor(reader, platform, { people, policy: ruledBy });
  const telling = { reader, log, policy: ruledBy, names: namesOf(people), words };
  const isHere = whereSeen(reader, cards, policy) === platform;
  const hasPart = isConcerned(reader, handoff, ruledBy);
  return log.flatMap((entry): PlannedLine[] => {
    const said = entry.seq > toldSeq ? tell(entry, telling) : null;
    if (!said) return [];
    const how = said.calls.find(({ who }) => who.includes(reader))?.how ?? null;
    const { event } = entry;
    const isEnd =
      consequenceOf(event).clock === 'ends' || (event.type === 'reassigned' && event.from === reader);
    const notify = isHere && isCalled(how, policy.threads);
    // Whoever has no part in it any more hears how that came about and how it ends, and nothing else.
    const isTold = notify || (policy.threads === 'all' && (hasPart || isEnd || entry.by === reader));
    return isTold ? [{ seq: entry.seq, text: said.text, notify, loud: notify && how === 'show' }] : [];
  });
}

/** Whether a line makes itself noticed. */
function isCalled(how: Weight | null, threads: Threads): boolean {
  switch (how) {
    case 'ask':
    case 'show':
      return true;
    case 'line':
      return threads !== 'none';
    case 'note':
      return threads === 'all';
    default:
      return false;
  }
}

function isConcerned(reader: PersonId, handoff: Handoff, policy: Policy): boolean {
  const { assignment, escalatedTo } = handoff;
  return (
    reader === assignment.rep ||
    reader === escalatedTo ||
    openTo(handoff).includes(reader) ||
    decidesOver(policy, assignment, reader)
  );
}

/**
 * In which of the chats where somebody has a card they had it in front of them last; before they had, in the one that comes
 * first.
 */
export function whereSeen(reader: PersonId, cards: readonly CardRecord[], policy: Policy): Platform | null {
  const posted = chatsOf(policy, reader).inOrder.flatMap((platform) => {
    const card = cardOf(reader, platform, cards);
    return isPosted(card) ? [card] : [];
  });
  const seen = (card: CardRecord) => card.seenAt?.getTime() ?? 0;
  const last = posted.reduce<CardRecord | null>(
    (best, card) => (best === null || seen(card) > seen(best) ? card : best),
    null,
  );
  return last?.platform ?? null;
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
