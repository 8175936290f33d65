import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { runCommand } from '../../src/commands/commands.ts';
import { environmentOf } from '../support/child.ts';
import { ada, demoRequest, startWorld, type World } from '../support/world.ts';

let world: World;
beforeEach(async () => {
  world = await startWorld({ chats: 'slack' });
});
afterEach(() => world.close());

async function recycled(...options: string[]): Promise<string> {
  const [stdout, stderr] = [new PassThrough({ encoding: 'utf8' }), new PassThrough({ encoding: 'utf8' })];
  const ran = runCommand(['recycled', ...options], { environment: environmentOf(world), stdout, stderr });
  const [, out] = await Promise.all([ran.finally(() => stdout.end()), text(stdout)]);
  return out;
}

test('the leads that sleep are listed with until when, with whom, why, and what to say then', async () => {
  expect(await recycled()).toBe('Nobody sleeps\n');
  const lead = await demoRequest(world);
  await world.in('slack').fill(ada, 'disqualify', { reason: 'timing', note: 'After the\u001b[31m merger' });
  await world.settle();
  const [head, , row] = (await recycled()).split('\n');
  expect(head).toMatch(/^Back on +Contact +Name +With +Why +What to say$/);
  expect(row).toBe(`2026-06-01  ${lead}    Dana Ortiz  ${ada}  timing  After the [31m merger`);
  expect(JSON.parse(await recycled('--json'))).toMatchObject([
    { leadId: lead, until: '2026-06-01T13:00:00.000Z', rep: ada, by: ada, reason: 'timing' },
  ]);
});
