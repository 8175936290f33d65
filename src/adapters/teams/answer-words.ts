import { type Line, line, plain } from '../../domain/words/line.ts';
import type { Reply } from '../../flow/ports/chat.ts';
import { sorry } from '../refusals.ts';
import { teamsReply, teamsSummary } from './card.ts';
import type { TeamsContext } from './context.ts';
import type { Address } from './conversations.ts';
import { nothing, type Outcome } from './outcome.ts';
import type { Incoming } from './parse-action.ts';

const personalOnly: Line = line`I answer in our personal chat: others would read along here.`;
const companyOnly: Line = line`I cannot tell who you are, as you are a guest here. Write to me with an account of this company.`;

/** Words that somebody typed to the bot. */
export async function answerWords(
  { place, userId, text }: Extract<Incoming, { kind: 'text' }>,
  context: TeamsContext,
): Promise<Outcome> {
  return sendReply(place, () => context.steps.answerCommand({ platform: 'teams', userId, text }), context);
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

/** Sends what a step has to say, or an apology when it throws. */
export async function sendReply(
  to: Address,
  ask: () => Promise<Reply>,
  { steps, send, sendLine, logFailure }: TeamsContext,
): Promise<Outcome> {
  try {
    const reply = await ask();
    const summary = teamsSummary(null, line`${reply.title}`);
    const messageId = await send(to, { card: teamsReply(reply, to.zone), summary });
    const { about } = reply;
    if (messageId === null || about === undefined) return nothing;
    const { conversationId } = to;
    await steps.noteSaid({ platform: 'teams', conversationId, messageId, leadIds: about });
  } catch (error) {
    logFailure(error, 'words in Teams could not be answered');
    await sendLine(to, sorry);
  }
  return nothing;
}
