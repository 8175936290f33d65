import type { WebClient } from '@slack/web-api';
import type { Chat, MessageRef } from '../../flow/ports/chat.ts';
import { PermanentFailure } from '../../flow/ports/failure.ts';
import type { Ask } from './calls.ts';
import { isBulletin, revisionShown, seqTold } from './marks.ts';

/** As much as Slack recommends to ask for at once; a conversation with the bot holds little else than cards. */
const pageSize = 200;
const searchedPages = 5;

type Asked = { limit: number; include_all_metadata: true; cursor?: string };
type Page<Found> = { messages?: Found[]; response_metadata?: { next_cursor?: string } };

/** Whether it is a conversation with one person; channels have other ids. */
export function isDirect(conversationId: string): boolean {
  return conversationId.startsWith('D');
}

/** Finds what the bot has said in a conversation by the marks that its messages bear. */
export function slackHistory({
  web,
  ask,
}: {
  web: WebClient;
  ask: Ask;
}): Pick<Chat, 'findCard' | 'toldLines' | 'findBulletin'> {
  /** What stands in a conversation itself, newest first. @param after the id of a message: only what came after it */
  const history = (channel: string, after: string | null = null) =>
    messagesOf(channel, (page) =>
      ask('conversations.history', () =>
        web.conversations.history({ channel, ...page, ...(after && { oldest: after }) }),
      ),
    );

  /** A message and its replies, oldest first; nothing when the message is gone. */
  async function* thread({ conversationId: channel, messageId: ts }: MessageRef) {
    try {
      yield* messagesOf(channel, (page) =>
        ask('conversations.replies', () => web.conversations.replies({ channel, ts, ...page })),
      );
    } catch (error) {
      if (!(error instanceof PermanentFailure && error.code === 'thread_not_found')) throw error;
    }
  }

  return {
    async findCard(conversationId, handoffId) {
      for await (const { ts, metadata } of history(conversationId)) {
        const revision = revisionShown(handoffId, metadata);
        if (ts && revision !== null) return { messageId: ts, revision };
      }
      return null;
    },

    async toldLines(message, handoffId) {
      const lines = new Map<string, number>();
      // Loud lines stand in the conversation instead, somewhere after the card.
      for (const place of [thread(message), history(message.conversationId, message.messageId)]) {
        for await (const { ts, metadata } of place) {
          const seq = seqTold(handoffId, metadata);
          if (ts && seq > 0) lines.set(ts, seq);
        }
      }
      return [...lines].map(([messageId, seq]) => ({ seq, messageId }));
    },

    async findBulletin(conversationId, mark) {
      for await (const { ts, metadata } of history(conversationId)) {
        if (ts && isBulletin(mark, metadata)) return ts;
      }
      return null;
    },
  };
}

/**
 * What some pages of a conversation with a person hold; further back nobody looks. In a channel it finds nothing: to
 * read there, the app would have to be invited, and could read what people say to each other.
 */
async function* messagesOf<Found>(
  conversationId: string,
  read: (page: Asked) => Promise<Page<Found>>,
): AsyncGenerator<Found> {
  if (!isDirect(conversationId)) return;
  let cursor: string | undefined;
  for (let page = 0; page < searchedPages; page += 1) {
    const asked: Asked = { limit: pageSize, include_all_metadata: true };
    const { messages = [], response_metadata } = await read(cursor ? { ...asked, cursor } : asked);
    yield* messages;
    cursor = response_metadata?.next_cursor;
    if (!cursor) return;
  }
}
