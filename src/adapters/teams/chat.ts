import type { Bulletin } from '../../domain/card/bulletin.ts';
import type { Card } from '../../domain/card/card.ts';
import type { BulletinMark, CardMark, Chat, ChatAccount, Install, Installs } from '../../flow/ports/chat.ts';
import { PermanentFailure } from '../../flow/ports/failure.ts';
import type { Clock } from '../../flow/ports/time.ts';
import { type Log, traceOf } from '../log.ts';
import { teamsBulletin } from './bulletin.ts';
import { button, verbs } from './button.ts';
import { cardSummary, teamsCard, teamsChannelCard, teamsLine, teamsSummary } from './card.ts';
import { isChannel } from './channel.ts';
import type { TeamsConnection } from './connect.ts';
import type { Address, Content } from './conversations.ts';

/** Of so many people Teams is asked in vain for one lead, however many have the app; the next lead asks of the next. */
const askedAtMost = 5;

/** So many failures one after the other mean that Teams itself does not answer. */
const silentAtMost = 3;

export type TeamsChatOptions = {
  installs: Installs;
  /** The zone in which somebody works, by their account: until their client has told one. */
  workZone(userId: string): Promise<string | null>;
  clock: Clock;
  log: Log;
};

type Place = Pick<Install, 'userId' | 'conversationId' | 'locale'>;

/** How long Teams is believed whose an email is: until it may have passed to somebody else. */
const emailsFreshMs = 24 * 60 * 60_000;

/**
 * Teams as a chat. People can be written to where they, or an administrator for them, have added the app; who they are
 * Teams tells of one at a time, once a day at most, and Microsoft Graph at once where it may be asked.
 */
