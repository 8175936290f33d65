import type { Button } from '@slack/types';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findMessageIssues } from '../../../sandbox/slack/block-kit.ts';
import type { AnyBlock } from '../../../src/adapters/slack/card.ts';
import { chartBlock } from '../../../src/adapters/slack/chart.ts';
import { slackReply } from '../../../src/adapters/slack/reply.ts';
import type { Chart } from '../../../src/domain/card/card.ts';
import type { ReplyAction, Row } from '../../../src/domain/card/reply-action.ts';
import { dateTime, line } from '../../../src/domain/words/line.ts';
import type { Reply } from '../../../src/flow/ports/chat.ts';
import { read } from './read.ts';
import { someLine, someUrl, wildText } from './wild.ts';

const at = new Date('2026-11-20T09:42:00Z');
const show: ReplyAction = { kind: 'act', command: 'show', handoffId: 'h-1', label: 'Show Card' };
const accept: ReplyAction = { kind: 'act', command: 'accept', handoffId: 'h-2', label: 'Accept' };
const why: ReplyAction = { kind: 'say', words: 'why 501', label: 'Why' };
const rows: Row[] = [
  { tone: 'late', text: line`Maya Chen · Brightwater`, detail: line`due ${dateTime(at)}`, actions: [show] },
  { tone: 'new', text: line`Tomás, since ${dateTime(at)}`, actions: [accept, why] },
  { text: line`Zoë`, actions: [] },
];
const reply: Reply = {
  title: 'Your leads',
  sections: [{ kind: 'rows', title: 'Now', rows }],
  actions: [
    { kind: 'say', words: 'ooo', label: 'Go Away', primary: true },
    { kind: 'link', url: 'https://app.hubspot.com/1', label: 'Open in HubSpot' },
  ],
};

const chart: Chart = {
  ...{ kind: 'chart', title: 'Week by week', unit: 'Leads', labels: ['Mar 2', 'Mar 9'] },
  series: [
    { name: 'In time', values: [4, 5] },
    { name: 'Late', values: [1, 0] },
  ],
  table: {
    columns: [{ title: 'Week of' }, { title: 'In time' }, { title: 'Late' }],
    rows: [
      ['Mar 2', '4', '1'],
      ['Mar 9', '5', '0'],
    ],
  },
};

