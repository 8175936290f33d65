import type { Absence } from '../../../src/domain/availability.ts';
import type { Directory, Person, PersonAccount } from '../../../src/flow/ports.ts';

export function memoryDirectory(): Directory {
  const people = new Map<string, Omit<Person, 'accounts'>>();
  const accounts = new Map<string, PersonAccount & { person: string }>();
  const absences = new Map<string, { person: string; all: readonly Absence[] }>();
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
    absences: async (now) => {
      const byPerson = new Map<string, Absence[]>();
      for (const { person, all } of absences.values()) {
        const ahead = all.filter(({ until }) => until === null || until > now);
        const known = [...(byPerson.get(person) ?? []), ...ahead];
        known.sort((a, b) => +a.from - +b.from);
        if (known.length > 0) byPerson.set(person, known);
      }
      return byPerson;
    },
    saveAbsences: async (person, source, all) => {
      absences.set(`${person} ${source}`, { person, all });
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
