import type { Lead, Score } from './lead.ts';

/**
 * The lead as it was at an earlier moment, as far as its histories tell: what it did afterwards is left out. Whatever
 * HubSpot keeps without a history (who the lead is, its company, visits, open deals, the parts of its score) stays as
 * it is today, and of stages only the last time is known.
 */
export function leadAt(lead: Lead, at: Date): Lead {
  const entered = Object.entries(lead.stageEnteredAt);
  return {
    ...lead,
    lifecycleStage: stageAt(lead, at),
    stageEnteredAt: entered.every(([, time]) => time <= at)
      ? lead.stageEnteredAt
      : Object.fromEntries(entered.filter(([, time]) => time <= at)),
    score: lead.score && scoreAt(lead.score, at),
    conversions: notAfter(lead.conversions, at),
    pages: notAfter(lead.pages, at),
    activities: notAfter(lead.activities, at),
    // They are those of the last form.
    formAnswers: lead.conversions.every((sent) => sent.at <= at) ? lead.formAnswers : [],
  };
}

function notAfter<T extends { at: Date }>(list: readonly T[], at: Date): readonly T[] {
  return list.every((one) => one.at <= at) ? list : list.filter((one) => one.at <= at);
}

/** A stage that was entered later gives way to the last one before it. */
function stageAt({ lifecycleStage, stageEnteredAt }: Lead, at: Date): string | null {
  const entered = lifecycleStage ? stageEnteredAt[lifecycleStage] : undefined;
  if (!entered || entered <= at) return lifecycleStage;
  const before = Object.entries(stageEnteredAt).filter(([, time]) => time <= at);
  return before.sort(([, a], [, b]) => b.getTime() - a.getTime())[0]?.[0] ?? null;
}

/** A score without a history is taken as it is. */
function scoreAt(score: Score, at: Date): Score | null {
  if (score.history.length === 0) return score;
  const history = notAfter(score.history, at);
  const [latest] = history;
  return latest ? { ...score, value: latest.value, history } : null;
}
