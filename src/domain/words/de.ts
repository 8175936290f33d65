import { absence } from './de/absence.ts';
import { again } from './de/again.ts';
import { answers } from './de/answers.ts';
import { briefing } from './de/briefing.ts';
import { bulletins } from './de/bulletins.ts';
import { calls } from './de/calls.ts';
import { card } from './de/card.ts';
import { chat } from './de/chat.ts';
import { commands } from './de/commands.ts';
import { crm } from './de/crm.ts';
import { dashboard } from './de/dashboard.ts';
import { digest } from './de/digest.ts';
import { done } from './de/done.ts';
import { faults } from './de/faults.ts';
import { figures } from './de/figures.ts';
import { forms } from './de/forms.ts';
import { help } from './de/help.ts';
import { home } from './de/home.ts';
import { language } from './de/language.ts';
import { mail } from './de/mail.ts';
import { notify } from './de/notify.ts';
import { refused } from './de/refused.ts';
import { routing } from './de/routing.ts';
import { sources } from './de/sources.ts';
import { stats } from './de/stats.ts';
import { story } from './de/story.ts';
import { summaries } from './de/summaries.ts';
import { times } from './de/times.ts';
import { touch } from './de/touch.ts';
import { typed } from './de/typed.ts';
import { waits } from './de/waits.ts';
import { why } from './de/why.ts';
import type { Translation } from './translation.ts';

/** Alle Wörter für Menschen, auf Deutsch. */
export const de = {
  absence,
  again,
  answers,
  briefing,
  bulletins,
  calls,
  card,
  chat,
  commands,
  crm,
  dashboard,
  digest,
  done,
  faults,
  figures,
  forms,
  help,
  home,
  language,
  mail,
  notify,
  refused,
  routing,
  sources,
  stats,
  story,
  summaries,
  times,
  touch,
  typed,
  waits,
  why,
} as const satisfies Translation;
