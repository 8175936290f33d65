import { channelCard } from '../../domain/card/channel-card.ts';
import { chatNames, type Platform } from '../../domain/policy/policy.ts';
import type { Why } from '../../domain/words/reason.ts';
import { whyForOperators } from '../../domain/words/why.ts';
import { wordsIn } from '../../domain/words/words.ts';
import { changeHandoff } from '../change.ts';
import { availabilityWithoutLoad } from '../people/availability.ts';
import { namesOf, ownersIn } from '../people/people.ts';
import type { Chat } from '../ports/chat.ts';
import { PermanentFailure } from '../ports/failure.ts';
import { lastSeen } from './current-card.ts';
import { type Delivery, type DeliveryNeeds, heedCard, heedChange } from './delivery.ts';
import { tellOfObstacle } from './obstacles.ts';
import type { ChannelPlan } from './plan-delivery.ts';
import { cardOf, forgotten, isPosted, type Step, stepsInChannel } from './plan-message.ts';
import { type Drawing, type Place, type Posted, sendCard, takeBack } from './send-card.ts';

/** Brings the card in a channel up to date; one that cannot be told is given up, and whoever watches hears of it. */
export async function tellChannel(plan: ChannelPlan, delivery: Delivery): Promise<void> {
  const { needs, view } = delivery;
  const { platform, channel, conversationId, steps } = plan;
  const chat = steps && needs.chats.find((candidate) => candidate.platform === platform);
  const why = chat
    ? await refusalOf(showInChannel({ reader: channel, chat, conversationId }, delivery), platform, needs)
    : ({ kind: 'notConnected', chat: chatNames[platform] } as const);
  if (why === null) return;
  const handoffId = view.handoff.id;
  needs.observe({ what: 'undeliverable', handoffId, why: `channel ${channel}: ${whyForOperators(why)}` });
  const command = { type: 'markChannelUnreachable', platform, channel, why } as const;
  const cause = { by: null, at: needs.clock(), commandId: `channelUnreachable:${channel}` };
  const changed = await changeHandoff(needs.handoffs, needs.policyOf, handoffId, command, cause);
  await heedChange(delivery, changed, cause.at);
}

/** Why a chat refuses for good; null when it does not. */
async function refusalOf(
  telling: Promise<void>,
  platform: Platform,
  needs: DeliveryNeeds,
): Promise<Why | null> {
  try {
    await telling;
    return null;
  } catch (cause) {
    if (cause instanceof PermanentFailure) return cause.why ?? { kind: 'refused' };
    await tellOfObstacle(cause, platform, needs);
    throw cause;
  }
}

async function showInChannel(place: Place, delivery: Delivery): Promise<void> {
  const { needs, repeat } = delivery;
  const { reader, chat } = place;
  for (;;) {
    const { view } = delivery;
    const { version } = view.handoff;
    const [step] = stepsInChannel(reader, chat, view, repeat);
    if (step?.do === 'send') {
      if (!(await send(step, place, delivery))) return;
    } else {
      const record = cardOf(reader, chat.platform, view.cards);
      if (!step || !isPosted(record)) return;
      const { card, mark, people } = drawFor(delivery, chat);
      const end = await chat.updateCard(record, card, mark, people);
      // A message that somebody took out of the channel stays out.
      if (end === 'gone') return;
      const { seenAt: _, ...shown } = { ...record, revision: version, toldSeq: version, tellingSeq: version };
      if (end === 'frozen') return replace(shown, place, delivery);
      await needs.cards.save(shown);
      heedCard(delivery, shown);
    }
  }
}

/** @returns whether there is a card now */
async function send(step: Extract<Step, { do: 'send' }>, place: Place, delivery: Delivery): Promise<boolean> {
  const { view, needs } = delivery;
  const sent = await sendCard(place, step, view.handoff, async () => drawFor(delivery, place.chat), needs);
  if (!sent) return false;
  await needs.cards.save(sent);
  heedCard(delivery, sent);
  return true;
}

/** A card that can be changed no more makes room for another, also to say how it ended. */
async function replace(card: Posted, place: Place, delivery: Delivery): Promise<void> {
  const { view, needs } = delivery;
  // Tried again, one that is gone would count as taken out by somebody.
  const kept = await takeBack(card, view.lead.id, { chat: place.chat, unknownEnd: 'kept' });
  const lost = forgotten(card, view.handoff);
  await needs.cards.save(lost, kept);
  heedCard(delivery, lost);
  await send({ do: 'send', look: false, post: true }, place, delivery);
}

/** Nobody is mentioned in a channel. */
function drawFor({ view, people, needs }: Delivery, chat: Pick<Chat, 'hearsChannels'>): Drawing {
  const { handoff, lead, log, cards, memory } = view;
  const policy = needs.policyOf(handoff);
  const facts = {
    presence: availabilityWithoutLoad(people),
    names: namesOf(people),
    owners: ownersIn(policy, people),
    memory,
    words: wordsIn(needs.policy().language),
    now: needs.clock(),
  };
  const seenAt = lastSeen(handoff.assignment.rep, cards);
  return {
    card: channelCard({ reader: null, handoff, lead, log, policy, seenAt, ...facts }, chat),
    mark: { handoffId: handoff.id, revision: handoff.version },
    people: new Map(),
  };
}
