import type { Section } from '../../domain/card/card.ts';
import type { ReplyAction } from '../../domain/card/reply-action.ts';
import { sourceInWords } from '../../domain/lead/source-words.ts';
import {
  definitions,
  type FigureName,
  healthyFallback,
  isTelling,
} from '../../domain/measure/definitions.ts';
import {
  figureFacts,
  figureInWords,
  sentBackLine,
  timeInWords,
  wentLine,
} from '../../domain/measure/figure-words.ts';
import { noAssignments, noHandoffs, type Tally } from '../../domain/measure/tally.ts';
import { teamOf } from '../../domain/policy/people-of.ts';
import type { PersonId, Policy } from '../../domain/policy/policy.ts';
import { triggerOf } from '../../domain/policy/triggers.ts';
import { workZone } from '../../domain/policy/working-hours.ts';
import { datesInWords } from '../../domain/time/reported-period.ts';
import { type Line, type Names, time } from '../../domain/words/line.ts';
import { folded, meaningsOf } from '../../domain/words/typed.ts';
import type { Words } from '../../domain/words/words.ts';
import { keepMeasured } from '../measure/keep-measured.ts';
import { namesOf } from '../people/people.ts';
import type { Reply } from '../ports/chat.ts';
import type { Measures, Side } from '../ports/measures.ts';
import type { Directory } from '../ports/people.ts';
import type { Clock, Runs } from '../ports/time.ts';
import { readStats, type StatsAsked, sightOf } from './read-stats.ts';
import { sayIt } from './said.ts';
import { statsChart } from './stats-chart.ts';
import { speedSections } from './stats-speed.ts';

type Needs = {
  measures: Measures;
  runs: Pick<Runs, 'last' | 'note'>;
  directory: Pick<Directory, 'people'>;
  policy: () => Policy;
  clock: Clock;
};

const nothing: Tally = { ...noAssignments, ...noHandoffs };

const askedMeaning = meaningsOf(['meanings']);

/** So many rows are read at a glance. */
const mostRows = 10;

/** How fast and how well leads were worked: somebody's, a team's, or those of a trigger or a source. */
export async function stats(
  person: PersonId,
  text: string,
  words: Words,
  needs: Needs,
): Promise<Reply | { wrong: string }> {
  if (askedMeaning.has(folded(text))) return meanings(words);
  await keepMeasured(needs);
  const { measures } = needs;
  const [policy, now, people] = [needs.policy(), needs.clock(), await needs.directory.people()];
  const zone = workZone(policy, person) ?? 'UTC';
  const sources = await measures.sources();
  const asked = readStats(text, person, { ...{ policy, sources, words, zone, now }, names: namesOf(people) });
  if ('cannot' in asked) {
    const { said } = asked;
    return {
      wrong: words.text(asked.cannot === 'findIt' ? 'stats.unknownWord' : 'stats.notTheirs', { said }),
    };
  }
  const { period, before } = asked.compared;
  const sight = sightOf(asked, period);
  const view: View = { asked, words, policy, names: namesOf(people), person };
  if (asked.isSpeed) {
    const title = words.text('stats.speedTitle', { title: titleOf(view) });
    return { title, sections: speedSections(await measures.speed(sight), words), actions: actionsOf(view) };
  }
  const by = asked.by ?? usualSide(asked);
  const team =
    asked.about.kind === 'rep' && asked.about.rep === person ? teamOf(policy, person)?.name : undefined;
  const tallyOf = async (seen: typeof sight) =>
    (await measures.tallies(seen, null, now)).get(null) ?? nothing;
  const [tally, earlier, sides, weeks, sentBack, teams] = await Promise.all([
    tallyOf(sight),
    tallyOf(sightOf(asked, before)),
    by && measures.tallies(sight, by, now),
    measures.tallies(sight, 'week', now),
    measures.sentBack(sight),
    team === undefined ? null : tallyOf({ ...period, teams: [team] }),
  ]);
  const leads = words.text('stats.leads', { count: tally.handoffs });
  const dates = (of: typeof period) => datesInWords(of, zone, words.language);
  const context = words.line('stats.context', {
    leads,
    dates: dates(period),
    before: dates(before),
    at: time(now),
  });
  const title = titleOf(view);
  if (tally.handoffs + tally.assignments === 0) {
    return { title, sections: [line(words.line('stats.none'))], actions: actionsOf(view) };
  }
  return {
    title,
    sections: [
      line(context),
      { kind: 'facts', facts: figureFacts(['answeredInTime', 'toTouch', 'meetings'], tally, earlier, words) },
      ...(teams ? [line(teamLine(teams, words))] : []),
      ...charted(statsChart(weeks, words)),
      ...lines(wentLine(tally, words)),
      ...(by && sides ? [table(by, sides, view)] : []),
      ...lines(sentBackLine(sentBack, policy, words)),
      ...betweenLines(tally, words).map(line),
      ...fallbackLines(tally, words).map(line),
    ],
    actions: actionsOf(view),
  };
}

type View = { asked: StatsAsked; words: Words; policy: Policy; names: Names; person: PersonId };

/** What each number means. */
function meanings(words: Words): Reply {
  const each = (Object.keys(definitions) as FigureName[]).map((name) => ({
    label: words.text(`figures.${name}`),
    value: words.text(`figures.${name}Means`),
  }));
  return { title: words.text('stats.meaningsTitle'), sections: [{ kind: 'facts', facts: each }] };
}

/** A team's numbers are told apart by rep, and otherwise nothing is, unless it is asked for. */
function usualSide({ about, only }: StatsAsked): Side | null {
  return about.kind === 'teams' && !only ? 'rep' : null;
}

