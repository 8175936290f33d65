import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { runCommand } from '../../src/commands/commands.ts';
import { environmentOf } from '../support/child.ts';
import { ada, demoRequest, startWorld, type World } from '../support/world.ts';

let world: World;
let lead: string;
beforeEach(async () => {
  world = await startWorld({ chats: 'slack' });
  lead = await demoRequest(world);
});
afterEach(() => world.close());

async function handoff(...words: string[]) {
  const [stdout, stderr] = [new PassThrough({ encoding: 'utf8' }), new PassThrough({ encoding: 'utf8' })];
  const environment = { ...environmentOf(world), USER: 'ops' };
  const [code, out, err] = await Promise.all([
    runCommand(words, { environment, stdout, stderr }).finally(() => {
      stdout.end();
      stderr.end();
    }),
    text(stdout),
    text(stderr),
  ]);
  return { code, out, err };
}

const nurture = (id = lead) => {
  const { handoff_nurture_paused: paused, handoff_nurture_resumed_at: resumedAt } =
    world.hubspot.object('contacts', id)?.properties ?? {};
  return { paused: paused ?? null, resumedAt: resumedAt ?? null };
};

test('the open pauses are listed with whose they are, why, until when, and what HubSpot knows', async () => {
  const { out } = await handoff('suppressions');
  expect(out.split('\n')[0]).toMatch(/^Contact +Name +Who +Why +Since +Until +Written +Seen$/);
  expect(out).toContain('Dana Ortiz');
  expect(out).toContain(`${ada}  handoff: demo_request`);
  expect(out).toContain('2026-03-02 14:03 UTC  2026-04-01 14:03 UTC  paused 2026-03-02 14:03 UTC  not yet');
  const [entry] = JSON.parse((await handoff('suppressions', '--json')).out);
  expect(entry).toMatchObject({ leadId: lead, leadName: 'Dana Ortiz', lifted: null });
});

test('a pause that was lifted is listed when all are asked for', async () => {
  await world.in('slack').fill(ada, 'disqualify', { reason: 'not_a_fit' });
  await world.settle();
  expect((await handoff('suppressions')).out).toBe('Nothing is paused\n');
  expect((await handoff('suppressions', '--all')).out).toContain('2026-03-02 14:03 UTC (disqualified)');
});

test('a contact is paused by hand beside its handoff, and the last one lifts the pause', async () => {
  const paused = await handoff('suppressions', 'pause', lead, '--for', '14d', '--why', 'talks to legal');
  expect(paused.out).toContain(`Paused: contact ${lead}, until`);
  expect(paused.out).toContain('HubSpot has been told');
  await world.in('slack').fill(ada, 'disqualify', { reason: 'not_a_fit' });
  await world.settle();
  expect(nurture()).toEqual({ paused: 'true', resumedAt: null });
  expect((await handoff('suppressions')).out).toContain('ops  by hand: talks to legal');
  expect((await handoff('suppressions', 'resume', lead)).out).toContain(
    `Resumed: contact ${lead}, of 1 pause`,
  );
  expect(nurture()).toMatchObject({ paused: 'false' });
});

test('a contact is resumed although its handoff goes on, which its thread says', async () => {
  expect((await handoff('suppressions', 'resume', lead)).out).toContain('HubSpot has been told');
  expect(nurture()).toMatchObject({ paused: 'false' });
  await world.settle();
  expect(world.in('slack').told(ada).at(-1)).toContain('Nurture was resumed by hand');
  expect(world.in('slack').card(ada).text).not.toContain('Nurture paused');
  expect((await handoff('suppressions', 'resume', lead)).err).toContain(`Nothing pauses the contact ${lead}`);
});

test('what is changed while HubSpot is away is written by the next comparison', async () => {
  world.hubspot.failNext({ path: /contacts/, status: 503 });
  expect((await handoff('suppressions', 'resume', lead)).out).toContain('HubSpot does not answer');
  expect(nurture()).toMatchObject({ paused: 'true' });
  await world.app.watchPauses();
  expect(nurture()).toMatchObject({ paused: 'false' });
});

test.each([
  [['pause', '999', '--for', '14d', '--why', 'x'], 'Nothing is known here of the contact 999'],
  [['pause', 'nobody@example.com', '--for', '14d', '--why', 'x'], 'Nothing is known here'],
  [['pause', '1', '--for', '14', '--why', 'x'], 'Expected a time such as 12h, 14d or 6w'],
  [['pause', '1', '--for', '60w', '--why', 'x'], 'at most 366d'],
  [['pause', '1', '--for', '14d'], '--why'],
])('%j says what is wrong', async (words, problem) => {
  const { code, err } = await handoff('suppressions', ...words);
  expect(code).toBe(1);
  expect(err).toContain(problem);
});
