import type { Directory, Person, PersonAccount } from '../../../src/flow/ports.ts';

export function memoryDirectory(): Directory {
  const people = new Map<string, Omit<Person, 'accounts'>>();
  const accounts = new Map<string, PersonAccount & { person: string }>();
  return {
    people: async () =>
      [...people.values()]
        .sort((a, b) => (a.id < b.id ? -1 : 1))
        .map((person) => ({
          ...person,
          accounts: [...accounts.values()]
            .filter((account) => account.person === person.id)
            .sort((a, b) => (a.platform < b.platform ? -1 : 1))
            .map(({ person: _, ...account }) => account),
        })),
    byAccount: async (platform, userId) => {
      const found = [...accounts.values()].find((one) => one.platform === platform && one.userId === userId);
      return found?.person ?? null;
    },
    savePeople: async (saved) => {
      for (const person of saved) {
        for (const other of people.values()) if (other.ownerId === person.ownerId) other.ownerId = null;
        people.set(person.id, { ...person });
      }
    },
    saveAccount: async (person, platform, account, checkedAt) => {
      const { userId, conversationId } = account ?? { userId: null, conversationId: null };
      for (const other of accounts.values()) {
        const taken = userId !== null && other.platform === platform && other.userId === userId;
        if (taken) Object.assign(other, { userId: null, conversationId: null });
      }
      accounts.set(`${person} ${platform}`, { person, platform, userId, conversationId, checkedAt });
    },
  };
}
