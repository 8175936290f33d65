import type { Card } from '../../domain/card/card.ts';
import type { CardMark, Chat, ChatAccount, Install, Installs, MessageRef } from '../../flow/ports/chat.ts';
import { PermanentFailure } from '../../flow/ports/failure.ts';
import type { Clock } from '../../flow/ports/time.ts';
import { type Log, traceOf } from '../log.ts';
import { teamsBulletin } from './bulletin.ts';
import { teamsCard, teamsChannelCard, teamsLine, teamsSummary } from './card.ts';
import { isChannel } from './channel.ts';
import type { TeamsConnection } from './connect.ts';
import type { Address, Content } from './conversations.ts';

/** So many failures one after the other mean that Teams itself does not answer. */
const silentAtMost = 3;

export type TeamsChatOptions = { installs: Installs; clock: Clock; log: Log };

type Place = Pick<Install, 'userId' | 'conversationId'>;

/** How long Teams is believed whose an email is: until it may have passed to somebody else. */
const emailsFreshMs = 24 * 60 * 60_000;

/**
 * Teams as a chat. People can be written to where they, or an administrator for them, have added the app; who they are
 * is asked of Teams once a day at most, and of Microsoft Graph where that is allowed.
 */
export function teamsChat(connection: TeamsConnection, { installs, clock, log }: TeamsChatOptions): Chat {
  const { conversations, defaultServiceUrl, graph } = connection;

  /** A channel is reached through the server that serves all regions: nobody tells the one of its team. */
  const addressOf = async (conversationId: string): Promise<Address> => {
    const install = await installs.byConversation(conversationId);
    return { conversationId, serviceUrl: install?.serviceUrl ?? defaultServiceUrl };
  };

  const messageAt = async ({ conversationId, messageId }: MessageRef) => ({
    ...(await addressOf(conversationId)),
    messageId,
  });

  /** @returns null when Teams does not tell: the person is gone, or has blocked the app */
  const learnEmails = async (install: Install): Promise<readonly string[] | null> => {
    try {
      const { emails } = await conversations.member(install, install.memberId);
      await installs.save({ ...install, emails }, clock());
      return emails;
    } catch (error) {
      if (error instanceof PermanentFailure) return null;
      throw error;
    }
  };

  const freshSince = () => new Date(clock().getTime() - emailsFreshMs);
  const isFresh = ({ emailsAt }: Install) => emailsAt !== null && emailsAt >= freshSince();

  /** Whoever had the email when Teams was asked; whether they still have it, if that was long ago. */
  const findAmongKnown = async (email: string): Promise<Install | null> => {
    const install = await installs.byEmail(email);
    if (!install || isFresh(install)) return install;
    return (await learnEmails(install))?.includes(email) ? install : null;
  };

  /** Asks Teams about everybody of whom it has told nothing, or nothing lately, until one of them is the person. */
  const findAmongOthers = async (email: string): Promise<Install | null> => {
    let silent = 0;
    for (const install of await installs.toAskAgain(freshSince())) {
      try {
        if ((await learnEmails(install))?.includes(email)) return install;
      } catch (error) {
        // One stranger who cannot be asked about must not keep the others from their cards.
        log.warn({ platform: 'teams', ...traceOf(error) }, 'Teams did not tell who somebody is');
        silent += 1;
        // Several in a row is no stranger's trouble: Teams is away, and nobody can be called absent.
        if (silent === silentAtMost) throw error;
        continue;
      }
      silent = 0;
    }
    return null;
  };

  /** By the directory, which knows people before they have written a word. */
  const findInGraph = async (email: string): Promise<Place | null> => {
    const user = await graph?.byEmail(email);
    if (!user) return null;
    const { id: userId, emails } = user;
    const known = await installs.byUser(userId);
    const install = known ?? (await open(userId));
    if (install) await installs.save({ ...install, emails: [...new Set([...emails, email])] }, clock());
    return install;
  };

  /** Opens the conversation with somebody for whom the app was added without a word to us. */
  const open = async (userId: string): Promise<Omit<Install, 'emailsAt'> | null> => {
    const conversationId = await conversations.open(defaultServiceUrl, userId);
    if (!conversationId) return null;
    const address = { conversationId, serviceUrl: defaultServiceUrl };
    const { memberId, emails } = await conversations.member(address, userId);
    return { userId, memberId, ...address, emails };
  };

  return {
    platform: 'teams',
    absence: 'has not installed the app in Teams',
    canLookBack: false,

    async findAccount(address) {
      const email = address.toLowerCase();
      const install =
        (await findAmongKnown(email)) ?? (await findAmongOthers(email)) ?? (await findInGraph(email));
      return install && accountOf(install);
    },

    async emailsOf(userId) {
      const install = await installs.byUser(userId);
      if (install && isFresh(install)) return install.emails;
      const learned = install && (await learnEmails(install));
      if (learned && learned.length > 0) return learned;
      return (await graph?.byId(userId))?.emails ?? [];
    },

    async postCard(conversationId, card, mark) {
      return conversations.send(await addressOf(conversationId), cardIn(conversationId, card, mark));
    },

    async updateCard(message, card, mark) {
      return conversations.update(await messageAt(message), cardIn(message.conversationId, card, mark));
    },

    // A message of its own lies in the conversation itself, so none can be louder than another.
    async tell(message, line, _mark, { notify, about }) {
      if (!notify) return null;
      const content: Content = { card: teamsLine(line, about), summary: teamsSummary(about, line) };
      return conversations.reply(await messageAt(message), content);
    },

    async postBulletin(conversationId, bulletin, mark) {
      const { title, text } = bulletin;
      const content = { card: teamsBulletin(bulletin, mark), summary: teamsSummary(title, text) };
      return conversations.send(await addressOf(conversationId), content);
    },

    // Teams lets no bot read what stands in a conversation. A card whose sending had an unknown end is found when its
    // reader looks at it, as it then asks for its present state; in a channel, where no card asks, it stays.
    findCard: async () => null,
    toldLines: async () => [],
    findBulletin: async () => null,

    async replace(message, words) {
      const content = { card: teamsLine(words, null), summary: teamsSummary(null, words) };
      await conversations.update(await messageAt(message), content);
    },

    async remove(message) {
      await conversations.remove(await messageAt(message));
    },
  };
}

function cardIn(conversationId: string, card: Card, mark: CardMark): Content {
  const draw = isChannel(conversationId) ? teamsChannelCard : teamsCard;
  return { card: draw(card, mark), summary: teamsSummary(card.title, card.status) };
}

/** Teams tells nobody's time zone, and needs none: its clients write times in their reader's own. */
function accountOf({ userId, conversationId }: Place): ChatAccount {
  return { userId, conversationId, zone: null };
}
