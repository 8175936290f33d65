import type { HandoffId } from '../../domain/handoff/handoff.ts';
import type { PersonId, Platform } from '../../domain/policy/policy.ts';
import type { Why } from '../../domain/words/reason.ts';
import { whyForOperators } from '../../domain/words/why.ts';
import { changeHandoff } from '../change.ts';
import type { Chat } from '../ports/chat.ts';
import { PermanentFailure } from '../ports/failure.ts';
import type { HandoffView } from '../ports/handoffs.ts';
import type { JobRef } from '../ports/jobs.ts';
import { type Miss, refusalBy } from './chat-fallback.ts';
import { type Delivery, type DeliveryNeeds, heedCard, heedChange, planOf, readAgain } from './delivery.ts';
import { askForConversation, findConversation, inConversation } from './find-conversation.ts';
import { obstacleOf, tellOfObstacle } from './obstacles.ts';
import type { ReaderPlan } from './plan-delivery.ts';
import { cardOf, forgotten } from './plan-message.ts';
import { settleCalls } from './send-calls.ts';
import { showCard } from './show-card.ts';
import { takeBackForms } from './take-back-forms.ts';
import { tellChannel } from './tell-channel.ts';

/**
 * Brings the messages about a handoff up to date, as `planDelivery` says. The plan compares what should be with what is,
 * so it may be carried out at any time, any number of times. Whoever has read the handoff since its job began saves
 * reading it again. `repeat`: an earlier attempt broke off, and may have had effects that nobody noted.
 * @returns `ended` when its job is over with what was saved
 */
export function deliver(needs: DeliveryNeeds) {
  return async (
    about: HandoffId | HandoffView,
    { repeat, job = null }: { repeat: boolean; job?: JobRef | null },
  ): Promise<'done' | 'ended'> => {
    const view = typeof about === 'string' ? await needs.handoffs.view(about) : about;
    if (!view) {
      // Its lead was erased, perhaps while an earlier delivery was sending a card.
      if (typeof about === 'string') {
        await needs.erasures.takeUp(about, repeat ? await cardsLeft(about, needs) : []);
      }
      return 'done';
    }
    const people = await needs.directory.people();
    const outOfReach = new Set<PersonId>();
    const delivery: Delivery = { view, people, repeat, job, isJobOver: false, outOfReach, needs };
    let failure: unknown = null;
    /** One person's broken conversation must not keep the card from the others. */
    const attempt = async (work: Promise<void>) => {
      try {
        await work;
      } catch (cause) {
        failure ??= cause;
        await readAgain(delivery);
      }
    };

    const done = new Set<PersonId>();
    // Finding one out of reach makes another a reader, hence a new plan after each.
    const next = () => planOf(delivery).readers.find(({ reader }) => !done.has(reader));
    for (let plan = next(); plan; plan = next()) {
      done.add(plan.reader);
      await attempt(reach(plan, delivery));
    }
    for (const plan of planOf(delivery).channels) await attempt(tellChannel(plan, delivery));
    await attempt(takeBackForms(delivery));
    await attempt(settleCalls(delivery.view, delivery.people, needs));
    if (failure) throw failure;
    return delivery.isJobOver ? 'ended' : 'done';
  };
}

/** The cards of a handoff wherever anybody can look, as the log of whom they were sent is no more. */
async function cardsLeft(handoffId: HandoffId, { directory, chats }: DeliveryNeeds) {
  const accounts = (await directory.people()).flatMap((person) => person.accounts);
  const places = chats
    .filter(({ canLookBack }) => canLookBack)
    .flatMap((chat) =>
      accounts.flatMap(({ platform, conversationId }) =>
        platform === chat.platform && conversationId ? [{ chat, conversationId }] : [],
      ),
    );
  const looked = places.map(async ({ chat, conversationId }) => {
    const card = await chat.findCard(conversationId, handoffId);
    return card ? [{ platform: chat.platform, conversationId, messageId: card.messageId }] : [];
  });
  return (await Promise.all(looked)).flat();
}

