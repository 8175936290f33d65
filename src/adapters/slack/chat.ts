import type { MessageMetadata } from '@slack/types';
import { WebClient } from '@slack/web-api';
import { PermanentFailure } from '../../flow/failure.ts';
import type { CardMark, Chat } from '../../flow/ports.ts';
import type { Log } from '../log.ts';
import { burst, createPacer, type Pace, quota } from '../pace.ts';
import { slackCard, slackLine } from './card.ts';
import { boltLogger } from './log.ts';
import { slackCode, translateError } from './translate-error.ts';

export type SlackChatOptions = {
  botToken: string;
  /** `https://slack.com/api/`, or the sandbox's. */
  apiUrl: string;
  log: Log;
  /** How long Slack may take for one call. */
  timeoutMs?: number;
  /** How long a call may wait for its turn before it fails, undone. */
  maxWaitMs?: number;
};

const cardEvent = 'lead_handoff';
/** Another name than the card's: a line that is shown in the conversation too must not pass for the card. */
const lineEvent = 'lead_handoff_line';

const nobody = new Set(['users_not_found', 'user_not_found', 'user_not_visible']);

/** As much as Slack recommends to ask for at once; a conversation with the bot holds little else than cards. */
const pageSize = 200;
const searchedPages = 5;

const paces = {
  /** Slack's rule: one message a second in a conversation, with short bursts. Slightly slower, as networks jitter. */
  messages: () => burst(3, 1050),
  /** Slack's tier 3, which these methods have at least, with a second for the same reason. */
  tiered: () => quota(50, 61_000),
};

/**
 * Slack as a chat. The SDK neither retries nor waits: after a timeout it would send a card twice, and on a rate limit
 * it would hold back every other call as well. The pace is kept here, each method's by itself.
 */
export function slackChat({
  botToken,
  apiUrl,
  log,
  timeoutMs = 8000,
  maxWaitMs = 30_000,
}: SlackChatOptions): Chat {
  const web = new WebClient(botToken, {
    slackApiUrl: apiUrl,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    timeout: timeoutMs,
    logger: boltLogger(log),
  });
  const paced = createPacer({ maxWaitMs });
  const kept = new Map<string, Pace>();

  const paceOf = (key: string, create: () => Pace): Pace => {
    const pace = kept.get(key) ?? create();
    kept.set(key, pace);
    return pace;
  };

  const translated = async <Result>(method: string, call: () => Promise<Result>): Promise<Result> => {
    try {
      return await call();
    } catch (error) {
      throw translateError(error, method);
    }
  };

  /** Messages of one conversation go out in order; other conversations do not wait for them. */
  const send = <Result>(conversationId: string, call: () => Promise<Result>): Promise<Result> => {
    const method = 'chat.postMessage';
    const pace = paceOf(`${method} ${conversationId}`, paces.messages);
    return paced({ method, pace, lane: conversationId }, () => translated(method, call));
  };

  const ask = <Result>(
    method: string,
    call: () => Promise<Result>,
    lane: string | null = null,
  ): Promise<Result> =>
    paced({ method, pace: paceOf(method, paces.tiered), lane }, () => translated(method, call));

  const askUser = async <User>(
    method: string,
    call: () => Promise<{ user?: User }>,
  ): Promise<User | undefined> => {
    try {
      const { user } = await ask(method, call);
      return user;
    } catch (error) {
      if (error instanceof PermanentFailure && nobody.has(error.code)) return undefined;
      throw error;
    }
  };

  return {
    platform: 'slack',
    absence: 'has no account in Slack',

    async findAccount(email) {
      const user = await askUser('users.lookupByEmail', () => web.users.lookupByEmail({ email }));
      if (!user?.id || user.deleted || user.is_bot) return null;
      const userId = user.id;
      const { channel } = await ask('conversations.open', () => web.conversations.open({ users: userId }));
      const conversationId = required(channel?.id, 'conversations.open', 'channel.id');
      return { userId, conversationId, zone: user.tz ?? null };
    },

    async emailsOf(userId) {
      const user = await askUser('users.info', () => web.users.info({ user: userId }));
      return user?.profile?.email ? [user.profile.email] : [];
    },

    async postCard(conversationId, card, mark, people) {
      const { ts } = await send(conversationId, () =>
        web.chat.postMessage({
          channel: conversationId,
          ...slackCard(card, mark, people),
          metadata: cardMetadata(mark),
          unfurl_links: false,
          unfurl_media: false,
        }),
      );
      return required(ts, 'chat.postMessage', 'ts');
    },

    async updateCard({ conversationId, messageId }, card, mark, people) {
      const update = async () => {
        try {
          await web.chat.update({
            channel: conversationId,
            ts: messageId,
            ...slackCard(card, mark, people),
            metadata: cardMetadata(mark),
          });
          return true;
        } catch (error) {
          if (slackCode(error) === 'message_not_found') return false;
          throw error;
        }
      };
      return ask('chat.update', update, `${conversationId} ${messageId}`);
    },

    async tell({ conversationId, messageId }, line, { handoffId, seq }, { notify }, people) {
      await send(conversationId, () =>
        web.chat.postMessage({
          channel: conversationId,
          thread_ts: messageId,
          reply_broadcast: notify,
          ...slackLine(line, people),
          metadata: { event_type: lineEvent, event_payload: { handoff: handoffId, seq } },
          unfurl_links: false,
          unfurl_media: false,
        }),
      );
    },

    async findCard(conversationId, handoffId) {
      let cursor: string | undefined;
      for (let page = 0; page < searchedPages; page += 1) {
        const { messages = [], response_metadata } = await ask('conversations.history', () =>
          web.conversations.history({
            channel: conversationId,
            limit: pageSize,
            include_all_metadata: true,
            ...(cursor && { cursor }),
          }),
        );
        const card = messages.find(
          ({ metadata }) =>
            metadata?.event_type === cardEvent && payloadOf(metadata)['handoff'] === handoffId,
        );
        cursor = response_metadata?.next_cursor;
        if (card?.ts || !cursor) return card?.ts ?? null;
      }
      return null;
    },

    async lastTold({ conversationId, messageId }, handoffId) {
      let last = 0;
      let cursor: string | undefined;
      // Slack gives a thread oldest first, so the latest line is on the last page.
      for (let page = 0; page < searchedPages; page += 1) {
        const { messages = [], response_metadata } = await ask('conversations.replies', () =>
          web.conversations.replies({
            channel: conversationId,
            ts: messageId,
            limit: pageSize,
            include_all_metadata: true,
            ...(cursor && { cursor }),
          }),
        );
        for (const { metadata } of messages) {
          const { handoff, seq } = payloadOf(metadata);
          if (metadata?.event_type === lineEvent && handoff === handoffId && typeof seq === 'number') {
            last = Math.max(last, seq);
          }
        }
        cursor = response_metadata?.next_cursor;
        if (!cursor) break;
      }
      return last;
    },
  };
}

function cardMetadata({ handoffId, revision }: CardMark): MessageMetadata {
  return { event_type: cardEvent, event_payload: { handoff: handoffId, revision } };
}

/** The SDK's types call the payload an object without saying what is in it. */
function payloadOf(metadata: { event_payload?: object } | undefined): Record<string, unknown> {
  return { ...metadata?.event_payload };
}

function required(value: string | undefined, method: string, place: string): string {
  if (!value) throw new Error(`Slack answered ${method} without ${place}, expected an id`);
  return value;
}
