import { readsPeople } from '../../domain/measure/reader.ts';
import { dateTime } from '../../domain/words/line.ts';
import type { Words } from '../../domain/words/words.ts';
import type { Cell, Table } from '../ports/dashboard.ts';
import type { Listed, Which } from '../ports/measured-lists.ts';
import { textCell, tookCell } from './cells.ts';
import { leadCells } from './lead-names.ts';
import { nameOn, reasonInWords } from './names.ts';
import type { Asked, PageNeeds } from './page.ts';

/** Of a page, and of a file. */
const most = { page: 50, file: 5000 };

/** The leads behind a number, a page at a time; as a file so many that a spreadsheet is still of use. */
export async function listTable(asked: Asked, title: string, needs: PageNeeds): Promise<Table> {
  const { visit, filters, sight, now } = asked;
  const { words, reader, zone } = visit;
  const { page, which, reason, hour } = filters;
  const seen = { ...sight, reason, ...(hour && { at: { ...hour, zone } }) };
  const take = filters.isFile ? most.file : most.page;
  const { rows, count } = await needs.lists.list(seen, which, { skip: (page - 1) * take, take }, now);
  const leadCell = await leadCells(
    rows.map(({ leadId }) => leadId),
    asked,
    needs,
  );
  const withPeople = readsPeople(reader);
  const column = (key: 'lead' | 'rep' | 'trigger' | 'source' | 'qualified' | 'how') => ({
    title: words.text(`dashboard.${key}`),
  });
  const number = (key: 'toAcknowledge' | 'toTouch') => ({
    title: words.text(`figures.${key}`),
    isNumber: true as const,
  });
  return {
    ...{ kind: 'table', name: 'leads', title: words.text('dashboard.listTitle', { title, count }) },
    columns: [
      column('lead'),
      ...(withPeople ? [column('rep')] : []),
      ...[column('trigger'), column('source'), column('qualified')],
      ...[number('toAcknowledge'), number('toTouch'), column('how')],
    ],
    rows: rows.map((row) => [
      leadCell(row.leadId),
      ...(withPeople ? [textCell(nameOn('rep', row.rep, asked))] : []),
      textCell(nameOn('trigger', row.trigger, asked)),
      textCell(nameOn('source', row.source, asked)),
      { shown: [dateTime(row.qualifiedAt)], value: row.qualifiedAt.toISOString() },
      tookCell(row.toAcknowledge?.working, words),
      tookCell(row.toTouch?.working, words),
      howCell(row, asked),
    ]),
    empty: words.text('dashboard.noLeads'),
    pages: { page, last: Math.max(1, Math.ceil(count / take)) },
  };
}

/** How it ended, and whether it was late before. */
function howCell({ isLate, outcome, endedAs, reason }: Listed, { policy, visit: { words } }: Asked): Cell {
  const ended = outcome ?? (endedAs === 'closed' ? null : endedAs);
  const parts = [
    ended ? words.text(`dashboard.ended_${ended}`) : words.text('dashboard.ended_open'),
    ...(reason && outcome ? [reasonInWords(reason, policy, words)] : []),
    ...(isLate ? [words.text('dashboard.wasLate')] : []),
  ];
  return { shown: parts.join(' · '), ...(isLate && { tone: 'bad' as const }) };
}

/** What a list is called. */
export function listName(which: Which, words: Words): string {
  switch (which) {
    case 'all':
    case 'open':
    case 'held':
    case 'late':
    case 'answerLate':
    case 'touchLate':
    case 'takenOver':
    case 'sentBack':
    case 'converted':
    case 'withdrawn':
      return words.text(`dashboard.which_${which}`);
    default:
      return words.text(`figures.${which}`);
  }
}
