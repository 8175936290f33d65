import type { Install, Installs } from '../../../src/flow/ports.ts';

export function memoryInstalls(): Installs {
  const installs = new Map<string, Install & { seenAt: Date }>();
  const latest = (matches: (install: Install) => boolean): Install | null => {
    const [found] = [...installs.values()].filter(matches).sort((a, b) => +b.seenAt - +a.seenAt);
    return found ? shown(found) : null;
  };
  return {
    save: async (install, seenAt) => {
      const emails = install.emails.map((email) => email.toLowerCase());
      const known = installs.get(install.userId)?.emails ?? [];
      installs.set(install.userId, { ...install, emails: emails.length > 0 ? emails : known, seenAt });
    },
    byUser: async (userId) => latest((install) => install.userId === userId),
    byConversation: async (conversationId) => latest((install) => install.conversationId === conversationId),
    byEmail: async (email) => latest(({ emails }) => emails.includes(email.toLowerCase())),
    withoutEmails: async () => [...installs.values()].filter(({ emails }) => emails.length === 0).map(shown),
    remove: async (userId) => {
      installs.delete(userId);
    },
  };
}

function shown({ seenAt: _, ...install }: Install & { seenAt: Date }): Install {
  return install;
}
