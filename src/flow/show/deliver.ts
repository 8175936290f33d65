import type { Card } from '../../domain/card/card.ts';
import { channelCard } from '../../domain/card/channel-card.ts';
import { type StoryLine, tell } from '../../domain/card/story.ts';
import { type Handoff, type HandoffId, type Logged, openTo } from '../../domain/handoff/handoff.ts';
import { chatsOf, type PersonId, type Platform, type Policy } from '../../domain/policy/policy.ts';
import { changeHandoff } from '../change.ts';
import { availabilityWithoutLoad } from '../people/availability.ts';
import { mentionsIn, namesOf } from '../people/people.ts';
import type { CardRecord, Cards } from '../ports/cards.ts';
import type { Chat, Mentions } from '../ports/chat.ts';
import { PermanentFailure } from '../ports/failure.ts';
import type { Handoffs, HandoffView } from '../ports/handoffs.ts';
import type { Observe } from '../ports/observe.ts';
import type { Directory, Person } from '../ports/people.ts';
import type { Clock, PolicyOf } from '../ports/time.ts';
import { type Miss, missElsewhere, refusalBy } from './chat-fallback.ts';
import { currentCard, lastSeen } from './current-card.ts';
import { findConversation } from './find-conversation.ts';

type Needs = {
  handoffs: Handoffs;
  cards: Cards;
  directory: Directory;
  chats: readonly Chat[];
  policy: () => Policy;
  policyOf: PolicyOf;
  clock: Clock;
  observe: Observe;
};

/**
 * Brings the messages about a handoff up to date: a card for the holder and, once they were told, for the manager;
 * every card shows the present state, and every change is a line in its thread. It compares what should be with what
 * is, so it may run at any time, any number of times.
 */
export function deliver(needs: Needs) {
  return async (handoffId: HandoffId): Promise<void> => {
    const done = new Set<PersonId>();
    const lastResort: PersonId[] = [];
    let failure: unknown = null;
    let view: HandoffView | null;
    // Finding the holder out of reach makes the manager a reader, hence one reader at a time on a fresh view.
    for (;;) {
      view = await needs.handoffs.view(handoffId);
      const reader = view && [...readersOf(view), ...lastResort].find((person) => !done.has(person));
      if (!view || !reader) break;
      done.add(reader);
      try {
        const reached = await bringUpToDate(reader, view, needs);
        if (!reached && reader === view.handoff.escalatedTo) lastResort.push(needs.policy().routing.fallback);
      } catch (cause) {
        // One person's broken conversation must not keep the card from the others.
        failure ??= cause;
      }
    }
    try {
      if (view) await tellChannels(view, needs);
    } catch (cause) {
      failure ??= cause;
    }
    if (failure) throw failure;
  };
}

/** The holder first, then who may claim it, the manager if told, then whoever has a card from before. */
function readersOf(view: HandoffView): PersonId[] {
  const { handoff, cards } = view;
  const told = handoff.escalatedTo ? [handoff.escalatedTo] : [];
  const channels = new Set(
    view.log.flatMap(({ event }) => (event.type === 'channelTold' ? [event.channel] : [])),
  );
  const before = cards.map((card) => card.person).filter((person) => !channels.has(person));
  return [...new Set([handoff.assignment.rep, ...openTo(handoff), ...told, ...before])];
}

/** The channels that were told of the handoff, each once, but for those that could not be. */
function channelsOf({ log }: HandoffView): { platform: Platform; channel: string }[] {
  const lost = log.flatMap(({ event }) => (event.type === 'channelUnreachable' ? [event.channel] : []));
  const told = log.flatMap(({ event }) => (event.type === 'channelTold' ? [event] : []));
  return told
    .filter(({ channel }, index) => told.findIndex((one) => one.channel === channel) === index)
    .filter(({ channel }) => !lost.includes(channel));
}

/** A channel has one card of the handoff that always says how it stands; nobody is mentioned there. */
async function tellChannels(view: HandoffView, needs: Needs): Promise<void> {
  const handoffId = view.handoff.id;
  if (channelsOf(view).length === 0) return;
  const people = await needs.directory.people();
  for (const { platform, channel } of channelsOf(view)) {
    const chat = needs.chats.find((candidate) => candidate.platform === platform);
    const why = chat ? await tellChannel(channel, chat, view, people, needs) : `${platform} is not connected`;
    if (why === null) continue;
    needs.observe({ what: 'undeliverable', handoffId, why: `channel ${channel}: ${why}` });
    const command = { type: 'markChannelUnreachable', platform, channel, why } as const;
    const cause = { by: null, at: needs.clock(), commandId: `channelUnreachable:${channel}` };
    await changeHandoff(needs.handoffs, needs.policyOf, handoffId, command, cause);
  }
}

