import type { Bench } from './bench.ts';
import { percentile, ratios } from './figure.ts';
import { withFormerHandoffs } from './former.ts';
import { createLeads, demoRequest } from './leads.ts';
import { type Stage, stageBot, stageFloor } from './stage.ts';

const warmUps = 60;
const rounds = 3;
const leadsPerRound = 140;
/** The two take turns in short stretches, so that both meet the same weather. */
const leadsPerTurn = 20;
const cardWithinMs = 10_000;
/** Lets the end of one lead not be the beginning of the next: the bot goes on after the card. */
const calmMs = 50;

/** From the webhook to the card in Slack, one lead at a time. */
export async function measureLatency(bench: Bench): Promise<void> {
  const bot = await stageBot(bench, { limits: 'off' });
  const floor = await stageFloor(bench);
  const takeTurns = async (count: number) => {
    const ms = { bot: [] as number[], floor: [] as number[] };
    while (ms.bot.length < count) {
      ms.bot.push(...(await handOver(bot, leadsPerTurn)));
      ms.floor.push(...(await handOver(floor, leadsPerTurn)));
    }
    return ms;
  };

  await takeTurns(warmUps);
  const measured: Awaited<ReturnType<typeof takeTurns>>[] = [];
  for (let round = 0; round < rounds; round += 1) measured.push(await takeTurns(leadsPerRound));

  for (const { percent, atMost } of [
    { percent: 50, atMost: 2 },
    { percent: 99, atMost: 3 },
  ]) {
    const name = `webhook → card, p${percent}`;
    const ofBot = measured.map((round) => percentile(round.bot, percent));
    const ofFloor = measured.map((round) => percentile(round.floor, percent));
    bench.tell(
      { name, unit: 'ms', values: ofBot },
      { name: `${name}, floor`, unit: 'ms', values: ofFloor },
      { name: `${name}, against the floor`, unit: '×', values: ratios(ofBot, ofFloor), target: { atMost } },
    );
  }
}

/** @returns the milliseconds that each lead took. */
async function handOver(stage: Stage, count: number): Promise<number[]> {
  const { hubspot, follow } = stage;
  const took: number[] = [];
  const leads = createLeads(hubspot, count);
  if (stage.kind === 'bot') await withFormerHandoffs(stage, leads);
  for (const lead of leads) {
    const webhook = demoRequest(hubspot, lead);
    const sent = performance.now();
    const card = follow.until(
      () => follow.cardAt.has(lead),
      cardWithinMs,
      () => `lead ${lead} had no card`,
    );
    await Promise.all([card, hubspot.deliver(webhook)]);
    took.push((follow.cardAt.get(lead) ?? Number.NaN) - sent);
    if (stage.kind === 'bot') {
      await follow.until(
        () => follow.writtenAt.has(lead),
        cardWithinMs,
        () => `lead ${lead} was not written back`,
      );
    }
    await follow.calm(calmMs);
  }
  return took;
}
