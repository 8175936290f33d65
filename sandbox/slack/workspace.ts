import type { Block, Metadata } from './wire.ts';

export type SlackUser = {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly tz: string;
  readonly locale: string;
  readonly deleted: boolean;
  /** Their home workspace: this one, another of the grid, or, of whoever shares a channel, that of another company. */
  readonly teamId: string;
  /** In a grid: whose, and its workspaces in which they are. */
  readonly enterprise: { readonly id: string; readonly teams: readonly string[] } | null;
  /** Slack says no also of people who log in through SSO (getsentry/eng-pipes, pull request 142). */
  readonly emailConfirmed: boolean;
  /** Not joined yet. */
  readonly invited: boolean;
  readonly kind: 'member' | 'guest' | 'singleChannelGuest' | 'bot' | 'workflow';
  /** Of another company, and in no channel that is shared with it. */
  readonly isStranger: boolean;
  readonly status: { readonly text: string; readonly emoji: string; readonly expiresAt: Date | null };
  /** The next do-not-disturb window, or null when it is off. */
  readonly doNotDisturb: { readonly start: Date; readonly end: Date } | null;
};

export type SlackMessage = {
  readonly ts: string;
  readonly channel: string;
  /** The author: a person, or the bot's own user. */
  readonly user: string;
  text: string;
  blocks: Block[];
  metadata: Metadata | null;
  edited: { user: string; ts: string } | null;
  /** The `ts` of the message that this one replies to. */
  readonly threadTs: string | null;
  readonly reply_broadcast: boolean;
  readonly replies: SlackMessage[];
};

/** A message that only one person sees, and that no method of the Web API can read back. */
export type EphemeralMessage = {
  readonly ts: string;
  readonly channel: string;
  text: string;
  blocks: Block[];
};

export type NewUser = {
  email: string;
  name: string;
  tz: string;
  /** The language in which they use Slack; en-US unless given. */
  locale?: string;
  id?: string;
} & Partial<
  Pick<SlackUser, 'deleted' | 'teamId' | 'enterprise' | 'emailConfirmed' | 'invited' | 'kind' | 'isStranger'>
>;

export type NewChannel = {
  id: string;
  name: string;
  isPrivate?: boolean;
  isArchived?: boolean;
  /** With another company, through Slack Connect; or invited to be. */
  isShared?: boolean;
  isAboutToBeShared?: boolean;
  /** Ids or email addresses of the people in it. */
  members?: readonly string[];
  /** Whether somebody has invited the bot. */
  hasBot?: boolean;
};

export type Draft = {
  user: string;
  text: string;
  blocks: Block[];
  metadata: Metadata | null;
  threadTs: string | null;
  replyBroadcast: boolean;
};

/** The people of one workspace, their conversations with the bot, and the names of things. */
export type Workspace = ReturnType<typeof createWorkspace>;

/**
 * @param ids who the workspace and the app are
 * @param now the sandbox's clock; it may be moved, yet timestamps keep ascending
 * @param changed called after every change that a person would see
 */
