import type { Directory } from '../../flow/ports/people.ts';
import type { Listener } from './queue/session.ts';

/**
 * A directory whose people and absences stay in memory until somebody changes them, in whichever process: the triggers
 * on their tables tell. Everything is read from the database while nobody listens.
 */
export function rememberedDirectory(directory: Directory): { directory: Directory; listener: Listener } {
  let isListening = false;
  let people: ReturnType<Directory['people']> | null = null;
  let absences: { at: Date; read: ReturnType<Directory['absences']> } | null = null;
  const forget = () => {
    people = null;
    absences = null;
  };
  const whileKept = <T>(read: Promise<T>): Promise<T> => {
    read.catch(forget);
    return read;
  };
  /** What was changed here is read anew by whoever asks next, before the news of it is back. */
  const changing = async (change: Promise<void>): Promise<void> => {
    try {
      await change;
    } finally {
      forget();
    }
  };
  return {
    directory: {
      people: () => {
        if (!isListening) return directory.people();
        people ??= whileKept(directory.people());
        return people;
      },
      absences: (now) => {
        if (!isListening) return directory.absences(now);
        // A clock that was set back may ask for what has been left out.
        if (!absences || absences.at > now) absences = { at: now, read: whileKept(directory.absences(now)) };
        return absences.read;
      },
      byAccount: async (platform, userId) => {
        if (!isListening) return directory.byAccount(platform, userId);
        people ??= whileKept(directory.people());
        const known = (await people).find(({ accounts }) =>
          accounts.some((account) => account.platform === platform && account.userId === userId),
        );
        return known?.id ?? directory.byAccount(platform, userId);
      },
      savePeople: (...saved) => changing(directory.savePeople(...saved)),
      saveAbsences: (...saved) => changing(directory.saveAbsences(...saved)),
      saveNotifyRules: (...saved) => changing(directory.saveNotifyRules(...saved)),
      saveSummaryOff: (...saved) => changing(directory.saveSummaryOff(...saved)),
      saveLanguage: (...saved) => changing(directory.saveLanguage(...saved)),
      saveAccount: (...saved) => changing(directory.saveAccount(...saved)),
      missedInRow: (person) => directory.missedInRow(person),
      startAfresh: (person) => directory.startAfresh(person),
    },
    listener: {
      channel: 'people',
      heard: forget,
      listening: (is) => {
        forget();
        isListening = is;
      },
    },
  };
}
