import { cardFor } from '../domain/card.ts';
import type { Handoff, HandoffId, Logged } from '../domain/handoff.ts';
import type { PersonId, Policy } from '../domain/policy.ts';
import { type StoryLine, tell } from '../domain/story.ts';
import type { Names } from '../domain/text.ts';
import { changeHandoff } from './change.ts';
import { PermanentFailure } from './failure.ts';
import type { Observe } from './observe.ts';
import type {
  CardRecord,
  Cards,
  Chat,
  Clock,
  Directory,
  Handoffs,
  HandoffView,
  Mentions,
  Person,
  PersonAccount,
} from './ports.ts';

type Needs = {
  handoffs: Handoffs;
  cards: Cards;
  directory: Directory;
  /** In order of preference. */
  chats: readonly Chat[];
  policy: () => Policy;
  clock: Clock;
  observe: Observe;
};

/**
 * How long an address, or the lack of one, is believed before the platform is asked again: Slack takes messages to
 * deactivated accounts without a word.
 */
const accountFreshMs = 60 * 60_000;

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
    // Finding the holder out of reach makes the manager a reader, hence one reader at a time on a fresh view.
    for (;;) {
      const view = await needs.handoffs.view(handoffId);
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
    if (failure) throw failure;
  };
}

/** The holder first, then the manager if told, then whoever has a card from before. */
function readersOf({ handoff, cards }: HandoffView): PersonId[] {
  const told = handoff.escalatedTo ? [handoff.escalatedTo] : [];
  return [...new Set([handoff.assignment.rep, ...told, ...cards.map((card) => card.person)])];
}

/** @returns false when the reader cannot be reached in any chat. */
async function bringUpToDate(reader: PersonId, view: HandoffView, needs: Needs): Promise<boolean> {
  const { handoff } = view;
  const people = await needs.directory.people();
  const existing = view.cards.find((card) => card.person === reader);
  if (!existing && handoff.status === 'closed') return true;
  try {
    const place = existing ? placeOf(existing, needs.chats) : await findPlace(reader, people, needs);
    if (place) {
      await show(reader, place, view, people, needs);
      return true;
    }
    await markUnreachable(reader, handoff, 'has no account in any connected chat', needs);
  } catch (failure) {
    if (!(failure instanceof PermanentFailure)) throw failure;
    await markUnreachable(reader, handoff, `the chat refused the message (${failure.code})`, needs);
  }
  return false;
}

type Place = { chat: Chat; conversationId: string };

function placeOf(card: CardRecord, chats: readonly Chat[]): Place | null {
  const chat = chats.find((candidate) => candidate.platform === card.platform);
  return chat ? { chat, conversationId: card.conversationId } : null;
}

/** The first chat in which the person can be written to. */
async function findPlace(id: PersonId, people: readonly Person[], needs: Needs): Promise<Place | null> {
  for (const chat of needs.chats) {
    const known = accountOf(people, id, chat);
    const fresh = known && needs.clock().getTime() - known.checkedAt.getTime() < accountFreshMs;
    if (fresh && known.conversationId) return { chat, conversationId: known.conversationId };
    if (fresh && !known.userId) continue;
    const account = await chat.findAccount(id);
    const conversationId = account && (await chat.openConversation(account.userId));
    await needs.directory.saveAccount(
      id,
      chat.platform,
      account && { ...account, conversationId },
      needs.clock(),
    );
    if (conversationId) return { chat, conversationId };
  }
  return null;
}

type Posted = CardRecord & { messageId: string };

async function show(
  reader: PersonId,
  place: Place,
  view: HandoffView,
  people: readonly Person[],
  needs: Needs,
): Promise<void> {
  const { handoff, lead, log } = view;
  const { chat } = place;
  const names: Names = new Map(people.map((person) => [person.id, person.name]));
  const mentions = mentionsIn(chat, people);
  const card = cardFor(reader, { handoff, lead, log, policy: needs.policy(), names, now: needs.clock() });
  const mark = { handoffId: handoff.id, revision: handoff.version };

  const begun = view.cards.find((c) => c.person === reader && c.platform === chat.platform) ?? null;
  const send = (conversationId: string) => chat.postCard(conversationId, card, mark, mentions);

  let record = isPosted(begun) ? begun : await post(reader, place, begun, handoff, send, needs);
  if (!record) return;
  if (!handoff.deliveredAt) record = await noteArrival(reader, record, handoff, needs);
  if (record.revision < handoff.version) {
    const there = await chat.updateCard(record, card, mark, mentions);
    if (there) {
      record = { ...record, revision: handoff.version };
      await needs.cards.save(record);
    } else {
      const { version } = handoff;
      const lost = { ...record, messageId: null, toldSeq: version, tellingSeq: version };
      await needs.cards.save(lost);
      record = await post(reader, place, lost, handoff, send, needs);
      if (!record) return;
    }
  }
  await tellStory(record, log, (entry) => tell(entry, needs.policy(), names), chat, mentions, needs);
}

