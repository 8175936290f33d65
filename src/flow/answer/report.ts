import type { Section } from '../../domain/card/card.ts';
import { type HandoffFacts, measure, type Spread, type Stats } from '../../domain/past/stats.ts';
import { teamsOf } from '../../domain/policy/people-of.ts';
import type { PersonId, Policy } from '../../domain/policy/policy.ts';
import { bold } from '../../domain/words/line.ts';
import { folded, meaningsOf } from '../../domain/words/typed.ts';
import type { Language, Words } from '../../domain/words/words.ts';
import type { Reply } from '../ports/chat.ts';
import type { Handoffs } from '../ports/handoffs.ts';
import type { Clock } from '../ports/time.ts';

type Needs = { handoffs: Handoffs; policy: () => Policy; clock: Clock };

const periods = { '7d': 7, '30d': 30, '90d': 90 } as const;
type Period = keyof typeof periods;

/** Whose handoffs, and of how many days. */
export type StatsAsked = { scope: 'me' | 'team'; period: Period };

const scopes = meaningsOf(['me', 'team']);

/** Reads `me`, `team` and a period, in any order; or names the word that is none of them. */
export function readStatsWords(words: readonly string[]): StatsAsked | { wrong: string } {
  let scope: StatsAsked['scope'] = 'me';
  let period: Period = '30d';
  for (const word of words) {
    const said = folded(word);
    const meant = scopes.get(said);
    if (meant) scope = meant as StatsAsked['scope'];
    else if (Object.hasOwn(periods, said)) period = said as Period;
    else return { wrong: word };
  }
  return { scope, period };
}

/** How fast and how well somebody, or each of their teams, answered. */
export async function stats(
  person: PersonId,
  { scope, period }: StatsAsked,
  words: Words,
  needs: Needs,
): Promise<Reply> {
  const policy = needs.policy();
  const now = needs.clock();
  const from = new Date(now.getTime() - periods[period] * 86_400_000);
  const facts = await needs.handoffs.facts(from, now);
  const days = periods[period];
  const about = (counts: (fact: HandoffFacts) => boolean) =>
    sectionsOf(measure(facts.filter(counts)), policy, words);
  if (scope === 'me') {
    return {
      title: words.text('answers.statsMine', { days }),
      sections: about((fact) => fact.rep === person),
    };
  }
  const teams = teamsOf(policy, person).map(({ name }) => name);
  const [only, ...others] = teams;
  if (only !== undefined && others.length === 0) {
    const title = words.text('answers.statsTeam', { team: only, days });
    return { title, sections: about((fact) => fact.team === only) };
  }
  return {
    title: words.text('answers.statsTeams', { days }),
    sections: teams.flatMap((name): Section[] => [
      { kind: 'text', title: '', text: [bold(name)] },
      ...about((fact) => fact.team === name),
    ]),
  };
}

function sectionsOf(stats: Stats, policy: Policy, words: Words): Section[] {
  if (stats.handoffs === 0) {
    const text = words.line('answers.statsNoneText');
    return [{ kind: 'text', title: words.text('answers.statsNone'), text }];
  }
  const labelOf = (name: string) =>
    policy.disqualifyReasons.find((reason) => reason.name === name)?.label ?? name;
  const reasons = stats.reasons.map(({ reason, count }) => `${labelOf(reason)} ${count}`).join(', ');
  return [
    {
      kind: 'facts',
      facts: [
        { label: words.text('answers.handoffs'), value: String(stats.handoffs) },
        { label: words.text('answers.inTime'), value: percent(stats.withinSla, words) },
        { label: words.text('answers.toAcknowledge'), value: spreadWords(stats.toAcknowledge, words) },
        { label: words.text('answers.toFirstTouch'), value: spreadWords(stats.toFirstTouch, words) },
        { label: words.text('answers.accepted'), value: percent(stats.accepted, words) },
        { label: words.text('answers.disqualified'), value: reasons || words.text('answers.none') },
      ],
    },
  ];
}

function spreadWords(spread: Spread | null, words: Words): string {
  if (!spread) return words.text('answers.noneYet');
  const { medianMinutes, p90Minutes, count } = spread;
  const [median, p90] = [duration(medianMinutes, words), duration(p90Minutes, words)];
  return words.text('answers.spread', { median, p90, count });
}

/** To the second below a minute, to the tenth from an hour on. */
function duration(minutes: number, { language }: Words): string {
  const hours = minutes / 60;
  if (minutes < 1) return measured(minutes * 60, 'second', 0, language);
  if (minutes < 60) return measured(minutes, 'minute', 0, language);
  return hours < 48 ? measured(hours, 'hour', 1, language) : measured(hours / 24, 'day', 1, language);
}

function measured(value: number, unit: string, maximumFractionDigits: number, language: Language): string {
  return value.toLocaleString(language, { style: 'unit', unit, unitDisplay: 'short', maximumFractionDigits });
}

function percent(share: number | null, words: Words): string {
  return share === null
    ? words.text('answers.noneYet')
    : share.toLocaleString(words.language, { style: 'percent' });
}
