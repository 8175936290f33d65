import { inspect } from 'node:util';
import { Client as HubSpotClient } from '@hubspot/api-client';
import { WebClient } from '@slack/web-api';
import type { Logger } from 'pino';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { startSlack } from '../../sandbox/slack/server.ts';
import { summaryOf, traceOf } from '../../src/adapters/log.ts';
import { eachAlone } from '../../src/adapters/postgres/queue/job.ts';
import { postgresJobs } from '../../src/adapters/postgres/queue/jobs.ts';
import { boltLogger } from '../../src/adapters/slack/log.ts';
import { openLog } from '../../src/app/log.ts';
import { TemporaryFailure } from '../../src/flow/ports/failure.ts';
import { startPortal } from '../adapters/hubspot/portal.ts';
import { card, mark, nobody, startBot } from '../adapters/teams/bot.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';

/** A lead whose name, address and words would be found wherever they come to. */
const name = 'Marked Lindqvist';
const email = 'marked.lindqvist@example.com';
const words = 'marked words\n    at marked.lindqvist@example.com (file:///marked.ts:1:1)';
const token = 'xoxb-marked';
const traces = /marked/i;

let database: TestDatabase;
let lines: string[];
let log: Logger;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.drop());
beforeEach(async () => {
  await database.pool.query('truncate job, run');
  lines = [];
  log = openLog({ logLevel: 'debug' }, { write: (line) => lines.push(line) });
});

const caught = async (call: () => unknown): Promise<unknown> => {
  try {
    await call();
  } catch (error) {
    return error;
  }
  throw new Error('nothing was thrown, expected an error');
};

/** Each kind of error that quotes what it was asked to do, as it really comes. */
const kinds: Readonly<Record<string, () => Promise<unknown>>> = {
  'a unique violation by Prisma': () =>
    caught(async () => {
      for (let time = 0; time < 2; time += 1) {
        await database.prisma.run.create({ data: { routine: email, at: new Date(0) } });
      }
    }),
  'a value that Prisma will not take': () =>
    caught(() => database.prisma.run.create({ data: { routine: email, at: words } })),
  'a violation by pg, with its detail': () =>
    caught(() =>
      database.pool.query('insert into run (routine, at) values ($1, now()), ($1, now())', [email]),
    ),
  'a value that PostgreSQL cannot read': () => caught(() => database.pool.query('select $1::uuid', [name])),
  "HubSpot's 400, by its library": async () => {
    const { portal } = await startPortal();
    const { crm } = new HubSpotClient({ accessToken: 'pat-test', basePath: portal.url });
    const created = await caught(() => crm.contacts.basicApi.create({ properties: { [email]: words } }));
    await portal.close();
    return created;
  },
  "HubSpot's 400, as we read it": async () => {
    const { portal, hubspot } = await startPortal();
    const created = await caught(() =>
      hubspot.write('create a contact', (crm) =>
        crm.contacts.basicApi.create({ properties: { [email]: words } }),
      ),
    );
    await portal.close();
    return created;
  },
  "Slack's invalid_blocks": async () => {
    const slack = await startSlack({ botToken: token, signingSecret: 'secret', now: () => new Date(0) });
    const { id } = slack.addUser({ email: 'ana@acme.test', name: 'Ana', tz: 'UTC' });
    const web = new WebClient(token, { slackApiUrl: slack.apiUrl, logger: boltLogger(log) });
    const blocks = [{ type: 'section', text: { type: 'mrkdwn', text: words.repeat(100) } }];
    const posted = await caught(() => web.chat.postMessage({ channel: id, text: name, blocks }));
    await slack.close();
    return posted;
  },
  "Teams' 403": async () => {
    await using bot = await startBot();
    await bot.teams.install(bot.ana.id);
    await bot.settled();
    const conversation = (await bot.installs.byUser(bot.ana.id))?.conversationId ?? '';
    bot.teams.failNext({ operation: 'send', status: 403, code: 'BotDisabledByAdmin' });
    return caught(() => bot.chat.postCard(conversation, { ...card, title: name }, mark, nobody));
  },
  "zod's": () => caught(() => z.strictObject({ at: z.number() }).parse({ at: words, [email]: 1 })),
  'a text that is no JSON': () => caught(() => JSON.parse(words)),
  'one of ours, with any of them behind it': async () =>
    new TemporaryFailure('HubSpot did not answer', {
      outcome: 'unknown',
      cause: await caught(() => JSON.parse(words)),
    }),
};

/** Those that quote nothing of a lead as they are now. */
const discreet: ReadonlySet<string> = new Set(['a unique violation by Prisma', "Slack's invalid_blocks"]);

/** Everything that can be reached from an error. */
function everythingIn(value: unknown, known = new Set<unknown>()): string {
  if (typeof value !== 'object' || value === null || known.has(value)) return String(value);
  known.add(value);
  const parts = Object.getOwnPropertyNames(value).map((key) => [key, Reflect.get(value, key)]);
  return parts.map(([key, part]) => `${key} ${everythingIn(part, known)}`).join('\n');
}

describe.each(Object.entries(kinds))('%s', (kind, provoke) => {
  test('leaves nothing of the lead that it quotes in a log, a job, or a printed fault', async () => {
    const error = await provoke();
    expect(traces.test(everythingIn(error))).toBe(!discreet.has(kind));

    const work = eachAlone(async () => {
      throw error;
    });
    const jobs = postgresJobs(database, { lanes: [{ task: 'intake', lot: 1, atOnce: 1, work }], log });
    await database.pool.query(`select ask_jobs('{intake}', '{501}', '{false}', null, '{null}')`);
    await jobs.drain();
    log.error({ err: error }, 'it failed');
    const { rows } = await database.pool.query('select last_error from job');

    expect(lines.filter((line) => line.includes('"err":'))).toHaveLength(2);
    expect(rows).toEqual([{ last_error: expect.stringMatching(/^\w/) }]);
    const said = [...lines, JSON.stringify(rows), inspect(traceOf(error), { depth: 9 })].join('\n');
    expect(said).not.toMatch(traces);
    expect(lines.at(-1)).toMatch(/"frames":\["at .*:\d+:\d+/);
  });
});

test('an error of ours keeps its message, and every error its name, its code and those of its causes', () => {
  const refused = Object.assign(new Error(`connect to ${email}`), { code: 'ECONNREFUSED' });
  const ours = new TemporaryFailure('Slack did not answer chat.update', {
    outcome: 'unknown',
    cause: refused,
  });
  expect(traceOf(ours)).toMatchObject({
    error: 'TemporaryFailure',
    message: 'Slack did not answer chat.update',
    cause: { error: 'Error', code: 'ECONNREFUSED' },
  });
  expect(summaryOf(ours)).toBe('Slack did not answer chat.update');
  expect(summaryOf(new Error(name, { cause: refused }))).toBe('Error: Error ECONNREFUSED');
  expect(summaryOf(name)).toBe('string');
});
