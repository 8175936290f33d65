import { createHash, randomUUID } from 'node:crypto';
import type { AdaptiveCardJson } from './adaptive-card.ts';

export interface TeamsUser {
  /** The Entra object id. */
  readonly id: string;
  /** The id that this bot knows the person by, `29:…`. */
  readonly memberId: string;
  readonly email: string;
  readonly userPrincipalName: string;
  readonly name: string;
  /** An IANA time zone. */
  readonly zone: string;
}

export interface TeamsMessage {
  readonly id: string;
  readonly from: 'person' | 'bot';
  readonly at: Date;
  text: string;
  summary: string | null;
  card: AdaptiveCardJson | null;
  /** What the person sees: the card that answered their last action, until the message is updated. */
  shown: AdaptiveCardJson | null;
  edited: boolean;
}

export interface NewUser {
  email: string;
  name: string;
  /** The name to sign in with; the email unless given. */
  userPrincipalName?: string;
  /** An IANA time zone; UTC unless given. */
  zone?: string;
  /** An Entra object id; a random one unless given. */
  id?: string;
}

/** What a message says. A card stands in a message of its own. */
export interface Content {
  readonly text: string;
  readonly summary: string | null;
  readonly card: AdaptiveCardJson | null;
}

export interface Conversation {
  readonly id: string;
  readonly user: TeamsUser;
  /** Never: the app has not been there. Without the app nobody can write, neither the bot nor the person. */
  app: 'never' | 'installed' | 'removed';
  readonly messages: TeamsMessage[];
}

/** The people of one Microsoft 365 tenant and their conversations with the bot. */
export type Tenant = ReturnType<typeof createTenant>;

/**
 * @param ids who the tenant and the app are
 * @param now the sandbox's clock; it may be moved, yet message ids keep ascending
 * @param changed called after every change that a person would see
 */
export function createTenant(ids: { appId: string; tenantId: string }, now: () => Date, changed: () => void) {
  const conversations: Conversation[] = [];
  let lastMessageId = 0;

  /** Stable, opaque, and different for every bot, as Teams' own are. */
  const opaque = (prefix: string, kind: string, userId: string): string =>
    `${prefix}1${createHash('sha512').update(`${kind} ${ids.appId} ${userId}`).digest('base64url')}`;

  /** Milliseconds since 1970: unique in the tenant. */
  function nextMessageId(): string {
    lastMessageId = Math.max(now().getTime(), lastMessageId + 1);
    return String(lastMessageId);
  }

  function findConversationWith(person: string): Conversation | null {
    const wanted = person.toLowerCase();
    const found = conversations.find(
      ({ user }) => user.id === wanted || user.memberId === person || user.email.toLowerCase() === wanted,
    );
    return found ?? null;
  }

  /** As `findConversationWith`, for whoever drives the sandbox: there an unknown person is a mistake. */
  function conversationWith(idOrEmail: string): Conversation {
    const found = findConversationWith(idOrEmail);
    if (found === null) {
      throw new Error(`No Teams user "${idOrEmail}": expected an id or email that was added`);
    }
    return found;
  }

  return {
    ...ids,
    botId: `28:${ids.appId}`,
    botName: 'Lead handoff',
    now,
    nextMessageId,
    findConversationWith,
    conversationWith,
    conversations: (): readonly Conversation[] => conversations,
    findConversation: (id: string): Conversation | null =>
      conversations.find((conversation) => conversation.id === id) ?? null,

    addUser({ email, name, zone = 'UTC', id = randomUUID(), userPrincipalName = email }: NewUser): TeamsUser {
      const taken = findConversationWith(email) ?? findConversationWith(id);
      if (taken !== null)
        throw new Error(`Teams user "${email}" (${id}) exists: expected a new email and id`);
      const memberId = opaque('29:', 'member', id);
      const user = { id: id.toLowerCase(), memberId, email, userPrincipalName, name, zone };
      conversations.push({ id: opaque('a:', 'conversation', id), user, app: 'never', messages: [] });
      changed();
      return user;
    },

    post(conversation: Conversation, from: TeamsMessage['from'], content: Content): TeamsMessage {
      const id = nextMessageId();
      const message = { id, from, at: now(), ...content, shown: content.card, edited: false };
      conversation.messages.push(message);
      changed();
      return message;
    },

    edit(message: TeamsMessage, content: Content): void {
      Object.assign(message, content, { shown: content.card, edited: true });
      changed();
    },

    remove(conversation: Conversation, message: TeamsMessage): void {
      conversation.messages.splice(conversation.messages.indexOf(message), 1);
      changed();
    },

    show(message: TeamsMessage, card: AdaptiveCardJson): void {
      message.shown = card;
      changed();
    },

    setApp(conversation: Conversation, app: Conversation['app']): void {
      conversation.app = app;
      changed();
    },
  };
}
