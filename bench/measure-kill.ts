import { setTimeout as delay } from 'node:timers/promises';
import type { Bench } from './bench.ts';
import { createLeads, requestDemo } from './leads.ts';
import { stageBot } from './stage.ts';

const leads = 100;
const betweenLeadsMs = 10;
/** After how many cards the process is killed: while webhooks are coming in, while it is busiest, near the end. */
const killedAfter = [5, 40, 80];
const doneWithinMs = 60_000;
/** Nothing comes any more after such a silence, not even a second card of a job that is tried again. */
const silenceMs = 3_000;

/** `kill -9` in the middle of a stream of leads, then a restart. */
export async function measureKill(bench: Bench): Promise<void> {
  const kills: Kill[] = [];
  for (const cards of killedAfter) kills.push(await killAfter(bench, cards));
  const none = { atMost: 0, every: true } as const;
  bench.tell(
    { name: 'kill -9: leads without a card', unit: '', values: kills.map(({ lost }) => lost), target: none },
    { name: 'kill -9: cards too many', unit: '', values: kills.map(({ doubled }) => doubled), target: none },
    {
      name: 'kill -9: leads not in HubSpot',
      unit: '',
      values: kills.map(({ unwritten }) => unwritten),
      target: none,
    },
    { name: 'kill -9: until the last card', unit: 's', values: kills.map(({ seconds }) => seconds) },
  );
}

/** `seconds`: from the kill, with the restart. */
type Kill = { lost: number; doubled: number; unwritten: number; seconds: number };

async function killAfter(bench: Bench, count: number): Promise<Kill> {
  const stage = await stageBot(bench, { limits: 'off' });
  const { hubspot, follow } = stage;
  const ids = createLeads(hubspot, leads);
  // HubSpot itself sends what is not answered again.
  hubspot.resumeWebhooks();
  const sending = (async () => {
    for (const id of ids) {
      requestDemo(hubspot, id);
      await delay(betweenLeadsMs);
    }
  })();
  await follow.until(
    () => follow.cards() >= count,
    doneWithinMs,
    () => `${follow.cards()} cards arrived, expected ${count}`,
  );
  const killed = performance.now();
  await stage.child.kill();
  await stage.restart();
  await sending;
  await hubspot.settled();
  // Who is missing at the end is counted below.
  await follow
    .until(
      () => ids.every((id) => follow.writtenAt.has(id) && follow.cardAt.has(id)),
      doneWithinMs,
      () => 'leads are missing',
    )
    .catch(() => {});
  await follow.calm(silenceMs);
  await stage.close();

  const withCard = ids.filter((id) => follow.cardAt.has(id));
  const last = Math.max(...withCard.map((id) => follow.cardAt.get(id) ?? 0));
  return {
    lost: ids.length - withCard.length,
    doubled: follow.cards() - withCard.length,
    unwritten: ids.filter((id) => !follow.writtenAt.has(id)).length,
    seconds: (last - killed) / 1000,
  };
}
