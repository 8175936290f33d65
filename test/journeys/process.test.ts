import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import type { Platform } from '../../src/domain/policy/policy.ts';
import { type Child, environmentOf, packagesIn, startChild } from '../support/child.ts';
import {
  ada,
  createLead,
  ownerIdOf,
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

test('a start says how everything stands: accounts, people, webhooks, reminders and the address', async () => {
  around = await startSurroundings({ chats: 'both', realTime: true, absent: { slack: [ada] } });
  const child = start(environmentOf(around));
  await child.said('"check":"Webhooks"');
  child.kill('SIGTERM');
  const { output } = await child.ended;
  const told = output.split('\n').filter((line) => line.includes('"msg":"looked at"'));
  const found = told.map((line) => JSON.parse(line)).map((one) => `${one.check}: ${one.found}`);
  expect(found).toEqual(
    expect.arrayContaining([
      'HubSpot account: account 77 takes the token',
      'Slack account: @lead_handoff in Sandbox',
      `People in chat: ${ada} cannot be written to in Slack and Teams`,
      'Public address: the bot answers, but HubSpot, Slack and Teams call https addresses alone',
      'Webhooks: HubSpot has never called',
    ]),
  );
});

test('of three processes that do a part each none is enough, and all together hand a lead over', async () => {
  const world = await startSurroundings({ chats: 'slack', realTime: true });
  around = world;
  const [http, cron] = ['http', 'cron'].map((role) =>
    start({ ...environmentOf(world), HANDOFF_ROLES: role }),
  );
  await Promise.all([http?.ready, cron?.ready]);
  await world.everybodyArrives();
  requestDemo(world, createLead(world, { hubspot_owner_id: ownerIdOf(world, ada) }));
  await world.hubspot.settled();
  const jobs = () => world.database.prisma.job.count({ where: { task: 'intake', takenBy: null } });
  await expect.poll(jobs).toBe(1);
  expect(world.in('slack').cards(ada)).toEqual([]);

  await start({ ...environmentOf(world), HANDOFF_ROLES: 'worker' }).ready;
  await expect.poll(() => world.in('slack').cards(ada).length).toBe(1);
  expect((await fetch(`${world.config.http.publicUrl}/readyz`)).status).toBe(200);
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

  test('with tokens that nobody takes says so of each, and starts nothing', async () => {
    around = await startSurroundings({ chats: 'both', realTime: true });
    const wrong = { HUBSPOT_ACCESS_TOKEN: 'pat-of-yesterday', SLACK_BOT_TOKEN: 'xoxb-of-yesterday' };
    const { code, output } = await start({ ...environmentOf(around), ...wrong }).ended;
    expect(code).toBe(1);
    expect(output).toContain('HubSpot refuses HUBSPOT_ACCESS_TOKEN (401)');
    expect(output).toContain("Slack does not know the app's token; check SLACK_BOT_TOKEN");
    expect(output).not.toContain('of-yesterday');
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

  test('with measures at an address of another machine says so', async () => {
    around = await startSurroundings({ chats: 'slack', realTime: true });
    const environment = { ...environmentOf(around), METRICS_HOST: '192.0.2.1', METRICS_PORT: '9464' };
    const { code, output } = await start(environment).ended;
    expect(code).toBe(1);
    expect(output).toContain(
      'METRICS_HOST="192.0.2.1" is no address of this machine, expected one such as 127.0.0.1',
    );
  });
});

test('a fault that nobody foresaw ends the bot, and is told without what it quotes', async () => {
  around = await startSurroundings({ chats: 'slack', realTime: true });
  const faulty = `process.on('SIGUSR2', () => Promise.reject(new TypeError('Dana Ortiz has no owner')))`;
  const child = start(environmentOf(around), {
    preload: `data:text/javascript,${encodeURIComponent(faulty)}`,
  });
  await child.ready;
  child.kill('SIGUSR2');
  const { code, output } = await child.ended;
  expect(code).toBe(1);
  expect(output).toContain("error: 'TypeError'");
  expect(output).not.toContain('Dana');
});
