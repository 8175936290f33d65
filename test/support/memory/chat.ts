import type { Bulletin } from '../../../src/domain/card/bulletin.ts';
import type { Card } from '../../../src/domain/card/card.ts';
import type { Platform } from '../../../src/domain/policy/policy.ts';
import { type Line, plain } from '../../../src/domain/words/line.ts';
import type { Reason } from '../../../src/domain/words/reason.ts';
import type {
  BulletinMark,
  CardMark,
  Chat,
  HomeTab,
  LineMark,
  Mentions,
  MessageRef,
  Reply,
} from '../../../src/flow/ports/chat.ts';
import { PermanentFailure } from '../../../src/flow/ports/failure.ts';
import { type Script, scripted } from './script.ts';

export type ThreadLine = { text: Line; mark: LineMark; notify: boolean; loud: boolean };

/** A card as it stands in a conversation, with its thread. */
export type Message = MessageRef & {
  card: Card;
  mark: CardMark;
  people: Mentions;
  lines: ThreadLine[];
};

type Sent = MessageRef & { bulletin: Bulletin; mark: BulletinMark };

export type MemoryChat = Chat & {
  /** Who has an account here, by email. */
  accounts: Map<string, string>;
  /** The messages in a person's direct conversation, oldest first. */
  messagesOf(email: string): Message[];
  /** The bulletins there, oldest first. */
  bulletinsOf(email: string): Bulletin[];
  /** Somebody deletes a message, or a retention rule does. */
  deleteMessage(message: MessageRef): void;
  /** Nobody can change the message any more; it stays where it is. */
  freezeMessage(message: MessageRef): void;
  /** The person's conversation with the bot is gone, with all that stood in it; they have another one. */
  moveConversation(email: string): void;
  /** Somebody's page, as it was published last. */
  pageOf(email: string): Reply | null;
  /** Another process publishes it meanwhile. */
  publishElsewhere(email: string): void;
  /** What goes wrong next. */
  script: Script<Chat>;
  /** The same with pages. */
  tab: Script<HomeTab>;
};

/** What chats differ in. Where nobody can search, as in Teams, what an attempt has sent is found by nobody. */
type Kind = { platform: Platform; absence: Reason; searchable: boolean };

