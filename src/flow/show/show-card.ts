import { titleOf } from '../../domain/card/card-parts.ts';
import type { Handoff } from '../../domain/handoff/handoff.ts';
import type { Platform } from '../../domain/policy/policy.ts';
import { whyForOperators } from '../../domain/words/why.ts';
import { changeHandoff } from '../change.ts';
import { mentionsIn } from '../people/people.ts';
import { wordsFor } from '../people/words-of.ts';
import type { SentCard } from '../ports/cards.ts';
import type { Said } from '../ports/chat.ts';
import { type Miss, missElsewhere } from './chat-fallback.ts';
import { currentCard } from './current-card.ts';
import { type Delivery, heedCard, heedChange, isLastStep, planOf } from './delivery.ts';
import { cardOf, forgotten, isPosted, type Step } from './plan-message.ts';
import { type Drawing, type Place, type Posted, sendCard, takeBack } from './send-card.ts';

/**
 * Does what is planned with the message to somebody in a chat, step by step, as one may lead to another. What has been
 * done is saved in the end, also when it breaks off; of an attempt that cannot even do that, the next one looks what is
 * there.
 * @param tried what was found out about the chats meanwhile
 */
export async function showCard(
  place: Place,
  tried: ReadonlyMap<Platform, Miss>,
  delivery: Delivery,
): Promise<void> {
  const message = messageAt(place, tried, delivery);
  try {
    for (let step = message.next(); step; step = message.next()) {
      if (!(await carryOut(step, message, delivery))) return;
    }
  } finally {
    await message.save();
  }
}

type Message = ReturnType<typeof messageAt>;

function messageAt(place: Place, tried: ReadonlyMap<Platform, Miss>, delivery: Delivery) {
  const { reader, chat } = place;
  const { needs } = delivery;
  const { platform } = chat;
  let unsaved: SentCard | null = null;
  let lines: Said[] = [];
  const miss = () => {
    const { people, view } = delivery;
    const policy = needs.policyOf(view.handoff);
    return missElsewhere(reader, platform, { cards: view.cards, people, policy, chats: needs.chats, tried });
  };
  return {
    place,
    miss,
    next(): Step | undefined {
      const plan = planOf(delivery).readers.find((one) => one.reader === reader);
      return plan?.messages.find((one) => one.platform === platform)?.steps[0];
    },
    posted(): Posted {
      const card = cardOf(reader, platform, delivery.view.cards);
      if (!isPosted(card)) throw new Error(`The card in ${platform} has no message: expected one.`);
      const { seenAt: _, ...posted } = card;
      return posted;
    },
    /** It is so now, which is still to be saved. */
    is(card: SentCard): void {
      heedCard(delivery, card);
      unsaved = card;
    },
    isSaved(): void {
      unsaved = null;
    },
    /** A message about it stands there that is not its card: a line, or a card that was replaced. */
    has({ conversationId }: Posted, messageId: string): void {
      lines.push({ platform, conversationId, messageId, leadIds: [delivery.view.lead.id] });
    },
    async save(): Promise<void> {
      if (unsaved) await needs.cards.save(unsaved, lines);
      unsaved = null;
      lines = [];
    },
    async draw(): Promise<Drawing> {
      const { people, view } = delivery;
      const now = {
        people,
        policy: needs.policyOf(view.handoff),
        now: needs.clock(),
        platform,
        miss: miss(),
      };
      const attempt = cardOf(reader, platform, view.cards)?.attempt ?? 0;
      const mark = { handoffId: view.handoff.id, revision: view.handoff.version, attempt };
      return {
        card: await currentCard(reader, view, now, needs),
        mark,
        people: mentionsIn(platform, people),
      };
    },
  };
}

/** @returns false when there is nothing that could be done next */
async function carryOut(step: Step, message: Message, delivery: Delivery): Promise<boolean> {
  switch (step.do) {
    case 'send':
      return send(step, message, delivery);
    case 'update':
      await update(message, delivery);
      return true;
    case 'bringDown':
      await bringDown(message, delivery);
      return true;
    case 'noteArrival':
      await noteArrival(message, delivery);
      return true;
    case 'tell':
      await tellLines(step, message, delivery);
      return true;
    default:
      return step satisfies never;
  }
}

async function send(
  step: Extract<Step, { do: 'send' }>,
  message: Message,
  { view: { handoff }, needs }: Delivery,
): Promise<boolean> {
  const miss = message.miss();
  const card = await sendCard(message.place, step, handoff, message.draw, needs);
  if (!card) return false;
  message.is(card);
  const { platform } = card;
  if (miss)
    needs.observe({ what: 'fellBack', handoffId: handoff.id, platform, why: whyForOperators(miss.why) });
  return true;
}

/**
 * A message that is gone, or can be changed no more, is replaced; looking for one might find it again. One of a handoff
 * that is closed stays where it is when the chat keeps it.
 */
