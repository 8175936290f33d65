import { absence } from './pt/absence.ts';
import { again } from './pt/again.ts';
import { answers } from './pt/answers.ts';
import { briefing } from './pt/briefing.ts';
import { bulletins } from './pt/bulletins.ts';
import { calls } from './pt/calls.ts';
import { card } from './pt/card.ts';
import { chat } from './pt/chat.ts';
import { commands } from './pt/commands.ts';
import { crm } from './pt/crm.ts';
import { dashboard } from './pt/dashboard.ts';
import { digest } from './pt/digest.ts';
import { done } from './pt/done.ts';
import { faults } from './pt/faults.ts';
import { figures } from './pt/figures.ts';
import { forms } from './pt/forms.ts';
import { help } from './pt/help.ts';
import { home } from './pt/home.ts';
import { language } from './pt/language.ts';
import { mail } from './pt/mail.ts';
import { notify } from './pt/notify.ts';
import { refused } from './pt/refused.ts';
import { routing } from './pt/routing.ts';
import { sources } from './pt/sources.ts';
import { stats } from './pt/stats.ts';
import { story } from './pt/story.ts';
import { summaries } from './pt/summaries.ts';
import { times } from './pt/times.ts';
import { touch } from './pt/touch.ts';
import { typed } from './pt/typed.ts';
import { waits } from './pt/waits.ts';
import { why } from './pt/why.ts';
import type { Translation } from './translation.ts';

/** Todas as palavras para pessoas, em português do Brasil. */
export const pt = {
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