function isPosted(record: CardRecord | null): record is Posted {
  return record !== null && record.messageId !== null;
}

/**
 * Posts the card, or finds the one that an attempt with an unknown end brought there.
 * @returns null when there is none and the handoff is closed: nobody needs a card of it any more.
 */
async function post(
  reader: PersonId,
  { chat, conversationId }: Place,
  begun: CardRecord | null,
  handoff: Handoff,
  send: (conversationId: string) => Promise<string>,
  needs: Needs,
): Promise<Posted | null> {
  const address = { handoffId: handoff.id, person: reader, platform: chat.platform, conversationId };
  const found = begun ? await chat.findCard(conversationId, handoff.id) : null;
  if (!found && handoff.status === 'closed') return null;
  if (!found) await needs.cards.beginSend({ ...address, toldSeq: handoff.version }, needs.clock());
  const messageId = found ?? (await send(conversationId));
  // A card found again shows the state at which it was sent.
  const revision = found && begun ? begun.toldSeq : handoff.version;
  const record: Posted = { ...address, messageId, revision, toldSeq: revision, tellingSeq: revision };
  await needs.cards.save(record);
  return record;
}

/**
 * Notes that the first card has arrived. Arriving changes nothing on a card that shows all that came before, unless it
 * came late and the due time moved: such a card need not be sent again.
 */
async function noteArrival(
  reader: PersonId,
  record: Posted,
  handoff: Handoff,
  needs: Needs,
): Promise<Posted> {
  const at = needs.clock();
  const command = { type: 'markDelivered', to: reader } as const;
  const cause = { by: null, at, commandId: null };
  const changed = await changeHandoff(needs.handoffs, needs.policy(), handoff.id, command, cause);
  if (changed?.outcome !== 'changed') return record;
  const secondsFromQualified = (at.getTime() - handoff.qualifiedAt.getTime()) / 1000;
  needs.observe({
    what: 'delivered',
    handoffId: handoff.id,
    platform: record.platform,
    secondsFromQualified,
  });

  const { version, respondBy } = changed.handoff;
  const upToDate = record.revision === handoff.version && version === handoff.version + 1;
  const moved = respondBy.getTime() !== handoff.respondBy.getTime();
  if (!upToDate || moved) return record;
  const current = { ...record, revision: version, toldSeq: version, tellingSeq: version };
  await needs.cards.save(current);
  return current;
}

async function tellStory(
  card: Posted,
  log: readonly Logged[],
  story: (entry: Logged) => StoryLine | null,
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
      await chat.tell(card, words.text, mark, { notify: words.notify === card.person }, mentions);
    }
    told = entry.seq;
  }
  if (told > card.toldSeq) await needs.cards.save({ ...card, toldSeq: told, tellingSeq: told });
}

async function markUnreachable(reader: PersonId, handoff: Handoff, why: string, needs: Needs): Promise<void> {
  needs.observe({ what: 'undeliverable', handoffId: handoff.id, why });
  if (reader !== handoff.assignment.rep) return;
  const command = { type: 'markUnreachable', rep: reader, why } as const;
  await changeHandoff(needs.handoffs, needs.policy(), handoff.id, command, {
    by: null,
    at: needs.clock(),
    commandId: null,
  });
}

function accountOf(people: readonly Person[], id: PersonId, chat: Chat): PersonAccount | undefined {
  return people.find((person) => person.id === id)?.accounts.find((a) => a.platform === chat.platform);
}

function mentionsIn(chat: Chat, people: readonly Person[]): Mentions {
  const pairs = people.flatMap((person) => {
    const userId = person.accounts.find((account) => account.platform === chat.platform)?.userId;
    return userId ? [[person.id, userId] as const] : [];
  });
  return new Map(pairs);
}