/** Brings a reader's cards up to date, in as many chats as they should have one; or sees to it that none reaches them. */
async function reach({ reader, messages, ifOutOfReach }: ReaderPlan, delivery: Delivery): Promise<void> {
  let reached = false;
  let failure: unknown = null;
  let shutOut: unknown = null;
  const tried = new Map<Platform, Miss>();
  for (const { platform, conversationId: known, isSubstitute } of messages) {
    const chat = delivery.needs.chats.find((candidate) => candidate.platform === platform);
    // A chat that is away for a moment is waited for: a card in the other would be a second one.
    if (!chat || ((reached || failure) && isSubstitute)) continue;
    try {
      const conversationId = known ?? (await conversationOf(reader, chat, delivery));
      const show = async (conversationId: string) => {
        await showCard({ reader, chat, conversationId }, tried, delivery);
        return true;
      };
      const another = () => moveCard(reader, chat, delivery);
      const shown = conversationId && (await inConversation(conversationId, show, another));
      if (shown) reached = true;
      else tried.set(platform, { kind: 'absence', why: chat.absence });
    } catch (cause) {
      const obstacle = obstacleOf(cause);
      if (cause instanceof PermanentFailure) tried.set(platform, refusalBy(platform, cause.why));
      else if (obstacle === null || !isSubstitute) failure ??= cause;
      else {
        // Nothing came there, and nobody knows for how long: another chat that reaches them is as good.
        tried.set(platform, refusalBy(platform, obstacle));
        shutOut ??= cause;
      }
      await tellOfObstacle(cause, platform, delivery.needs);
    }
  }
  if (failure) throw failure;
  if (reached) return;
  if (shutOut) throw shutOut;
  if (ifOutOfReach === 'nothing') return;
  const [first, ...others] = [...tried.values()].map(({ why }) => why);
  const why: Why =
    first && others.length > 0 ? { kind: 'allOf', of: [first, ...others] } : (first ?? { kind: 'noAccount' });
  await noteOutOfReach(reader, why, ifOutOfReach, delivery);
}

async function conversationOf(reader: PersonId, chat: Chat, delivery: Delivery): Promise<string | null> {
  const { needs, people } = delivery;
  const { platform } = chat;
  const found = await findConversation(reader, chat, people, needs);
  const known = people
    .find(({ id }) => id === reader)
    ?.accounts.find((account) => account.platform === platform);
  // With a new account they can be mentioned.
  if (found !== (known?.conversationId ?? null)) delivery.people = await needs.directory.people();
  return found;
}

/** Forgets a card whose conversation is gone. @returns the conversation that the reader has instead */
async function moveCard(reader: PersonId, chat: Chat, delivery: Delivery): Promise<string | null> {
  const { needs, view } = delivery;
  const conversationId = await askForConversation(reader, chat, needs);
  delivery.people = await needs.directory.people();
  const record = cardOf(reader, chat.platform, view.cards);
  if (!record || conversationId === null || conversationId === record.conversationId) return conversationId;
  const { seenAt: _, ...card } = forgotten({ ...record, conversationId }, view.handoff);
  await needs.cards.save(card);
  heedCard(delivery, card);
  return conversationId;
}

async function noteOutOfReach(
  reader: PersonId,
  why: Why,
  what: Exclude<ReaderPlan['ifOutOfReach'], 'nothing'>,
  delivery: Delivery,
): Promise<void> {
  const { needs, view } = delivery;
  const { handoff } = view;
  delivery.outOfReach.add(reader);
  needs.observe({ what: 'undeliverable', handoffId: handoff.id, why: whyForOperators(why) });
  if (what !== 'passOn') return;
  const command = { type: 'markUnreachable', rep: reader, why } as const;
  const cause = { by: null, at: needs.clock(), commandId: null };
  const changed = await changeHandoff(needs.handoffs, needs.policyOf, handoff, command, cause);
  await heedChange(delivery, changed, cause.at);
}
