import type { Activity } from 'botbuilder';
import type { ConnectorClient } from 'botframework-connector';
import { z } from 'zod';
import { TemporaryFailure } from '../../flow/ports/failure.ts';
import { createPacer, type Pace, type PaceTime, quota, together } from '../pace.ts';
import type { AdaptiveCard } from './adaptive-card.ts';
import { conversationAt, isChannel } from './channel.ts';
import type { Tokens } from './credentials.ts';
import { emailsIn } from './emails-in.ts';
import { channelIssuer } from './guard.ts';
import type { Zone } from './local-time.ts';
import { refusalOf, translateError } from './translate-error.ts';

/** A conversation or a channel, the server through which it is reached, and the zone of whoever reads there. */
export type Address = { conversationId: string; serviceUrl: string; zone: Zone };

/** A message is a card; `summary` is what its notification says. */
export type Content = { card: AdaptiveCard; summary: string };

/** A person in a conversation. */
export type Member = { memberId: string; emails: readonly string[] };

/**
 * Teams' Connector API, each call tried once and at the pace that Teams allows.
 * @throws TemporaryFailure or PermanentFailure, from every method
 */
export type Conversations = {
  /** In a channel this is a post of its own. @returns the message's id */
  send(to: Address, content: Content): Promise<string>;
  /**
   * Below a message in a channel; in a personal conversation, which has no threads, as a message of its own. @returns its
   * id
   */
  reply(to: Address & { messageId: string }, content: Content): Promise<string>;
  /** @returns false when the message is no longer there */
  update(at: Address & { messageId: string }, content: Content): Promise<boolean>;
  /** A message that is no longer there is removed. */
  remove(at: Address & { messageId: string }): Promise<void>;
  /** @param id the person's Entra object id or Teams' own */
  member(of: Address, id: string): Promise<Member>;
  /** @returns the personal conversation with somebody, or null when the app is not installed for them */
  open(serviceUrl: string, userId: string): Promise<string | null>;
};

type Needs = {
  connect(serviceUrl: string): Promise<ConnectorClient>;
  tokens: Tokens;
  app: { appId: string; tenantId: string };
  timeoutMs: number;
  maxWaitMs: number;
  paceTime: PaceTime | undefined;
};

const cardType = 'application/vnd.microsoft.card.adaptive';

/** As networks jitter, calls made within a limit may arrive closer together than Teams allows. */
const jitterMs = 100;

/** What one bot may do in one conversation, and in all together ("Optimize your bot with rate limiting in Teams"). */
const paces = {
  /** Sending and creating; updates and removals are not named, so they count as well. */
  writes: () => limits([7, 1], [8, 2], [60, 30], [1800, 3600]),
  members: () => limits([14, 1], [16, 2], [120, 30], [3600, 3600]),
  app: () => limits([50, 1]),
};

function limits(...each: readonly [calls: number, perSeconds: number][]): Pace {
  return together(...each.map(([calls, seconds]) => quota(calls, seconds * 1000 + jitterMs)));
}

/** What `open` is refused with when the app asks the wrong cloud; it says nothing about the person. */
const wrongCloud = 'InvalidBotApiHost';

const memberAnswer = z.object({
  id: z.string().min(1),
  email: z.string().nullish(),
  userPrincipalName: z.string().nullish(),
});

type Operations = ConnectorClient['conversations'];
type ConversationParameters = Parameters<Operations['createConversation']>[0];
type Once = { abortSignal: AbortSignal };

