import { csvRow } from '../adapters/csv.ts';
import { type Count, type Outcome, type Taken, triggerLabel } from '../domain/past/replay.ts';
import type { Policy } from '../domain/policy/policy.ts';
import type { Backtest, OwnerChange } from '../flow/try/backtest.ts';
import { type Column, textTable, wrapped } from './text-table.ts';

export const formats = ['table', 'json', 'csv'] as const;
export type Format = (typeof formats)[number];

/** What is written: the result, and the leads that would change hands, which may be too many to hold. */
export type Written = {
  result: Backtest;
  changes: () => AsyncIterable<OwnerChange>;
  inForce: NamedPolicy;
  proposed: NamedPolicy;
  /** People's names by email. */
  names: ReadonlyMap<string, string>;
};
type NamedPolicy = { file: string; policy: Policy };

/** The result piece by piece, as it can be written to a file or a screen. */
export function outputOf(written: Written, format: Format): AsyncIterable<string> {
  switch (format) {
    case 'table':
      return table(written);
    case 'json':
      return json(written);
    case 'csv':
      return csv(written);
    default:
      return format satisfies never;
  }
}

/** What is compared, one figure a line, in the order in which people read it. */
type Line = { section: string; item: string; detail: string; inForce: number; proposed: number };

function linesOf({ result, inForce, proposed, names }: Written): Line[] {
  const [a, b] = [result.inForce, result.proposed];
  const one = (section: string, of: (outcome: Outcome) => number, item = ''): Line => ({
    section,
    item,
    detail: '',
    inForce: of(a),
    proposed: of(b),
  });
  const each = (
    section: string,
    of: (outcome: Outcome) => readonly Count[],
    label = (name: string) => name,
  ) =>
    pairs(of(a), of(b)).map(([name, x, y]) => ({
      section,
      item: label(name),
      detail: '',
      inForce: x?.count ?? 0,
      proposed: y?.count ?? 0,
    }));
  const policies = [proposed.policy, inForce.policy];
  const load = (section: string, of: (outcome: Outcome) => readonly Taken[]) =>
    pairs(of(a), of(b)).flatMap(([name, x, y]): Line[] => {
      const item = names.get(name) ?? name;
      const line = (detail: string, value: (taken: Taken) => number) => ({
        section,
        item,
        detail,
        inForce: x ? value(x) : 0,
        proposed: y ? value(y) : 0,
      });
      return [
        line('total', ({ total }) => total),
        line('busiest day', ({ busiest }) => busiest.count),
        line('expected misses to answer', ({ misses }) => rounded(misses.acknowledge)),
        line('expected misses to reach out', ({ misses }) => rounded(misses.touch)),
      ];
    });
  return [
    one('Leads', ({ leads }) => leads),
    one('Leads handed over', ({ handedOver }) => handedOver),
    one('Handoffs', ({ handoffs }) => handoffs),
    ...each(
      'Handoffs by trigger',
      ({ triggers }) => triggers,
      (name) => triggerLabel(name, policies),
    ),
    one('Handoffs that no rule could place', ({ unroutable }) => unroutable),
    one('Leads held', ({ held }) => held),
    ...each('Leads held for lack of', ({ lacking }) => lacking),
    one('Leads not handed over', ({ ignored }) => ignored),
    ...each('Leads not handed over, because', ({ reasons }) => reasons),
    ...each('Leads that waited for', ({ waited }) => waited),
    one('Leads still waiting at the end', ({ waiting }) => waiting),
    one('Expected misses to answer', ({ misses }) => rounded(misses.acknowledge)),
    one('Expected misses to reach out', ({ misses }) => rounded(misses.touch)),
    ...load('Handoffs of a rep', ({ people }) => people),
    ...load('Handoffs of a team', ({ teams }) => teams),
  ];
}

/** The same names of both sides, those with most first. */
function pairs<T extends { name: string; count?: number; total?: number }>(
  a: readonly T[],
  b: readonly T[],
): [string, T | undefined, T | undefined][] {
  const names = [...new Set([...b, ...a].map(({ name }) => name))];
  const named = (list: readonly T[], name: string) => list.find((one) => one.name === name);
  const size = (one: T | undefined) => one?.count ?? one?.total ?? 0;
  return names
    .map((name): [string, T | undefined, T | undefined] => [name, named(a, name), named(b, name)])
    .sort(([, x1, y1], [, x2, y2]) => size(y2) - size(y1) || size(x2) - size(x1));
}

async function* csv(written: Written): AsyncGenerator<string> {
  yield csvRow(['section', 'item', 'detail', 'in_force', 'proposed', 'difference']);
  for (const { section, item, detail, inForce, proposed } of linesOf(written)) {
    yield csvRow([section, item, detail, inForce, proposed, rounded(proposed - inForce)]);
  }
  for await (const { leadId, name, inForce, proposed } of written.changes()) {
    yield csvRow(['Lead with another owner', leadId, name, inForce, proposed, '']);
  }
  for (const note of written.result.notes) yield csvRow(['Note', note, '', '', '', '']);
}

