import type { Section } from '../card/card.ts';
import { type HandoffFacts, measure, type Stats } from '../past/stats.ts';
import { teamOf } from '../policy/people-of.ts';
import type { Team } from '../policy/policy.ts';
import { inWords } from '../time/duration.ts';
import { joined, type Line } from '../words/line.ts';
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
  const lines = [weekLine(own, comparable ? measure(teams) : null, view), ...endedLine(view)];
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

function isOf(team: Team | undefined): (fact: HandoffFacts) => boolean {
  const members = new Set(team?.members.map(({ id }) => id));
  return ({ rep }) => members.has(rep);
}

function weekLine(own: readonly HandoffFacts[], team: Stats | null, view: HomeView): Line {
  const { words } = view;
  if (own.length === 0) return words.line('home.weekNone');
  return own.length < enoughToCompare ? few(own, view) : summary(own, team, view);
}

function few(own: readonly HandoffFacts[], { words }: HomeView): Line {
  const late = own.filter(({ ackBreached, touchBreached }) => ackBreached || touchBreached).length;
  const parts = [
    words.line('home.weekLeads', { count: own.length }),
    late > 0 ? words.line('home.weekLate', { count: late }) : words.line('home.weekNoneLate'),
    words.line('home.weekTooFew'),
  ];
  return joined(parts, ' · ');
}

function summary(past: readonly HandoffFacts[], team: Stats | null, { words }: HomeView): Line {
  const { handoffs, withinSla, toFirstTouch } = measure(past);
  const parts = [words.line('home.weekLeads', { count: handoffs })];
  if (withinSla !== null) {
    const share = percent(withinSla);
    parts.push(
      team?.withinSla == null
        ? words.line('home.weekInTime', { share })
        : words.line('home.weekInTimeTeam', { share, team: percent(team.withinSla) }),
    );
  }
  if (toFirstTouch) {
    const median = inWords(toFirstTouch.medianMinutes);
    parts.push(
      team?.toFirstTouch
        ? words.line('home.weekTouchTeam', { median, team: inWords(team.toFirstTouch.medianMinutes) })
        : words.line('home.weekTouch', { median }),
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
