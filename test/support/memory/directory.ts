import type { Absence } from '../../../src/domain/routing/availability.ts';
import type { AbsenceSource, Directory, Person, PersonAccount } from '../../../src/flow/ports/people.ts';
import type { Kept } from './kept.ts';

const lookBackMs = 60 * 24 * 3_600_000;

type KeptAbsence = Absence & { person: string; source: AbsenceSource };

export function memoryDirectory({ missed }: Pick<Kept, 'missed'>): Directory {
  const people = new Map<string, Omit<Person, 'accounts'>>();
  const accounts = new Map<string, PersonAccount & { person: string }>();
  let absences: readonly KeptAbsence[] = [];
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
        const { notify, language, summaryOff } = people.get(person.id) ?? {};
        people.set(person.id, {
          ...person,
          ...(language && { language }),
          ...(notify && { notify }),
          ...(summaryOff && { summaryOff }),
        });
      }
    },
    saveNotifyRules: async (id, notify) => {
      const person = people.get(id);
      if (person) people.set(id, { ...person, notify });
    },
    saveSummaryOff: async (id, isOff) => {
      const person = people.get(id);
      if (!person) return;
      const { summaryOff: _, ...others } = person;
      people.set(id, { ...others, ...(isOff && { summaryOff: true }) });
    },
    saveLanguage: async (id, chosen) => {
      const person = people.get(id);
      if (!person) return;
      const { language: _, ...others } = person;
      people.set(id, { ...others, ...(chosen && { language: chosen }) });
    },
    absences: async (now) => {
      const byPerson = new Map<string, Absence[]>();
      for (const { person, source: _, ...absence } of absences.toSorted((a, b) => +a.from - +b.from)) {
        const lately = absence.until === null || +absence.until > +now - lookBackMs;
        if (lately) byPerson.set(person, [...(byPerson.get(person) ?? []), absence]);
      }
      return byPerson;
    },
    saveAbsences: async (person, source, named, now) => {
      const isTheirs = (known: KeptAbsence) => known.person === person && known.source === source;
      const theirs = absences.filter(isTheirs).sort((a, b) => +a.from - +b.from);
      const said = named.map((one) => {
        const goesOn = ({ from, until, why }: Absence) =>
          until === null && why === one.why && from < one.from;
        const known = one.until === null && one.from <= now ? theirs.find(goesOn) : undefined;
        return { ...one, from: known?.from ?? one.from };
      });
      const stays = theirs.flatMap((known): KeptAbsence[] => {
        if (known.until !== null && known.until <= now) return [known];
        const goesOn = said.some(({ from }) => +from === +known.from);
        return known.from >= now || goesOn ? [] : [{ ...known, until: now }];
      });
      const isKept = ({ from, until }: Absence) =>
        stays.some((known) => +known.from === +from && until !== null && Number(known.until) === +until);
      const added = said.filter((one) => !isKept(one)).map((one) => ({ ...one, person, source }));
      absences = [...absences.filter((known) => !isTheirs(known)), ...stays, ...added];
    },
    missedInRow: async (person) => missed.get(person) ?? 0,
    startAfresh: async (person) => {
      missed.delete(person);
    },
    saveAccount: async (person, platform, account, checkedAt) => {
      const { userId, conversationId, locale = null } = account ?? { userId: null, conversationId: null };
      for (const other of accounts.values()) {
        const taken = userId !== null && other.platform === platform && other.userId === userId;
        if (taken) Object.assign(other, { userId: null, conversationId: null });
      }
      accounts.set(`${person} ${platform}`, { person, platform, userId, conversationId, locale, checkedAt });
    },
  };
}
