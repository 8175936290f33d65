import { execFile } from 'node:child_process';
import { mkdtemp, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { startHubSpot } from '../../sandbox/hubspot/server.ts';
import { hubspotClient } from '../../src/adapters/hubspot/client.ts';
import { hubspotCrm } from '../../src/adapters/hubspot/crm.ts';
import { limiter } from '../../src/adapters/hubspot/limiter.ts';
import { postgresArrivals } from '../../src/adapters/postgres/arrivals.ts';
import { postgresDirectory } from '../../src/adapters/postgres/directory.ts';
import { postgresErasures } from '../../src/adapters/postgres/erasures.ts';
import { postgresHandoffs } from '../../src/adapters/postgres/handoffs.ts';
import { postgresHolds } from '../../src/adapters/postgres/holds.ts';
import { postgresInbox } from '../../src/adapters/postgres/inbox.ts';
import { runCommand } from '../../src/commands/commands.ts';
import { syncDirectory } from '../../src/flow/people/sync-directory.ts';
import { readPolicyFile } from '../../src/policy-file.ts';
import { environmentOf, ownEnvironment } from '../support/child.ts';
import { takeInAlone } from '../support/take-in.ts';
import {
  ada,
  ben,
  chloe,
  createLead,
  hubspotSecrets,
  ownerIdOf,
  policyFile,
  portalId,
  requestDemo,
  type Surroundings,
  startSurroundings,
} from '../support/world.ts';

const cli = fileURLToPath(new URL('../../src/cli.ts', import.meta.url));
/** When the surroundings stand still: a Monday, three past nine in New York. */
const now = '2026-03-02T14:03:00Z';

/** Commands are called in a folder in which there is nothing of ours. */
const calledFrom = process.cwd();

let around: Surroundings;
let folder: string;
let environment: Record<string, string>;
/** Nobody's contact yet. */
let unowned: string;
/** Asked for a demo, and was handed over to Ada, whose contact it was. */
let handedOver: string;

beforeAll(async () => {
  around = await startSurroundings({ chats: 'slack' });
  folder = await realpath(await mkdtemp(join(tmpdir(), 'handoff-cli-')));
  process.chdir(folder);
  environment = environmentOf(around);
  around.hubspot.pauseWebhooks();
  unowned = createLead(around, {
    email: 'maya.chen@brightwater.example',
    firstname: 'Maya',
    lastname: 'Chen',
  });
  handedOver = createLead(around, { hubspot_owner_id: ownerIdOf(around, ada) });
  for (const id of [unowned, handedOver]) requestDemo(around, id);
  await decideAbout(handedOver);
});
afterAll(async () => {
  process.chdir(calledFrom);
  await around.close();
  await rm(folder, { recursive: true });
});

/** Something arrives about a lead, and the bot decides. */
async function decideAbout(leadId: string): Promise<void> {
  const { database, hubspot, secrets, config } = around;
  const { policy } = readPolicyFile(policyFile);
  const clock = () => new Date(now);
  const client = hubspotClient({
    apiUrl: hubspot.url,
    accessToken: secrets.hubspotAccessToken,
    limiter: limiter(),
  });
  const needs = {
    arrivals: postgresArrivals(database),
    inbox: postgresInbox(database),
    handoffs: postgresHandoffs(database),
    holds: postgresHolds(database),
    erasures: postgresErasures(database),
    directory: postgresDirectory(database),
    crm: hubspotCrm(client, { portalId: String(config.hubspot.portalId), policy: () => policy, clock }),
    policy: () => policy,
    policyOf: () => policy,
    clock,
    observe: () => {},
    show: () => {},
  };
  await syncDirectory(needs)();
  const event = {
    dedupeKey: leadId,
    leadId,
    type: 'object.propertyChange',
    payload: {},
    ignored: null,
    record: null,
    occurredAt: clock(),
  };
  await needs.inbox.store([event], clock());
  await takeInAlone(needs)(leadId);
}

type Said = { code: number; stdout: string; stderr: string };

/** Runs a command here, as the process that `inItsProcess` starts would, with nothing of our environment. */
async function handoff(words: readonly string[], env: NodeJS.ProcessEnv = environment): Promise<Said> {
  const stdout = new PassThrough({ encoding: 'utf8' });
  const stderr = new PassThrough({ encoding: 'utf8' });
  const [code, ...said] = await Promise.all([
    runCommand(words, { environment: env, stdout, stderr }).finally(() => {
      stdout.end();
      stderr.end();
    }),
    ...[stdout, stderr].map(text),
  ]);
  const [out = '', err = ''] = said;
  return { code, stdout: out, stderr: err };
}

/** Runs the command line as a process of its own, with nothing of our environment that it could read. */
async function inItsProcess(
  words: readonly string[],
  env: Record<string, string> = environment,
): Promise<Said> {
  const run = promisify(execFile)(process.execPath, [cli, ...words], {
    cwd: folder,
    env: { ...ownEnvironment, ...env },
  });
  return run.then(
    ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
    ({ code, stdout, stderr }: Said) => ({ code, stdout, stderr }),
  );
}

async function file(name: string, content: unknown): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

/** What the whole database holds. */
async function rowCounts(): Promise<unknown[]> {
  const { rows } = await around.database.pool.query(`
    select relname as table, (xpath('/row/n/text()', query_to_xml(
             format('select count(*) as n from %I.%I', nspname, relname), false, true, '')))[1]::text as rows
      from pg_class join pg_namespace on pg_namespace.oid = relnamespace
     where relkind = 'r' and nspname = 'public' order by 1`);
  return rows;
}

describe('`handoff route`', () => {
  test('says to whom a contact would go, why, and by when, and changes nothing', async () => {
    const before = await rowCounts();
    const requests = around.hubspot.requests.length;
    const { code, stdout, stderr } = await inItsProcess(['route', unowned, '--at', now]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain('What would happen to Maya Chen (nothing was done)');
    expect(stdout).toMatch(
      /Goes to\n {2}Ada Okafor \(ada\.okafor@example\.com\), of Americas; Grace Whitfield/,
    );
    expect(stdout).toContain('  Demo request, since Mon 2 Mar 2026, 09:03 (America/New_York)');
    expect(stdout).toContain('  answer by Mon 2 Mar 2026, 09:18 (America/New_York)');
    expect(stdout).toContain('demo_request: yes (filled in “Request a demo”)');
    expect(stdout).toContain('Never: customer: no (lifecycle stage Lead)');
    expect(stdout).toContain('contact owner: the contact has no owner');
    expect(stdout).toContain('rotation Americas: next turn in Americas');
    expect(await rowCounts()).toEqual(before);
    const methods = around.hubspot.requests.slice(requests).map(({ method, path }) => `${method} ${path}`);
    expect(methods.filter((request) => !/^GET|read$|search$/.test(request))).toEqual([]);
  });

  test('takes an email as well, and tells programs the same', async () => {
    const { code, stdout } = await handoff(['route', 'maya.chen@brightwater.example', '--at', now, '--json']);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      lead: { id: unowned, name: 'Maya Chen' },
      verdict: 'handoff',
      handoff: {
        trigger: 'demo_request',
        assignment: { rep: ada, team: 'Americas' },
        respondBy: '2026-03-02T14:18:00.000Z',
        touchBy: '2026-03-02T15:18:00.000Z',
      },
    });
  });

  test('knows what is in the database: who is working on the lead, and who is away', async () => {
    expect((await handoff(['route', handedOver, '--at', now])).stdout).toContain(
      'Would not be handed over\n  Mon 2 Mar 2026, 09:03 (America/New_York): sales is already working on this lead',
    );
    const directory = postgresDirectory(around.database);
    await directory.saveAbsences(
      ada,
      'chat',
      [{ from: new Date(0), until: null, why: 'out of office' }],
      new Date(now),
    );
    const { stdout } = await handoff(['route', unowned, '--at', now]);
    await directory.saveAbsences(ada, 'chat', [], new Date(now));
    expect(stdout).toContain('passed over: Ada Okafor: out of office');
    expect(stdout).toMatch(/Goes to\n {2}Ben Castillo/);
  });

  test('says who waits for what', async () => {
    const swede = { email: 'li@nord.example', country: 'Sweden', conversions: [{ name: 'Demo', at: now }] };
    const lead = await file('sweden.json', swede);
    const { stdout } = await handoff(['route', lead, '--at', '2026-03-02T18:00:00Z']);
    expect(stdout).toContain('Waits for\n  International, until Tue 3 Mar 2026, ');
    const nameless = await file('nameless.json', { conversions: [{ name: 'Demo', at: now }] });
    expect((await handoff(['route', nameless, '--at', now])).stdout).toContain('but lacks email');
  });

  test('needs neither HubSpot nor a database for a file', async () => {
    const lead = await file('lead.json', {
      name: 'Maya Chen',
      email: 'maya.chen@brightwater.example',
      country: 'United States',
      conversions: [{ name: 'Request a demo', at: '2026-03-02T09:00:00-05:00' }],
    });
    const { code, stdout, stderr } = await inItsProcess(
      ['route', lead, '--policy', policyFile, '--at', now],
      {},
    );
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/Goes to\n {2}ada\.okafor@example\.com/);
  });

  test('by when is told as the targets for such a lead say', async () => {
    const lead = await file('enterprise.json', {
      email: 'maya.chen@brightwater.example',
      country: 'United States',
      account: { employees: 9000 },
      conversions: [{ name: 'Request a demo', at: now }],
    });
    const { stdout } = await handoff(
      ['route', lead, '--policy', policyFile, '--at', '2026-03-02T18:00:00Z'],
      {},
    );
    expect(stdout).toMatch(/Goes to\n {2}chloe\.nguyen@example\.com/);
    expect(stdout).toContain(
      'answer by Mon 2 Mar 2026, 10:10 (America/Los_Angeles), in their working time\n  reach out by Mon 2 Mar 2026, 10:40 (America/Los_Angeles) at the latest, in their working time',
    );
  });

  test("reads HubSpot's answer about a contact, with its company", async () => {
    const lead = await file('contact.json', {
      id: '42',
      properties: {
        email: 'li@nord.example',
        country: 'United States',
        lead_score: '85',
        firstname: 'Li',
        lastname: null,
      },
      propertiesWithHistory: { lead_score: [{ value: '85', timestamp: '2026-03-02T13:00:00Z' }] },
      company: { id: '7', properties: { name: 'Nord', numberofemployees: '9000' } },
      createdAt: '2026-01-01T00:00:00Z',
      updatedAt: '2026-01-01T00:00:00Z',
      archived: false,
    });
    const { stdout } = await handoff(['route', lead, '--at', now, '--json']);
    expect(JSON.parse(stdout)).toMatchObject({ lead: { id: '42' }, handoff: { trigger: 'hot_score' } });
  });

  test.each([
    {
      what: 'a contact that HubSpot does not have',
      words: () => ['route', '999999'],
      says: 'HubSpot has no contact "999999": expected a contact id, an email or a file',
    },
    {
      what: 'an email that HubSpot does not have',
      words: () => ['route', 'nobody@nowhere.example'],
      says: 'HubSpot has no contact "nobody@nowhere.example"',
    },
    {
      what: 'a file that is not there',
      words: () => ['route', 'gone.json'],
      says: 'gone.json cannot be read',
    },
    {
      what: 'a file that is no JSON',
      words: async () => ['route', await file('broken.json', '{')],
      says: 'broken.json cannot be read as JSON',
    },
    {
      what: 'a file with fields that no lead has',
      words: async () => [
        'route',
        await file('odd.json', { email: 'a@b.example', shoe: 43, pages: [{ url: 1 }] }),
      ],
      says: /odd\.json is not a lead:\n {2}pages\.0\.url: .*\n.*pages\.0\.at: .*\n.*shoe/s,
    },
    {
      what: 'a policy that is none',
      words: async () => ['route', unowned, '--policy', await file('wrong.yaml', 'teams: 1\n')],
      says: 'wrong.yaml is not a policy',
    },
    {
      what: 'a time without a zone',
      words: () => ['route', unowned, '--at', '2026-03-02 14:03'],
      says: 'Expected a time with its zone, such as 2026-11-20T10:15:00Z.',
    },
    { what: 'no lead at all', words: () => ['route'], says: "missing required argument 'lead'" },
  ])('ends with 1 and says what is wrong with $what', async ({ words, says }) => {
    const { code, stdout, stderr } = await handoff(await words());
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(says);
  });
});