export function teamsChat(
  connection: TeamsConnection,
  { installs, workZone, clock, log }: TeamsChatOptions,
): Chat {
  const { conversations, defaultServiceUrl, graph } = connection;

  /** A channel is reached through the server that serves all regions: nobody tells the one of its team. */
  const addressOf = async (conversationId: string): Promise<Address> => {
    const install = await installs.byConversation(conversationId);
    if (!install) return { conversationId, serviceUrl: defaultServiceUrl, zone: null };
    const { serviceUrl, userId } = install;
    return { conversationId, serviceUrl, zone: install.zone ?? (await workZone(userId)) };
  };

  /** @returns null when Teams does not tell: the person is gone, or has blocked the app */
  const learnEmails = async (install: Install): Promise<readonly string[] | null> => {
    try {
      const member = await conversations.member(install, install.memberId);
      // Teams tells two of their addresses, the directory all, and whether the account is blocked.
      const emails = (await graph?.byId(install.userId))?.emails ?? member.emails;
      await installs.save({ ...install, emails }, clock());
      return emails;
    } catch (error) {
      if (isGone(error)) return (await openAnew(install))?.emails ?? null;
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

  /** Asks Teams about some of whom it has told nothing, or nothing lately, until one of them is the person. */
  const findAmongOthers = async (email: string): Promise<Install | null> => {
    let silent = 0;
    for (const install of await installs.toAskAgain(freshSince(), askedAtMost)) {
      await installs.noteAsked(install.userId, clock());
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
    const install = known ?? (await open(userId, defaultServiceUrl));
    if (install) await installs.save({ ...install, emails: [...new Set([...emails, email])] }, clock());
    return install;
  };

  /** Opens the conversation with somebody for whom the app was added without a word to us. */
  const open = async (userId: string, serviceUrl: string): Promise<Omit<Install, 'emailsAt'> | null> => {
    const conversationId = await conversations.open(serviceUrl, userId);
    if (!conversationId) return null;
    const address = { conversationId, serviceUrl, zone: null };
    const { memberId, emails } = await conversations.member(address, userId);
    return { userId, memberId, ...address, emails };
  };

  /** Whoever cannot be reached where they were is remembered where they are, or no longer. */
  const openAnew = async ({ userId, serviceUrl }: Install): Promise<Omit<Install, 'emailsAt'> | null> => {
    const opened = await open(userId, serviceUrl).catch((error: unknown) => {
      if (error instanceof PermanentFailure) return null;
      throw error;
    });
    if (opened) await installs.save(opened, clock());
    else await installs.remove(userId);
    return opened;
  };

  /** Writes to somebody; a conversation that is gone is forgotten, so that they are looked for anew. */
  const writing = async <Result>(
    conversationId: string,
    write: (address: Address) => Promise<Result>,
  ): Promise<Result> => {
    try {
      return await write(await addressOf(conversationId));
    } catch (error) {
      const install = isGone(error) ? await installs.byConversation(conversationId) : null;
      if (install) await openAnew(install);
      throw error;
    }
  };

  return {
    platform: 'teams',
    absence: { kind: 'notInstalledIn', chat: 'Teams' },
    canLookBack: false,
    hearsChannels: false,
    // A personal tab would be a page of the web, with a door and a login of its own.
    home: null,

    async findAccount(address) {
      const email = address.toLowerCase();
      const install =
        (await findAmongKnown(email)) ?? (await findInGraph(email)) ?? (await findAmongOthers(email));
      return install && accountOf(install);
    },

    localeOf: async (userId) => (await installs.byUser(userId))?.locale ?? null,

    async emailsOf(userId) {
      const install = await installs.byUser(userId);
      if (install && isFresh(install)) return install.emails;
      const learned = install && (await learnEmails(install));
      if (learned && learned.length > 0) return learned;
      return (await graph?.byId(userId))?.emails ?? [];
    },

    postCard: (conversationId, card, mark) =>
      writing(conversationId, (to) => conversations.send(to, cardAt(to, card, mark))),

    async updateCard({ conversationId, messageId }, card, mark) {
      const update = (at: Address) => conversations.update({ ...at, messageId }, cardAt(at, card, mark));
      return (await writing(conversationId, update)) ? 'changed' : 'gone';
    },

    // A message of its own lies in the conversation itself, so none can be louder than another.
    async tell({ conversationId, messageId }, line, { handoffId, seq }, { notify, about, show }) {
      if (!notify) return null;
      return writing(conversationId, (to) => {
        const summary = teamsSummary(about, line, to.zone);
        const data = { handoff: handoffId, bulletin: `${handoffId} ${seq}` };
        const card = teamsLine(line, about, to.zone, [button(show, verbs.command('show'), data)]);
        return conversations.reply({ ...to, messageId }, { card, summary });
      });
    },

    postBulletin(conversationId, bulletin, mark) {
      return writing(conversationId, (to) => conversations.send(to, bulletinAt(to, bulletin, mark)));
    },

    async updateBulletin({ conversationId, messageId }, bulletin, mark) {
      const update = (at: Address) =>
        conversations.update({ ...at, messageId }, bulletinAt(at, bulletin, mark));
      return (await writing(conversationId, update)) ? 'changed' : 'gone';
    },

    // Teams lets no bot read what stands in a conversation. A card whose sending had an unknown end is found when its
    // reader looks at it, as it then asks for its present state; in a channel, where no card asks, it stays.
    findCard: async () => null,
    toldLines: async () => [],
    findBulletin: async () => null,

    async replace({ conversationId, messageId }, words) {
      const summary = teamsSummary(null, words);
      await writing(conversationId, (at) =>
        conversations.update({ ...at, messageId }, { card: teamsLine(words, null, at.zone), summary }),
      );
    },

    async remove({ conversationId, messageId }) {
      await writing(conversationId, (at) => conversations.remove({ ...at, messageId }));
    },
  };
}

function isGone(error: unknown): boolean {
  return error instanceof PermanentFailure && error.conversationGone;
}

function cardAt({ conversationId, zone }: Address, card: Card, mark: CardMark): Content {
  const drawn = isChannel(conversationId) ? teamsChannelCard(card, mark) : teamsCard(card, mark, { zone });
  return { card: drawn, summary: cardSummary(card, zone) };
}

function bulletinAt({ conversationId, zone }: Address, bulletin: Bulletin, mark: BulletinMark): Content {
  const isPressable = !isChannel(conversationId);
  return {
    card: teamsBulletin(bulletin, mark, zone, { isPressable }),
    summary: teamsSummary(bulletin.title || null, bulletin.text, zone),
  };
}

/** The zone of somebody's client is no word of theirs on when they work. */
function accountOf({ userId, conversationId, locale = null }: Place): ChatAccount {
  return { userId, conversationId, zone: null, locale };
}
