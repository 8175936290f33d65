import type { MessageMetadata } from '@slack/types';
import { WebClient } from '@slack/web-api';
import type { Chat, MessageRef } from '../../flow/ports/chat.ts';
import { PermanentFailure } from '../../flow/ports/failure.ts';
import type { Log } from '../log.ts';
import { burst, createPacer, type Pace, type PaceTime, quota } from '../pace.ts';
import { slackBulletin } from './bulletin.ts';
import { type Content, slackCard, slackLine, slackLoudLine } from './card.ts';
import { messagesOf } from './history.ts';
import { boltLogger } from './log.ts';
import { bulletinMetadata, cardMetadata, isBulletin, lineMetadata, revisionShown, seqTold } from './marks.ts';
import { createPermalinks } from './permalinks.ts';
import { slackCode, translateError } from './translate-error.ts';

export type SlackChatOptions = {
  botToken: string;
  /** `https://slack.com/api/`, or the sandbox's. */
  apiUrl: string;
  log: Log;
  /** How long Slack may take for one call. */
  timeoutMs?: number;
  /** The longest that a call may wait until it can be made; one that would wait longer fails, undone. */
  maxWaitMs?: number;
  /** By which the calls are paced; that of the machine unless given. */
  paceTime?: PaceTime | undefined;
};

const nobody = new Set(['users_not_found', 'user_not_found', 'user_not_visible']);

const paces = {
  /**
   * One message a second in a conversation, with short bursts (Slack's "Rate limits"); slightly slower, as networks
   * jitter.
   */
  messages: () => burst(3, 1050),
  /**
   * Tier 3 of Slack's "Rate limits", 50 a minute, which these methods have at least; a second more, as networks jitter.
   */
  tiered: () => quota(50, 61_000),
  /** chat.getPermalink has a limit of its own: Slack allows hundreds a minute, and says no number. */
  permalinks: () => quota(200, 61_000),
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
  paceTime: time,
}: SlackChatOptions): Chat {
  const web = new WebClient(botToken, {
    slackApiUrl: apiUrl,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    timeout: timeoutMs,
    logger: boltLogger(log),
  });
  const paced = createPacer({ maxWaitMs, time });
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

  const ask = <Result>(
    method: string,
    call: () => Promise<Result>,
    { lane = null, pace = paces.tiered }: { lane?: string | null; pace?: () => Pace } = {},
  ): Promise<Result> => paced({ method, pace: paceOf(method, pace), lane }, () => translated(method, call));

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

  /** Messages of one conversation go out in order; other conversations do not wait for them. */
  const post = async (channel: string, message: Message): Promise<string> => {
    const method = 'chat.postMessage';
    const pace = paceOf(`${method} ${channel}`, paces.messages);
    const { ts } = await paced({ method, pace, lane: channel }, () =>
      translated(method, () =>
        web.chat.postMessage({ channel, ...message, unfurl_links: false, unfurl_media: false }),
      ),
    );
    return required(ts, method, 'ts');
  };

  /** Changes to one message are made in order. @returns false when it is no longer there */
  const change = (
    method: 'chat.update' | 'chat.delete',
    { conversationId: channel, messageId: ts }: MessageRef,
    call: (place: { channel: string; ts: string }) => Promise<unknown>,
  ): Promise<boolean> => {
    const once = () =>
      call({ channel, ts }).then(
        () => true,
        (error) => {
          if (slackCode(error) === 'message_not_found') return false;
          throw error;
        },
      );
    return ask(method, once, { lane: `${channel} ${ts}` });
  };

  /** What stands in a conversation itself, newest first. @param after the id of a message: only what came after it */
  const history = (channel: string, after: string | null = null) =>
    messagesOf(channel, (page) =>
      ask('conversations.history', () =>
        web.conversations.history({ channel, ...page, ...(after && { oldest: after }) }),
      ),
    );

  /** A message and its replies, oldest first. */
  const thread = ({ conversationId: channel, messageId: ts }: MessageRef) =>
    messagesOf(channel, (page) =>
      ask('conversations.replies', () => web.conversations.replies({ channel, ts, ...page })),
    );

  const linkTo = createPermalinks(async ({ conversationId: channel, messageId: message_ts }) => {
    const method = 'chat.getPermalink';
    const call = () => web.chat.getPermalink({ channel, message_ts });
    const { permalink } = await ask(method, call, { pace: paces.permalinks });
    return required(permalink, method, 'permalink');
  }, log);

  return {
    platform: 'slack',
    absence: 'has no account in Slack',
    canLookBack: true,

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

    postCard: (conversationId, card, mark, people) =>
      post(conversationId, { ...slackCard(card, mark, people), metadata: cardMetadata(mark) }),

    updateCard: (message, card, mark, people) =>
      change('chat.update', message, (place) =>
        web.chat.update({ ...place, ...slackCard(card, mark, people), metadata: cardMetadata(mark) }),
      ),

    async tell(message, line, mark, { notify, loud, about }, people) {
      const { conversationId, messageId } = message;
      const metadata = lineMetadata(mark);
      if (loud) {
        const card = { title: about, link: await linkTo(message) };
        return post(conversationId, { ...slackLoudLine(line, card, people), metadata });
      }
      return post(conversationId, {
        ...slackLine(line, people),
        metadata,
        thread_ts: messageId,
        // Whether Slack tells somebody of a reply that stands in its thread alone depends on their settings.
        reply_broadcast: notify,
      });
    },

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

    postBulletin: (conversationId, bulletin, mark, people) =>
      post(conversationId, { ...slackBulletin(bulletin, people), metadata: bulletinMetadata(mark) }),

    async findBulletin(conversationId, mark) {
      for await (const { ts, metadata } of history(conversationId)) {
        if (ts && isBulletin(mark, metadata)) return ts;
      }
      return null;
    },

    async replace(message, words) {
      await change('chat.update', message, (place) =>
        web.chat.update({ ...place, ...slackLine(words, new Map()) }),
      );
    },

    async remove(message) {
      await change('chat.delete', message, (place) => web.chat.delete(place));
    },
  };
}

type Reply = { thread_ts: string; reply_broadcast: boolean };
type Message = Content & { metadata: MessageMetadata } & (Reply | { thread_ts?: never });

function required(value: string | undefined, method: string, place: string): string {
  if (!value) throw new Error(`Slack answered ${method} without ${place}, expected a text`);
  return value;
}
