import { needsNoCard } from '../../domain/handoff/digest.ts';
import { type Logged, openTo } from '../../domain/handoff/handoff.ts';
import { chatsOf } from '../../domain/policy/people-of.ts';
import type { PersonId, Platform, Policy } from '../../domain/policy/policy.ts';
import type { CardRecord } from '../ports/cards.ts';
import type { Chat } from '../ports/chat.ts';
import type { HandoffView } from '../ports/handoffs.ts';
import type { Person } from '../ports/people.ts';
import { cardOf, isPosted, type Step, stepsFor, stepsInChannel } from './plan-message.ts';

/** What has to be done so that everybody sees how a handoff stands, in this order. */
export type DeliveryPlan = { readers: readonly ReaderPlan[]; channels: readonly ChannelPlan[] };

export type ReaderPlan = {
  reader: PersonId;
  /** One for each chat in which they have a card or may have one, in the order in which the chats are tried. */
  messages: readonly MessagePlan[];
  /**
   * What becomes of it when no chat reaches them: the lead is passed on to be decided over, or whoever watches hears of
   * it. Nothing when there is no card that they should have.
   */
  ifOutOfReach: 'passOn' | 'observe' | 'nothing';
};

export type MessagePlan = {
  platform: Platform;
  /** Null: it has to be found out where they are written to. */
  conversationId: string | null;
  /** Stands in for the chats before it, one of which is enough: when it reached the reader, or is away for a moment. */
  isSubstitute: boolean;
  steps: readonly Step[];
};

export type ChannelPlan = {
  platform: Platform;
  channel: string;
  conversationId: string;
  /** Null: the chat is not connected, so that the channel is given up. */
  steps: readonly Step[] | null;
};

/** What is known beside the handoff. */
export type DeliveryFacts = {
  /** The policy of today, which says where people read their cards. */
  policy: Policy;
  /** The policy under which the handoff began, which has the words for it. */
  ruledBy: Policy;
  people: readonly Person[];
  chats: readonly Pick<Chat, 'platform' | 'canLookBack'>[];
  /** An earlier attempt broke off, and may have had effects that nobody noted. */
  repeat: boolean;
  /** Who turned out to be reached by no chat. */
  outOfReach: ReadonlySet<PersonId>;
};

/**
 * Plans how the messages about a handoff are brought up to date: a card for the holder and, once they were told, for the
 * manager; every card shows the present state, and every change is a line in its thread. Each step is planned as if
 * those before it were done and changed nothing but the messages.
 */
export function planDelivery(view: HandoffView, facts: DeliveryFacts): DeliveryPlan {
  const concerned = concernedBy(view, facts);
  const once = facts.repeat ? onceConcernedBy(view.log).filter((person) => !concerned.includes(person)) : [];
  return {
    readers: [
      ...concerned.map((reader) => readerPlan(reader, view, facts)),
      ...[...new Set(once)].map((reader) => takeUpOnly(reader, view, facts)),
    ],
    channels: channelsOf(view).map((channel) => channelPlan(channel, view, facts)),
  };
}

/** The holder, unless a digest is enough, who may claim it, the manager if told, whoever has a card from before, and who stands in for a manager. */
function concernedBy({ handoff, cards, log }: HandoffView, facts: DeliveryFacts): PersonId[] {
  const told = handoff.escalatedTo ? [handoff.escalatedTo] : [];
  const channels = new Set(log.flatMap(({ event }) => (event.type === 'channelTold' ? [event.channel] : [])));
  const before = cards.map((card) => card.person).filter((person) => !channels.has(person));
  const lastResort = told.some((person) => facts.outOfReach.has(person))
    ? [facts.policy.routing.fallback]
    : [];
  const holder = needsNoCard(handoff, log) ? [] : [handoff.assignment.rep];
  return [...new Set([...holder, ...openTo(handoff), ...told, ...before, ...lastResort])];
}

/** Whom an earlier attempt may have sent a card, when it was still theirs to see. */
function onceConcernedBy(log: readonly Logged[]): PersonId[] {
  return log.flatMap(({ event }) => [
    ...('assignment' in event ? [event.assignment.rep, ...(event.assignment.openTo ?? [])] : []),
    ...('openTo' in event ? event.openTo : []),
    ...('manager' in event && event.manager ? [event.manager] : []),
  ]);
}

