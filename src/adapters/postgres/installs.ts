import type { Installs } from '../../flow/ports/chat.ts';
import type { Connection } from './connection.ts';

const shown = {
  userId: true,
  memberId: true,
  conversationId: true,
  serviceUrl: true,
  zone: true,
  locale: true,
  emails: true,
  emailsAt: true,
};

/** Who has added the app in Teams, in PostgreSQL. */
export function postgresInstalls({ prisma }: Pick<Connection, 'prisma'>): Installs {
  /** Who reads in another language by now has another account to those who remember people. */
  const noteLocale = (userId: string, locale: string) =>
    prisma.chatAccount.updateMany({
      where: { platform: 'teams', userId, OR: [{ locale: null }, { locale: { not: locale } }] },
      data: { locale },
    });

  return {
    save: async ({ userId, memberId, conversationId, serviceUrl, zone, locale, emails }, now) => {
      const saved = {
        memberId,
        conversationId,
        serviceUrl,
        savedAt: now,
        ...(zone && { zone }),
        ...(locale && { locale }),
      };
      const known = emails.map((email) => email.toLowerCase());
      const told = known.length > 0 ? { emails: known, emailsAt: now, askedAt: now } : {};
      if (locale) await noteLocale(userId, locale);
      const { count } = await prisma.teamsInstall.createMany({
        data: [{ userId, ...saved, ...told }],
        skipDuplicates: true,
      });
      if (count > 0) return true;
      await prisma.teamsInstall.updateMany({ where: { userId }, data: { ...saved, ...told } });
      return false;
    },
    byUser: (userId) => prisma.teamsInstall.findUnique({ where: { userId }, select: shown }),
    byConversation: (conversationId) =>
      prisma.teamsInstall.findFirst({
        where: { conversationId },
        orderBy: { savedAt: 'desc' },
        select: shown,
      }),
    byEmail: (email) =>
      prisma.teamsInstall.findFirst({
        where: { emails: { has: email.toLowerCase() } },
        orderBy: { emailsAt: 'desc' },
        select: shown,
      }),
    toAskAgain: (before, atMost) =>
      prisma.teamsInstall.findMany({
        where: { OR: [{ emailsAt: null }, { emailsAt: { lt: before } }] },
        orderBy: [{ askedAt: { sort: 'asc', nulls: 'first' } }, { userId: 'asc' }],
        take: atMost,
        select: shown,
      }),
    noteAsked: async (userId, now) => {
      await prisma.teamsInstall.updateMany({ where: { userId }, data: { askedAt: now } });
    },
    remove: async (userId) => {
      await prisma.teamsInstall.deleteMany({ where: { userId } });
    },
  };
}
