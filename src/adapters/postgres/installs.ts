import type { Installs } from '../../flow/ports.ts';
import type { Connection } from './connection.ts';

const shown = { userId: true, memberId: true, conversationId: true, serviceUrl: true, emails: true };

/** Who has added the app in Teams, in PostgreSQL. */
export function postgresInstalls({ prisma }: Pick<Connection, 'prisma'>): Installs {
  return {
    save: async ({ userId, emails, ...place }, now) => {
      const seen = { ...place, seenAt: now };
      const known = emails.map((email) => email.toLowerCase());
      await prisma.teamsInstall.upsert({
        where: { userId },
        create: { userId, ...seen, emails: known },
        update: { ...seen, ...(known.length > 0 && { emails: known }) },
        select: { userId: true },
      });
    },
    byUser: (userId) => prisma.teamsInstall.findUnique({ where: { userId }, select: shown }),
    byConversation: (conversationId) =>
      prisma.teamsInstall.findFirst({
        where: { conversationId },
        orderBy: { seenAt: 'desc' },
        select: shown,
      }),
    byEmail: (email) =>
      prisma.teamsInstall.findFirst({
        where: { emails: { has: email.toLowerCase() } },
        orderBy: { seenAt: 'desc' },
        select: shown,
      }),
    withoutEmails: () =>
      prisma.teamsInstall.findMany({ where: { emails: { isEmpty: true } }, select: shown }),
    remove: async (userId) => {
      await prisma.teamsInstall.deleteMany({ where: { userId } });
    },
  };
}
