import { asOf, homeOf, leadsOf } from '../../domain/home/home.ts';
import { managedBy } from '../../domain/home/home-facts.ts';
import type { HomeView } from '../../domain/home/home-view.ts';
import { settingsOf } from '../../domain/home/settings.ts';
import { summariesFor } from '../../domain/home/summary-readers.ts';
import type { PersonId, Platform } from '../../domain/policy/policy.ts';
import { joined } from '../../domain/words/line.ts';
import type { Words } from '../../domain/words/words.ts';
import type { Reply } from '../ports/chat.ts';
import { type HomeNeeds, homeNow } from '../show/home-view.ts';
import { meansAll } from './means-all.ts';
import { sayIt } from './said.ts';

/**
 * What waits for somebody, as an answer.
 * @param whose `all`: also what is not due today, line by line; to a manager, one of their team by email or name
 */
export async function home(
  person: PersonId,
  platform: Platform,
  whose: string,
  needs: HomeNeeds,
): Promise<Reply | { wrong: string }> {
  const { view } = await homeNow(person, null, needs, platform);
  const whole = meansAll(whose);
  if (whose === '' || whole) return withTime(homeOf(view, { whole }), view);
  const rep = memberNamed(whose, view);
  if (!rep) return { wrong: view.words.text('home.nobodyNamed', { who: whose }) };
  return withTime(leadsOf(rep, view), view);
}

/** Where somebody's cards come, and what else is kept of them. */
export async function settings(
  person: PersonId,
  words: Words,
  { directory, policy: policyNow }: Pick<HomeNeeds, 'directory' | 'policy'>,
): Promise<Reply> {
  const policy = policyNow();
  const wantsNone = (await directory.people()).some(({ id, summaryOff }) => id === person && summaryOff);
  const summaries = summariesFor(person, policy, words);
  const about = wantsNone ? [words.line('summaries.settingOff')] : summaries;
  return {
    title: words.text('home.settings'),
    sections: [
      ...settingsOf(person, policy, words),
      ...(summaries.length > 0
        ? [{ kind: 'text' as const, title: words.text('summaries.setting'), text: joined(about, '\n') }]
        : []),
    ],
    actions: [
      ...(policy.notify ? [sayIt('notify', words.text('home.notifications'))] : []),
      ...(summaries.length > 0 ? [sayIt('summary', words.text('summaries.button'))] : []),
      sayIt('language', words.text('language.button')),
      sayIt('home', words.text('home.backHome')),
    ],
  };
}

function withTime(answer: ReturnType<typeof homeOf>, { now, words }: HomeView): Reply {
  return { ...answer, sections: [...answer.sections, asOf(now, words)], renews: true };
}

/** The one member of the reader's teams who is called so. */
function memberNamed(words: string, { reader, policy, names }: HomeView): PersonId | null {
  const wanted = words.toLowerCase();
  const members = [...new Set(managedBy(policy, reader).flatMap((team) => team.members.map(({ id }) => id)))];
  const exact = members.find((id) => id === wanted);
  const named = members.filter((id) => (names.get(id) ?? '').toLowerCase().includes(wanted));
  return exact ?? (named.length === 1 ? (named[0] ?? null) : null);
}
