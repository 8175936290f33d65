import { sourceInWords } from '../../domain/lead/source-words.ts';
import { type Reader, readsPeople } from '../../domain/measure/reader.ts';
import type { Sight } from '../../domain/measure/tally.ts';
import { takersOf } from '../../domain/policy/people-of.ts';
import type { Policy } from '../../domain/policy/policy.ts';
import { type Compared, readPeriod } from '../../domain/time/reported-period.ts';
import type { Names } from '../../domain/words/line.ts';
import type { Words } from '../../domain/words/words.ts';
import type { Choice, Filter } from '../ports/dashboard.ts';
import { type HourOfWeek, timesHeld, type Which, wholeLeads } from '../ports/measured-lists.ts';

export type FilterName = 'period' | 'team' | 'rep' | 'trigger' | 'source';

/** What narrows a page, as its query says. */
export type Filters = {
  compared: Compared;
  /** Of a period of their own, with both ends. */
  days: { from: string; to: string } | null;
  team: string | null;
  rep: string | null;
  trigger: string | null;
  source: string | null;
  hour: HourOfWeek | null;
  which: Which;
  reason: string | null;
  /** Of a list, from 1. */
  page: number;
  /** A table is asked for as a file, with all of its rows. */
  isFile: boolean;
  /** What they search for. */
  search: string;
};

/** A value that nobody can mean, and what is expected in its place. */
export type Wrong = { name: string; value: string; expected: string };

/** What is known of whoever asks, and of what they may ask for. */
export type Known = {
  policy: Policy;
  reader: Reader;
  names: Names;
  sources: readonly string[];
  words: Words;
  zone: string;
  now: Date;
  /** Whether leads that they may read of have it: people, teams and triggers leave the policy. */
  isFormer: (name: 'team' | 'rep' | 'trigger', value: string) => Promise<boolean>;
};

const usualPeriod = '30d';
const periods = ['7d', '30d', '90d', 'quarter', 'dates'] as const;
const listed: readonly string[] = [...timesHeld, ...wholeLeads];
const mostPages = 100_000;

/** Reads a query; each name once, and what somebody may not read is no value. */
export async function readFilters(query: URLSearchParams, known: Known): Promise<Filters | Wrong> {
  const asked: Record<string, string> = {};
  for (const [name, value] of query) {
    if (asked[name] !== undefined) return { name, value, expected: known.words.text('dashboard.once') };
    asked[name] = value.trim();
  }
  const wrong = (name: string, expected: string): Wrong => ({ name, value: asked[name] ?? '', expected });
  const one = (name: FilterName) => asked[name] || null;
  for (const name of ['team', 'rep', 'trigger'] as const) {
    const values = choicesOf(name, known).map(({ value }) => value);
    const value = asked[name];
    if (!value || values.includes(value)) continue;
    const isFormer = values.length > 0 && (await known.isFormer(name, value));
    if (!isFormer) return wrong(name, oneOf(values, known.words));
  }
  if (asked['source'] && !/^[A-Z0-9_]{1,60}$/.test(asked['source'])) return wrong('source', 'ORGANIC_SEARCH');
  const period = readDays(asked, known);
  if ('expected' in period) return period;
  const hour = /^([1-7])-(\d|1\d|2[0-3])$/.exec(asked['hour'] ?? '');
  if (asked['hour'] && !hour) return wrong('hour', '1-0 … 7-23');
  const which = asked['which'] || 'all';
  if (!listed.includes(which)) return wrong('which', oneOf(listed, known.words));
  const page = Number(asked['page'] || 1);
  if (!Number.isInteger(page) || page < 1 || page > mostPages) return wrong('page', '1, 2, 3 …');
  return {
    ...period,
    ...{ team: one('team'), rep: one('rep'), trigger: one('trigger'), source: one('source') },
    hour: hour && { weekday: Number(hour[1]), hour: Number(hour[2]) },
    which: which as Which,
    reason: asked['reason'] ?? null,
    page,
    isFile: asked['table'] !== undefined,
    search: asked['lead'] ?? '',
  };
}

