import { withFormerHandoffs } from './former.ts';
import { createLeads, requestDemo } from './leads.ts';
import type { Stage } from './stage.ts';

/** Longer than a window of HubSpot's limit, in which a bot that has used it up is silent. */
const silenceMs = 11_000;

/** Slack names no number for a short burst in one conversation, the local one takes three; then one a second. */
const slackAllows = { messagesAtOnce: 3, thenPerSecond: 1 };

export type Burst = {
  /** From the first webhook. */
  secondsToLastCard: number;
  secondsToLastWrite: number;
  /** Nobody could post the cards sooner: seconds until the last in one of equally busy conversations. */
  slackMinimum: number;
  hubspotCalls: number;
  slackCalls: number;
  /** With 429. */
  refused: number;
};

/** Many leads at once, while the platforms enforce their limits. */
export async function burst(stage: Stage, count: number, withinMs: number): Promise<Burst> {
  const { hubspot, follow, reps } = stage;
  const leads = createLeads(hubspot, count);
  await withFormerHandoffs(stage, leads);
  for (const lead of leads) requestDemo(hubspot, lead);
  const before = follow.calls();

  const begun = performance.now();
  hubspot.resumeWebhooks();
  const missing = (what: ReadonlyMap<string, number>) => leads.filter((lead) => !what.has(lead)).length;
  // Counting all of them at each event would take its time.
  const all = (what: ReadonlyMap<string, number>) => {
    const wanted = what.size + missing(what);
    return () => what.size >= wanted;
  };
  await follow.until(
    all(follow.cardAt),
    withinMs,
    () => `${missing(follow.cardAt)} of ${count} leads had no card`,
  );
  await follow.until(
    all(follow.writtenAt),
    withinMs,
    () => `${missing(follow.writtenAt)} of ${count} leads were not written back`,
  );
  await follow.calm(silenceMs, withinMs);

  const lastOf = (what: ReadonlyMap<string, number>) =>
    Math.max(...leads.map((lead) => what.get(lead) ?? Number.NaN));
  const lastCard = lastOf(follow.cardAt);
  const after = follow.calls();
  const busiest = Math.ceil(count / reps.length);
  return {
    secondsToLastCard: (lastCard - begun) / 1000,
    secondsToLastWrite:
      (Math.max(lastCard, lastOf(follow.writtenAt), follow.lastHubSpotCall()) - begun) / 1000,
    slackMinimum: (busiest - slackAllows.messagesAtOnce) / slackAllows.thenPerSecond,
    hubspotCalls: after.hubspot - before.hubspot,
    slackCalls: after.slack - before.slack,
    refused: after.refused - before.refused,
  };
}
