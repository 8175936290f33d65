/** Every word that is understood, and what may follow it. */
export const usage = {
  home: 'home',
  queue: 'queue [all]',
  why: 'why <lead>',
  opener: 'opener <lead>',
  ooo: 'ooo [until]',
  back: 'back',
  stats: 'stats [me|team] [7d|30d|90d]',
  recycled: 'recycled',
  overturn: 'overturn <lead>',
  suppressions: 'suppressions',
  'sent-back': 'sent-back [7d|2026-11-23..2026-11-29]',
  notify: 'notify [mail after 30 min]',
  settings: 'settings',
  sample: 'sample',
  help: 'help [all]',
} as const;

export type Verb = keyof typeof usage;

/** What people say for them otherwise. */
const otherwise: Readonly<Record<Verb, readonly string[]>> = {
  home: ['start', 'menu', 'overview', 'dashboard', 'today', 'todo', 'tasks'],
  queue: ['leads', 'lead', 'list', 'mine', 'open', 'inbox', 'waiting'],
  why: ['explain', 'who', 'reason', 'rules'],
  opener: ['openers', 'intro', 'opening', 'copy', 'draft'],
  ooo: ['away', 'vacation', 'holiday', 'holidays', 'leave', 'pto', 'absent', 'off', 'pause', 'sick'],
  back: ['here', 'return', 'returned', 'available', 'resume', "i'm", 'im'],
  stats: ['stat', 'numbers', 'report', 'figures', 'performance', 'score', 'status'],
  recycled: ['sleeping', 'snoozed', 'later', 'recycle', 'nurture'],
  overturn: ['undo', 'reopen', 'restore', 'reverse'],
  suppressions: ['paused', 'pauses', 'suppression', 'suppressed'],
  'sent-back': ['rejected', 'returns', 'disqualified', 'sent', 'sentback'],
  notify: ['notifications', 'notification', 'alerts', 'remind', 'mail', 'quiet', 'mute'],
  settings: ['preferences', 'options', 'config', 'hours'],
  sample: ['test', 'demo', 'example', 'try'],
  help: ['?', 'commands', 'usage', 'how', 'what'],
};

export function isVerb(word: string): word is Verb {
  return Object.hasOwn(usage, word);
}

/** The word that somebody may have meant by another; null when none is near. */
export function synonymOf(word: string): Verb | null {
  const found = Object.entries(otherwise).find(([, others]) => others.includes(word));
  return found ? (found[0] as Verb) : null;
}
