import type { Bench } from './bench.ts';
import { ratios } from './figure.ts';
import { stageBot, stageFloor } from './stage.ts';
import { type Sustained, sustain } from './sustain.ts';

const rounds = 2;
const load = {
  bot: { warmUp: 100, leads: 2_500, withinMs: 25_000 },
  floor: { warmUp: 300, leads: 4_000, withinMs: 15_000 },
};

/** Leads per second without end, what they cost, and the memory meanwhile. */
export async function measureThroughput(bench: Bench): Promise<void> {
  const bot = await stageBot(bench, { limits: 'off' });
  const floor = await stageFloor(bench);
  const measured: { bot: Sustained; floor: Sustained }[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const ofBot = await sustain(bench, bot, load.bot);
    await bot.follow.calm(500);
    measured.push({ bot: ofBot, floor: await sustain(bench, floor, load.floor) });
  }

  const tell = (
    { name, unit }: { name: string; unit: string },
    of: (sustained: Sustained) => number,
    target: { atMost: number } | { atLeast: number },
  ) => {
    const ofBot = measured.map(({ bot: measuredBot }) => of(measuredBot));
    const ofFloor = measured.map(({ floor: measuredFloor }) => of(measuredFloor));
    bench.tell(
      { name, unit, values: ofBot },
      { name: `${name}, floor`, unit, values: ofFloor },
      { name: `${name}, against the floor`, unit: '×', values: ratios(ofBot, ofFloor), target },
    );
  };
  tell({ name: 'sustained', unit: 'leads/s' }, (one) => one.leadsPerSecond, { atLeast: 0.4 });
  tell({ name: 'CPU per 1,000 leads, with PostgreSQL', unit: 's' }, (one) => one.cpuSecondsPer1000, {
    atMost: 3,
  });
  bench.tell({
    name: 'CPU per 1,000 leads, PostgreSQL’s alone',
    unit: 's',
    values: measured.map(({ bot: { postgresSecondsPer1000 } }) => postgresSecondsPer1000),
  });
  const megabytes = measured.map((round) => round.bot.megabytes);
  bench.tell({
    name: 'sustained: resident memory, at most',
    unit: 'MB',
    values: megabytes,
    target: { atMost: 250 },
  });
}
