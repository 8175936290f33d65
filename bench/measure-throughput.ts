import type { Databases } from './databases.ts';
import type { Figure } from './figure.ts';
import { createLeads, demoRequest } from './leads.ts';
import { untilQuiet } from './quiet.ts';
import { type Stage, stageBaseline, stageBot } from './stage.ts';

const warmUps = 100;
const rounds = 2;
const leads = 1_000;
/** HubSpot's limit of requests under way to one app. */
const webhooksUnderWay = 10;
const doneWithinMs = 120_000;

/** Leads per second until the last card, with webhooks sent as fast as they are answered. */
export async function measureThroughput(
  databases: Databases,
  nodeArguments: readonly string[],
): Promise<Figure[]> {
  await using unwinding = new AsyncDisposableStack();
  const bot = await stageBot(databases, { limits: 'off', nodeArguments });
  unwinding.defer(bot.close);
  const baseline = await stageBaseline(databases);
  unwinding.defer(baseline.close);

  const measured = { bot: [] as number[], written: [] as number[], baseline: [] as number[] };
  await handOver(bot, warmUps);
  await untilQuiet(bot.databaseUrl, doneWithinMs);
  await handOver(baseline, warmUps);
  for (let round = 0; round < rounds; round += 1) {
    const begun = performance.now();
    const ms = await handOver(bot, leads);
    await untilQuiet(bot.databaseUrl, doneWithinMs);
    measured.written.push(perSecond(performance.now() - begun));
    measured.bot.push(perSecond(ms));
    measured.baseline.push(perSecond(await handOver(baseline, leads)));
  }

  const ratios = measured.bot.map((rate, round) => rate / (measured.baseline[round] ?? Number.NaN));
  const name = 'sustained, until the last card';
  return [
    { name, unit: 'leads/s', values: measured.bot },
    { name: 'sustained, until all is in HubSpot too', unit: 'leads/s', values: measured.written },
    { name: `${name}, baseline`, unit: 'leads/s', values: measured.baseline },
    { name: `${name}, against the baseline`, unit: '×', values: ratios, target: { atLeast: 0.4 } },
  ];
}

const perSecond = (ms: number) => leads / (ms / 1000);

/** @returns the milliseconds from the first webhook to the last card. */
async function handOver({ hubspot, cards }: Stage, count: number): Promise<number> {
  const webhooks = createLeads(hubspot, count).map((lead) => demoRequest(hubspot, lead));
  const sendRest = async () => {
    for (let webhook = webhooks.pop(); webhook; webhook = webhooks.pop()) await hubspot.deliver(webhook);
  };
  const last = cards.reach(cards.count() + count, doneWithinMs);
  const begun = performance.now();
  const [arrived] = await Promise.all([last, ...Array.from({ length: webhooksUnderWay }, sendRest)]);
  return arrived - begun;
}
