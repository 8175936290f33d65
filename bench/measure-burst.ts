import type { Bench } from './bench.ts';
import { type Burst, burst } from './burst.ts';
import { stageBot } from './stage.ts';

const atMost = { minimum: 1.15, hubspotCalls: 1, slackCalls: 2.2 };

/** A campaign that goes out to many while few are there to call. */
export async function measureBurst(bench: Bench): Promise<void> {
  await measure(bench, { leads: 200, reps: 6, repetitions: 2, withinMs: 300_000 });
}

/** The same for a large company. */
export async function measureCrowd(bench: Bench): Promise<void> {
  await measure(bench, { leads: 1_000, reps: 50, repetitions: 1, withinMs: 900_000 });
}

async function measure(
  bench: Bench,
  size: { leads: number; reps: number; repetitions: number; withinMs: number },
): Promise<void> {
  const { leads, reps, repetitions, withinMs } = size;
  const bursts: Burst[] = [];
  while (bursts.length < repetitions) {
    const stage = await stageBot(bench, { limits: 'documented', reps });
    bursts.push(await burst(stage, leads, withinMs));
    await stage.close();
  }
  const of = (pick: (measured: Burst) => number) => bursts.map(pick);
  const name = `burst of ${leads} over ${reps}`;
  bench.tell(
    { name: `${name}, until the last card`, unit: 's', values: of((one) => one.secondsToLastCard) },
    {
      name: `${name}, last card against Slack’s own minimum`,
      unit: '×',
      values: of((one) => one.secondsToLastCard / one.slackMinimum),
      target: { atMost: atMost.minimum },
    },
    {
      name: `${name}, until all is in HubSpot too`,
      unit: 's',
      values: of((one) => one.secondsToLastWrite),
    },
    {
      name: `${name}, HubSpot calls per handoff`,
      unit: '',
      values: of((one) => one.hubspotCalls / leads),
      target: { atMost: atMost.hubspotCalls },
    },
    {
      name: `${name}, Slack calls per handoff`,
      unit: '',
      values: of((one) => one.slackCalls / leads),
      target: { atMost: atMost.slackCalls },
    },
    {
      name: `${name}, refused with 429`,
      unit: '',
      values: of((one) => one.refused),
      target: { atMost: 0, every: true },
    },
  );
}
