import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { afterEach, describe, expect, test } from 'vitest';
import { runCommand } from '../../src/commands/commands.ts';
import { environmentOf } from '../support/child.ts';
import { createLead, demoRequest, requestDemo, startWorld, type World } from '../support/world.ts';

let world: World;
/** The last of the leads of before. */
let early: string;
afterEach(() => world.close());

const hour = 3_600_000;
const handedOver = () => world.database.prisma.handoff.count();

async function adopt(...options: string[]): Promise<string> {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const terminal = { environment: environmentOf(world), stdout, stderr, clock: world.now };
  await runCommand(['adopt', ...options], terminal);
  stdout.end();
  stderr.end();
  return (await text(stdout)) + (await text(stderr));
}

/** Leads who asked for a demo before there was a bot, and what HubSpot has since then. */
async function startWith(leads: number, amend: Record<string, unknown> = {}): Promise<void> {
  world = await startWorld({
    chats: 'slack',
    isNew: true,
    amend,
    prepare: (hubspot, { now, moveTo }) => {
      const start = now();
      moveTo(new Date(start.getTime() - 20 * hour));
      for (let number = 0; number < leads; number += 1) {
        early = hubspot.createContact({
          email: `lead${number}@early.example`,
          firstname: 'Early',
          lastname: `Number ${number}`,
        });
        requestDemo({ hubspot, now }, early);
      }
      moveTo(start);
    },
  });
}

describe('on the first day', () => {
  test('ten thousand leads of before bring no card, and one that asks now does', async () => {
    await startWith(10_000);
    await world.app.reconcile();
    await world.pass(10);
    expect(await handedOver()).toBe(0);
    await demoRequest(world);
    expect(await handedOver()).toBe(1);
  });

  test('a lead of before whose contact changes stays history, and says so', async () => {
    await startWith(1);
    world.hubspot.setProperties('contacts', early, { lead_score: '46' });
    await world.settle();
    const { reason } = await world.database.prisma.decision.findFirstOrThrow({ where: { leadId: early } });
    expect(JSON.stringify(reason)).toContain('beforeStart');
    expect(await handedOver()).toBe(0);
  });

  test('a policy may reach back', async () => {
    await startWith(2, { 'qualification.start': 'from 1 days before' });
    await world.app.reconcile();
    await world.settle();
    expect(await handedOver()).toBe(2);
  });
});

describe('leads of before are adopted', () => {
  test('which is told before it is done, and done once', async () => {
    await startWith(3);
    const foreseen = await adopt('--since', '1d', '--dry-run');
    expect(foreseen).toContain('Early Number 2');
    expect(foreseen).toContain('3 would be handed over or held. Nothing was done');
    await world.settle();
    expect(await handedOver()).toBe(0);

    expect(await adopt('--since', '1d')).toContain('3 are handed over by the running bot');
    await world.settle();
    expect(await handedOver()).toBe(3);

    expect(await adopt('--since', '1d')).toContain('No lead waits');
    await world.settle();
    expect(await handedOver()).toBe(3);
  });

  test('as far back as is said, and no further', async () => {
    await startWith(1);
    expect(await adopt('--since', '12h')).toContain('No lead waits');
    createLead(world);
    await world.settle();
    expect(await handedOver()).toBe(0);
  });
});
