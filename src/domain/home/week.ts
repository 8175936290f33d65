import type { Section } from '../card/card.ts';
import { timeInWords } from '../measure/figure-words.ts';
import { teamOf } from '../policy/people-of.ts';
import type { Team } from '../policy/policy.ts';
import { joined, type Line } from '../words/line.ts';
import type { HeldInWeek } from './home-facts.ts';
import type { HomeView } from './home-view.ts';

/** Of fewer nobody can tell how somebody does beside others. */
const enoughToCompare = 5;

/** The reader's last week beside the median of their team, and what became of what ended in it. */
export function ownWeek(view: HomeView): Section {
  const { reader, facts, policy, words } = view;
  const team = teamOf(policy, reader);
  const own = facts.past.filter(({ rep }) => rep === reader);
  const teams = facts.past.filter(isOf(team));
  const comparable = own.length >= enoughToCompare && teams.length > own.length;
  const lines = [weekLine(own, comparable ? weekOf(teams) : null, view), ...endedLine(view)];
  return { kind: 'text', title: words.text('home.yourWeek'), text: joined(lines, '\n') };
}

/** The last week of a team that the reader manages. */
export function teamWeek(team: Team, view: HomeView): Section {
  const { facts, words } = view;
  const past = facts.past.filter(isOf(team));
  return {
    kind: 'text',
    title: words.text('home.teamWeek', { team: team.name }),
    text: past.length > 0 ? summary(past, null, view) : words.line('home.weekNoneTeam'),
  };
}

function isOf(team: Team | undefined): (fact: HeldInWeek) => boolean {
  const members = new Set(team?.members.map(({ id }) => id));
  return ({ rep }) => members.has(rep);
}

function weekLine(own: readonly HeldInWeek[], team: Week | null, view: HomeView): Line {
  const { words } = view;
  if (own.length === 0) return words.line('home.weekNone');
  return own.length < enoughToCompare ? few(own, view) : summary(own, team, view);
}

function few(own: readonly HeldInWeek[], { words }: HomeView): Line {
  const late = own.filter(({ isLate }) => isLate).length;
  const parts = [
    words.line('home.weekLeads', { count: own.length }),
    late > 0 ? words.line('home.weekLate', { count: late }) : words.line('home.weekNoneLate'),
    words.line('home.weekTooFew'),
  ];
  return joined(parts, ' · ');
}

/** Share from 0 to 1 of what was done in time, and the median seconds of work to the first touch; null: nothing yet. */
type Week = { inTime: number | null; toTouch: number | null };

function weekOf(past: readonly HeldInWeek[]): Week {
  const late = past.filter(({ isLate }) => isLate).length;
  const inTime = past.filter(({ isLate, isDone }) => isDone && !isLate).length;
  const times = past.flatMap(({ secondsToTouch }) => secondsToTouch ?? []);
  return { inTime: inTime + late > 0 ? inTime / (inTime + late) : null, toTouch: medianOf(times) };
}

function medianOf(values: readonly number[]): number | null {
  const sorted = values.toSorted((a, b) => a - b);
  const [below, above] = [sorted[Math.ceil(sorted.length / 2) - 1], sorted[Math.floor(sorted.length / 2)]];
  return below === undefined || above === undefined ? null : (below + above) / 2;
}

function summary(past: readonly HeldInWeek[], team: Week | null, { words }: HomeView): Line {
  const { inTime, toTouch } = weekOf(past);
  const parts = [words.line('home.weekLeads', { count: past.length })];
  if (inTime !== null) {
    const share = percent(inTime);
    parts.push(
      team?.inTime == null
        ? words.line('home.weekInTime', { share })
        : words.line('home.weekInTimeTeam', { share, team: percent(team.inTime) }),
    );
  }
  if (toTouch !== null) {
    const median = timeInWords(toTouch, words);
    parts.push(
      team?.toTouch == null
        ? words.line('home.weekTouch', { median })
        : words.line('home.weekTouchTeam', { median, team: timeInWords(team.toTouch, words) }),
    );
  }
  return joined(parts, ' · ');
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}

const endedWords = {
  converted: 'home.endedConverted',
  recycled: 'home.endedRecycled',
  disqualified: 'home.endedDisqualified',
  unresponsive: 'home.endedUnresponsive',
  withdrawn: 'home.endedWithdrawn',
} as const;

function endedLine({ facts, words }: HomeView): Line[] {
  if (facts.closed.length === 0) return [];
  const each = facts.closed.map(({ outcome, count }) => words.line(endedWords[outcome], { count }));
  return [words.line('home.ended', { what: words.lines(each) })];
}