describe('`handoff why`', () => {
  test.each(['id', 'email', 'name'])('tells the decision about a lead by its %s', async (by) => {
    const email = around.hubspot.objects('contacts').find(({ id }) => id === handedOver)?.properties['email'];
    const asked = { id: [handedOver], email: [email ?? ''], name: ['dana', 'ortiz'] }[by] ?? [];
    const before = await rowCounts();
    const { code, stdout } = await handoff(['why', ...asked]);
    expect(code).toBe(0);
    expect(stdout).toContain(`Why: ${asked.join(' ')}`);
    expect(stdout).toContain('Handed over\n  Mon 2 Mar 2026, 14:03 (UTC): filled in “Request a demo”');
    expect(stdout).toContain('contact owner: owner of this contact');
    expect(await rowCounts()).toEqual(before);
  });

  test('needs nothing but the database', async () => {
    const { code } = await handoff(['why', handedOver], { DATABASE_URL: around.database.url });
    expect(code).toBe(0);
  });

  test.each([
    {
      what: 'a lead that nobody has seen',
      words: ['why', 'Zed'],
      says: 'I know no lead "Zed", or it is kept no longer.',
    },
    { what: 'no lead at all', words: ['why'], says: "missing required argument 'lead'" },
  ])('ends with 1 for $what', async ({ words, says }) => {
    expect(await handoff(words)).toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringContaining(says),
    });
  });

  test.each([
    { where: 'nowhere', env: {}, says: 'There is no database yet' },
    {
      where: 'where nobody answers',
      env: { DATABASE_URL: 'postgres://127.0.0.1:1/none' },
      says: 'The database cannot be read (ECONNREFUSED)',
    },
  ])('ends with 1 when the database is $where', async ({ env, says }) => {
    const { code, stderr } = await handoff(['why', '1'], env);
    expect({ code, stderr }).toMatchObject({ code: 1, stderr: expect.stringContaining(says) });
  });
});

