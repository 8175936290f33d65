import { randomUUID } from 'node:crypto';
import { type Line, line, plain } from '../../domain/words/line.ts';
import type { Reply } from '../../flow/ports/chat.ts';
import { sorry } from '../refusals.ts';
import type { Pressing } from './adaptive-card.ts';
import { execute, verbs } from './button.ts';
import { teamsSummary } from './card.ts';
import type { TeamsContext } from './context.ts';
import type { Address, Content } from './conversations.ts';
import type { Zone } from './local-time.ts';
import { nothing, type Outcome } from './outcome.ts';
import type { Incoming } from './parse-action.ts';
import { teamsReply } from './reply.ts';
import { wordsMaxLength } from './reply-buttons.ts';

const personalOnly: Line = line`I answer in our personal chat: others would read along here.`;
const companyOnly: Line = line`I cannot tell who you are, as you are a guest here. Write to me with an account of this company.`;

/** Words that somebody typed to the bot. */
export async function answerWords(
  { place, userId, text }: Extract<Incoming, { kind: 'text' }>,
  context: TeamsContext,
): Promise<Outcome> {
  const ask = () => context.steps.answerCommand({ platform: 'teams', userId, text });
  return sendReply(place, text, ask, context);
}

export async function answerMention(
  mention: Extract<Incoming, { kind: 'mention' }>,
  { sendLine }: TeamsContext,
): Promise<Outcome> {
  await sendLine({ ...mention, zone: null }, personalOnly);
  return nothing;
}

/** Whoever has no account in the company's directory can be nobody of the policy. */
export async function answerGuest(
  guest: Extract<Incoming, { kind: 'guest' }>,
  { sendLine }: TeamsContext,
): Promise<Outcome> {
  if (!guest.isInvoke) await sendLine({ ...guest, zone: null }, companyOnly);
  return { shown: plain(companyOnly), untold: null };
}

/** Sends what a step has to say, or an apology when it throws. @param asked the words that bring it anew */
export async function sendReply(
  to: Address,
  asked: string,
  ask: () => Promise<Reply>,
  context: TeamsContext,
): Promise<Outcome> {
  try {
    await sendAnswer(to, await ask(), asked, context);
  } catch (error) {
    context.logFailure(error, 'words in Teams could not be answered');
    await context.sendLine(to, sorry);
  }
  return nothing;
}

/** An answer as a message of its own. */
export async function sendAnswer(
  to: Address,
  reply: Reply,
  asked: string,
  { steps, send, sent }: TeamsContext,
): Promise<void> {
  const answer = randomUUID();
  const messageId = await send(to, drawAnswer(reply, to.zone, { answer, turn: 0 }, asked));
  if (messageId === null) return;
  sent.note(answer, messageId);
  const { about } = reply;
  if (about === undefined) return;
  await steps.noteSaid({ platform: 'teams', conversationId: to.conversationId, messageId, leadIds: about });
}

export function drawAnswer(
  reply: Reply,
  zone: Zone,
  on: Extract<Pressing, { answer: string }>,
  asked: string,
): Content {
  const origin = { ...on, ...(asked.length <= wordsMaxLength && { again: asked }) };
  const summary = teamsSummary(reply.title || null, reply.notice ?? [], zone);
  const card = teamsReply(reply, zone, origin);
  if (!reply.renews || origin.again === undefined) return { card, summary };
  const action = execute('Refresh', verbs.renew, { ...on, say: asked });
  return { card: { ...card, refresh: { action } }, summary };
}
