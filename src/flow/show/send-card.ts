import type { Card } from '../../domain/card/card.ts';
import type { Handoff } from '../../domain/handoff/handoff.ts';
import type { LeadId } from '../../domain/lead/lead.ts';
import type { PersonId } from '../../domain/policy/policy.ts';
import type { Cards, SentCard } from '../ports/cards.ts';
import type { CardMark, Chat, Mentions, Said } from '../ports/chat.ts';
import { PermanentFailure, TemporaryFailure } from '../ports/failure.ts';
import { obstacleOf } from './obstacles.ts';
import type { Step } from './plan-message.ts';

/** Where somebody, or a channel, has the message about a handoff. */
export type Place = { reader: PersonId; chat: Chat; conversationId: string };

/** A message that is there. */
export type Posted = SentCard & { messageId: string };

/** What a message shows, and whom it mentions. */
export type Drawing = { card: Card; mark: CardMark; people: Mentions };

/**
 * Takes a card that can be changed no more out of the chat. @returns what remains to be remembered: the message, when the
 * chat keeps it there, or may keep it
 */
export async function takeBack(
  { platform, conversationId, messageId }: Posted,
  leadId: LeadId,
  { chat, unknownEnd }: { chat: Chat; unknownEnd: 'throws' | 'kept' },
): Promise<Said[]> {
  try {
    await chat.remove({ conversationId, messageId });
    return [];
  } catch (cause) {
    const isUnknown = cause instanceof TemporaryFailure && cause.outcome === 'unknown';
    const mayStay = cause instanceof PermanentFailure || (isUnknown && unknownEnd === 'kept');
    if (!mayStay) throw cause;
    return [{ platform, conversationId, messageId, leadIds: [leadId] }];
  }
}

/**
 * Posts a card, or takes up the one that an earlier attempt brought there; only that one is saved. Where nobody can look
 * for it, it is noted before that it is about to be sent.
 * @returns null when there is none and nobody needs one
 */
export async function sendCard(
  { reader, chat, conversationId }: Place,
  { look, post }: Extract<Step, { do: 'send' }>,
  handoff: Handoff,
  draw: () => Promise<Drawing>,
  { cards }: { cards: Cards },
): Promise<Posted | null> {
  const address = { handoffId: handoff.id, person: reader, platform: chat.platform, conversationId };
  const showing = (messageId: string, attempt: number, revision: number): Posted => ({
    ...address,
    messageId,
    attempt,
    revision,
    toldSeq: revision,
    tellingSeq: revision,
  });
  const found = look ? await chat.findCard(conversationId, handoff.id) : null;
  if (found) {
    const card = showing(found.messageId, 0, found.revision);
    // Brought up to date, it would no longer show what has been told to its reader.
    await cards.save(card);
    return card;
  }
  if (!post) return null;
  const { card, mark, people } = await draw();
  const note = () => cards.beginSend({ ...address, toldSeq: handoff.version });
  const attempt = chat.canLookBack ? 0 : await note();
  try {
    const messageId = await chat.postCard(conversationId, card, { ...mark, attempt }, people);
    return showing(messageId, attempt, handoff.version);
  } catch (cause) {
    // That it was refused is told on the card that comes to another chat instead.
    const isRefused = cause instanceof PermanentFailure || obstacleOf(cause) !== null;
    if (isRefused && chat.canLookBack) await note();
    throw cause;
  }
}
