import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { teamsBulletin } from '../../../src/adapters/teams/bulletin.ts';
import type { Bulletin } from '../../../src/domain/card/bulletin.ts';
import { dateTime, line } from '../../../src/domain/words/line.ts';
import { buttonsOf, problemsOf, read } from './client.ts';

const at = new Date('2026-11-20T09:42:00Z');
const date = 'Fri, Nov 20, 9:42 AM UTC';
const mark = { bulletinId: 'b-1' };

const bulletin: Bulletin = {
  language: 'en',
  title: 'While the bot was away',
  text: line`Two targets passed since ${dateTime(at)}.\nNobody was reminded.`,
  items: [
    { title: 'Demo request: Priya Nair', text: line`Answer was due ${dateTime(at)}`, handoffId: 'h-1' },
    { title: 'Score reached: Jo Berg', text: line`No touch yet`, handoffId: 'h-2' },
  ],
};

describe('a bulletin', () => {
  test('says what happened, and has a row for each lead with the button that brings its card', () => {
    const shown = teamsBulletin(bulletin, mark);
    expect(read(shown.body)).toEqual([
      '*While the bot was away*',
      `Two targets passed since ${date}.`,
      'Nobody was reminded.',
      '---',
      `*Demo request: Priya Nair* / Answer was due ${date} | [Show Card]`,
      '---',
      '*Score reached: Jo Berg* / No touch yet | [Show Card]',
    ]);
    expect(problemsOf(shown)).toEqual([]);
  });

  test('sends with the button which lead is meant, and on which bulletin it stands', () => {
    const [, second] = buttonsOf(teamsBulletin(bulletin, mark).body);
    const data = { handoff: 'h-2', bulletin: 'b-1' };
    expect(second).toEqual({
      type: 'Action.Execute',
      title: 'Show Card',
      verb: 'handoff.show',
      data,
      fallback: { type: 'Action.Submit', title: 'Show Card', data: { ...data, verb: 'handoff.show' } },
    });
  });

  test('about no lead is its words', () => {
    const shown = teamsBulletin({ ...bulletin, text: line`You are set away.`, items: [] }, mark);
    expect(read(shown.body)).toEqual(['*While the bot was away*', 'You are set away.']);
    expect(problemsOf(shown)).toEqual([]);
  });

  const table = {
    kind: 'table' as const,
    columns: [{ title: 'Sent back because' }, { title: 'From' }, { title: 'Leads', isNumber: true as const }],
    rows: [
      ['Not a fit', 'Paid search', '2'],
      ['Others', '', '1'],
    ],
  };

  test('that is a report has its sections below its text, and a table as Teams draws it', () => {
    const sections = [
      { kind: 'text' as const, title: 'What cost sales most', text: line`Paid search: 6 h` },
      table,
    ];
    const shown = teamsBulletin({ ...bulletin, text: line`4 handed over`, items: [], sections }, mark);
    expect(read(shown.body)).toEqual([
      '*While the bot was away*',
      '4 handed over',
      '---',
      '*What cost sales most*',
      'Paid search: 6 h',
      '---',
      '*Sent back because* | *From* | *Leads*',
      'Not a fit | Paid search | 2',
      'Others | – | 1',
    ]);
    expect(problemsOf(shown)).toEqual([]);
  });

  test('does not renew itself, as nothing on it changes', () => {
    expect(teamsBulletin(bulletin, mark).refresh).toBeUndefined();
  });

  test('of more leads than a card can hold has as many as fit, and says how many more there are', () => {
    const items = Array.from({ length: 200 }, (_, index) => ({
      title: `Lead ${index}`,
      text: line`Answer was due ${dateTime(at)}`,
      handoffId: `h-${index}`,
    }));
    const rows = read(teamsBulletin({ ...bulletin, items }, mark).body);
    const listed = rows.filter((row) => row.includes('[Show Card]'));
    expect(listed.length).toBeGreaterThan(20);
    expect(rows.at(-1)).toBe(`and ${200 - listed.length} more`);
  });

  test('is one that Teams takes, whatever stands in it', () => {
    const text = fc.oneof(fc.string({ unit: 'grapheme' }), fc.constantFrom('', '{{', '文'.repeat(3000)));
    const spans = text.map((said) => line`${said}`);
    const someItems = fc.array(fc.record({ title: text, text: spans, handoffId: fc.uuid() }), {
      maxLength: 60,
    });
    const row = fc.array(text, { minLength: 3, maxLength: 3 });
    const sections = fc.array(
      fc.array(row, { maxLength: 20 }).map((rows) => ({ ...table, rows })),
      { maxLength: 2 },
    );
    fc.assert(
      fc.property(fc.record({ title: text, text: spans, items: someItems, sections }), (wild) => {
        const shown = teamsBulletin({ language: 'en', ...wild }, mark);
        expect(problemsOf(shown)).toEqual([]);
        expect(Buffer.byteLength(JSON.stringify(shown))).toBeLessThanOrEqual(25_000);
      }),
      { numRuns: 100 },
    );
  });
});
