import type { RespondArguments, RespondFn } from '@slack/bolt';
import { traceOf } from '../log.ts';
import type { Content } from './card.ts';
import type { SlackContext } from './context.ts';

/** For the eyes of one person, below what they clicked on or typed. */
export function privately(content: Content): RespondArguments {
  return { ...content, response_type: 'ephemeral', replace_original: false };
}

/** Tells one person something after their click or command was acknowledged. */
export async function whisper(respond: RespondFn, content: Content, context: SlackContext): Promise<void> {
  await answerAt(respond, privately(content), context);
}

/** Puts something in the place of the message whose button was pressed, whoever sees it. */
export async function replaceBy(respond: RespondFn, content: Content, context: SlackContext): Promise<void> {
  await answerAt(respond, { ...content, replace_original: true }, context);
}

async function answerAt(
  respond: RespondFn,
  answer: RespondArguments,
  { steps }: SlackContext,
): Promise<void> {
  try {
    await respond(answer);
  } catch (error) {
    steps.log.warn({ platform: 'slack', ...traceOf(error) }, 'an answer to a response_url was lost');
  }
}
