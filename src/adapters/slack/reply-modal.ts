import type { ModalView } from '@slack/types';
import type { Reply } from '../../flow/ports/chat.ts';
import { slackReply } from './reply.ts';
import { plainText } from './text.ts';

/** How a modal that holds an answer calls itself. */
export const answerCallbackId = 'handoff.answer';

/** Slack's limit for titles and buttons of modals ("Views"). */
const titleMaxLength = 24;

/** An answer to a button of somebody's page, which is no message that the answer could replace. */
export function replyModal(reply: Reply, asked: string): ModalView {
  return {
    type: 'modal',
    callback_id: answerCallbackId,
    title: plainText('Lead Handoff', titleMaxLength),
    close: plainText('Close', titleMaxLength),
    blocks: slackReply(reply, asked, 'inLines').blocks,
  };
}
