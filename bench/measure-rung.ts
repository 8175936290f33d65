import { setTimeout as delay } from 'node:timers/promises';
import type { Bench } from './bench.ts';
import { manager, soonSeconds } from './company.ts';
import { type Counted, countIdle, startCounting, withoutIdle } from './counting.ts';
import { createLeads, demoRequest } from './leads.ts';
import { figuresOf } from './measure-cost.ts';
import { stageCounted } from './stage.ts';

const rungs = 4;
const idleMs = 30_000;
const withinMs = 60_000;
const calmMs = 400;
/** Begins counting so long before the rung is due. */
const headStartMs = 500;

/** What it costs when nobody answers a card in time, and the manager is told. */
export async function measureRung(bench: Bench): Promise<void> {
  const stage = await stageCounted(bench, { limits: 'off', patience: 'soon' });
  const { hubspot, slack, follow, counters } = stage;
  const told = () => slack.messages(manager).length;
  const idle = await countIdle(counters, idleMs);
  const counted: Counted[] = [];
  for (const lead of createLeads(hubspot, rungs)) {
    const before = told();
    await hubspot.deliver(demoRequest(hubspot, lead));
    const begun = performance.now();
    await follow.until(
      () => follow.writtenAt.has(lead),
      withinMs,
      () => `lead ${lead} was not written back`,
    );
    await delay(soonSeconds * 1000 - headStartMs - (performance.now() - begun));
    const stop = await startCounting(counters);
    await follow.until(
      () => told() > before,
      withinMs,
      () => `the manager was not told of lead ${lead}`,
    );
    await follow.calm(calmMs);
    counted.push(withoutIdle(await stop(), idle));
  }
  bench.tell(...figuresOf('a fired rung', counted));
}
