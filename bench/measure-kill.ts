import { setTimeout as delay } from 'node:timers/promises';
import type { Databases } from './databases.ts';
import type { Figure } from './figure.ts';
import { createLeads, requestDemo } from './leads.ts';
import { untilQuiet } from './quiet.ts';
import { stageBot } from './stage.ts';

const leads = 100;
const betweenLeadsMs = 10;
/** After how many cards the process is killed: while webhooks are coming in, while it is busiest, near the end. */
const killedAfter = [5, 40, 80];
const doneWithinMs = 60_000;

/** `kill -9` in the middle of a stream of leads, then a restart. */
export async function measureKill(databases: Databases): Promise<Figure[]> {
  const kills: Kill[] = [];
  for (const cards of killedAfter) kills.push(await killAfter(cards, databases));
  const none = { atMost: 0, every: true } as const;
  return [
    { name: 'kill -9: leads without a card', unit: '', values: kills.map(({ lost }) => lost), target: none },
    { name: 'kill -9: cards too many', unit: '', values: kills.map(({ doubled }) => doubled), target: none },
    { name: 'kill -9: until the last card', unit: 's', values: kills.map(({ seconds }) => seconds) },
  ];
}

/** `seconds`: from the kill, with the restart. */
type Kill = { lost: number; doubled: number; seconds: number };

async function killAfter(count: number, databases: Databases): Promise<Kill> {
  const stage = await stageBot(databases, { limits: 'off' });
  const { hubspot, cards } = stage;
  try {
    const ids = createLeads(hubspot, leads);
    // HubSpot itself sends what is not answered again.
    hubspot.resumeWebhooks();
    const sending = (async () => {
      for (const id of ids) {
        requestDemo(hubspot, id);
        await delay(betweenLeadsMs);
      }
    })();
    await cards.reach(count, doneWithinMs);
    const killed = performance.now();
    await stage.child.kill();
    await stage.restart();
    await sending;
    await hubspot.settled();
    await untilQuiet(stage.databaseUrl, doneWithinMs);

    const byLead = cards.byLead();
    const lost = ids.filter((id) => !byLead.has(id)).length;
    const last = await cards.reach(leads - lost, doneWithinMs);
    return { lost, doubled: cards.count() - byLead.size, seconds: (last - killed) / 1000 };
  } finally {
    await stage.close();
  }
}