export function createWorkspace(
  ids: {
    teamId: string;
    enterpriseId: string | null;
    /** The app is installed in the whole grid. */
    isOrgWide: boolean;
    appId: string;
    botUserId: string;
    botId: string;
  },
  now: () => Date,
  changed: () => void,
) {
  const users = new Map<string, SlackUser>();
  const conversations = new Map<string, Conversation>();
  const ephemerals = new Map<string, EphemeralMessage[]>();
  let lastMicroseconds = 0;
  let serial = 0;

  /** A Slack timestamp: unique in the workspace, since the app uses it as the message's id. */
  function nextTs(): string {
    lastMicroseconds = Math.max(now().getTime() * 1000, lastMicroseconds + 1);
    const seconds = Math.floor(lastMicroseconds / 1_000_000);
    return `${seconds}.${String(lastMicroseconds % 1_000_000).padStart(6, '0')}`;
  }

  function nextId(prefix: string): string {
    serial += 1;
    return `${prefix}0${serial.toString(36).toUpperCase().padStart(9, '0')}`;
  }

  /** The person with this id or email address. */
  function findUser(idOrEmail: string): SlackUser | null {
    const byId = users.get(idOrEmail);
    if (byId !== undefined) return byId;
    const email = idOrEmail.toLowerCase();
    return [...users.values()].find((user) => user.email.toLowerCase() === email) ?? null;
  }

  /** As `findUser`, for whoever drives the sandbox: there an unknown person is a mistake. */
  function user(idOrEmail: string): SlackUser {
    const found = findUser(idOrEmail);
    if (found === null)
      throw new Error(`No Slack user "${idOrEmail}": expected an id or email that was added`);
    return found;
  }

  /** Every conversation in which somebody is. */
  function conversationsOf(userId: string): Conversation[] {
    return [...conversations.values()].filter(({ members }) => members.includes(userId));
  }

  function conversationWith(userId: string): Conversation | null {
    return conversationsOf(userId).find(({ channel }) => channel === null) ?? null;
  }

  /** The bot's direct conversation with a person, opened when it is not yet. */
  function openConversation(userId: string): Conversation {
    const open = conversationWith(userId);
    if (open !== null) return open;
    const members = [userId, ids.botUserId];
    const opened = { id: nextId('D'), members, channel: null, messages: [], byTs: new Map() };
    conversations.set(opened.id, opened);
    return opened;
  }

  /** Takes the bot's conversation with a person away, with all that stood in it: the next one has another id. */
  function dropConversation(userId: string): void {
    const open = conversationWith(userId);
    if (open !== null) conversations.delete(open.id);
    changed();
  }

  /** Makes a channel, or gives the one with this id other settings; its messages stay. */
  function setChannel({
    id,
    name,
    isPrivate = false,
    isArchived = false,
    isShared = false,
    isAboutToBeShared = false,
    members: people = [],
    hasBot = false,
  }: NewChannel): void {
    const members = [...people.map((who) => user(who).id), ...(hasBot ? [ids.botUserId] : [])];
    const channel = { name, isPrivate, isArchived, isShared, isAboutToBeShared };
    const { messages, byTs } = conversations.get(id) ?? { messages: [], byTs: new Map() };
    conversations.set(id, { id, members, channel, messages, byTs });
    changed();
  }

  function post(conversation: Conversation, draft: Draft): SlackMessage {
    const named = draft.threadTs === null ? undefined : conversation.byTs.get(draft.threadTs);
    const parent =
      named === undefined ? undefined : (conversation.byTs.get(named.threadTs ?? named.ts) ?? named);
    const message: SlackMessage = {
      ts: nextTs(),
      channel: conversation.id,
      user: draft.user,
      text: draft.text,
      blocks: draft.blocks,
      metadata: draft.metadata,
      edited: null,
      // Slack does not refuse a reply whose parent is gone: it posts it to the conversation.
      threadTs: parent?.ts ?? null,
      reply_broadcast: parent !== undefined && draft.replyBroadcast,
      replies: [],
    };
    (parent?.replies ?? conversation.messages).push(message);
    conversation.byTs.set(message.ts, message);
    changed();
    return message;
  }

  function remove(conversation: Conversation, message: SlackMessage): void {
    const parent = message.threadTs === null ? undefined : conversation.byTs.get(message.threadTs);
    const siblings = parent?.replies ?? conversation.messages;
    siblings.splice(siblings.indexOf(message), 1);
    conversation.byTs.delete(message.ts);
    changed();
  }

  return {
    ...ids,
    domain: 'sandbox',
    now,
    changed,
    nextTs,
    nextId,
    findUser,
    user,
    users: (): SlackUser[] => [...users.values()],
    findConversation: (id: string): Conversation | null => conversations.get(id) ?? null,
    conversationsOf,
    conversationWith,
    openConversation,
    dropConversation,
    setChannel,
    post,
    remove,

    addUser({ id = nextId('U'), ...person }: NewUser): SlackUser {
      const added: SlackUser = {
        id,
        locale: 'en-US',
        deleted: false,
        teamId: ids.teamId,
        enterprise: ids.enterpriseId === null ? null : { id: ids.enterpriseId, teams: [ids.teamId] },
        emailConfirmed: true,
        invited: false,
        kind: 'member',
        isStranger: false,
        status: { text: '', emoji: '', expiresAt: null },
        doNotDisturb: null,
        ...person,
      };
      users.set(id, added);
      changed();
      return added;
    },

    changeUser(idOrEmail: string, changes: Partial<Omit<SlackUser, 'id'>>): SlackUser {
      const next = { ...user(idOrEmail), ...changes };
      users.set(next.id, next);
      changed();
      return next;
    },

    showEphemeral(userId: string, message: Omit<EphemeralMessage, 'ts'>): EphemeralMessage {
      const shown = { ts: nextTs(), ...message };
      ephemerals.set(userId, [...(ephemerals.get(userId) ?? []), shown]);
      changed();
      return shown;
    },

    ephemerals: (userId: string): EphemeralMessage[] => ephemerals.get(userId) ?? [],

    dismissEphemeral(userId: string, ts: string): void {
      const kept = (ephemerals.get(userId) ?? []).filter((message) => message.ts !== ts);
      ephemerals.set(userId, kept);
      changed();
    },
  };
}

export type Conversation = {
  readonly id: string;
  /** Ids of who is in it; the bot's own user is not in a channel to which nobody has invited it. */
  readonly members: readonly string[];
  /** Null for a direct conversation. */
  readonly channel: {
    readonly name: string;
    readonly isPrivate: boolean;
    readonly isArchived: boolean;
    readonly isShared: boolean;
    readonly isAboutToBeShared: boolean;
  } | null;
  /** Top-level messages, oldest first. */
  readonly messages: SlackMessage[];
  /** Every message, replies included. */
  readonly byTs: Map<string, SlackMessage>;
};

/** What stands in a conversation itself, oldest first; a reply only when it was broadcast. */
export function standingIn({ messages }: Conversation): SlackMessage[] {
  const broadcast = messages.flatMap(({ replies }) => replies.filter((reply) => reply.reply_broadcast));
  return [...messages, ...broadcast].sort((one, other) => Number(one.ts) - Number(other.ts));
}
