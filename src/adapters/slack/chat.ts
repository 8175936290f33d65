import type { MessageMetadata } from '@slack/types';
import { WebClient } from '@slack/web-api';
import type { Chat, MessageRef } from '../../flow/ports/chat.ts';
import { PermanentFailure } from '../../flow/ports/failure.ts';
import type { Log } from '../log.ts';
import { burst, createPacer, type Pace, type PaceTime, quota } from '../pace.ts';
import { believedEmail, isColleague, type Sender, type Workspace } from './accounts.ts';
import { slackBulletin } from './bulletin.ts';
import { type Content, slackCard, slackLine, slackLoudLine } from './card.ts';
import { isDirect, messagesOf } from './history.ts';
import { boltLogger } from './log.ts';
import { bulletinMetadata, cardMetadata, isBulletin, lineMetadata, revisionShown, seqTold } from './marks.ts';
import { createPermalinks } from './permalinks.ts';
import { sharedChannel } from './refusal-words.ts';
import { remembered } from './remembered.ts';
import { slackFetch } from './slack-fetch.ts';
import { refusedFor, slackCode, translateError } from './translate-error.ts';

export type SlackChat = Chat & {
  /** Whether something was sent by somebody of our own workspace or grid. */
  isColleague(sender: Sender): Promise<boolean>;
};

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

const nobody = new Set(['users_not_found', 'user_not_found', 'user_not_visible', 'user_disabled']);

/** Somebody who was let in, or has confirmed their address, is known after so long. */
const userKeptMs = 10 * 60_000;

/** So long a channel that was shared with another company may still get a card. */
const channelKeptMs = 10 * 60_000;