/** A chat platform that keeps what was sent. Like the real ones it knows no idempotency: two posts are two messages. */
export function memoryChat(
  accounts: ReadonlyMap<string, string>,
  { platform, absence, searchable }: Kind,
): MemoryChat {
  const users = new Map(accounts);
  const messages: Message[] = [];
  const bulletins: Sent[] = [];
  const frozen = new Set<string>();
  const gone = new Set<string>();
  const conversationOf = (userId: string) => {
    let id = `dm-${userId}`;
    while (gone.has(id)) id += '-next';
    return id;
  };
  const mustBeThere = (conversationId: string) => {
    if (!gone.has(conversationId)) return;
    throw new PermanentFailure('no such conversation', { code: 'channel_not_found', conversationGone: true });
  };
  const find = ({ conversationId, messageId }: MessageRef) => {
    mustBeThere(conversationId);
    return messages.find((m) => m.conversationId === conversationId && m.messageId === messageId);
  };
  const lines = new Map<string, { message: Message; seq: number }>();
  let sent = 0;
  const pages = new Map<string, { page: Reply; hash: string }>();
  const tab = scripted<HomeTab>({
    publish: async (userId, page, _people, hash) => {
      const before = pages.get(userId);
      if (hash !== null && hash !== before?.hash) return 'overtaken';
      sent += 1;
      pages.set(userId, { page, hash: `hash-${sent}` });
      return { hash: `hash-${sent}` };
    },
  });
  const chat: Chat = {
    platform,
    absence,
    canLookBack: searchable,
    hearsChannels: searchable,
    home: tab.port,
    findAccount: async (email) => {
      const userId = users.get(email);
      return userId ? { userId, conversationId: conversationOf(userId), zone: null, locale: null } : null;
    },
    localeOf: async () => null,
    emailsOf: async (userId) => [...users].flatMap(([email, id]) => (id === userId ? [email] : [])),
    postCard: async (conversationId, card, mark, people) => {
      mustBeThere(conversationId);
      sent += 1;
      const messageId = `message-${sent}`;
      messages.push({ conversationId, messageId, card, mark, people, lines: [] });
      return messageId;
    },
    updateCard: async (ref, card, mark, people) => {
      const message = find(ref);
      if (!message) return 'gone';
      if (frozen.has(message.messageId)) return 'frozen';
      Object.assign(message, { card, mark, people });
      return 'changed';
    },
    tell: async (ref, text, mark, { notify, loud }) => {
      const message = find(ref);
      if (!message) throw new PermanentFailure('no such thread', { code: 'thread_not_found' });
      sent += 1;
      const messageId = `message-${sent}`;
      message.lines.push({ text, mark, notify, loud });
      lines.set(messageId, { message, seq: mark.seq });
      return messageId;
    },
    findCard: async (conversationId, handoffId) => {
      const ours = (m: Message) => m.conversationId === conversationId && m.mark.handoffId === handoffId;
      mustBeThere(conversationId);
      const found = searchable ? messages.findLast(ours) : undefined;
      return found ? { messageId: found.messageId, revision: found.mark.revision } : null;
    },
    toldLines: async (ref) =>
      [...lines].flatMap(([messageId, { message, seq }]) =>
        searchable && message === find(ref) ? [{ messageId, seq }] : [],
      ),
    postBulletin: async (conversationId, bulletin, mark) => {
      mustBeThere(conversationId);
      sent += 1;
      const messageId = `message-${sent}`;
      bulletins.push({ conversationId, messageId, bulletin, mark });
      return messageId;
    },
    updateBulletin: async ({ messageId }, bulletin) => {
      const found = bulletins.find((one) => one.messageId === messageId);
      if (!found) return 'gone';
      found.bulletin = bulletin;
      return 'changed';
    },
    findBulletin: async (conversationId, { bulletinId }) => {
      const isIt = (one: Sent) => one.conversationId === conversationId && one.mark.bulletinId === bulletinId;
      return (searchable && bulletins.find(isIt)?.messageId) || null;
    },
    replace: async (ref, words) => {
      const message = find(ref);
      if (message)
        message.card = {
          ...message.card,
          title: plain(words),
          body: [],
          actions: [],
          menu: [],
          more: null,
          history: [],
        };
    },
    remove: async (ref) => {
      const { messageId } = ref;
      const message = find(ref);
      if (message) messages.splice(messages.indexOf(message), 1);
      const line = lines.get(messageId);
      const place = line ? line.message.lines.findIndex(({ mark }) => mark.seq === line.seq) : -1;
      if (line && place >= 0) line.message.lines.splice(place, 1);
      const sentAt = bulletins.findIndex((one) => one.messageId === messageId);
      if (sentAt >= 0) bulletins.splice(sentAt, 1);
    },
  };

  const { port, script } = scripted(chat);
  return {
    ...port,
    accounts: users,
    pageOf: (email) => pages.get(users.get(email) ?? '')?.page ?? null,
    tab: tab.script,
    publishElsewhere: (email) => {
      const shown = pages.get(users.get(email) ?? '');
      if (shown) shown.hash = 'of another process';
    },
    messagesOf: (email) =>
      messages.filter((m) => m.conversationId === conversationOf(users.get(email) ?? '')),
    bulletinsOf: (email) =>
      bulletins
        .filter((one) => one.conversationId === conversationOf(users.get(email) ?? ''))
        .map(({ bulletin }) => bulletin),
    deleteMessage: (ref) => {
      const message = find(ref);
      if (message) messages.splice(messages.indexOf(message), 1);
    },
    freezeMessage: ({ messageId }) => void frozen.add(messageId),
    moveConversation: (email) => void gone.add(conversationOf(users.get(email) ?? '')),
    script,
  };
}
