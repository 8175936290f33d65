import { firstMeant, folded, meaningsOf, shownAs, type Typed } from '../../domain/words/typed.ts';
import type { Language, MessageKey, Words } from '../../domain/words/words.ts';

/** Everything that is understood, and what may follow it. */
const follows = {
  home: null,
  queue: 'help.withAll',
  why: 'help.withLead',
  opener: 'help.withLead',
  ooo: 'help.withUntil',
  back: null,
  stats: 'help.withStats',
  recycled: null,
  overturn: 'help.withLead',
  suppressions: null,
  sentBack: 'help.withPeriod',
  dashboard: null,
  notify: 'help.withNotify',
  summary: 'help.withSummary',
  language: 'help.withLanguage',
  settings: null,
  sample: null,
  help: 'help.withAll',
} as const satisfies Partial<Record<Typed, MessageKey | null>>;

export type Verb = keyof typeof follows;

const verbs = Object.keys(follows) as Verb[];
const meanings = meaningsOf(verbs);

/** What somebody asks, in any language, and what follows it; null when it is none of the words that are understood. */
export function askedIn(text: string): { verb: Verb; rest: readonly string[] } | null {
  const meant = firstMeant(text.split(/\s+/).filter(Boolean), meanings);
  return meant && { verb: meant.name as Verb, rest: meant.rest };
}

/** How it is asked in the reader's language, with what may follow. */
export function usageOf(verb: Verb, words: Words): string {
  const key = follows[verb];
  const said = shownAs(verb, words.language);
  return key ? `${said} ${words.text(key)}` : said;
}

/** The words that somebody may mean who reads a language, and what each asks. */
export function wordsMeantIn(language: Language): { word: string; verb: Verb }[] {
  const meant = meaningsOf(verbs, [language, 'en']);
  return [...meant].map(([word, verb]) => ({ word, verb: verb as Verb }));
}

/** What people say for them otherwise. */
const otherwise: Readonly<Record<Verb, readonly string[]>> = {
  home: ['start', 'menu', 'overview', 'today', 'todo', 'tasks'],
  queue: ['leads', 'lead', 'list', 'mine', 'open', 'inbox', 'waiting'],
  why: ['explain', 'who', 'reason', 'rules'],
  opener: ['openers', 'intro', 'opening', 'copy', 'draft'],
  ooo: ['away', 'vacation', 'holiday', 'holidays', 'leave', 'pto', 'absent', 'off', 'pause', 'sick'],
  back: ['here', 'return', 'returned', 'available', 'resume', "i'm", 'im'],
  stats: ['stat', 'numbers', 'report', 'figures', 'performance', 'score', 'status'],
  recycled: ['sleeping', 'snoozed', 'later', 'recycle', 'nurture'],
  overturn: ['undo', 'reopen', 'restore', 'reverse'],
  suppressions: ['paused', 'pauses', 'suppression', 'suppressed'],
  sentBack: ['rejected', 'returns', 'disqualified', 'sent', 'sentback'],
  dashboard: ['dash', 'charts', 'chart', 'graphs', 'browser', 'web'],
  notify: ['notifications', 'notification', 'alerts', 'remind', 'mail', 'quiet', 'mute'],
  summary: ['digest', 'digests', 'newsletter', 'morning', 'weekly'],
  language: ['languages', 'locale', 'english', 'deutsch', 'portugues', 'lang'],
  settings: ['preferences', 'options', 'config', 'hours'],
  sample: ['test', 'demo', 'example', 'try'],
  help: ['?', 'commands', 'usage', 'how', 'what'],
};

/** The word that somebody may have meant by another; null when none is near. */
export function synonymOf(word: string): Verb | null {
  const found = Object.entries(otherwise).find(([, others]) => others.includes(folded(word)));
  return found ? (found[0] as Verb) : null;
}
