import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { type Platform, peopleOf } from '../../src/domain/policy/policy.ts';
import { readPolicyFile } from '../../src/policy-file.ts';
import { chats } from '../support/chats/client.ts';
import { type Child, environmentOf, packagesIn, startChild } from '../support/child.ts';
import {
  createLead,
  policyFile,
  requestDemo,
  type Surroundings,
  startSurroundings,
} from '../support/world.ts';

let around: Surroundings | null = null;
let children: Child[] = [];

function start(environment: Record<string, string>, options: Parameters<typeof startChild>[1] = {}): Child {
  const child = startChild(environment, options);
  children.push(child);
  return child;
}

afterEach(async () => {
  for (const child of children) child.kill('SIGKILL');
  await Promise.all(children.map(({ ended }) => ended));
  children = [];
  await around?.close();
  around = null;
});

const everybody = peopleOf(readPolicyFile(policyFile).policy);
/** The demo request's webhook, answered with 200 by the child. */
async function deliverDemoRequest(world: Surroundings): Promise<void> {
  world.hubspot.pauseWebhooks();
  const lead = createLead(world);
  requestDemo(world, lead);
  const answer = await world.hubspot.deliver(world.hubspot.takePendingWebhooks());
  expect(answer.status).toBe(200);
}

describe.each(chats)('kill -9 of the bot in $name', ({ platform }) => {
  const cards = (world: Surroundings) => everybody.flatMap((person) => world.in(platform).cards(person));

  test.each([
    {
      when: 'while the lead is read from HubSpot',
      hold: ({ hubspot }: Surroundings) =>
        hubspot.failNext({ method: 'GET', path: /contacts/, connection: 'hang' }),
      isHeld: ({ hubspot }: Surroundings) =>
        hubspot.requests.some(({ method, path }) => method === 'GET' && /contacts/.test(path)),
      sent: 1,
    },
    {
      when: 'while the card is sent',
      hold: (world: Surroundings) => world.in(platform).fail('post', 'hang'),
      isHeld: (world: Surroundings) => world.in(platform).isHanging(),
      sent: 1,
    },
    {
      when: 'when the chat has the card and has not said so',
      hold: (world: Surroundings) => world.in(platform).fail('post', 'hangAfterEffect'),
      isHeld: (world: Surroundings) => cards(world).length > 0,
      // Slack's messages can be looked through for the card. Teams' cannot, and a lead must not be lost.
      sent: { slack: 1, teams: 2 }[platform],
    },
  ])(
    '$when: after the restart the card is there, once',
    async ({ hold, isHeld, sent }) => {
      const world = await startSurroundings({ chats: platform, realTime: true });
      around = world;
      const first = start(environmentOf(world));
      await first.ready;
      await world.everybodyArrives();
      hold(world);
      await deliverDemoRequest(world);
      await expect.poll(() => isHeld(world), { timeout: 10_000 }).toBe(true);
      first.kill('SIGKILL');
      expect((await first.ended).signal).toBe('SIGKILL');

      const second = start(environmentOf(world));
      await second.ready;
      const delivered = () => world.database.prisma.handoff.count({ where: { deliveredAt: { not: null } } });
      await expect.poll(delivered, { timeout: 10_000 }).toBe(1);
      expect(cards(world)).toHaveLength(sent);
      for (const person of everybody) await world.in(platform).look(person);
      await expect.poll(() => cards(world).length, { timeout: 10_000 }).toBe(1);
      second.kill('SIGTERM');
      expect((await second.ended).code).toBe(0);
      expect(cards(world)).toHaveLength(1);
    },
    45_000,
  );
});

describe('what Teams needs', () => {
  /** What a bot in these chats has loaded from the SDK of Teams by the time that it runs. */
  async function loadedIn(running: Platform): Promise<string[]> {
    around = await startSurroundings({ chats: running, realTime: true });
    const child = start(environmentOf(around), { tellsPackages: true });
    await child.ready;
    child.kill('SIGTERM');
    const packages = packagesIn((await child.ended).output);
    expect(packages).toContain('fastify');
    return packages.filter((name) => /^(botbuilder|botframework|@azure\/)/.test(name));
  }

  test('is not loaded by a bot without Teams', async () => {
    expect(await loadedIn('slack')).toEqual([]);
  });

  test('is loaded by a bot in Teams', async () => {
    expect(await loadedIn('teams')).toEqual(
      expect.arrayContaining(['@azure/msal-node', 'botbuilder', 'botframework-connector']),
    );
  });
});

describe('a start that cannot work', () => {
  test('without any configuration names what is missing and where to try the bot', async () => {
    const { code, output } = await start({}).ended;
    expect(code).toBe(1);
    expect(output).toContain('HUBSPOT_ACCESS_TOKEN');
    expect(output).toContain('SLACK_BOT_TOKEN');
    expect(output).toContain('MICROSOFT_APP_ID');
    expect(output).toContain('npm run sandbox');
  });

  test('with half of it names the other half', async () => {
    const { code, output } = await start({ HUBSPOT_ACCESS_TOKEN: 'pat-half', SLACK_BOT_TOKEN: 'xoxb-half' })
      .ended;
    expect(code).toBe(1);
    for (const name of ['HUBSPOT_CLIENT_SECRET', 'HUBSPOT_PORTAL_ID', 'SLACK_SIGNING_SECRET', 'PUBLIC_URL']) {
      expect(output).toContain(`${name} is missing`);
    }
    expect(output).not.toContain('half');
  });

  test('on a database that is silent says so, and a signal ends it meanwhile', async () => {
    const silent = createServer(() => {}).listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const { port } = silent.address() as AddressInfo;
    around = await startSurroundings({ chats: 'slack', realTime: true });
    const environment = {
      ...environmentOf(around),
      DATABASE_URL: `postgres://bot:pw@127.0.0.1:${port}/handoff`,
    };
    const { code, output } = await start(environment).ended;
    expect(code).toBe(1);
    expect(output).toContain('DATABASE_URL leads to no PostgreSQL');
    expect(output).not.toContain('pw@');

    const impatient = start(environment);
    await once(silent, 'connection');
    impatient.kill('SIGTERM');
    expect((await impatient.ended).code).toBe(0);
    silent.close();
  });

  test('on a port that is taken says so', async () => {
    around = await startSurroundings({ chats: 'slack', realTime: true });
    const environment = { ...environmentOf(around), PORT: new URL(around.hubspot.url).port };
    const { code, output } = await start(environment).ended;
    expect(code).toBe(1);
    expect(output).toContain(`PORT=${environment.PORT} is taken`);
  });
});