async function update(message: Message, delivery: Delivery): Promise<void> {
  const { handoff, lead } = delivery.view;
  const card = message.posted();
  const { card: drawn, mark, people } = await message.draw();
  const { chat } = message.place;
  const end = await chat.updateCard(card, drawn, mark, people);
  const isOpen = handoff.status !== 'closed';
  const kept = end === 'frozen' ? await takeBack(card, lead.id, { chat, unknownEnd: 'throws' }) : [];
  if (end === 'changed' || (kept.length > 0 && !isOpen)) {
    return message.is({ ...card, revision: handoff.version });
  }
  for (const { messageId } of kept) message.has(card, messageId);
  message.is(forgotten(card, handoff));
  await message.save();
  await send({ do: 'send', look: false, post: isOpen }, message, delivery);
}

/** Takes the card from where it is, and sends it anew as the newest message. */
async function bringDown(message: Message, delivery: Delivery): Promise<void> {
  const { handoff, lead } = delivery.view;
  const card = message.posted();
  const kept = await takeBack(card, lead.id, { chat: message.place.chat, unknownEnd: 'throws' });
  for (const { messageId } of kept) message.has(card, messageId);
  message.is(forgotten(card, handoff));
  await message.save();
  await send({ do: 'send', look: false, post: true }, message, delivery);
}

/** Notes that a card has arrived, for the first time or at its holder, and saves it with that. */
async function noteArrival(message: Message, delivery: Delivery): Promise<void> {
  const { needs, view } = delivery;
  const before = view.handoff;
  const { reader, chat } = message.place;
  const { platform } = chat;
  const card = message.posted();
  const at = needs.clock();
  const shown = (after: Handoff) => shownAfterArrival(card, before, after);
  const command = { type: 'markDelivered', to: reader } as const;
  const cause = { by: null, at, commandId: null };
  const { job } = delivery;
  const isLast = isLastStep(delivery);
  const besides = (after: Handoff) => {
    const card = shown(after);
    return { cards: [card], ends: isLast && card.revision === after.version ? job : null };
  };
  const changed = await changeHandoff(needs.handoffs, needs.policyOf, before, command, cause, besides);
  if (changed?.outcome !== 'changed') {
    await needs.cards.save(card);
    message.isSaved();
    return heedChange(delivery, changed, at);
  }
  if (!before.deliveredAt) {
    needs.observe({ what: 'delivered', handoffId: before.id, platform, ...secondsTo(at, before) });
  }
  message.isSaved();
  await heedChange(delivery, changed, at);
  const now = shown(changed.handoff);
  heedCard(delivery, now);
  delivery.isJobOver = isLast && job !== null && now.revision === changed.handoff.version;
}

function secondsTo(at: Date, { qualifiedAt, heardAt, digestAt }: Handoff) {
  const since = (begun: Date) => (at.getTime() - begun.getTime()) / 1000;
  const secondsFromQualified = since(qualifiedAt);
  return { secondsFromQualified, ...(heardAt && !digestAt && { secondsFromWebhook: since(heardAt) }) };
}

/**
 * Arriving changes nothing on a card that shows all that came before, unless it came late and the due time moved: such a
 * card need not be sent again.
 */
function shownAfterArrival(card: Posted, before: Handoff, after: Handoff): Posted {
  const showsAllBefore = card.revision === before.version && after.version === before.version + 1;
  const isMoved = after.respondBy.getTime() !== before.respondBy.getTime();
  if (!showsAllBefore || isMoved) return card;
  const { version } = after;
  const toldAll = card.toldSeq === card.revision;
  return { ...card, revision: version, ...(toldAll && { toldSeq: version, tellingSeq: version }) };
}

/** Where nobody can look which lines are there, each is noted before it is told. */
async function tellLines(
  { look, lines }: Extract<Step, { do: 'tell' }>,
  message: Message,
  { view: { handoff, lead }, needs, people }: Delivery,
): Promise<void> {
  const { chat } = message.place;
  const card = message.posted();
  const mentions = mentionsIn(chat.platform, people);
  const policy = needs.policyOf(handoff);
  const show = wordsFor(card.person, chat.platform, { people, policy }).text('card.show');
  const about = titleOf({ handoff, lead, policy });
  const known = look ? await chat.toldLines(card, handoff.id) : [];
  for (const { messageId } of known) message.has(card, messageId);
  let told = Math.max(card.toldSeq, ...known.map(({ seq }) => seq));
  for (const { seq, text, notify, loud } of lines.filter((line) => line.seq > told)) {
    message.is({ ...card, toldSeq: told, tellingSeq: seq });
    if (!chat.canLookBack) await message.save();
    const mark = { handoffId: handoff.id, seq };
    const messageId = await chat.tell(card, text, mark, { notify, loud, about, show }, mentions);
    if (messageId) message.has(card, messageId);
    told = seq;
  }
  message.is({ ...card, toldSeq: handoff.version, tellingSeq: handoff.version });
}
