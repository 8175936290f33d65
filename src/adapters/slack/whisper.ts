import { type RespondArguments, RespondError, type RespondFn } from '@slack/bolt';
import { z } from 'zod';
import type { Reply } from '../../flow/ports/chat.ts';
import { traceOf } from '../log.ts';
import type { Content } from './card.ts';
import type { SlackContext } from './context.ts';
import { sendReply } from './send-reply.ts';

type Answer = { reply: Reply; asked: string };
type Place = 'whispered' | 'instead';

/** For the eyes of one person, below what they clicked on or typed. */
export function privately(content: Content): RespondArguments {
  return { ...content, response_type: 'ephemeral', replace_original: false };
}

/** Tells one person something after their click or command was acknowledged. */
export async function whisper(respond: RespondFn, content: Content, context: SlackContext): Promise<void> {
  await orLost(() => answerAt(respond, privately(content)), context);
}

/** Answers after it was acknowledged: to one person, or in the place of the message whose button was pressed, whoever sees it. */
export async function answerLater(
  respond: RespondFn,
  { reply, asked }: Answer,
  place: Place,
  context: SlackContext,
): Promise<void> {
  const placed = (content: Content) =>
    place === 'instead' ? { ...content, replace_original: true } : privately(content);
  const send = (content: Content) => answerAt(respond, placed(content));
  await orLost(() => sendReply(reply, asked, context.charts, send), context);
}

const refusal = z.object({ ok: z.literal(false) });

/** Some refusals come as a success. */
async function answerAt(respond: RespondFn, answer: RespondArguments): Promise<void> {
  const response = await respond(answer);
  const said = refusal.safeParse(await response.json().catch(() => null));
  if (said.success) throw new RespondError('Slack refused an answer to a response_url', 400);
}

async function orLost(tell: () => Promise<void>, { steps }: SlackContext): Promise<void> {
  try {
    await tell();
  } catch (error) {
    steps.log.warn({ platform: 'slack', ...traceOf(error) }, 'an answer to a response_url was lost');
  }
}
