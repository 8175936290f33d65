import { keyInWords } from '../../domain/lead/label.ts';
import { sourceInWords } from '../../domain/lead/source-words.ts';
import type { Sight } from '../../domain/measure/tally.ts';
import { peopleOf, teamsOf } from '../../domain/policy/people-of.ts';
import type { PersonId, Policy } from '../../domain/policy/policy.ts';
import { readsOf } from '../../domain/policy/who-reads-marketing.ts';
import { type Compared, readPeriod } from '../../domain/time/reported-period.ts';
import type { Names } from '../../domain/words/line.ts';
import { mistakesAllowed, mistakesBetween } from '../../domain/words/meant.ts';
import { inEnglish, meaningsOf } from '../../domain/words/typed.ts';
import type { Words } from '../../domain/words/words.ts';
import { type Side, sides } from '../ports/measures.ts';

/** Whose leads somebody asks about, of when, and by what they are told apart. */
export type StatsAsked = {
  /** What they are told apart from others by, as it is asked for; null: their own. */
  about: { kind: 'rep'; rep: PersonId } | { kind: 'teams'; teams: readonly string[] | null };
  only: { kind: 'triggers' | 'sources'; name: string; label: string } | null;
  by: Side | null;
  /** Speed against outcome, instead of the numbers. */
  isSpeed: boolean;
  /** The words of the period, to ask for the same of something else. */
  period: string;
  compared: Compared;
};

/** Why it cannot be answered: nothing is called so, the period is none, or it is not theirs to see. */
export type StatsWrong = { cannot: 'findIt' | 'showIt'; said: string };

type Known = {
  policy: Policy;
  names: Names;
  sources: readonly string[];
  words: Words;
  zone: string;
  now: Date;
};

const usualPeriod = '30d';

const periods = ['week', 'month', 'quarter', 'lastWeek', 'lastMonth', 'lastQuarter'] as const;
const asides = ['byRep', 'byTeam', 'byTrigger', 'bySource', 'byWeek'] as const;
const meanings = meaningsOf(['me', 'team', 'all', 'speed', ...periods, ...asides]);

/**
 * Reads what is asked after `stats`, in any order: `me`, `team`, `all`, a team, a rep, a trigger or a source; a period; and
 * `by rep`, `by team`, `by trigger`, `by source` or `by week`; or `speed`. A manager's usual question is their team.
 */
export function readStats(text: string, person: PersonId, known: Known): StatsAsked | StatsWrong {
  const { policy, zone, now } = known;
  const { by, rest: others } = takeSide(inEnglish(text.toLowerCase().split(/\s+/).filter(Boolean), meanings));
  const { period, compared, rest } = takePeriod(
    others.filter((word) => word !== 'speed'),
    zone,
    now,
  );
  const whose = rest.join(' ');
  const reads = readsOf(policy, person);
  const own = teamsOf(policy, person).map(({ name }) => name);
  const teams = reads === 'everybody' ? null : (reads ?? own);
  const isSpeed = others.includes('speed');
  const said = { only: null, by, isSpeed, period, compared };
  if (whose === 'me' || (whose === '' && reads === null))
    return { ...said, about: { kind: 'rep', rep: person } };
  if (whose === 'all' && teams === null) return { ...said, about: { kind: 'teams', teams } };
  if (whose === '' || whose === 'team') {
    if (teams?.length === 0) return { cannot: 'showIt', said: 'team' };
    return { ...said, about: { kind: 'teams', teams: own.length > 0 ? own : teams } };
  }
  const found = find(whose, known);
  if (!found) return { cannot: 'findIt', said: whose };
  switch (found.kind) {
    case 'rep': {
      const theirs = teamsOf(policy, found.name).map(({ name }) => name);
      const mayRead =
        found.name === person || reads === 'everybody' || theirs.some((name) => reads?.includes(name));
      if (!mayRead) return { cannot: 'showIt', said: whose };
      return { ...said, about: { kind: 'rep', rep: found.name } };
    }
    case 'team':
      if (teams && !teams.includes(found.name)) return { cannot: 'showIt', said: whose };
      return { ...said, about: { kind: 'teams', teams: [found.name] } };
    default:
      return { ...said, about: { kind: 'teams', teams }, only: { ...found, kind: found.kind } };
  }
}

/** The leads of a period that were asked for. */
export function sightOf({ about, only }: StatsAsked, { from, until }: Compared['period']): Sight {
  return {
    ...{ from, until },
    ...(about.kind === 'rep' && { reps: [about.rep] }),
    ...(about.kind === 'teams' && about.teams && { teams: about.teams }),
    ...(only && { [only.kind]: [only.name] }),
  };
}

type Found = { kind: 'rep' | 'team' | 'triggers' | 'sources'; name: string; label: string };

/** What is called so, or begins so, or is so but for a typing error; the first in this order. */
function find(said: string, known: Known): Found | null {
  const { policy, names, sources } = known;
  const asked = said.replace(/^@/, '');
  const all: (Found & { words: readonly string[] })[] = [
    ...policy.teams.map(({ name }) => ({ kind: 'team' as const, name, label: name, words: [name] })),
    ...peopleOf(policy).map((id) => {
      const label = names.get(id) ?? id;
      return { kind: 'rep' as const, name: id, label, words: [id, label, label.split(' ')[0] ?? label] };
    }),
    ...policy.triggers.map(({ name, label }) => ({
      kind: 'triggers' as const,
      name,
      label,
      words: [name, label],
    })),
    ...sources.map((name) => ({
      kind: 'sources' as const,
      name,
      label: sourceInWords(name, known.words),
      words: [name, keyInWords(name), sourceInWords(name, known.words)],
    })),
  ];
  const isSo = [
    (word: string) => word === asked,
    (word: string) => asked.length > 2 && word.startsWith(asked),
    (word: string) => mistakesBetween(word, asked) <= mistakesAllowed(asked),
  ];
  for (const fits of isSo) {
    const one = all.find(({ words }) => words.some((word) => fits(word.toLowerCase())));
    if (one) return { kind: one.kind, name: one.name, label: one.label };
  }
  return null;
}

function takeSide(words: readonly string[]): { by: Side | null; rest: readonly string[] } {
  const place = words.findIndex((word) => word.startsWith('by '));
  const by = sides.find((side) => `by ${side}` === words[place]) ?? null;
  return { by, rest: by ? words.toSpliced(place, 1) : words };
}

function takePeriod(words: readonly string[], zone: string, now: Date) {
  for (const [place, period] of words.entries()) {
    const compared = readPeriod(period, zone, now);
    if (compared) return { period, compared, rest: words.toSpliced(place, 1) };
  }
  const compared = readPeriod(usualPeriod, zone, now) as Compared;
  return { period: usualPeriod, compared, rest: words };
}