describe('`handoff backtest`', () => {
  const until = ['--until', '2026-03-03T00:00:00Z'];
  let proposed: string;
  beforeAll(async () => {
    const text = await readFile(policyFile, 'utf8');
    // Ada's contacts go to the rotation, in which it is hers to wait.
    proposed = await file(
      'proposed.yaml',
      text.replace('    - to: contact owner\n', '').replace('weight: 50, caps', 'weight: 1, caps'),
    );
  });

  test('compares two policies in a table of at most 100 columns, and changes nothing', async () => {
    const before = await rowCounts();
    const { code, stdout, stderr } = await inItsProcess(['backtest', '--policy', proposed, ...until]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const lines = stdout.split('\n').map((line) => line.replace(/ +/g, ' '));
    expect(lines).toEqual(expect.arrayContaining(['Leads handed over 1 1 0', ' Demo request 1 1 0']));
    expect(lines).toContain('Ben Castillo 0 → 1 +1 0 → 1 0 → 0.5 0 → 0.5');
    expect(lines).toContain(`${handedOver} Dana Ortiz Ada Okafor Ben Castillo`);
    expect(Math.max(...stdout.split('\n').map((line) => [...line].length))).toBeLessThanOrEqual(100);
    expect(await rowCounts()).toEqual(before);
  });

  test('writes JSON', async () => {
    const { stdout } = await handoff(['backtest', '--policy', proposed, ...until, '--format', 'json']);
    expect(JSON.parse(stdout)).toMatchObject({
      from: '2025-12-03T00:00:00.000Z',
      to: '2026-03-03T00:00:00.000Z',
      leadsWithAnotherOwner: 1,
      inForce: { file: around.config.policyFile, handedOver: 1, people: [{ name: ada, total: 1 }] },
      proposed: { file: proposed, handedOver: 1 },
      ownerChanges: [
        { leadId: handedOver, name: 'Dana Ortiz', inForce: 'Ada Okafor', proposed: 'Ben Castillo' },
      ],
    });
  });

  test('writes CSV to a file, in which no cell is a formula', async () => {
    const out = join(folder, 'out.csv');
    const text = await readFile(proposed, 'utf8');
    const formula = await file('formula.yaml', text.replace('label: Demo request', 'label: "=1+1, or"'));
    const words = ['backtest', '--policy', formula, ...until, '--format', 'csv', '--out', out];
    expect(await handoff(words)).toEqual({ code: 0, stdout: '', stderr: `Written to ${out}\n` });
    const rows = (await readFile(out, 'utf8')).split('\r\n');
    expect(rows[0]).toBe('section,item,detail,in_force,proposed,difference');
    expect(rows).toContain('Handoffs by trigger,"\'=1+1, or",,1,1,0');
    expect(rows).toContain(`Lead with another owner,${handedOver},Dana Ortiz,Ada Okafor,Ben Castillo,`);
  });

  test('looks back as far as it is told', async () => {
    const words = ['backtest', '--policy', proposed, '--days', '1', '--format', 'json'];
    const { stdout } = await handoff([...words, '--until', '2026-03-10T00:00:00Z']);
    expect(JSON.parse(stdout)).toMatchObject({ moments: 0, inForce: { leads: 0 }, ownerChanges: [] });
  });

  test('needs nothing but the database and the policies', async () => {
    const words = ['backtest', '--policy', proposed, '--in-force', policyFile, ...until];
    expect(await handoff(words, { DATABASE_URL: around.database.url })).toMatchObject({ code: 0 });
  });

  test.each([
    { what: 'no policy', words: ['backtest'], says: "required option '--policy <file>' not specified" },
    { what: 'a policy that is not there', words: ['backtest', '--policy', 'gone.yaml'], says: 'gone.yaml' },
    {
      what: 'another format',
      words: ['backtest', '--policy', policyFile, '--format', 'xml'],
      says: 'Allowed choices are table, json, csv.',
    },
    {
      what: 'days that are none',
      words: ['backtest', '--policy', policyFile, '--days', '0'],
      says: 'Expected a number of days from 1 to 3650.',
    },
    {
      what: 'a folder that is not there',
      words: ['backtest', '--policy', policyFile, '--out', 'no/such/file.csv'],
      says: '--out no/such/file.csv cannot be written',
    },
  ])('ends with 1 and says what is wrong with $what', async ({ words, says }) => {
    const { code, stdout, stderr } = await handoff(words);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain(says);
  });

  test('ends with 1 when there is no past', async () => {
    const words = ['backtest', '--policy', policyFile, '--in-force', policyFile];
    expect(await handoff(words, {})).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/There is no past/),
    });
  });
});

