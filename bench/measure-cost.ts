import type { Bench } from './bench.ts';
import { type Counted, countIdle, inSequence, startCounting, withoutIdle } from './counting.ts';
import type { Figure, Target } from './figure.ts';
import { withFormerHandoffs } from './former.ts';
import { createLeads, demoRequest } from './leads.ts';
import { type Counters, type Stage, stageCounted } from './stage.ts';

const warmUps = 5;
const leads = 12;
const idleMs = 20_000;
const withinMs = 10_000;
/** Nothing that belongs to a lead comes after such a silence of the platforms. */
const calmMs = 400;

/** What a lone lead costs, from the webhook until all is written back, and what its acceptance does. */
export async function measureCost(bench: Bench): Promise<void> {
  const stage = await stageCounted(bench, { limits: 'off' });
  const ids = createLeads(stage.hubspot, warmUps + leads);
  await withFormerHandoffs(stage, ids);
  for (const lead of ids.slice(0, warmUps)) {
    await handOver(stage, lead);
    await accept(stage, lead);
  }
  const idle = await countIdle(stage.counters, idleMs);
  const handed: (Counted & { sequence: number })[] = [];
  const accepted: Counted[] = [];
  for (const lead of ids.slice(warmUps)) {
    const { sequence, ...counted } = await handOver(stage, lead);
    handed.push({ ...withoutIdle(counted, idle), sequence });
    accepted.push(withoutIdle(await accept(stage, lead), idle));
  }
  bench.tell(
    ...figuresOf('a lone lead', handed, { statements: { atMost: 25 } }),
    {
      name: 'a lone lead: round trips in sequence before the card',
      unit: '',
      values: handed.map(({ sequence }) => sequence),
      target: { atMost: 8 },
    },
    ...figuresOf('an acceptance', accepted),
  );
}

/** The rows of one cost. */
export function figuresOf(
  what: string,
  counted: readonly Counted[],
  targets: Partial<Record<keyof Counted, Target>> = {},
): Figure[] {
  const rows = [
    ['statements', 'SQL statements'],
    ['roundTrips', 'SQL round trips'],
    ['commits', 'durable commits'],
    ['hubspotCalls', 'HubSpot calls'],
    ['slackCalls', 'Slack calls'],
  ] as const;
  return rows.map(([key, words]) => ({
    name: `${what}: ${words}`,
    unit: '',
    values: counted.map((one) => one[key]),
    ...(targets[key] && { target: targets[key] }),
  }));
}

type CountedStage = Stage & { counters: Counters };

async function handOver(stage: CountedStage, lead: string): Promise<Counted & { sequence: number }> {
  const { hubspot, follow, counters } = stage;
  const webhook = demoRequest(hubspot, lead);
  const stop = await startCounting(counters);
  const since = performance.now();
  await hubspot.deliver(webhook);
  await follow.until(
    () => follow.cardAt.has(lead) && follow.writtenAt.has(lead),
    withinMs,
    () => `lead ${lead} has no card, or is not written back`,
  );
  await follow.calm(calmMs);
  const counted = await stop();
  const before = follow.cardAt.get(lead) ?? 0;
  const trips = [...counters.wire.trips(), ...counters.hubspot.calls, ...counters.slack.calls];
  return { ...counted, sequence: inSequence(trips, { since, before }) };
}

/** The rep clicks the button, until HubSpot knows and nothing more comes. */
async function accept(stage: CountedStage, lead: string): Promise<Counted> {
  const { slack, hubspot, follow, counters } = stage;
  const card = follow.cardOf(lead);
  if (!card) throw new Error(`lead ${lead} has no card to accept`);
  const [, actionId] = /"action_id":"([^"]*accept[^"]*)"/.exec(JSON.stringify(card.message.blocks)) ?? [];
  if (!actionId) throw new Error(`the card of lead ${lead} has no button to accept it`);
  const stop = await startCounting(counters);
  const outcome = await slack.click(card.rep, { ts: card.message.ts, actionId });
  if (!outcome.acknowledged) throw new Error(`accepting lead ${lead} was answered with ${outcome.result}`);
  await follow.until(
    () => hubspot.object('contacts', lead)?.properties['hs_lead_status'] === 'OPEN',
    withinMs,
    () => `lead ${lead} is accepted, and HubSpot does not know`,
  );
  await follow.calm(calmMs);
  return stop();
}
