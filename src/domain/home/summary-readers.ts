import { takersOf } from '../policy/people-of.ts';
import type { PersonId, Policy } from '../policy/policy.ts';
import { clockInWords, weekdayInWords } from '../time/clock-words.ts';
import type { Line } from '../words/line.ts';
import type { Words } from '../words/words.ts';
import { managedBy } from './home-facts.ts';

/** What comes by itself: to a rep what waits for them, to a manager what the week of their teams was like. */
export const summaryKinds = ['morning', 'week'] as const;
export type SummaryKind = (typeof summaryKinds)[number];

/** Who gets a summary, as long as they have not switched theirs off. */
export function summaryReaders(policy: Policy, kind: SummaryKind): PersonId[] {
  const { reps, managers } = policy.summaries ?? { reps: null, managers: null };
  if (kind === 'morning') return reps === null ? [] : takersOf(policy);
  return managers === null ? [] : [...new Set(policy.teams.map(({ manager }) => manager))];
}

/** What comes to somebody by itself, and when, line by line; marketing's report is one of it. */
export function summariesFor(person: PersonId, policy: Policy, words: Words): Line[] {
  const { reps, managers } = policy.summaries ?? { reps: null, managers: null };
  const { marketing } = policy;
  const of = (time: { weekday: Parameters<typeof weekdayInWords>[0]; minute: number }) => ({
    day: weekdayInWords(time.weekday, words),
    at: clockInWords(time.minute, words),
  });
  return [
    ...(reps !== null && takersOf(policy).includes(person)
      ? [words.line('summaries.mornings', { at: clockInWords(reps, words) })]
      : []),
    ...(managers && managedBy(policy, person).length > 0
      ? [words.line('summaries.weeks', of(managers))]
      : []),
    ...(marketing?.people.includes(person) && !marketing.channel
      ? [words.line('summaries.reports', of(marketing.weekly))]
      : []),
  ];
}