describe('`handoff sent-back`', () => {
  const on = ['sent-back', '--since', '2026-03-02'];

  test('says what became of the leads of a period, in the zone of the policy, and changes nothing', async () => {
    const before = await rowCounts();
    const { code, stdout } = await handoff(on);
    expect(code).toBe(0);
    expect(stdout).toMatch(
      /^Leads, 2 Mar\n\n {2}\d+ handed over \(\+\d+\), 0 accepted \(as before\), 0 sent back/,
    );
    expect(await rowCounts()).toEqual(before);
  });

  test('writes each handoff in a row of CSV, in which no cell is a formula', async () => {
    const campaign = '=cmd()';
    await around.database.pool.query(
      `update handoff set origin = origin || jsonb_build_object('campaign', $1::text) where lead_id = $2`,
      [campaign, handedOver],
    );
    const { stdout } = await handoff([...on, '--csv']);
    const [head = '', ...rows] = stdout.split('\r\n');
    expect(head).toMatch(/^handoff,lead,team,trigger,source,campaign,latest_source,latest_campaign,score,/);
    expect(head).not.toContain('note');
    expect(rows.find((row) => row.includes(`,${handedOver},`))).toContain(",Demo request,,'=cmd(),");
  });

  test('tells what the reps wrote only when that is asked for', async () => {
    const { stdout } = await handoff([...on, '--csv', '--notes']);
    expect(stdout.split('\r\n')[0]).toContain(',reason,note,');
    const asJson = async (...words: string[]) =>
      JSON.parse((await handoff([...on, '--json', ...words])).stdout) as { handoffs: object[] };
    expect((await asJson()).handoffs[0]).not.toHaveProperty('note');
    expect((await asJson('--notes')).handoffs[0]).toHaveProperty('note', '');
  });

  test('writes to a file', async () => {
    const out = join(folder, 'sent-back.csv');
    const { stdout, stderr } = await handoff([...on, '--csv', '--out', out]);
    expect([stdout, stderr]).toEqual(['', `Written to ${out}\n`]);
    expect(await readFile(out, 'utf8')).toMatch(/^handoff,lead,/);
  });

  test.each([
    [['--since', 'yesterday'], '--since yesterday: expected 7d, 2026-11-23, or 2026-11-23..2026-11-29'],
    [['--notes'], '--notes: expected --csv or --json with it'],
    [['--csv', '--json'], 'cannot be used with'],
  ])('ends with 1 for %j', async (words, says) => {
    expect(await handoff(['sent-back', ...words])).toMatchObject({
      code: 1,
      stderr: expect.stringContaining(says),
    });
  });

  test('needs the database, and nothing else but the policy', async () => {
    expect(await handoff(on, { HANDOFF_POLICY: policyFile })).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('There is no database yet'),
    });
  });
});