/** @returns why the channel cannot be told; null when it was */
async function tellChannel(
  channel: string,
  chat: Chat,
  view: HandoffView,
  people: readonly Person[],
  needs: Needs,
): Promise<string | null> {
  const { handoff, lead, log } = view;
  const facts = { presence: availabilityWithoutLoad(people), names: namesOf(people), now: needs.clock() };
  const seenAt = lastSeen(handoff.assignment.rep, view.cards);
  const card = channelCard({ handoff, lead, log, policy: needs.policyOf(handoff), seenAt, ...facts });
  try {
    await showInChannel(channel, chat, card, view, needs);
    return null;
  } catch (cause) {
    if (cause instanceof PermanentFailure) return cause.code;
    throw cause;
  }
}

async function showInChannel(
  channel: string,
  chat: Chat,
  card: Card,
  { handoff, cards }: HandoffView,
  needs: Needs,
): Promise<void> {
  const mark = { handoffId: handoff.id, revision: handoff.version };
  const nobody: Mentions = new Map();
  const begun = cards.find((one) => one.person === channel && one.platform === chat.platform) ?? null;
  const send = (conversationId: string) => chat.postCard(conversationId, card, mark, nobody);
  const place = { chat, conversationId: begun?.conversationId ?? channel };
  const record = isPosted(begun) ? begun : await post(channel, place, begun, handoff, send, needs);
  if (!record || record.revision >= handoff.version) return;
  const there = await chat.updateCard(record, card, mark, nobody);
  // A message that somebody took out of the channel stays out.
  const revision = handoff.version;
  if (there) await needs.cards.save({ ...record, revision, toldSeq: revision, tellingSeq: revision });
}

/** @returns false when the reader cannot be reached in any chat. */
async function bringUpToDate(reader: PersonId, view: HandoffView, needs: Needs): Promise<boolean> {
  const { handoff } = view;
  const people = await needs.directory.people();
  const { inOrder, oneIsEnough } = chatsOf(needs.policy(), reader);
  const own = new Map(view.cards.filter(({ person }) => person === reader).map((c) => [c.platform, c]));
  // What is there comes first: it must not go stale, and one card may be enough.
  const standing = (chat: Chat) => own.get(chat.platform)?.messageId != null;
  const chats = inOrder
    .flatMap((platform) => needs.chats.find((chat) => chat.platform === platform) ?? [])
    .sort((a, b) => Number(standing(b)) - Number(standing(a)));

  let reached = false;
  let failure: unknown = null;
  const tried = new Map<Platform, Miss>();
  for (const chat of chats) {
    const record = own.get(chat.platform);
    if (!record && handoff.status === 'closed') continue;
    // A chat that is away for a moment is waited for: a card in the other would be a second one.
    if ((reached || failure) && oneIsEnough && !standing(chat)) continue;
    try {
      const conversationId = record?.conversationId ?? (await findConversation(reader, chat, people, needs));
      if (conversationId) {
        // A card that arrives late moves its due time, and the next one has to show it.
        const current = reached ? ((await needs.handoffs.view(handoff.id)) ?? view) : view;
        await show(reader, { chat, conversationId }, current, { people, tried }, needs);
        reached = true;
      } else tried.set(chat.platform, { kind: 'absence', why: chat.absence });
    } catch (cause) {
      if (cause instanceof PermanentFailure) tried.set(chat.platform, refusalBy(chat.platform, cause.code));
      else failure ??= cause;
    }
  }
  if (failure) throw failure;
  if (reached || (handoff.status === 'closed' && own.size === 0)) return true;
  const why = [...tried.values()].map((miss) => miss.why).join(', ');
  await markUnreachable(reader, handoff, why || 'has no account in any connected chat', needs);
  return false;
}

type Place = { chat: Chat; conversationId: string };

type Begun = Omit<CardRecord, 'seenAt'>;
type Posted = Begun & { messageId: string };

async function show(
  reader: PersonId,
  place: Place,
  view: HandoffView,
  { people, tried }: { people: readonly Person[]; tried: ReadonlyMap<Platform, Miss> },
  needs: Needs,
): Promise<void> {
  const { handoff, log } = view;
  const { chat } = place;
  const { platform } = chat;
  const [policy, chats] = [needs.policyOf(handoff), needs.chats];
  const mentions = mentionsIn(platform, people);
  const miss = missElsewhere(reader, platform, { cards: view.cards, people, policy, chats, tried });
  const now = { people, policy, now: needs.clock(), platform, miss };
  const card = await currentCard(reader, view, now, needs);
  const mark = { handoffId: handoff.id, revision: handoff.version };

  const begun = view.cards.find((c) => c.person === reader && c.platform === platform) ?? null;
  const send = (conversationId: string) => chat.postCard(conversationId, card, mark, mentions);
  const postAnew = async (before: Begun | null): Promise<Posted | null> => {
    const posted = await post(reader, place, before, handoff, send, needs);
    if (posted && miss) needs.observe({ what: 'fellBack', handoffId: handoff.id, platform, why: miss.why });
    return posted;
  };

  let record = isPosted(begun) ? begun : await postAnew(begun);
  if (!record) return;
  const isHolder = reader === handoff.assignment.rep;
  const awaited = !handoff.deliveredAt || (isHolder && (!handoff.reachedAt || handoff.unreachable));
  if (awaited) {
    const arrived = await noteArrival(reader, record, handoff, needs);
    // Arriving may have moved the due time, which a card from before has to show.
    const since = arrived.isBehind ? await needs.handoffs.view(handoff.id) : null;
    if (since) return show(reader, place, since, { people, tried }, needs);
    record = arrived.record;
  }
  if (record.revision < handoff.version) {
    const there = await chat.updateCard(record, card, mark, mentions);
    if (there) {
      record = { ...record, revision: handoff.version };
      await needs.cards.save(record);
    } else {
      const { version } = handoff;
      const lost = { ...record, messageId: null, toldSeq: version, tellingSeq: version };
      await needs.cards.save(lost);
      record = await postAnew(lost);
      if (!record) return;
    }
  }
  const names = namesOf(people);
  const story = (entry: Logged) => tell(entry, { log, policy, names });
  await tellStory(record, { log, story, about: card.title }, chat, mentions, needs);
}

