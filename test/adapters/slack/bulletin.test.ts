import type { Button } from '@slack/types';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findMessageIssues } from '../../../sandbox/slack/block-kit.ts';
import { slackBulletin } from '../../../src/adapters/slack/bulletin.ts';
import type { AnyBlock } from '../../../src/adapters/slack/card.ts';
import type { Bulletin, BulletinItem } from '../../../src/domain/card/bulletin.ts';
import { dateTime, line } from '../../../src/domain/words/line.ts';
import { read } from './read.ts';
import { ana, people, someLine, wildText } from './wild.ts';

const due = new Date('2026-11-20T09:42:00Z');
const seconds = due.getTime() / 1000;
const items: BulletinItem[] = [
  { title: 'Demo request: Priya Nair', text: line`due ${dateTime(due)}, with ${ana}`, handoffId: 'h-1' },
  { title: 'Pricing: Bo Li', text: line`due ${dateTime(due)}`, handoffId: 'h-2' },
];
const bulletin: Bulletin = {
  language: 'en',
  title: '2 leads passed their target',
  text: line`I could not tell you between ${dateTime(due)} and now.`,
  items,
};
/** As long as a card of the busiest company's leads may be called, with a mention and a time in the text. */
const many = (count: number): BulletinItem[] =>
  Array.from({ length: count }, (_, index) => ({
    title: `Demo request: Priya Nair ${index} · Northwind Traders`,
    text: line`due ${dateTime(due)}, with ${ana}`,
    handoffId: `01920000-0000-7000-8000-00000000000${index % 10}`,
  }));

function showButtons(blocks: readonly AnyBlock[]): Button[] {
  return blocks.flatMap((block) => (block.type === 'section' ? [block.accessory as Button] : []));
}

describe('a bulletin', () => {
  test('says what happened, then lists its handoffs, each with a button beside its title', () => {
    expect(read(slackBulletin(bulletin, people).blocks)).toEqual([
      '# 2 leads passed their target',
      `I could not tell you between {${seconds}} and now.`,
      '---',
      'Demo request: Priya Nair [Show Card]',
      `due {${seconds}}, with @U0ANA`,
      '---',
      'Pricing: Bo Li [Show Card]',
      `due {${seconds}}`,
    ]);
  });

  test('has a button for each handoff that names it, to the bot and to a screen reader', () => {
    const buttons = showButtons(slackBulletin(bulletin, people).blocks);
    expect(buttons).toMatchObject([
      { action_id: 'handoff.show', value: 'h-1', accessibility_label: 'Show Card: Demo request: Priya Nair' },
      { action_id: 'handoff.show', value: 'h-2', accessibility_label: 'Show Card: Pricing: Bo Li' },
    ]);
  });

  test('is announced by its title and what happened', () => {
    expect(slackBulletin(bulletin, people).text).toMatch(
      /^2 leads passed their target\. I could not tell you between <!date\^/,
    );
  });

  test('about no handoff is its title and its text', () => {
    expect(read(slackBulletin({ ...bulletin, text: line`Say back.`, items: [] }, people).blocks)).toEqual([
      '# 2 leads passed their target',
      'Say back.',
    ]);
  });

  test('shows fifteen handoffs, and says how many there are beyond', () => {
    const full = slackBulletin({ ...bulletin, items: many(15) }, people).blocks;
    expect(showButtons(full)).toHaveLength(15);
    expect(read(full).at(-1)).toContain('with @U0ANA');
    const more = slackBulletin({ ...bulletin, items: many(22) }, people).blocks;
    expect(showButtons(more)).toHaveLength(15);
    expect(read(more).at(-1)).toBe('and 7 more');
    expect(findMessageIssues(more)).toEqual([]);
  });

  const report: Bulletin = {
    language: 'en',
    title: 'Leads, 2 – 8 Mar',
    text: line`4 handed over`,
    items: [],
    sections: [
      { kind: 'text', title: 'What cost sales most', text: line`Paid search: 6 h` },
      {
        kind: 'table',
        columns: [{ title: 'Sent back because' }, { title: 'From' }, { title: 'Leads', isNumber: true }],
        rows: [
          ['Not a fit', 'Paid search', '2'],
          ['Others', '', '1'],
        ],
      },
    ],
  };

  test('that is a report has its sections below its text, and a table as Slack draws it', () => {
    const { blocks } = slackBulletin(report, people);
    expect(read(blocks)).toEqual([
      '# Leads, 2 – 8 Mar',
      '4 handed over',
      '---',
      '*What cost sales most*',
      'Paid search: 6 h',
      '---',
      '*Sent back because* | *From* | *Leads*',
      'Not a fit | Paid search | 2',
      'Others | – | 1',
    ]);
    expect(findMessageIssues(blocks)).toEqual([]);
  });

  test('has its table in lines, where Slack takes none', () => {
    const { blocks } = slackBulletin(report, people, 'inLines');
    expect(read(blocks).slice(-2)).toEqual(['Not a fit · Paid search · 2', 'Others · – · 1']);
    expect(findMessageIssues(blocks)).toEqual([]);
  });

  test("never lets a lead's words format, mention or link", () => {
    const evil = '*_~`<!channel> <@U0ANA> <https://evil.test|click> :skull:';
    const { text, blocks } = slackBulletin(
      {
        language: 'en',
        title: evil,
        text: line`${evil}`,
        items: [{ title: evil, text: line`${evil}`, handoffId: 'h-1' }],
      },
      people,
    );
    expect(JSON.stringify(blocks)).not.toContain('mrkdwn');
    expect(JSON.stringify(blocks).match(/"type":"(user|broadcast|link)"/g)).toBeNull();
    expect(text).not.toMatch(/<[!@h]/);
  });

  test('is taken by Slack, whatever it holds', () => {
    const someItem = fc.record({ title: wildText, text: someLine, handoffId: fc.uuid() });
    const someTable = fc.record({
      kind: fc.constant('table' as const),
      columns: fc.array(fc.record({ title: wildText }), { minLength: 3, maxLength: 3 }),
      rows: fc.array(fc.array(wildText, { minLength: 3, maxLength: 3 }), { maxLength: 30 }),
    });
    const someBulletin: fc.Arbitrary<Bulletin> = fc.record({
      language: fc.constant('en' as const),
      title: wildText,
      text: someLine,
      items: fc.array(someItem, { maxLength: 30 }),
      sections: fc.array(someTable, { maxLength: 1 }),
    });
    fc.assert(
      fc.property(someBulletin, (wild) => {
        const { text, blocks } = slackBulletin(wild, people);
        expect(findMessageIssues(blocks)).toEqual([]);
        expect(JSON.stringify(blocks).length).toBeLessThanOrEqual(12_500);
        expect(text.trim()).not.toBe('');
        const { length: shown } = showButtons(blocks);
        if (shown < wild.items.length)
          expect(read(blocks).at(-1)).toBe(`and ${wild.items.length - shown} more`);
      }),
      { numRuns: 100 },
    );
  });
});
