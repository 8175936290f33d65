import { setTimeout as delay } from 'node:timers/promises';
import type { Databases } from './databases.ts';
import { type Figure, percentile } from './figure.ts';
import { createLeads, demoRequest } from './leads.ts';
import { untilQuiet } from './quiet.ts';
import { type Stage, stageBaseline, stageBot } from './stage.ts';

const warmUps = 60;
const rounds = 3;
const leadsPerRound = 140;
/** The two take turns in short stretches, so that both meet the same weather. */
const leadsPerTurn = 20;
const cardWithinMs = 10_000;
/** Lets the end of one lead not be the beginning of the next: the bot goes on after the card. */
const pauseMs = 20;

/** From the webhook to the card in Slack, one lead at a time. */
export async function measureLatency(databases: Databases): Promise<Figure[]> {
  await using unwinding = new AsyncDisposableStack();
  const bot = await stageBot(databases, { limits: 'off' });
  unwinding.defer(bot.close);
  const baseline = await stageBaseline(databases);
  unwinding.defer(baseline.close);
  const takeTurns = async (count: number) => {
    const ms = { bot: [] as number[], baseline: [] as number[] };
    while (ms.bot.length < count) {
      ms.bot.push(...(await handOver(bot, leadsPerTurn)));
      await untilQuiet(bot.databaseUrl, cardWithinMs);
      ms.baseline.push(...(await handOver(baseline, leadsPerTurn)));
    }
    return ms;
  };

  await takeTurns(warmUps);
  const measured: Awaited<ReturnType<typeof takeTurns>>[] = [];
  for (let round = 0; round < rounds; round += 1) measured.push(await takeTurns(leadsPerRound));

  const figures = (percent: number, atMost: number): Figure[] => {
    const name = `webhook → card, p${percent}`;
    const ofBot = measured.map((round) => percentile(round.bot, percent));
    const ofBaseline = measured.map((round) => percentile(round.baseline, percent));
    const ratios = ofBot.map((ms, round) => ms / (ofBaseline[round] ?? Number.NaN));
    return [
      { name, unit: 'ms', values: ofBot },
      { name: `${name}, baseline`, unit: 'ms', values: ofBaseline },
      { name: `${name}, against the baseline`, unit: '×', values: ratios, target: { atMost } },
    ];
  };
  return [...figures(50, 2), ...figures(99, 3)];
}

/** @returns the milliseconds that each lead took. */
async function handOver({ hubspot, cards }: Stage, count: number): Promise<number[]> {
  const took: number[] = [];
  for (const lead of createLeads(hubspot, count)) {
    const webhook = demoRequest(hubspot, lead);
    await delay(pauseMs);
    const card = cards.reach(cards.count() + 1, cardWithinMs);
    const sent = performance.now();
    const [arrived] = await Promise.all([card, hubspot.deliver(webhook)]);
    took.push(arrived - sent);
  }
  return took;
}