describe('`handoff policy`', () => {
  test('check says that the policy is right, or where it is wrong', async () => {
    expect(await handoff(['policy', 'check', policyFile])).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/is right: /),
    });
    const wrong = await file('empty.yaml', 'properties: {}\n');
    expect(await handoff(['policy', 'check', wrong])).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/line 1: /),
    });
  });

  test('check notes a place whose holidays are hardly known, and is content all the same', async () => {
    const whole = await readFile(policyFile, 'utf8');
    const thin = await file('thin.yaml', whole.replace('holidays: IN-KA', 'holidays: IN'));
    expect(await handoff(['policy', 'check', thin])).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(
        /is right: [\s\S]*\nNote: of IN only these holidays of \d{4} are known: .*also: \[/,
      ),
    });
    const usual = await handoff(['policy', 'check', policyFile]);
    expect(usual.stdout.match(/^Note: .*$/gm)).toEqual([
      expect.stringContaining('trigger pricing: HubSpot names'),
      expect.stringContaining('trigger workflow: is met by a workflow'),
      expect.stringContaining('recycle.wake pricing_again: HubSpot names'),
    ]);
  });

  test('check compares stages and statuses with those of the portal, where HubSpot is configured', async () => {
    const text = await readFile(policyFile, 'utf8');
    const named = text.replace('[marketingqualifiedlead, salesqualifiedlead]', '[Marketing Qualified Lead]');
    const right = await file('labels.yaml', named);
    const wrong = await file('no-label.yaml', named.replace('Marketing Qualified Lead', 'Sales Acepted'));
    const { stdout, code } = await handoff(['policy', 'check', right]);
    expect({ stdout, code }).toMatchObject({ code: 0, stdout: expect.stringMatching(/is right: /) });
    expect(stdout).not.toContain('not compared');
    expect(await handoff(['policy', 'check', wrong])).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(
        /trigger lifecycle: found the lifecycle stage "Sales Acepted", .*expected one of .*Customer/,
      ),
    });
    expect(await handoff(['policy', 'check', wrong], {})).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/not compared: HubSpot is not configured/),
    });
  });

  test('check tells in which line a deal pipeline or stage is named that the portal does not have', async () => {
    const text = await readFile(policyFile, 'utf8');
    const deal = (stage: string) =>
      `${text}\ndeals:\n  - when: accept\n    pipeline: sales pipeline\n    stage: ${stage}\n`;
    const lines = text.split('\n').length;
    const right = await file('deals.yaml', deal('Appointment Scheduled'));
    const sound = await handoff(['policy', 'check', right]);
    expect(sound).toMatchObject({ code: 0, stdout: expect.not.stringContaining('Note: deals') });
    const wrong = await file('no-stage.yaml', deal('Apointment'));
    expect(await handoff(['policy', 'check', wrong])).toMatchObject({
      code: 1,
      stderr: expect.stringContaining(
        `line ${lines + 4}: deals.0.stage: found the stage "Apointment", which HubSpot does not have, expected one of Appointment Scheduled, Qualified To Buy`,
      ),
    });
  });

  test('check names whoever has no sequence that an intro could be sent by', async () => {
    const { sequences } = around.hubspot;
    const text = await readFile(policyFile, 'utf8');
    const own = (name: string, ownerId: string) => {
      sequences.equip(ownerId);
      sequences.create({ ownerId, name, subject: 'Hi', text: '' });
    };
    own('Hello', ownerIdOf(around, ada));
    own('Goodbye', ownerIdOf(around, ben));
    const named = `{ ${ada}: Hello, ${ben}: Hello, ${chloe}: Hello }`;
    const intro = `intro:\n  - { when: accept, sequence: ${named}, opted_in: everybody }\n`;
    const { code, stdout } = await handoff([
      'policy',
      'check',
      await file('intro.yaml', `${text}\n${intro}`),
    ]);
    expect(code).toBe(0);
    expect(stdout.match(/^Note: intro: .*$/gm)).toEqual([
      `Note: intro: ${ben} has no sequence "Hello" of their own in HubSpot, and sends none`,
      `Note: intro: ${chloe} may not use sequences in HubSpot, and sends none`,
    ]);
  });

  test('check tells what of HubSpot’s board of leads the policy names and the portal does not have', async () => {
    const text = await readFile(policyFile, 'utf8');
    const board = (reason: string) =>
      `${text}\nlead_object:\n  pipeline: lead pipeline\n  reasons:\n    not_a_fit: ${reason}\n`;
    const lines = text.split('\n').length;
    const right = await file('leads.yaml', board('Not a good fit'));
    expect(await handoff(['policy', 'check', right])).toMatchObject({ code: 0 });
    const wrong = await file('no-reason.yaml', board('Too small'));
    expect(await handoff(['policy', 'check', wrong])).toMatchObject({
      code: 1,
      stderr: expect.stringContaining(
        `line ${lines + 4}: lead_object.reasons.not_a_fit: found the reason "Too small", expected one of Not a good fit, `,
      ),
    });
  });

  test('check tells that `handoff setup` has to make the properties of deals, which it does if there are any', async () => {
    const bare = await startHubSpot({
      accessToken: hubspotSecrets.hubspotAccessToken,
      clientSecret: hubspotSecrets.hubspotClientSecret,
      portalId,
      now: () => new Date(now),
    });
    onTestFinished(() => bare.close());
    const text = await readFile(policyFile, 'utf8');
    const rule = '{ when: accept, pipeline: default, stage: appointmentscheduled }';
    const deals = await file('with-deals.yaml', `${text}\ndeals: [${rule}]\n`);
    const inPortal = (policy: string) => ({
      ...environment,
      HUBSPOT_API_URL: bare.url,
      HANDOFF_POLICY: policy,
    });
    const setUp = async (policy: string) => (await handoff(['setup'], inPortal(policy))).stdout;
    const check = async () => (await handoff(['policy', 'check'], inPortal(deals))).stdout;
    const note =
      'Note: deals: none is made before "handoff setup" has made handoff_id and handoff_stage of deals';
    expect(await setUp(policyFile)).not.toContain('of deals');
    expect(await check()).toContain(note);
    expect(await setUp(deals)).toBe('Created handoff_id of deals, handoff_stage of deals\n');
    expect(await check()).not.toContain('Note: deals');
    expect(await setUp(deals)).toBe('Every property is there already\n');
  });

  test('schema prints what editors check the policy with', async () => {
    const { code, stdout } = await handoff(['policy', 'schema']);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toEqual(
      JSON.parse(await readFile(new URL('../../manifests/policy.schema.json', import.meta.url), 'utf8')),
    );
  });
});