function titleOf({ asked, words, names, person }: View): string {
  const { about, only } = asked;
  const teams = about.kind === 'teams' ? about.teams && words.list(about.teams) : null;
  const rep =
    about.kind === 'rep' &&
    (about.rep === person ? words.text('stats.yours') : (names.get(about.rep) ?? about.rep));
  const who = rep || teams || words.text('stats.allTeams');
  const period = periodInWords(asked, words);
  return only
    ? words.text('stats.titleOnly', { who, only: only.label, period })
    : words.text('stats.title', { who, period });
}

const calendarWords = {
  week: 'stats.thisWeek',
  month: 'stats.thisMonth',
  quarter: 'stats.thisQuarter',
  'last week': 'stats.lastWeek',
  'last month': 'stats.lastMonth',
  'last quarter': 'stats.lastQuarter',
} as const;

function periodInWords({ period }: StatsAsked, words: Words): string {
  if (Object.hasOwn(calendarWords, period))
    return words.text(calendarWords[period as keyof typeof calendarWords]);
  return period.endsWith('d') ? words.text('stats.lastDays', { days: Number.parseInt(period, 10) }) : period;
}

function teamLine(team: Tally, words: Words): Line {
  const inTime = figureInWords(definitions.answeredInTime.of(team), words);
  return words.line('stats.team', { inTime, touch: figureInWords(definitions.toTouch.of(team), words) });
}

const sideWords = {
  rep: 'stats.rep',
  team: 'stats.byTeam',
  trigger: 'stats.trigger',
  source: 'stats.source',
  week: 'stats.week',
} as const;

/** No ranking: people by name, weeks by date, everything else by how many leads it brought. */
function table(by: Side, sides: ReadonlyMap<string | null, Tally>, view: View): Section {
  const { words } = view;
  const isNamed = by === 'rep' || by === 'team' || by === 'week';
  const rows = [...sides]
    .map(([name, tally]) => ({ name: nameIn(by, name, view), tally }))
    .toSorted((a, b) => (isNamed ? a.name.localeCompare(b.name) : b.tally.handoffs - a.tally.handoffs))
    .map(({ name, tally }) => [
      name,
      String(by === 'rep' ? tally.assignments : tally.handoffs),
      figureInWords(definitions.answeredInTime.of(tally), words),
      tally.toTouch.working ? timeInWords(tally.toTouch.working.median, words) : '',
      by === 'rep'
        ? String(tally.acknowledge.late + tally.touch.late)
        : figureInWords(definitions.meetings.of(tally), words),
    ]);
  const left = rows.length - mostRows;
  const rest = left > 0 ? [[words.text('stats.more', { count: left }), '', '', '', '']] : [];
  return {
    kind: 'table',
    columns: [
      { title: words.text(sideWords[by]) },
      { title: words.text('stats.got'), isNumber: true },
      { title: words.text('stats.inTime'), isNumber: true },
      { title: words.text('stats.touch'), isNumber: true },
      { title: words.text(by === 'rep' ? 'stats.late' : 'stats.met'), isNumber: true },
    ],
    rows: [...rows.slice(0, mostRows), ...rest],
  };
}

function nameIn(by: Side, name: string | null, { policy, names, words }: View): string {
  if (name === null) return words.text('stats.unknown');
  if (by === 'rep') return names.get(name) ?? name;
  if (by === 'trigger') return triggerOf(policy, name)?.label ?? name;
  return by === 'source' ? sourceInWords(name, words) : name;
}

function betweenLines({ movedOn: passed, rescues }: Tally, words: Words): Line[] {
  return passed + rescues > 0 ? [words.line('stats.between', { passed, rescues })] : [];
}

/** Only when it says that something is wrong. */
function fallbackLines(tally: Tally, words: Words): Line[] {
  const { fallback: count, handoffs: of } = tally;
  const figure = definitions.fallback.of(tally);
  return isTelling(figure) && count / of >= healthyFallback
    ? [words.line('stats.fallback', { count, of })]
    : [];
}

/** The same of another time, told apart otherwise, and what the numbers mean. */
function actionsOf({ asked, words, person }: View): ReplyAction[] {
  const { about, only, by } = asked;
  const teams = about.kind === 'teams' && about.teams?.length === 1 ? about.teams[0] : 'team';
  const whose = about.kind === 'rep' ? (about.rep === person ? 'me' : about.rep) : (only?.name ?? teams);
  const ask = (period: string, side: Side | null, label: string) =>
    sayIt(['stats', whose, period, ...(side ? [`by ${side}`] : [])].join(' '), label);
  const periods = [
    ['7d', 'stats.days7'],
    ['30d', 'stats.days30'],
    ['90d', 'stats.days90'],
  ] as const;
  const sides = [
    ['trigger', 'stats.sideTrigger'],
    ['source', 'stats.sideSource'],
    ['week', 'stats.sideWeek'],
  ] as const;
  return [
    ...periods
      .filter(([period]) => period !== asked.period)
      .map(([period, label]) => ask(period, by, words.text(label))),
    ...sides
      .filter(([side]) => side !== by)
      .map(([side, label]) => ask(asked.period, side, words.text(label)))
      .slice(0, 2),
    ...(asked.isSpeed ? [] : [sayIt(`stats ${whose} 90d speed`, words.text('stats.sideSpeed'))]),
    sayIt('stats meanings', words.text('stats.meanings')),
    sayIt('dashboard', words.text('dashboard.button')),
  ];
}

function line(text: Line): Section {
  return { kind: 'text', title: '', text };
}

function lines(text: Line | null): Section[] {
  return text ? [line(text)] : [];
}

function charted(chart: Section | null): Section[] {
  return chart ? [chart] : [];
}