async function* json({ result, changes, inForce, proposed }: Written): AsyncGenerator<string> {
  const named = ({ file, policy }: NamedPolicy) => ({ file, version: policy.version });
  const { changes: changed, ...facts } = result;
  const head = {
    from: facts.from,
    to: facts.to,
    moments: facts.moments,
    notes: facts.notes,
    inForce: { ...named(inForce), ...facts.inForce },
    proposed: { ...named(proposed), ...facts.proposed },
    leadsWithAnotherOwner: changed,
  };
  yield `${JSON.stringify(head, null, 2).slice(0, -2)},\n  "ownerChanges": [`;
  let first = true;
  for await (const change of changes()) {
    yield `${first ? '' : ','}\n    ${JSON.stringify(change)}`;
    first = false;
  }
  yield `${first ? '' : '\n  '}]\n}\n`;
}

/** Of a screen, in letters. */
const width = 100;
const changesShown = 20;

async function* table(written: Written): AsyncGenerator<string> {
  const { result, inForce, proposed, names } = written;
  const print = (lines: readonly string[]) => `${lines.join('\n')}\n`;
  const day = (date: Date) => date.toISOString().slice(0, 10);
  yield print([
    `Proposed  ${proposed.file} (${proposed.policy.version})`,
    `In force  ${inForce.file} (${inForce.policy.version})`,
    `Period    ${day(result.from)} to ${day(result.to)}; something arrived ${whole(result.moments)} times`,
    '',
    ...textTable(comparison, summaryRows(linesOf(written))),
  ]);
  const { inForce: a, proposed: b } = result;
  yield print(['', ...loadTable('Rep', a.people, b.people, names)]);
  yield print(['', ...loadTable('Team', a.teams, b.teams, names)]);
  yield print(['', ...(await changesTable(written))]);
  yield print(['', 'How to read this', ...result.notes.flatMap((note) => wrapped(`- ${note}`, width, '  '))]);
}

const comparison: readonly Column[] = [
  { title: '', align: 'left', max: 60 },
  { title: 'in force', align: 'right', max: 10 },
  { title: 'proposed', align: 'right', max: 10 },
  { title: 'difference', align: 'right', max: 10 },
];

/** The parts of a figure stand below it, indented, by their name alone. */
function summaryRows(lines: readonly Line[]): string[][] {
  let above = '';
  return lines
    .filter(({ detail }) => detail === '')
    .flatMap(({ section, item, inForce, proposed }) => {
      const figures = [whole(inForce), whole(proposed), signed(proposed - inForce)];
      if (item === '') return [[section, ...figures]];
      const title = section === above ? [] : [[`  ${section}`, '', '', '']];
      above = section;
      return [...title, [`    ${item}`, ...figures]];
    });
}

function loadTable(
  title: string,
  inForce: readonly Taken[],
  proposed: readonly Taken[],
  names: ReadonlyMap<string, string>,
): string[] {
  const columns = [
    { title, align: 'left', max: 26 } as const,
    ...['handoffs', 'change', 'busiest day', 'late answers', 'late touches'].map((heading): Column => {
      return { title: heading, align: 'right', max: 15 };
    }),
  ];
  const rows = pairs(inForce, proposed).map(([name, a, b]) => {
    const both = (of: (taken: Taken) => number) => `${whole(a ? of(a) : 0)} → ${whole(b ? of(b) : 0)}`;
    return [
      names.get(name) ?? name,
      both(({ total }) => total),
      signed((b?.total ?? 0) - (a?.total ?? 0)),
      both(({ busiest }) => busiest.count),
      both(({ misses }) => misses.acknowledge),
      both(({ misses }) => misses.touch),
    ];
  });
  return textTable(columns, rows);
}

async function changesTable({ result, changes }: Written): Promise<string[]> {
  if (result.changes === 0) return ['Every lead would have had the same owner.'];
  const rows: string[][] = [];
  for await (const { leadId, name, inForce, proposed } of changes()) {
    if (rows.length === changesShown) break;
    rows.push([leadId, name, inForce, proposed]);
  }
  const more = result.changes - rows.length;
  const columns: Column[] = [
    { title: 'Lead with another owner', align: 'left', max: 23 },
    { title: 'name', align: 'left', max: 23 },
    { title: 'in force', align: 'left', max: 24 },
    { title: 'proposed', align: 'left', max: 24 },
  ];
  return [
    ...textTable(columns, rows),
    ...(more > 0 ? [`and ${whole(more)} more: --format csv or json lists all`] : []),
  ];
}

function whole(value: number): string {
  const digits = Number.isInteger(value) ? 0 : 1;
  return value.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

function signed(value: number): string {
  const figure = whole(rounded(value));
  return value > 0 ? `+${figure}` : figure;
}

/** Expected misses are estimates: one digit is all they tell. */
function rounded(value: number): number {
  return Math.round(value * 10) / 10;
}