function readerPlan(reader: PersonId, view: HandoffView, facts: DeliveryFacts): ReaderPlan {
  const { handoff, cards } = view;
  const { oneIsEnough } = chatsOf(facts.policy, reader);
  const messages = chatsInOrder(reader, cards, facts).flatMap((chat): MessagePlan[] => {
    const { platform } = chat;
    const record = cardOf(reader, platform, cards);
    const steps = stepsFor(reader, chat, view, { ...facts, isConcerned: true });
    const isSubstitute = oneIsEnough && !isPosted(record);
    if (record && !hasLeft(reader, platform, facts)) {
      return [{ platform, conversationId: record.conversationId, isSubstitute, steps }];
    }
    if (handoff.status !== 'closed') return [{ platform, conversationId: null, isSubstitute, steps }];
    return takenUp(reader, chat, view, facts);
  });
  const hasCard = cards.some(({ person }) => person === reader);
  const isNoMatter = handoff.status === 'closed' && !hasCard;
  const ifOutOfReach = reader === handoff.assignment.rep ? 'passOn' : 'observe';
  return { reader, messages, ifOutOfReach: isNoMatter ? 'nothing' : ifOutOfReach };
}

/** Whether the platform has told that somebody has no account there, whatever card they have. */
function hasLeft(reader: PersonId, platform: Platform, { people }: DeliveryFacts): boolean {
  const accounts = people.find(({ id }) => id === reader)?.accounts ?? [];
  return accounts.some((account) => account.platform === platform && account.userId === null);
}

/** What is there comes first: it must not go stale, and one card may be enough. */
function chatsInOrder(reader: PersonId, cards: readonly CardRecord[], { policy, chats }: DeliveryFacts) {
  const isThere = (platform: Platform) => isPosted(cardOf(reader, platform, cards));
  return chatsOf(policy, reader)
    .inOrder.flatMap((platform) => chats.find((chat) => chat.platform === platform) ?? [])
    .sort((a, b) => Number(isThere(b.platform)) - Number(isThere(a.platform)));
}

/** They need no card any more, but must not be left with one that says what is no longer so. */
function takeUpOnly(reader: PersonId, view: HandoffView, facts: DeliveryFacts): ReaderPlan {
  const messages = facts.chats.flatMap((chat) => takenUp(reader, chat, view, facts));
  return { reader, messages, ifOutOfReach: 'nothing' };
}

function takenUp(
  reader: PersonId,
  chat: DeliveryFacts['chats'][number],
  view: HandoffView,
  facts: DeliveryFacts,
): MessagePlan[] {
  const { platform } = chat;
  const steps = stepsFor(reader, chat, view, { ...facts, isConcerned: false });
  const person = facts.people.find(({ id }) => id === reader);
  const account = person?.accounts.find((candidate) => candidate.platform === platform);
  // Whoever was sent a card had a conversation.
  if (steps.length === 0 || !account?.conversationId) return [];
  return [{ platform, conversationId: account.conversationId, isSubstitute: false, steps }];
}

/** The channels that were told of the handoff, each once, but for those that could not be. */
function channelsOf({ log }: HandoffView): { platform: Platform; channel: string }[] {
  const lost = log.flatMap(({ event }) => (event.type === 'channelUnreachable' ? [event.channel] : []));
  const told = log.flatMap(({ event }) => (event.type === 'channelTold' ? [event] : []));
  return told
    .filter(({ channel }, index) => told.findIndex((one) => one.channel === channel) === index)
    .filter(({ channel }) => !lost.includes(channel));
}

function channelPlan(
  { platform, channel }: { platform: Platform; channel: string },
  view: HandoffView,
  { chats, repeat }: DeliveryFacts,
): ChannelPlan {
  const chat = chats.find((candidate) => candidate.platform === platform);
  const conversationId = cardOf(channel, platform, view.cards)?.conversationId ?? channel;
  const steps = chat ? stepsInChannel(channel, chat, view, repeat) : null;
  return { platform, channel, conversationId, steps };
}
