import type { Installs } from '../../flow/ports/chat.ts';
import type { Connection } from './connection.ts';

const shown = {
  userId: true,
  memberId: true,
  conversationId: true,
  serviceUrl: true,
  emails: true,
  emailsAt: true,
};

/** Who has added the app in Teams, in PostgreSQL. */
export function postgresInstalls({ prisma }: Pick<Connection, 'prisma'>): Installs {
  return {
    save: async ({ userId, memberId, conversationId, serviceUrl, emails }, now) => {
      const saved = { memberId, conversationId, serviceUrl, savedAt: now };
      const known = emails.map((email) => email.toLowerCase());
      const told = known.length > 0 ? { emails: known, emailsAt: now } : {};
      await prisma.teamsInstall.upsert({
        where: { userId },
        create: { userId, ...saved, ...told },
        update: { ...saved, ...told },
        select: { userId: true },
      });
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
    toAskAgain: (before) =>
      prisma.teamsInstall.findMany({
        where: { OR: [{ emailsAt: null }, { emailsAt: { lt: before } }] },
        orderBy: { userId: 'asc' },
        select: shown,
      }),
    remove: async (userId) => {
      await prisma.teamsInstall.deleteMany({ where: { userId } });
    },
  };
}
