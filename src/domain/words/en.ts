import { absence } from './en/absence.ts';
import { again } from './en/again.ts';
import { answers } from './en/answers.ts';
import { briefing } from './en/briefing.ts';
import { bulletins } from './en/bulletins.ts';
import { calls } from './en/calls.ts';
import { card } from './en/card.ts';
import { chat } from './en/chat.ts';
import { commands } from './en/commands.ts';
import { crm } from './en/crm.ts';
import { dashboard } from './en/dashboard.ts';
import { digest } from './en/digest.ts';
import { done } from './en/done.ts';
import { faults } from './en/faults.ts';
import { figures } from './en/figures.ts';
import { forms } from './en/forms.ts';
import { help } from './en/help.ts';
import { home } from './en/home.ts';
import { language } from './en/language.ts';
import { mail } from './en/mail.ts';
import { notify } from './en/notify.ts';
import { refused } from './en/refused.ts';
import { routing } from './en/routing.ts';
import { sources } from './en/sources.ts';
import { stats } from './en/stats.ts';
import { story } from './en/story.ts';
import { summaries } from './en/summaries.ts';
import { times } from './en/times.ts';
import { touch } from './en/touch.ts';
import { typed } from './en/typed.ts';
import { waits } from './en/waits.ts';
import { why } from './en/why.ts';

/**
 * All words for people, in English: every other language has the same messages with the same arguments. They are written
 * in Unicode MessageFormat 2; `{#b}…{/b}` is bold.
 */
export const en = {
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
} as const;