function isPosted(record: CardRecord | null): record is CardRecord & { messageId: string } {
  return record !== null && record.messageId !== null;
}

/**
 * Posts the card, or finds the one that an attempt with an unknown end brought there.
 * @returns null when there is none and the handoff is closed: nobody needs a card of it any more.
 */
async function post(
  reader: PersonId,
  { chat, conversationId }: Place,
  begun: Begun | null,
  handoff: Handoff,
  send: (conversationId: string) => Promise<string>,
  needs: Needs,
): Promise<Posted | null> {
  const address = { handoffId: handoff.id, person: reader, platform: chat.platform, conversationId };
  const found = begun ? await chat.findCard(conversationId, handoff.id) : null;
  if (!found && handoff.status === 'closed') return null;
  if (!found) await needs.cards.beginSend({ ...address, toldSeq: handoff.version }, needs.clock());
  const messageId = found?.messageId ?? (await send(conversationId));
  // A card found again shows the state at which it was sent.
  const revision = found?.revision ?? handoff.version;
  const record: Posted = { ...address, messageId, revision, toldSeq: revision, tellingSeq: revision };
  await needs.cards.save(record);
  return record;
}

/**
 * Notes that a card has arrived, for the first time or at its holder. Arriving changes nothing on a card that shows all
 * that came before, unless it came late and the due time moved: such a card need not be sent again.
 */
async function noteArrival(
  reader: PersonId,
  record: Posted,
  handoff: Handoff,
  needs: Needs,
): Promise<{ record: Posted; isBehind: boolean }> {
  const at = needs.clock();
  const command = { type: 'markDelivered', to: reader } as const;
  const cause = { by: null, at, commandId: null };
  const changed = await changeHandoff(needs.handoffs, needs.policyOf, handoff.id, command, cause);
  if (changed?.outcome !== 'changed') return { record, isBehind: false };
  const { platform } = record;
  if (!handoff.deliveredAt) {
    const secondsFromQualified = (at.getTime() - handoff.qualifiedAt.getTime()) / 1000;
    needs.observe({ what: 'delivered', handoffId: handoff.id, platform, secondsFromQualified });
  }

  const { version, respondBy } = changed.handoff;
  const showsAllBefore = record.revision === handoff.version && version === handoff.version + 1;
  const moved = respondBy.getTime() !== handoff.respondBy.getTime();
  if (!showsAllBefore || moved) return { record, isBehind: true };
  const current = { ...record, revision: version, toldSeq: version, tellingSeq: version };
  await needs.cards.save(current);
  return { record: current, isBehind: false };
}

async function tellStory(
  card: Posted,
  {
    log,
    story,
    about,
  }: { log: readonly Logged[]; story: (entry: Logged) => StoryLine | null; about: string },
  chat: Chat,
  mentions: Mentions,
  needs: Needs,
): Promise<void> {
  const unsure = card.tellingSeq > card.toldSeq;
  let told = unsure ? Math.max(card.toldSeq, await chat.lastTold(card, card.handoffId)) : card.toldSeq;
  for (const entry of log.filter(({ seq }) => seq > told)) {
    const words = story(entry);
    if (words) {
      await needs.cards.save({ ...card, toldSeq: told, tellingSeq: entry.seq });
      const mark = { handoffId: card.handoffId, seq: entry.seq };
      const notify = words.notify.includes(card.person);
      const loud = notify && words.loud === true;
      await chat.tell(card, words.text, mark, { notify, loud, about }, mentions);
    }
    told = entry.seq;
  }
  if (told > card.toldSeq) await needs.cards.save({ ...card, toldSeq: told, tellingSeq: told });
}

async function markUnreachable(reader: PersonId, handoff: Handoff, why: string, needs: Needs): Promise<void> {
  needs.observe({ what: 'undeliverable', handoffId: handoff.id, why });
  if (reader !== handoff.assignment.rep) return;
  const command = { type: 'markUnreachable', rep: reader, why } as const;
  await changeHandoff(needs.handoffs, needs.policyOf, handoff.id, command, {
    by: null,
    at: needs.clock(),
    commandId: null,
  });
}