/** Why a message of ours cannot be changed ("chat.update"): it is gone, it is not ours, or the workspace allows no edits. */
const unchangeable = new Set<string | null>([
  'message_not_found',
  'cant_update_message',
  'edit_window_closed',
]);

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
}: SlackChatOptions): SlackChat {
  const web = new WebClient(botToken, {
    slackApiUrl: apiUrl,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    timeout: timeoutMs,
    fetch: slackFetch,
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
      const isTheirs = slackCode(error) === 'account_inactive' && (await isAlive());
      throw isTheirs ? refusedFor('user_disabled', method, error) : translateError(error, method);
    }
  };

  /** Slack calls the account inactive, but whose: its word for ours has been seen of those written to as well. */
  const isAlive = () =>
    web.auth.test().then(
      ({ ok }) => ok,
      () => false,
    );

  const ask = <Result>(
    method: string,
    call: () => Promise<Result>,
    { lane = null, pace = paces.tiered }: { lane?: string | null; pace?: () => Pace } = {},
  ): Promise<Result> => paced({ method, pace: paceOf(method, pace), lane }, () => translated(method, call));

  /** What Slack answers about somebody; null when there is nobody that could be written to. */
  const askAbout = async <Found>(method: string, call: () => Promise<Found>): Promise<Found | null> => {
    try {
      return await ask(method, call);
    } catch (error) {
      if (error instanceof PermanentFailure && nobody.has(error.code)) return null;
      throw error;
    }
  };

  const isShared = remembered(
    async (channel: string) => {
      const info = await ask('conversations.info', () => web.conversations.info({ channel }));
      return Boolean(info.channel?.is_ext_shared || info.channel?.is_pending_ext_shared);
    },
    { forMs: channelKeptMs, now: time?.now ?? Date.now },
  );

  /** A lead's data stays in the company: a channel may be shared with another one, also after a card has come there. */
  const mustBeOurs = async (channel: string, method: string): Promise<void> => {
    if (isDirect(channel) || !(await isShared(channel))) return;
    throw refusedFor(sharedChannel, method, null);
  };

  /** Messages of one conversation go out in order; other conversations do not wait for them. */
  const post = async (channel: string, message: Message): Promise<string> => {
    const method = 'chat.postMessage';
    await mustBeOurs(channel, method);
    const pace = paceOf(`${method} ${channel}`, paces.messages);
    const { ts } = await paced({ method, pace, lane: channel }, () =>
      translated(method, () =>
        web.chat.postMessage({ channel, ...message, unfurl_links: false, unfurl_media: false }),
      ),
    );
    return required(ts, method, 'ts');
  };

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

  const linkTo = createPermalinks(async ({ conversationId: channel, messageId: message_ts }) => {
    const method = 'chat.getPermalink';
    const call = () => web.chat.getPermalink({ channel, message_ts });
    const { permalink } = await ask(method, call, { pace: paces.permalinks });
    return required(permalink, method, 'permalink');
  }, log);

  const askForWorkspace = async (): Promise<Workspace> => {
    const { team_id, enterprise_id } = await ask('auth.test', () => web.auth.test());
    return { teamId: required(team_id, 'auth.test', 'team_id'), enterpriseId: enterprise_id ?? null };
  };
  let workspace: Promise<Workspace> | null = null;
  /** Where the app is installed: asked for once, as a token belongs to one place. */
  const ownWorkspace = (): Promise<Workspace> => {
    workspace ??= askForWorkspace().catch((error: unknown) => {
      workspace = null;
      throw error;
    });
    return workspace;
  };

  /** However often somebody clicks whom nobody knows, Slack is asked about them once in a while. */
  const userOf = remembered(
    async (user: string) => (await askAbout('users.info', () => web.users.info({ user })))?.user ?? null,
    { forMs: userKeptMs, now: time?.now ?? Date.now },
  );

  return {
    platform: 'slack',
    absence: 'has no account in Slack',
    canLookBack: true,

    async findAccount(email) {
      const found = await askAbout('users.lookupByEmail', () => web.users.lookupByEmail({ email }));
      const user = found?.user;
      if (!user?.id || !believedEmail(user, await ownWorkspace())) return null;
      const userId = user.id;
      const opened = await askAbout('conversations.open', () => web.conversations.open({ users: userId }));
      if (!opened) return null;
      const conversationId = required(opened.channel?.id, 'conversations.open', 'channel.id');
      return { userId, conversationId, zone: user.tz ?? null };
    },

    async emailsOf(userId) {
      const user = await userOf(userId);
      const email = user && believedEmail(user, await ownWorkspace());
      return email ? [email] : [];
    },

    async isColleague({ userId, teamId }) {
      const own = await ownWorkspace();
      if (teamId === own.teamId) return true;
      // What a request says of a grid may be said of the channel in which a stranger clicked.
      const user = own.enterpriseId === null ? null : await userOf(userId);
      return user !== null && isColleague(user, own);
    },

    postCard: (conversationId, card, mark, people) =>
      post(conversationId, { ...slackCard(card, mark, people), metadata: cardMetadata(mark) }),

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
          if (unchangeable.has(slackCode(error))) return false;
          throw error;
        }
      };
      await mustBeOurs(conversationId, 'chat.update');
      return ask('chat.update', update, { lane: `${conversationId} ${messageId}` });
    },

    async tell(message, line, mark, { notify, loud, about }, people) {
      const { conversationId, messageId } = message;
      const metadata = lineMetadata(mark);
      if (loud) {
        const card = { title: about, link: await linkTo(message) };
        await post(conversationId, { ...slackLoudLine(line, card, people), metadata });
        return;
      }
      await post(conversationId, {
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

    async lastTold(message, handoffId) {
      let last = 0;
      // Loud lines stand in the conversation instead, somewhere after the card.
      for (const place of [thread(message), history(message.conversationId, message.messageId)]) {
        for await (const { metadata } of place) last = Math.max(last, seqTold(handoffId, metadata));
      }
      return last;
    },

    postBulletin: (conversationId, bulletin, mark, people) =>
      post(conversationId, { ...slackBulletin(bulletin, people), metadata: bulletinMetadata(mark) }),

    async hasBulletin(conversationId, mark) {
      for await (const { metadata } of history(conversationId)) {
        if (isBulletin(mark, metadata)) return true;
      }
      return false;
    },
  };
}

type Reply = { thread_ts: string; reply_broadcast: boolean };
type Message = Content & { metadata: MessageMetadata } & (Reply | { thread_ts?: never });

function required(value: string | undefined, method: string, place: string): string {
  if (!value) throw new Error(`Slack answered ${method} without ${place}, expected a text`);
  return value;
}
