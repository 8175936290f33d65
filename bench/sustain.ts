import { setTimeout as delay } from 'node:timers/promises';
import type { Bench } from './bench.ts';
import { withFormerHandoffs } from './former.ts';
import { createLeads, demoRequest } from './leads.ts';
import { cpuSeconds, residentMegabytes } from './processes.ts';
import type { Stage } from './stage.ts';

/** As many as one call of HubSpot's batches can hold. */
const leadsUnderWay = 100;
/** HubSpot's limit of webhooks under way to one app. */
const webhooksUnderWay = 10;
const leadWithinMs = 120_000;
const sampleMs = 250;

export type Sustained = {
  leadsPerSecond: number;
  /** Of the process and of PostgreSQL together; not that of the platforms. */
  cpuSecondsPer1000: number;
  /** Those of PostgreSQL alone. */
  postgresSecondsPer1000: number;
  /** The most that was seen. */
  megabytes: number;
};

/**
 * A closed loop: always 100 leads are under way, and a new one is sent when one is done, which is when it has its card
 * and, of the bot, is in HubSpot too. So no backlog can grow unseen, and the rate is what the process bears. It is taken
 * over the time between the end of a warm-up and the end of the leads, or of the time.
 */
export async function sustain(
  { databases }: Bench,
  stage: Stage,
  { warmUp, leads: most, withinMs }: { warmUp: number; leads: number; withinMs: number },
): Promise<Sustained> {
  const { hubspot, follow, child, kind } = stage;
  const leads = createLeads(hubspot, warmUp + most);
  if (kind === 'bot') await withFormerHandoffs(stage, leads);
  const isDone = (lead: string) =>
    follow.cardAt.has(lead) && (kind === 'floor' || follow.writtenAt.has(lead));

  const waiting = [...leads];
  let done = 0;
  let over = false;
  const warm = Promise.withResolvers<void>();
  const send = inTurns(webhooksUnderWay);
  const keepOneUnderWay = async () => {
    for (let lead = waiting.shift(); lead && !over; lead = waiting.shift()) {
      const next = lead;
      // Asked for earlier, the bot would find out by itself, at its next look at what changed in HubSpot.
      await send(() => hubspot.deliver(demoRequest(hubspot, next)));
      await follow.until(
        () => over || isDone(next),
        leadWithinMs,
        () => `lead ${next} is not done, the ${done}th of ${leads.length}`,
      );
      done += 1;
      if (done === warmUp) warm.resolve();
    }
  };
  const running = Promise.all(Array.from({ length: leadsUnderWay }, keepOneUnderWay));
  await Promise.race([warm.promise, running]);

  const used = () => {
    const postgres = databases.cpuSeconds();
    return { postgres, cpu: cpuSeconds(child.pid) + postgres };
  };
  const before = { at: performance.now(), done, ...used() };
  let megabytes = 0;
  let after = before;
  // Towards the end fewer are under way: it is not looked at.
  while (waiting.length > 0 && performance.now() - before.at < withinMs) {
    await Promise.race([delay(sampleMs), running]);
    megabytes = Math.max(megabytes, await residentMegabytes(child.pid));
    if (waiting.length > 0) after = { at: performance.now(), done, ...used() };
  }
  over = true;
  // Something happens, so that whoever waits looks up.
  hubspot.setProperties('contacts', leads[0] ?? '', { lead_score: '33' });
  hubspot.takePendingWebhooks();
  await running;
  const finished = after.done - before.done;
  return {
    leadsPerSecond: finished / ((after.at - before.at) / 1000),
    cpuSecondsPer1000: ((after.cpu - before.cpu) / finished) * 1000,
    postgresSecondsPer1000: ((after.postgres - before.postgres) / finished) * 1000,
    megabytes,
  };
}

/** Runs what it is given, so many at a time. */
function inTurns(atOnce: number) {
  let free = atOnce;
  const waiting: (() => void)[] = [];
  return async (work: () => Promise<unknown>) => {
    if (free === 0) await new Promise<void>((go) => waiting.push(go));
    else free -= 1;
    try {
      await work();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else free += 1;
    }
  };
}
