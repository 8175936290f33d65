import { readFile } from 'node:fs/promises';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { freePort } from '../../sandbox/free-port.ts';
import { runCommand } from '../../src/commands/commands.ts';
import type { Examined } from '../../src/doctor/check.ts';
import { environmentOf } from '../support/child.ts';
import {
  ada,
  ben,
  demoRequest,
  ownerIdOf,
  startSurroundings,
  startWorld,
  type World,
} from '../support/world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld({ chats: 'both', amend: { 'chat.usual': 'both' } });
  for (const id of ['C0HANDOFFS1', 'C0MARKETING'])
    world.in('slack').server.setChannel({ id, name: id.toLowerCase() });
  await demoRequest(world);
  await world.app.sweep();
});
afterAll(() => world.close());

type Report = { state: string; fixed: string[]; findings: Examined[] };
type Asked = { options?: string[]; of?: Parameters<typeof environmentOf>[0]; at?: Date };

/** What the doctor says where the environment is the right one but for this. */
async function doctor(changes: Record<string, string>, { options = [], of = world, at = of.now() }: Asked) {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const environment = { ...environmentOf(of), ...changes };
  const code = await runCommand(['doctor', ...options], { environment, stdout, stderr, clock: () => at });
  stdout.end();
  stderr.end();
  return { code, out: await text(stdout), err: await text(stderr) };
}

async function report(changes: Record<string, string>, asked: Asked = {}): Promise<Report> {
  const { out } = await doctor(changes, { ...asked, options: ['--json', ...(asked.options ?? [])] });
  return JSON.parse(out);
}

/** What is not as it should be, without the address: no https leads to a test. */
async function faults(changes: Record<string, string>, asked: Asked = {}): Promise<string[]> {
  const { findings } = await report(changes, asked);
  const bad = findings.filter(
    ({ check, state }) => check !== 'Public address' && /warning|wrong/.test(state),
  );
  expect(bad.filter(({ remedy }) => !remedy)).toEqual([]);
  return bad.map(({ check, state, found }) => `${check}, ${state}: ${found}`);
}

/** Without an app in it. */
async function surroundings(options: Parameters<typeof startSurroundings>[0]) {
  const around = await startSurroundings(options);
  onTestFinished(() => around.close());
  return around;
}

describe('of a bot that works', () => {
  test('nothing is wrong, and the exit code says that the address is no https', async () => {
    const { code, out } = await doctor({}, {});
    expect(out).toContain('✓ HubSpot account     account 77 takes the token\n');
    expect(out).toContain('✓ Slack account       @lead_handoff in Sandbox\n');
    expect(out).toMatch(/! Public address +the bot answers, but .* call https addresses alone\n +→ /);
    expect(out).toMatch(/\d+ checks: 0 wrong, 1 to look at/);
    expect([code, await faults({})]).toEqual([1, []]);
  });

  test('a sample card is sent to whoever is named, and to nobody else', async () => {
    const { out } = await doctor({}, { options: ['--send-test', ada] });
    expect(out).toContain('Slack');
    expect(world.in('slack').card(ada).text).toContain('This is a sample.');
    const { code, err } = await doctor({}, { options: ['--send-test', 'nobody@example.com'] });
    expect([code, err]).toEqual([1, expect.stringContaining('"nobody@example.com" is nobody of the policy')]);
  });
});

