import { describe, expect, test } from 'vitest';
import { csvRow } from '../../src/adapters/csv.ts';
import { type Format, outputOf } from '../../src/commands/backtest-output.ts';
import { progressBar } from '../../src/commands/progress-bar.ts';
import { textTable, wrapped } from '../../src/commands/text-table.ts';
import type { Outcome } from '../../src/domain/past/replay.ts';
import type { Backtest, OwnerChange } from '../../src/flow/try/backtest.ts';
import { ada, at, names, policy } from '../support/examples.ts';

const outcome: Outcome = {
  leads: 1_200,
  handedOver: 1_000,
  handoffs: 1_001,
  held: 100,
  ignored: 90,
  waiting: 10,
  unroutable: 1,
  triggers: [{ name: 'demo_request', count: 1_001 }],
  lacking: [{ name: 'email', count: 100 }],
  reasons: [{ name: 'Already a customer', count: 90 }],
  waited: [{ name: 'International', count: 12 }],
  people: [
    {
      name: ada,
      team: 'Americas',
      total: 1_001,
      busiest: { date: '2026-03-03', count: 40 },
      misses: { acknowledge: 12.34, touch: 0 },
    },
  ],
  teams: [],
  misses: { acknowledge: 12.34, touch: 0 },
};

async function written(format: Format, changes: readonly OwnerChange[], proposed: Partial<Outcome> = {}) {
  const result: Backtest = {
    from: at('00:00'),
    to: at('23:00'),
    moments: 4_000,
    changes: changes.length,
    inForce: outcome,
    proposed: { ...outcome, ...proposed },
    notes: ['To be known.'],
  };
  const named = (file: string) => ({ file, policy: policy() });
  const output = outputOf(
    {
      result,
      names,
      inForce: named('policy.yaml'),
      proposed: named('new.yaml'),
      changes: async function* () {
        yield* changes;
      },
    },
    format,
  );
  let text = '';
  for await (const piece of output) text += piece;
  return text;
}

const moved = (leadId: number): OwnerChange => ({
  leadId: String(leadId),
  name: '@lena "L" Fischer',
  inForce: 'Ada Okafor',
  proposed: '-',
});

describe('a backtest', () => {
  test('as a table compares figures, parts below their whole', async () => {
    const lines = (await written('table', [], { handoffs: 900, held: 201 })).split('\n');
    const squeezed = lines.map((line) => line.replaceAll(/ +/g, ' '));
    expect(squeezed).toEqual(
      expect.arrayContaining([
        'Handoffs 1,001 900 -101',
        ' Handoffs by trigger',
        ' Demo request 1,001 1,001 0',
        'Leads held 100 201 +101',
        'Ada Okafor 1,001 → 1,001 0 40 → 40 12.3 → 12.3 0 → 0',
        'Every lead would have had the same owner.',
        '- To be known.',
      ]),
    );
  });

  test('as a table shows the first leads that change hands, and how many more there are', async () => {
    const text = await written(
      'table',
      Array.from({ length: 25 }, (_, index) => moved(index)),
    );
    expect(text).toContain('and 5 more: --format csv or json lists all');
    expect(text.match(/@lena/g)).toHaveLength(20);
  });

  test('as JSON is one document, with every lead that changes hands', async () => {
    expect(JSON.parse(await written('json', [moved(1), moved(2)]))).toMatchObject({
      leadsWithAnotherOwner: 2,
      ownerChanges: [moved(1), moved(2)],
      notes: ['To be known.'],
      inForce: { file: 'policy.yaml', handoffs: 1_001 },
    });
    expect(JSON.parse(await written('json', []))).toMatchObject({ ownerChanges: [] });
  });

  test('as CSV has six cells in every row', async () => {
    const rows = (await written('csv', [moved(1)])).trimEnd().split('\r\n');
    expect(rows).toContain('Lead with another owner,1,"\'@lena ""L"" Fischer",Ada Okafor,\'-,');
    expect(rows).toContain('Handoffs of a rep,Ada Okafor,expected misses to answer,12.3,12.3,0');
    for (const row of rows) expect(row.replaceAll(/"(?:[^"]|"")*"/g, 'cell').split(',')).toHaveLength(6);
  });
});

describe('a CSV cell', () => {
  test.each([
    ['plain', 'plain'],
    ['with, comma', '"with, comma"'],
    ['with "quotes"', '"with ""quotes"""'],
    ['two\nlines', '"two\nlines"'],
    ['=SUM(A1)', "'=SUM(A1)"],
    ['+1 212 555', "'+1 212 555"],
    ['-1', "'-1"],
    ['@name', "'@name"],
    ['\t=1', '"\'\t=1"'],
    ['x;=1+1', '"x;=1+1"'],
    ['\r=1', '"\'\r=1"'],
    ['\n=1', '"\'\n=1"'],
    ['＝1', "'＝1"],
    [-1, '-1'],
    ['', ''],
  ])('%j is written as %j', (value, cell) => {
    expect(csvRow([value])).toBe(`${cell}\r\n`);
  });
});

describe('a table of text', () => {
  test('is as wide as its texts, numbers to the right, and long texts cut', () => {
    const columns = [
      { title: 'Name', align: 'left', max: 6 },
      { title: 'n', align: 'right', max: 9 },
    ] as const;
    expect(
      textTable(columns, [
        ['Okafor', '1'],
        ['Whitfield', '1,000'],
        ['a\nb', ''],
      ]),
    ).toEqual(['Name        n', '──────  ─────', 'Okafor      1', 'Whitf…  1,000', 'a b']);
  });

  test('text is broken between words, and later lines are indented', () => {
    expect(wrapped('- one two three', 9, '  ')).toEqual(['- one two', '  three']);
  });
});

describe('the progress bar', () => {
  function drawn(isTTY: boolean, times: readonly number[]) {
    const written: string[] = [];
    const left = [...times];
    const bar = progressBar(
      { isTTY, write: (text: string | Uint8Array) => written.push(String(text)) > 0 },
      () => left.shift() ?? 0,
    );
    for (const [index] of times.slice(1).entries()) bar.show((index + 1) / 10);
    bar.clear();
    return written;
  }

  test('comes after a second, and goes at the end', () => {
    expect(drawn(true, [0, 500, 1_500])).toEqual([`\r${'█'.repeat(8)}${'░'.repeat(32)} 20 %`, '\r\x1b[K']);
  });

  test('is drawn ten times a second at most', () => {
    expect(drawn(true, [0, 1_500, 1_550, 1_600])).toHaveLength(3);
  });

  test('never comes for something short, nor where nobody looks', () => {
    expect(drawn(true, [0, 500, 900])).toEqual([]);
    expect(drawn(false, [0, 1_500, 3_000])).toEqual([]);
  });
});