describe('an answer', () => {
  test('has its rows with their buttons, and its own below everything', () => {
    expect(read(slackReply(reply, 'queue').blocks)).toEqual([
      '# Your leads',
      '---',
      '*Now*',
      'Maya Chen · Brightwater [Show Card]',
      ':red_circle: due {1795167720}',
      ':large_blue_circle: *Tomás, since **{1795167720}*',
      '[Accept] [Why]',
      '*Zoë*',
      '[Go Away] [Open in HubSpot]',
    ]);
  });

  test('says with each button what it means, and where it stands', () => {
    const values = buttons(slackReply(reply, 'queue').blocks).map(({ action_id, value, style }) => ({
      action_id,
      style,
      ...(value && JSON.parse(value)),
    }));
    expect(values).toEqual([
      { action_id: 'handoff.act.show.0', handoff: 'h-1', again: 'queue', on: 'answer' },
      { action_id: 'handoff.act.accept.0', handoff: 'h-2', again: 'queue', on: 'answer' },
      { action_id: 'handoff.say.1', say: 'why 501', on: 'answer' },
      { action_id: 'handoff.say.0', style: 'primary', say: 'ooo', on: 'answer' },
      { action_id: 'handoff.open.1' },
    ]);
  });

  test('tells on top what came of a press, in the notification too', () => {
    const { text, blocks } = slackReply({ ...reply, notice: line`Accepted.`, sections: [] }, 'queue');
    expect(read(blocks).slice(0, 2)).toEqual(['Accepted.', '# Your leads']);
    expect(text).toBe('Accepted. Your leads');
  });

  test('of a press alone is the line that says it', () => {
    expect(read(slackReply({ title: '', notice: line`Accepted.`, sections: [] }, '').blocks)).toEqual([
      'Accepted.',
    ]);
  });

  test('counts the rows that nobody would read', () => {
    const many = Array.from({ length: 40 }, (): Row => ({ text: line`Lead`, actions: [show] }));
    const shown = read(slackReply({ ...reply, sections: [{ kind: 'rows', rows: many }] }, 'queue').blocks);
    expect(shown.filter((one) => one === 'Lead [Show Card]')).toHaveLength(12);
    expect(shown).toContain('and 28 more');
  });

  test('has its chart, or what it shows in lines', () => {
    const withChart = { title: 'Stats', sections: [chart] };
    expect(read(slackReply(withChart, 'stats', 'withCharts').blocks)).toEqual([
      '# Stats',
      '---',
      '[bar] Week by week (Leads)',
      'In time: Mar 2 4, Mar 9 5',
      'Late: Mar 2 1, Mar 9 0',
    ]);
    expect(read(slackReply(withChart, 'stats').blocks)).toEqual([
      ...['# Stats', '---', '*Week by week*', 'Week of · In time · Late', 'Mar 2 · 4 · 1', 'Mar 9 · 5 · 0'],
    ]);
  });

  test('draws the newest of more bars than Slack takes, and none that nobody could tell apart', () => {
    const labels = Array.from({ length: 25 }, (_, number) => `Week ${number}`);
    const series = [{ name: 'Leads', values: labels.map((_, number) => number) }];
    const long = chartBlock({ ...chart, labels, series });
    expect(long?.chart.axis_config.categories).toHaveLength(20);
    expect(long?.chart.series[0]?.data.at(-1)).toEqual({ label: 'Week 24', value: 24 });
    expect(chartBlock({ ...chart, labels: ['Mar 2', 'Mar 2'] })).toBeNull();
    expect(chartBlock({ ...chart, labels: [] })).toBeNull();
  });

  test('with a chart is taken by Slack whatever stands in it', () => {
    const someChart = fc.record({
      ...{ kind: fc.constant('chart' as const), title: wildText, unit: wildText, labels: fc.array(wildText) },
      series: fc.array(fc.record({ name: wildText, values: fc.array(fc.integer({ min: 0 })) })),
      table: fc.constant(chart.table),
    });
    fc.assert(
      fc.property(fc.array(someChart, { maxLength: 2 }), (sections) => {
        const { blocks } = slackReply({ title: 'Stats', sections }, 'stats', 'withCharts');
        expect(findMessageIssues(blocks)).toEqual([]);
      }),
    );
  });

  test('is taken by Slack whatever stands in it', () => {
    const someAction: fc.Arbitrary<ReplyAction> = fc.oneof(
      fc.record({ kind: fc.constant('say' as const), words: wildText.map(short), label: wildText }),
      fc.record({
        kind: fc.constant('act' as const),
        command: fc.constantFrom('accept' as const, 'show' as const),
        handoffId: fc.uuid(),
        label: wildText,
      }),
      fc.record({ kind: fc.constant('link' as const), url: someUrl, label: wildText }),
    );
    const someRow: fc.Arbitrary<Row> = fc.record({
      text: someLine,
      detail: someLine,
      actions: fc.array(someAction, { maxLength: 4 }),
    });
    fc.assert(
      fc.property(
        fc.array(someRow, { maxLength: 30 }),
        wildText,
        fc.array(someAction, { maxLength: 8 }),
        (rows, asked, actions) => {
          const { blocks, text } = slackReply(
            { title: asked, sections: [{ kind: 'rows', rows }], actions },
            asked,
          );
          expect(findMessageIssues(blocks)).toEqual([]);
          expect(blocks.length).toBeLessThanOrEqual(50);
          expect(JSON.stringify(blocks).length).toBeLessThanOrEqual(13_000);
          expect(text).not.toBe('');
        },
      ),
      { numRuns: 60 },
    );
  });
});

function buttons(blocks: readonly AnyBlock[]): Button[] {
  return blocks.flatMap((block) => {
    if (block.type === 'section') return block.accessory as Button;
    return block.type === 'actions' ? (block.elements as Button[]) : [];
  });
}

function short(text: string): string {
  return text.slice(0, 300) || 'help';
}
