import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { columnsOf, exportMeasured } from '../../src/adapters/postgres/export-measured.ts';
import { runCommand } from '../../src/commands/commands.ts';
import { environmentOf } from '../support/child.ts';
import { ada, ben, demoRequest, startWorld, type World } from '../support/world.ts';

const day = ['--since', '2026-03-02'];

describe('`handoff export` of a lead that Ada let pass and Ben called', () => {
  let world: World;
  let lead: string;
  beforeAll(async () => {
    world = await startWorld({ chats: 'slack' });
    lead = await demoRequest(world);
    await world.pass(68);
    await world.in('slack').press(ben, 'accept');
    await world.settle();
  });
  afterAll(() => world.close());

  async function handoff(...words: string[]) {
    const [stdout, stderr] = [new PassThrough({ encoding: 'utf8' }), new PassThrough({ encoding: 'utf8' })];
    const [code, out, err] = await Promise.all([
      runCommand(['export', ...words], { environment: environmentOf(world), stdout, stderr }).finally(() => {
        stdout.end();
        stderr.end();
      }),
      text(stdout),
      text(stderr),
    ]);
    return { code, out, err };
  }
  const rowsOf = (csv: string) => {
    const [head = [], ...rows] = csv
      .trimEnd()
      .split('\r\n')
      .map((line) => line.split(','));
    return rows.map((cells) => Object.fromEntries(head.map((name, place) => [name, cells[place]])));
  };

  it('is a row for each handoff, as it is now', async () => {
    const { code, out } = await handoff(...day);
    expect(code).toBe(0);
    expect(rowsOf(out)).toMatchObject([
      {
        ...{ lead, rep: ben, trigger: 'demo_request', is_rescued: 'true', closed_at: '', seconds_rep: '' },
        qualified_at: expect.stringMatching(/^2026-03-02T\d\d:\d\d:\d\d\.\d{3}Z$/),
      },
    ]);
  });

  it('or one for each time that somebody held it, as JSON line by line', async () => {
    const { out } = await handoff(...day, '--assignments', '--format', 'jsonl');
    const rows = out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(rows).toMatchObject([
      { lead, rep: ada, ended_as: 'movedOn', acknowledged_at: null, is_rescue: false },
      { lead, rep: ben, way: 'movedOn', acknowledge_missed: null, is_rescue: true },
    ]);
    expect(rows[0].acknowledge_missed).toMatch(/^2026-03-02T/);
  });

  it('has no cell that is a formula', async () => {
    const { pool } = world.database;
    await pool.query(`update measured_handoff set campaign = '=cmd()'`);
    expect((await handoff(...day)).out).toContain(`,'=cmd(),`);
  });

  it('of a day without any has its columns all the same, each of which is told in docs/export.md', async () => {
    const { out } = await handoff('--since', '2026-02-01');
    expect(out).toBe(`${columnsOf('handoffs').join(',')}\r\n`);
    const told = await readFile(new URL('../../docs/export.md', import.meta.url), 'utf8');
    const names = [...columnsOf('handoffs'), ...columnsOf('assignments')].map((name) =>
      name.replace('working_', ''),
    );
    expect(names.filter((name) => !told.includes(`\`${name}\``))).toEqual([]);
  });

  it('goes to a file', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'handoff-export-'));
    const out = join(folder, 'handoffs.csv');
    const { err } = await handoff(...day, '--out', out);
    expect(err).toBe(`Written to ${out}\n`);
    expect(await readFile(out, 'utf8')).toMatch(/^handoff,lead,trigger,/);
    await rm(folder, { recursive: true });
  });

  it.each([
    [['--since', 'yesterday'], '--since yesterday: expected 30d, 2026-11-23, or 2026-11-01..2026-11-30'],
    [['--format', 'xlsx'], 'Allowed choices are csv, jsonl'],
  ])('ends with 1 for %j, and says what is expected', async (words, says) => {
    expect(await handoff(...words)).toMatchObject({ code: 1, err: expect.stringContaining(says) });
  });

  it('is as of one moment, and read as fast as its reader takes it', async () => {
    const { pool } = world.database;
    await pool.query(
      `insert into handoff (id, lead_id, version, state, rep, qualified_at, closed_at, followed)
       select md5(n::text)::uuid, 'many-' || n, 1, '{}', $1, $2, $2, false from generate_series(1, 2500) as n`,
      [ada, new Date('2025-05-05T12:00:00Z')],
    );
    await pool.query(
      `insert into measured_handoff (handoff_id, version, rep, trigger, qualified_at, offered_at, touches, escalations,
                                     is_rescued, is_fallback, is_back)
       select id, 1, rep, 'score', qualified_at, qualified_at, 0, 0, false, false, false from handoff
        where lead_id like 'many-%'`,
    );
    const period = { from: new Date('2025-05-05T00:00:00Z'), until: new Date('2025-05-06T00:00:00Z') };
    const sizes: number[] = [];
    for await (const rows of exportMeasured(pool, 'handoffs', period)) {
      sizes.push(rows.length);
      await pool.query(`delete from handoff where lead_id like 'many-%'`);
    }
    expect(sizes).toEqual([1_000, 1_000, 500]);
  });
});