describe('it names what is wrong, and what to do', () => {
  test('with a token that HubSpot does not know', async () => {
    expect(await faults({ HUBSPOT_ACCESS_TOKEN: 'pat-of-yesterday' })).toContain(
      'HubSpot account, wrong: HubSpot refuses HUBSPOT_ACCESS_TOKEN (401)',
    );
  });

  test('with the token of another account', async () => {
    expect(await faults({ HUBSPOT_PORTAL_ID: '78' })).toEqual([
      'HubSpot account, wrong: The token is of account 77, HUBSPOT_PORTAL_ID says 78',
    ]);
  });

  test('with a token that Slack does not know', async () => {
    expect(await faults({ SLACK_BOT_TOKEN: 'xoxb-of-yesterday' })).toContain(
      "Slack account, wrong: Slack turns the bot away: Slack does not know the app's token; check SLACK_BOT_TOKEN",
    );
  });

  test('with a secret that Microsoft does not know', async () => {
    expect(await faults({ MICROSOFT_APP_PASSWORD: 'of-yesterday' })).toContainEqual(
      expect.stringMatching(/^Teams account, wrong: Microsoft gives the app no token: AADSTS7000215/),
    );
  });

  test('when the admin of HubSpot has granted less', async () => {
    const around = await surroundings({ chats: 'slack', scopes: ['crm.objects.contacts.read'] });
    const found = await faults({}, { of: around });
    expect(found).toContain(
      'HubSpot scopes, wrong: crm.objects.contacts.write is not granted: with it owner, stage and status are written back',
    );
    expect(found).toContain(
      'HubSpot scopes, warning: forms is not granted: with it cards tell what was written into a form',
    );
  });

  test('when the portal lacks a stage of the policy', async () => {
    const around = await surroundings({
      chats: 'slack',
      amend: { 'recycle.lead_status': 'NO_SUCH' },
    });
    expect(await faults({}, { of: around })).toContainEqual(
      expect.stringMatching(/^Policy, wrong: .*NO_SUCH/),
    );
  });

  test('when a rep is no user of HubSpot, or is switched off there', async () => {
    const around = await surroundings({ chats: 'slack' });
    const { hubspot } = around;
    hubspot.deactivateOwner(ownerIdOf(around, ben));
    expect(await faults({}, { of: around })).toContain(
      `People in HubSpot, warning: ${ben} is switched off in HubSpot: others get their leads`,
    );
  });

  test('when a rep cannot be written to', async () => {
    const around = await surroundings({ chats: 'slack', absent: { slack: [ben] } });
    expect(await faults({}, { of: around })).toContain(
      `People in chat, wrong: ${ben} cannot be written to in Slack`,
    );
  });

  test('when nobody looks for due reminders any more', async () => {
    const at = new Date(world.now().getTime() + 3 * 60_000);
    expect(await faults({}, { at })).toEqual([
      'Running, wrong: nobody has looked for due reminders for 3 min',
    ]);
  });

  test('when HubSpot has not called for long', async () => {
    const at = new Date(world.now().getTime() + 9 * 86_400_000);
    expect(await faults({}, { at })).toContain('Webhooks, warning: the last came 9 days ago');
  });

  test('when there is no database that answers', async () => {
    const found = await faults({ DATABASE_URL: 'postgres://nobody@127.0.0.1:1/handoff' });
    expect(found).toContainEqual(expect.stringMatching(/^Database, wrong: The database cannot be read/));
  });

  test('when nobody answers under the public address', async () => {
    const publicUrl = `http://127.0.0.1:${await freePort('127.0.0.1', 0)}`;
    const { findings } = await report({ PUBLIC_URL: publicUrl });
    expect(findings.find(({ check }) => check === 'Public address')).toMatchObject({
      state: 'wrong',
      found: `${publicUrl} does not answer: ECONNREFUSED`,
    });
  });
});

test('properties that HubSpot lacks are made when that is asked for', async () => {
  const around = await surroundings({ chats: 'slack', lacks: ['handoff_status', 'handoff_rep'] });
  expect(await faults({}, { of: around })).toContain(
    'HubSpot properties, wrong: HubSpot lacks handoff_status, handoff_rep',
  );
  const { fixed, findings } = await report({}, { of: around, options: ['--fix'] });
  expect(fixed).toEqual(['handoff_status', 'handoff_rep']);
  expect(findings.find(({ check }) => check === 'HubSpot properties')?.state).toBe('right');
});

test('each check has a part of docs/doctor.md to itself', async () => {
  const { findings } = await report({});
  const missing = await report({ DATABASE_URL: 'postgres://nobody@127.0.0.1:1/handoff' });
  const names = new Set([...findings, ...missing.findings].map(({ check }) => check));
  const page = await readFile(new URL('../../docs/doctor.md', import.meta.url), 'utf8');
  const parts = [...page.matchAll(/^## (.+)$/gm)].map(([, name]) => name);
  expect(parts.toSorted()).toEqual([...names].toSorted());
});
