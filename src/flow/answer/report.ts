import type { Section } from '../../domain/card/card.ts';
import { type HandoffFacts, measure, type Spread, type Stats } from '../../domain/past/stats.ts';
import { teamsOf } from '../../domain/policy/people-of.ts';
import type { PersonId, Policy } from '../../domain/policy/policy.ts';
import { bold, line } from '../../domain/words/line.ts';
import type { Reply } from '../ports/chat.ts';
import type { Handoffs } from '../ports/handoffs.ts';
import type { Clock } from '../ports/time.ts';

type Needs = { handoffs: Handoffs; policy: () => Policy; clock: Clock };

const periods = { '7d': 7, '30d': 30, '90d': 90 } as const;
type Period = keyof typeof periods;

/** Whose handoffs, and of how many days. */
export type StatsAsked = { scope: 'me' | 'team'; period: Period };

/** Reads `me`, `team` and a period, in any order; or names the word that is none of them. */
export function readStatsWords(words: readonly string[]): StatsAsked | { wrong: string } {
  let scope: StatsAsked['scope'] = 'me';
  let period: Period = '30d';
  for (const word of words) {
    if (word === 'me' || word === 'team') scope = word;
    else if (Object.hasOwn(periods, word)) period = word as Period;
    else return { wrong: word };
  }
  return { scope, period };
}

/** How fast and how well somebody, or each of their teams, answered. */
export async function stats(person: PersonId, { scope, period }: StatsAsked, needs: Needs): Promise<Reply> {
  const policy = needs.policy();
  const now = needs.clock();
  const from = new Date(now.getTime() - periods[period] * 86_400_000);
  const facts = await needs.handoffs.facts(from, now);
  const inTime = `last ${periods[period]} days`;
  const about = (counts: (fact: HandoffFacts) => boolean) =>
    sectionsOf(measure(facts.filter(counts)), policy);
  if (scope === 'me') {
    return { title: `Your handoffs, ${inTime}`, sections: about((fact) => fact.rep === person) };
  }
  const teams = teamsOf(policy, person).map(({ name }) => name);
  const [only, ...others] = teams;
  if (only !== undefined && others.length === 0) {
    return { title: `${only}, ${inTime}`, sections: about((fact) => fact.team === only) };
  }
  return {
    title: `Your teams, ${inTime}`,
    sections: teams.flatMap((name): Section[] => [
      { kind: 'text', title: '', text: [bold(name)] },
      ...about((fact) => fact.team === name),
    ]),
  };
}

function sectionsOf(stats: Stats, policy: Policy): Section[] {
  if (stats.handoffs === 0) {
    return [
      {
        kind: 'text',
        title: 'Nothing yet',
        text: line`No handoffs in this period. They appear as leads qualify.`,
      },
    ];
  }
  const labelOf = (name: string) =>
    policy.disqualifyReasons.find((reason) => reason.name === name)?.label ?? name;
  const reasons = stats.reasons.map(({ reason, count }) => `${labelOf(reason)} ${count}`).join(', ');
  return [
    {
      kind: 'facts',
      facts: [
        { label: 'Handoffs', value: String(stats.handoffs) },
        { label: 'Within SLA', value: percent(stats.withinSla) },
        { label: 'Time to acknowledge', value: spreadWords(stats.toAcknowledge) },
        { label: 'Time to first touch', value: spreadWords(stats.toFirstTouch) },
        { label: 'Accepted', value: percent(stats.accepted) },
        { label: 'Disqualified because', value: reasons || 'none' },
      ],
    },
  ];
}

function spreadWords(spread: Spread | null): string {
  if (!spread) return 'none yet';
  return `median ${duration(spread.medianMinutes)}, p90 ${duration(spread.p90Minutes)} (${spread.count})`;
}

function duration(minutes: number): string {
  if (minutes < 1) return `${Math.round(minutes * 60)} s`;
  if (minutes < 60) return `${Math.round(minutes)} min`;
  const hours = minutes / 60;
  return hours < 48 ? `${hours.toFixed(1)} h` : `${(hours / 24).toFixed(1)} days`;
}

function percent(share: number | null): string {
  return share === null ? 'none yet' : `${Math.round(share * 100)} %`;
}
