import { csvRow } from '../adapters/csv.ts';
import { keyInWords } from '../domain/lead/label.ts';
import { nameOf, reasonInWords } from '../domain/past/marketing-report.ts';
import { type MarketingFacts, workingMinutesOf } from '../domain/past/marketing-week.ts';
import type { Policy } from '../domain/policy/policy.ts';
import { hoursOf } from '../domain/policy/working-hours.ts';

/** Each handoff in a row, and each part of the score in a column of its own. */
export function sentBackCsv(
  facts: readonly MarketingFacts[],
  policy: Policy,
  { notes }: { notes: boolean },
): string {
  const labels = [
    ...new Set(facts.flatMap(({ origin }) => origin?.score?.components.map(({ label }) => label) ?? [])),
  ];
  const head = [
    ...['handoff', 'lead', 'team', 'trigger', 'source', 'campaign', 'latest_source', 'latest_campaign'],
    ...['score', ...labels.map((label) => `score: ${label}`)],
    ...['qualified_at', 'accepted_at', 'ended_at', 'outcome', 'reason', ...(notes ? ['note'] : [])],
    ...['working_minutes', 'touches', 'escalations', 'woken_by'],
  ];
  const rows = facts.map((fact) => {
    const { origin, outcome, closedAt } = fact;
    const components = origin?.score?.components ?? [];
    return [
      fact.handoffId,
      fact.leadId,
      fact.team ?? '',
      nameOf('trigger', fact.trigger, policy),
      keyInWords(origin?.source ?? null),
      origin?.campaign ?? '',
      keyInWords(origin?.latestSource ?? null),
      origin?.latestCampaign ?? '',
      origin?.score?.value ?? '',
      ...labels.map((label) => components.find((one) => one.label === label)?.points ?? ''),
      fact.qualifiedAt.toISOString(),
      fact.acceptedAt?.toISOString() ?? '',
      closedAt?.toISOString() ?? '',
      outcome ?? '',
      fact.reason === null ? '' : reasonInWords(policy, fact.reason),
      ...(notes ? [fact.note] : []),
      closedAt ? Math.round(workingMinutesOf(fact, (rep) => hoursOf(policy, rep))) : '',
      fact.touches,
      fact.escalations,
      fact.back ? nameOf('trigger', fact.back.wokenBy, policy) : '',
    ];
  });
  return [head, ...rows].map(csvRow).join('');
}