function oneOf(values: readonly string[], words: Words): string {
  return values.length === 0 ? words.text('dashboard.nothing') : words.either(values);
}

/** The days that are asked for; those of their own count when both are said, or are asked for by name. */
function readDays(
  asked: Readonly<Record<string, string>>,
  { zone, now, words }: Known,
): Pick<Filters, 'compared' | 'days'> | Wrong {
  const word = asked['period'] || usualPeriod;
  if (!periods.some((period) => period === word))
    return { name: 'period', value: word, expected: oneOf(periods, words) };
  const isDates = word === 'dates';
  const [from, to] = [asked['from'] ?? '', asked['to'] ?? ''];
  const text = isDates ? `${from}..${to}` : word;
  const compared = readPeriod(text, zone, now);
  if (!compared)
    return { name: isDates ? 'from, to' : 'period', value: text, expected: '2026-11-23..2026-11-29' };
  return { compared, days: isDates ? { from, to } : null };
}

/** What somebody may narrow a page to. */
function choicesOf(name: FilterName, { policy, reader, names, sources, words }: Known): Choice[] {
  const { teams } = reader;
  const theirs = policy.teams.filter((team) => teams === 'all' || teams.includes(team.name));
  switch (name) {
    case 'period':
      return periods.map((value) => ({ value, label: words.text(`dashboard.period_${value}`) }));
    case 'team':
      return reader.role === 'rep' ? [] : theirs.map((team) => ({ value: team.name, label: team.name }));
    case 'rep': {
      if (!readsPeople(reader) || reader.role === 'rep') return [];
      const people =
        teams === 'all' ? takersOf(policy) : theirs.flatMap((team) => [team.manager, ...membersOf(team)]);
      return [...new Set(people)]
        .map((value) => ({ value, label: names.get(value) ?? value }))
        .toSorted((a, b) => a.label.localeCompare(b.label, words.language));
    }
    case 'trigger': {
      const { wake, revisit } = policy.recycle;
      return [...policy.triggers, ...wake, revisit].map((trigger) => ({
        value: trigger.name,
        label: trigger.label,
      }));
    }
    case 'source':
      return sources.map((value) => ({ value, label: sourceInWords(value, words) }));
    default:
      return name satisfies never;
  }
}

function labelOf(name: FilterName, value: string, { names, words }: Known): string {
  if (name === 'source') return sourceInWords(value, words);
  return name === 'rep' ? (names.get(value) ?? value) : value;
}

function membersOf({ members }: Policy['teams'][number]): string[] {
  return members.map(({ id }) => id);
}

/** The ways to narrow a page, of those that it has, for whom there is something to choose. */
export function filtersOf(
  names: readonly FilterName[],
  filters: Filters,
  query: URLSearchParams,
  known: Known,
): Filter[] {
  const { words } = known;
  return names.flatMap((name): Filter[] => {
    const choices = choicesOf(name, known);
    const label = words.text(`dashboard.${name}`);
    if (name === 'period') {
      return [{ name, label, value: query.get('period') || usualPeriod, choices }];
    }
    const value = filters[name] ?? '';
    // What is asked for stands there, also when nobody has it in this period.
    const isMissing = value !== '' && !choices.some((choice) => choice.value === value);
    const all = isMissing ? [...choices, { value, label: labelOf(name, value, known) }] : choices;
    return all.length < 2 && value === ''
      ? []
      : [{ name, label, value, choices: [{ value: '', label: words.text('dashboard.all') }, ...all] }];
  });
}

/** The leads of a period that somebody asks for, as far as they may read of them. */
export function sightFor(
  { team, rep, trigger, source }: Filters,
  { from, until }: Compared['period'],
  reach: Pick<Sight, 'reps' | 'teams'>,
): Sight {
  return {
    ...{ from, until },
    ...reach,
    ...(team && { teams: [team] }),
    ...(rep && { reps: [rep] }),
    ...(trigger && { triggers: [trigger] }),
    ...(source && { sources: [source] }),
  };
}
