import type { LogEntry, LogSource } from './protocol.ts';

/** Which lead an entry is about; a handoff's is known only once the bot has said so. */
export type About = { contactId: string } | { handoffId: string } | null;

export type Entry = Omit<LogEntry, 'leadKey'> & { about: About };

export type Journal = {
  /** Oldest first. */
  entries: readonly Entry[];
  /** Also of those that are not kept. */
  total: () => number;
  add: (source: LogSource, text: string, more?: { about?: About; tone?: LogEntry['tone'] }) => void;
};

/** More than anybody scrolls back. */
const kept = 400;

/** What happened, in words, for the page's log. */
export function journal(now: () => Date, changed: () => void): Journal {
  const entries: Entry[] = [];
  let lastId = 0;
  return {
    entries,
    total: () => lastId,
    add: (source, text, { about = null, tone = 'normal' } = {}) => {
      lastId += 1;
      entries.push({ id: lastId, at: now().getTime(), source, text, about, tone });
      if (entries.length > kept) entries.shift();
      changed();
    },
  };
}
