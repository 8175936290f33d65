import type { Install, Installs } from '../../../src/flow/ports/chat.ts';

type Kept = Install & { savedAt: Date; askedAt: Date | null };

export function memoryInstalls(): Installs {
  const installs = new Map<string, Kept>();
  const latest = (matches: (install: Install) => boolean, by: 'savedAt' | 'emailsAt' = 'savedAt') => {
    const [found] = [...installs.values()].filter(matches).sort((a, b) => Number(b[by]) - Number(a[by]));
    return found ? shown(found) : null;
  };
  return {
    save: async (install, now) => {
      const known = installs.get(install.userId);
      const told =
        install.emails.length > 0
          ? { emails: install.emails.map((email) => email.toLowerCase()), emailsAt: now, askedAt: now }
          : {
              emails: known?.emails ?? [],
              emailsAt: known?.emailsAt ?? null,
              askedAt: known?.askedAt ?? null,
            };
      const zone = install.zone ?? known?.zone ?? null;
      const locale = install.locale ?? known?.locale ?? null;
      installs.set(install.userId, { ...install, ...told, zone, locale, savedAt: now });
      return known === undefined;
    },
    byUser: async (userId) => latest((install) => install.userId === userId),
    byConversation: async (conversationId) => latest((install) => install.conversationId === conversationId),
    byEmail: async (email) => latest(({ emails }) => emails.includes(email.toLowerCase()), 'emailsAt'),
    toAskAgain: async (before, atMost) =>
      [...installs.values()]
        .filter(({ emailsAt }) => emailsAt === null || emailsAt < before)
        .sort((a, b) => Number(a.askedAt) - Number(b.askedAt) || (a.userId < b.userId ? -1 : 1))
        .slice(0, atMost)
        .map(shown),
    noteAsked: async (userId, now) => {
      const install = installs.get(userId);
      if (install) install.askedAt = now;
    },
    remove: async (userId) => {
      installs.delete(userId);
    },
  };
}

function shown({ savedAt: _, askedAt: __, ...install }: Kept): Install {
  return install;
}
