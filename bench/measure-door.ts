import type { Bench } from './bench.ts';
import { percentile, ratios } from './figure.ts';
import { createContacts, scoreChange } from './leads.ts';
import { type Stage, stageBot, stageFloor } from './stage.ts';

const webhooks = 100;
const eventsEach = 100;
/** HubSpot's limit of webhooks under way to one app. */
const underWay = 10;
const rounds = 2;

/**
 * Many webhooks with as many events as HubSpot puts in one, about a lead each, as after an import: how fast they are
 * answered, whatever becomes of them afterwards.
 */
export async function measureDoor(bench: Bench): Promise<void> {
  const bot: Door[] = [];
  const floor: Door[] = [];
  for (let round = 0; round < rounds; round += 1) {
    bot.push(await knock(await stageBot(bench, { limits: 'off' })));
    floor.push(await knock(await stageFloor(bench)));
  }
  const name = `${webhooks} webhooks of ${eventsEach} events`;
  const rates = { bot: bot.map((one) => one.perSecond), floor: floor.map((one) => one.perSecond) };
  bench.tell(
    { name, unit: 'events/s', values: rates.bot },
    { name: `${name}, floor`, unit: 'events/s', values: rates.floor },
    { name: `${name}, against the floor`, unit: '×', values: ratios(rates.bot, rates.floor) },
    { name: `${name}, p99 of the answers`, unit: 'ms', values: bot.map((one) => one.p99) },
    { name: `${name}, p99 of the answers, floor`, unit: 'ms', values: floor.map((one) => one.p99) },
  );
}

type Door = { perSecond: number; p99: number };

async function knock(stage: Stage): Promise<Door> {
  const { hubspot } = stage;
  const contacts = createContacts(hubspot, webhooks * eventsEach);
  const bodies = Array.from({ length: webhooks }, (_, index) =>
    contacts
      .slice(index * eventsEach, (index + 1) * eventsEach)
      .flatMap((contact) => scoreChange(hubspot, contact)),
  );
  const took: number[] = [];
  const begun = performance.now();
  const sendRest = async () => {
    for (let events = bodies.pop(); events; events = bodies.pop()) {
      const sent = performance.now();
      const { status } = await hubspot.deliver(events);
      if (status !== 200 && status !== 204)
        throw new Error(`a webhook was answered with ${status}, expected 200`);
      took.push(performance.now() - sent);
    }
  };
  await Promise.all(Array.from({ length: underWay }, sendRest));
  const seconds = (performance.now() - begun) / 1000;
  // What it would do with them now is another measure's.
  await stage.child.kill();
  await stage.close();
  return { perSecond: (webhooks * eventsEach) / seconds, p99: percentile(took, 99) };
}
