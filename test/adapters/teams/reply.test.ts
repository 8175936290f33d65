import { describe, expect, test } from 'vitest';
import { findCardIssues } from '../../../sandbox/teams/adaptive-card.ts';
import { teamsBulletin } from '../../../src/adapters/teams/bulletin.ts';
import { teamsReply } from '../../../src/adapters/teams/reply.ts';
import type { Chart } from '../../../src/domain/card/card.ts';
import type { ReplyAction, Row } from '../../../src/domain/card/reply-action.ts';
import { line } from '../../../src/domain/words/line.ts';
import type { Reply } from '../../../src/flow/ports/chat.ts';
import { buttonsOf, everyElement, problemsOf, read } from './client.ts';

const show: ReplyAction = { kind: 'act', command: 'show', handoffId: 'h-1', label: 'Show Card' };
const why: ReplyAction = { kind: 'say', words: 'why 501', label: 'Why' };
const rows: Row[] = [
  { tone: 'late', text: line`Maya Chen · Brightwater`, detail: line`12 min late`, actions: [show] },
  { text: line`Tomás`, actions: [show, why] },
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
const origin = { answer: 'a-1', turn: 2, again: 'queue' };

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
    const shown = teamsReply(reply, null, origin);
    expect(read(shown.body)).toEqual([
      '*Your leads*',
      '*Now*',
      '● *Maya Chen · Brightwater* / 12 min late | [Show Card]',
      '*Tomás*',
      '[Show Card] [Why]',
      '*Zoë*',
      '[Go Away] [Open in HubSpot]',
    ]);
    expect(problemsOf(shown)).toEqual([]);
  });

  test('says with each button what it means, on which answer and in which of its states', () => {
    const data = buttonsOf(teamsReply(reply, null, origin).body).map((action) =>
      action.type === 'Action.Execute' ? { verb: action.verb, style: action.style, ...action.data } : null,
    );
    const on = { answer: 'a-1', turn: 2 };
    expect(data).toEqual([
      { verb: 'handoff.act.show', handoff: 'h-1', again: 'queue', ...on },
      { verb: 'handoff.act.show', handoff: 'h-1', again: 'queue', ...on },
      { verb: 'handoff.say', say: 'why 501', ...on },
      { verb: 'handoff.say', style: 'positive', say: 'ooo', ...on },
      null,
    ]);
  });

  test('tells on top what came of a press', () => {
    const shown = teamsReply({ ...reply, notice: line`Accepted.`, sections: [], actions: [] }, null, origin);
    expect(read(shown.body)).toEqual(['Accepted.', '*Your leads*']);
    expect(shown.speak).toBe('Accepted. Your leads');
  });

  test('of a press alone is the line that says it', () => {
    const shown = teamsReply({ title: '', notice: line`Accepted.`, sections: [] }, null, origin);
    expect(read(shown.body)).toEqual(['Accepted.']);
  });

  test('has its chart, and for clients that know none its table', () => {
    const shown = teamsReply({ title: 'Stats', sections: [chart] }, null, origin);
    expect(read(shown.body)).toEqual([
      '*Stats*',
      '[stacked bars] Week by week (Leads)',
      'In time: Mar 2 4, Mar 9 5',
      'Late: Mar 2 1, Mar 9 0',
    ]);
    const [drawn] = everyElement(shown.body).filter(({ type }) => type === 'Chart.VerticalBar.Grouped');
    const instead = drawn && 'fallback' in drawn ? [drawn.fallback] : [];
    expect(read(instead)).toEqual(['*Week of* | *In time* | *Late*', 'Mar 2 | 4 | 1', 'Mar 9 | 5 | 0']);
    // A renderer that is no Teams, and what Teams takes.
    expect(problemsOf(shown)).toEqual([expect.stringContaining('Fallback will be used')]);
    expect(findCardIssues(shown)).toEqual([]);
  });

  test('has as many buttons in a set as Teams shows', () => {
    const actions = Array.from({ length: 8 }, (): ReplyAction => why);
    const shown = teamsReply({ title: 'Which?', sections: [], actions }, null, origin);
    expect(shown.body.filter(({ type }) => type === 'ActionSet')).toHaveLength(2);
    expect(problemsOf(shown)).toEqual([]);
  });
});

describe('a bulletin with rows and buttons', () => {
  const { sections, actions = [] } = reply;
  const bulletin = {
    language: 'en' as const,
    title: 'This week',
    text: line`Three leads.`,
    items: [],
    sections,
    actions,
  };

  test('says with each on which bulletin it stands', () => {
    const shown = teamsBulletin(bulletin, { bulletinId: 'b-1' });
    const [first] = buttonsOf(shown.body);
    expect(first).toMatchObject({ verb: 'handoff.act.show', data: { handoff: 'h-1', bulletin: 'b-1' } });
    expect(read(shown.body).at(-1)).toBe('[Go Away] [Open in HubSpot]');
    expect(problemsOf(shown)).toEqual([]);
  });

  test('has none in a channel, where nobody is asked who they are', () => {
    const shown = teamsBulletin(bulletin, { bulletinId: 'b-1' }, null, { isPressable: false });
    expect(buttonsOf(shown.body)).toEqual([]);
  });
});
