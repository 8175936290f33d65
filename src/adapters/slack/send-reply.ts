import { RespondError } from '@slack/bolt';
import type { Reply } from '../../flow/ports/chat.ts';
import type { Content } from './card.ts';
import { slackReply } from './reply.ts';
import { slackCode } from './translate-error.ts';

/** Whether Slack takes charts: it does until it refuses one. */
export type Charts = { areTaken: boolean };

/** Whether it is sent with a chart. */
export function hasChart({ sections }: Reply, charts: Charts): boolean {
  return charts.areTaken && sections.some(({ kind }) => kind === 'chart');
}

/**
 * Sends an answer with its chart, and with the same numbers in lines where Slack refuses it: workspaces get to know charts
 * one after the other. What helped is remembered, so that later answers are sent once.
 * @param asked the words that bring it anew
 */
export async function sendReply<Sent>(
  reply: Reply,
  asked: string,
  charts: Charts,
  send: (content: Content) => Promise<Sent>,
): Promise<Sent> {
  if (!hasChart(reply, charts)) return send(slackReply(reply, asked));
  try {
    return await send(slackReply(reply, asked, 'withCharts'));
  } catch (error) {
    if (!isRefused(error)) throw error;
    const sent = await send(slackReply(reply, asked));
    charts.areTaken = false;
    return sent;
  }
}

/** Of a message Slack says why; of an answer to a `response_url` with which status is not documented. */
function isRefused(error: unknown): boolean {
  const isOfAnswer = error instanceof RespondError && error.statusCode < 500 && error.statusCode !== 429;
  return isOfAnswer || slackCode(error) === 'invalid_blocks';
}
