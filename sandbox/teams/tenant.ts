import { createHash, randomUUID } from 'node:crypto';
import type { AdaptiveCardJson } from './adaptive-card.ts';

export type TeamsUser = {
  /** The Entra object id. */
  readonly id: string;
  /** The id that this bot knows the person by, `29:…`. */
  readonly memberId: string;
  readonly email: string;
  readonly userPrincipalName: string;
  /** Other addresses of the mailbox, which only the directory knows. */
  readonly aliases: readonly string[];
  readonly name: string;
  /** An IANA time zone. */
  readonly zone: string;
  /** The language of their client. */
  locale: string;
  /** Not of the directory: activities tell no Entra object id. */
  readonly isGuest: boolean;
  /** Whether the person can sign in. */
  isEnabled: boolean;
};

export type TeamsMessage = {
  readonly id: string;
  readonly from: 'person' | 'bot';
  readonly at: Date;
  text: string;
  summary: string | null;
  card: AdaptiveCardJson | null;
  /** What the person sees: the card that answered their last action, until the message is updated. */
  shown: AdaptiveCardJson | null;
  edited: boolean;
};

export type NewUser = {
  email: string;
  name: string;
  /** The name to sign in with; the email unless given. */
  userPrincipalName?: string;
  aliases?: readonly string[];
  isGuest?: boolean;
  /** An IANA time zone; UTC unless given. */
  zone?: string;
  /** The language of their client; en-US unless given. */
  locale?: string;
  /** An Entra object id; a random one unless given. */
  id?: string;
};

/** What a message says. A card stands in a message of its own. */
export type Content = {
  readonly text: string;
  readonly summary: string | null;
  readonly card: AdaptiveCardJson | null;
};

/** Never: the app has not been there. Without the app nobody can write, neither the bot nor anybody to it. */
export type AppState = 'never' | 'installed' | 'removed';

/** Where messages follow each other. */
export type Place = {
  readonly id: string;
  readonly app: AppState;
  readonly messages: TeamsMessage[];
};

/** The personal conversation of somebody with the bot. */
export type Conversation = Place & {
  readonly user: TeamsUser;
  app: AppState;
};

export type NewChannel = {
  /** `19:…@thread.tacv2`. */
  id: string;
  name: string;
  /** Whether the app is in its team; it is unless told otherwise. */
  app?: boolean;
};

/** The channel that every team begins with, which has the id of the team: each channel here has a team of its own. */
export type Channel = {
  readonly id: string;
  readonly name: string;
  app: AppState;
  /** A post and the replies to it, each. */
  readonly threads: Place[];
};

/** The ids of channels, in old teams the second form. */
export function isChannelId(id: string): boolean {
  return /^19:[^@\s]+@thread\.(tacv2|skype)$/.test(id);
}

/** The ids of chats of several people. */
function isGroupId(id: string): boolean {
  return /^19:[^@\s]+@thread\.v2$/.test(id);
}

/** The people of one Microsoft 365 tenant, their conversations with the bot, and channels. */
export type Tenant = ReturnType<typeof createTenant>;

/**
 * @param ids who the tenant and the app are
 * @param now the sandbox's clock; it may be moved, yet message ids keep ascending
 * @param changed called after every change that a person would see
 */
export function createTenant(ids: { appId: string; tenantId: string }, now: () => Date, changed: () => void) {
  const conversations: Conversation[] = [];
  const channels: Channel[] = [];
  const groups: Place[] = [];
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

  const findChannel = (id: string): Channel | null => channels.find((channel) => channel.id === id) ?? null;

  const newMessage = (from: TeamsMessage['from'], content: Content): TeamsMessage => ({
    id: nextMessageId(),
    from,
    at: now(),
    ...content,
    shown: content.card,
    edited: false,
  });

  const findGroup = (id: string): Place | null => groups.find((group) => group.id === id) ?? null;

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
    findChannel,
    findGroup,
    findThread: (id: string): Place | null =>
      channels.flatMap(({ threads }) => threads).find((thread) => thread.id === id) ?? null,

    /** As `findChannel`, for whoever drives the sandbox. */
    channelWith(id: string): Channel {
      const found = findChannel(id);
      if (found === null) throw new Error(`No Teams channel "${id}": expected the id of one that was added`);
      return found;
    },

    addUser({
      email,
      name,
      zone = 'UTC',
      locale = 'en-US',
      id = randomUUID(),
      userPrincipalName = email,
      aliases = [],
      isGuest = false,
    }: NewUser): TeamsUser {
      const taken = findConversationWith(email) ?? findConversationWith(id);
      if (taken !== null)
        throw new Error(`Teams user "${email}" (${id}) exists: expected a new email and id`);
      const memberId = opaque('29:', 'member', id);
      const names = { email, userPrincipalName, aliases, name };
      const user = { id: id.toLowerCase(), memberId, ...names, zone, locale, isGuest, isEnabled: true };
      conversations.push({ id: opaque('a:', 'conversation', id), user, app: 'never', messages: [] });
      changed();
      return user;
    },

    loseConversation(who: string): void {
      const lost = conversationWith(who);
      const { user, app } = lost;
      const id = opaque('a:', `conversation after ${lost.id}`, user.id);
      conversations.splice(conversations.indexOf(lost), 1, { id, user, app, messages: [] });
      changed();
    },

    /** The directory lets them sign in no more; their conversation is still there. */
    block(who: string): void {
      conversationWith(who).user.isEnabled = false;
    },

    deactivate(who: string): void {
      const conversation = conversationWith(who);
      conversation.user.isEnabled = false;
      conversation.app = 'removed';
      changed();
    },

    addChannel({ id, name, app = true }: NewChannel): void {
      if (!isChannelId(id)) throw new Error(`Teams channel "${id}": expected "19:…@thread.tacv2"`);
      if (findChannel(id) !== null) throw new Error(`Teams channel "${id}" exists: expected a new id`);
      channels.push({ id, name, app: app ? 'installed' : 'never', threads: [] });
      changed();
    },

    /** As `findGroup`, for whoever drives the sandbox. */
    groupWith(id: string): Place {
      const found = findGroup(id);
      if (found === null) throw new Error(`No group chat "${id}": expected the id of one that was added`);
      return found;
    },

    addGroup(id: string): void {
      if (!isGroupId(id) || findGroup(id) !== null) {
        throw new Error(`Group chat "${id}": expected a new "19:…@thread.v2"`);
      }
      groups.push({ id, app: 'installed', messages: [] });
      changed();
    },

    /** Posts in a channel: the conversation below the post goes by the id of both. */
    startThread(channel: Channel, from: TeamsMessage['from'], content: Content): Place {
      const post = newMessage(from, content);
      const thread: Place = {
        id: `${channel.id};messageid=${post.id}`,
        get app() {
          return channel.app;
        },
        messages: [post],
      };
      channel.threads.push(thread);
      changed();
      return thread;
    },

    post(place: Place, from: TeamsMessage['from'], content: Content): TeamsMessage {
      const message = newMessage(from, content);
      place.messages.push(message);
      changed();
      return message;
    },

    edit(message: TeamsMessage, content: Content): void {
      Object.assign(message, content, { shown: content.card, edited: true });
      changed();
    },

    remove({ messages }: Place, message: TeamsMessage): void {
      messages.splice(messages.indexOf(message), 1);
      changed();
    },

    show(message: TeamsMessage, card: AdaptiveCardJson): void {
      message.shown = card;
      changed();
    },

    setApp(place: Conversation | Channel, app: AppState): void {
      place.app = app;
      changed();
    },
  };
}