export function teamsConversations({
  connect,
  tokens,
  app,
  timeoutMs,
  maxWaitMs,
  paceTime: time,
}: Needs): Conversations {
  const paced = createPacer({ maxWaitMs, time });
  const shared = paces.app();
  const kept = new Map<string, Pace>();

  const paceOf = (kind: 'writes' | 'members', conversation: string): Pace => {
    const key = `${kind} ${conversation}`;
    const own = kept.get(key) ?? paces[kind]();
    kept.set(key, own);
    // The conversation's own comes first: Teams asks one conversation to wait, never all of them.
    return together(own, shared);
  };

  const once = async <Result>(
    operation: string,
    serviceUrl: string,
    call: (operations: Operations, once: Once) => Promise<Result>,
  ): Promise<Result> => {
    try {
      // Had before the timeout begins: waiting for the token is not Teams' time.
      await tokens.of(channelIssuer);
      const { conversations } = await connect(serviceUrl);
      return await call(conversations, { abortSignal: AbortSignal.timeout(timeoutMs) });
    } catch (error) {
      if (refusalOf(error)?.status === 401) tokens.forget(channelIssuer);
      throw translateError(error, operation);
    }
  };

  /**
   * One after the other in a conversation, as they came: writes that meet there Teams refuses with 412. Other
   * conversations do not wait.
   */
  const write = <Result>(
    operation: string,
    { conversationId, serviceUrl }: Address,
    call: (operations: Operations, once: Once) => Promise<Result>,
  ): Promise<Result> => {
    const pace = paceOf('writes', conversationId);
    return paced({ method: operation, pace, lane: conversationId }, () => once(operation, serviceUrl, call));
  };

  /** The parameters of a new conversation. The SDK's type wants the names of its members too; Teams knows them. */
  const beginning = (parameters: object, place: object = {}) =>
    ({
      bot: { id: `28:${app.appId}` },
      tenantId: app.tenantId,
      channelData: { tenant: { id: app.tenantId }, ...place },
      ...parameters,
    }) as ConversationParameters;

  return {
    async send(to, content) {
      const { conversationId } = to;
      const activity = messageOf(content);
      const id = await write('send', to, async (operations, options) => {
        if (!isChannel(conversationId)) {
          return (await operations.sendToConversation(conversationId, activity, options)).id;
        }
        const thread = beginning({ isGroup: true, activity }, { channel: { id: conversationId } });
        return (await operations.createConversation(thread, options)).activityId;
      });
      return required(id, 'send');
    },

    reply: (to, content) =>
      write('reply', to, async (operations, options) => {
        const { id } = await operations.sendToConversation(conversationAt(to), messageOf(content), options);
        return required(id, 'reply');
      }),

    update: (at, content) =>
      write('update', at, (operations, options) =>
        operations
          .updateActivity(conversationAt(at), at.messageId, messageOf(content), options)
          .then(({ id }) => Boolean(required(id, 'update')), gone(false)),
      ),

    remove: (at) =>
      write('remove', at, (operations, options) =>
        operations
          .deleteActivity(conversationAt(at), at.messageId, options)
          .then(() => undefined, gone(undefined)),
      ),

    async member({ conversationId, serviceUrl }, id) {
      const pace = paceOf('members', conversationId);
      const answer = await paced({ method: 'member', pace, lane: null }, () =>
        once('member', serviceUrl, (operations, options) =>
          operations.getConversationMember(conversationId, id, options),
        ),
      );
      const member = memberAnswer.safeParse(answer);
      if (!member.success) throw nothingOf('member', 'id', member.error);
      const { id: memberId, email, userPrincipalName } = member.data;
      return { memberId, emails: emailsIn(email, userPrincipalName) };
    },

    async open(serviceUrl, userId) {
      // The conversation is not known yet: its pace is kept under the person's id.
      const pace = paceOf('writes', userId);
      const parameters = beginning({ isGroup: false, members: [{ id: userId }] });
      return paced({ method: 'open', pace, lane: null }, () =>
        once('open', serviceUrl, async (operations, options) => {
          try {
            const { id } = await operations.createConversation(parameters, options);
            return required(id, 'open');
          } catch (error) {
            const { status = 0, code = null } = refusalOf(error) ?? {};
            if ((status === 403 || status === 404) && code !== null && code !== wrongCloud) return null;
            throw error;
          }
        }),
      );
    },
  };
}

function messageOf({ card, summary }: Content): Partial<Activity> {
  return { type: 'message', summary, attachments: [{ contentType: cardType, content: card }] };
}

/** What is returned in place of the refusal that a message is not there. */
function gone<Value>(value: Value) {
  return (error: unknown): Value => {
    if (refusalOf(error)?.code === 'ActivityNotFoundInConversation') return value;
    throw error;
  };
}

function required(id: string | undefined, operation: string): string {
  if (!id) throw nothingOf(operation, 'id');
  return id;
}

/** An answer in which something is missing is none of Teams'; whether it was done, nobody knows. */
function nothingOf(operation: string, what: string, cause?: unknown): TemporaryFailure {
  return new TemporaryFailure(`Teams answered ${operation} without ${what}, expected one`, {
    outcome: 'unknown',
    cause,
  });
}