describe('`handoff erase`', () => {
  test('ends with 1 for an email that nobody has, and without a database', async () => {
    expect(await handoff(['erase', 'x@y.example'])).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('Nobody here has the email "x@y.example"'),
    });
    expect(await handoff(['erase', '1'], { HANDOFF_POLICY: policyFile })).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('There is no database yet'),
    });
  });

  test.each(['Dana Ortiz', '12a', 'dana@', ''])(
    'wants a contact id or an email, and not "%s"',
    async (who) => {
      expect(await handoff(['erase', who])).toMatchObject({
        code: 1,
        stderr: expect.stringContaining('Expected a contact id in HubSpot, which is a number, or an email.'),
      });
      expect(await around.database.prisma.erasure.findMany({ where: { leadId: who } })).toEqual([]);
    },
  );

  test('remembers a contact id of which nothing is known only when that is asked for', async () => {
    const erased = async () => around.database.prisma.erasure.count({ where: { leadId: '4711' } });
    expect(await handoff(['erase', '4711'])).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('Nothing is known here of the contact 4711: check the number.'),
    });
    expect(await erased()).toBe(0);
    for (const [args, known] of [
      [['erase', '4711', '--unknown'], 0],
      [['erase', '4711'], 1],
    ] as const) {
      expect(await handoff([...args])).toMatchObject({
        code: 0,
        stdout: expect.stringContaining(`Erased for good: contact 4711\nKnown here before: ${known} of 1\n`),
      });
    }
    expect(await erased()).toBe(1);
  });

  test('erases by email, after which nobody looks at the contact again', async () => {
    const erased = createLead(around, { email: 'gone@northwind.example' });
    await decideAbout(erased);
    expect(await handoff(['erase', 'Gone@Northwind.example'])).toMatchObject({
      code: 0,
      stdout: expect.stringContaining(`Erased for good: contact ${erased}\n`),
    });
    const backtested = await handoff(['backtest', '--policy', policyFile, '--in-force', policyFile]);
    expect(backtested).toMatchObject({ code: 0 });
    expect(backtested.stdout.replaceAll(/\s+/g, ' ')).toContain('What HubSpot told is kept for 30 days');
    const said = 'was erased at their request';
    for (const command of ['route', 'why']) {
      expect(await handoff([command, erased])).toMatchObject({
        code: 1,
        stderr: expect.stringContaining(said),
      });
    }
  });
});

test('an unknown command ends with 1', async () => {
  expect(await inItsProcess(['rout'])).toMatchObject({
    code: 1,
    stderr: expect.stringMatching(/unknown command 'rout'/),
  });
});
