import type { Button } from '@slack/types';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findMessageIssues } from '../../../sandbox/slack/block-kit.ts';
import { type AnyBlock, slackCard, slackLine, slackLoudLine } from '../../../src/adapters/slack/card.ts';
import { slackReply } from '../../../src/adapters/slack/reply.ts';
import type { Card, CardAction, Paragraph, Section } from '../../../src/domain/card/card.ts';
import { type Form, type FormName, formNames } from '../../../src/domain/card/form.ts';
import { tones } from '../../../src/domain/card/tone.ts';
import { ago, bold, dateTime, line } from '../../../src/domain/words/line.ts';
import { languages } from '../../../src/domain/words/words.ts';
import { plainCard } from '../../support/cards.ts';
import { touchForm } from '../../support/forms.ts';
import { read } from './read.ts';
import { ana, people, someLine, someTime, someUrl, wildText } from './wild.ts';

const at = new Date('2026-11-20T09:42:00Z');
const seconds = at.getTime() / 1000;
const mark = { handoffId: 'h-1', revision: 7 };
const form = (name: FormName): Form => ({ ...touchForm(), name });

const actions: readonly CardAction[] = [
  { kind: 'command', command: 'accept', label: 'Accept', primary: true },
  { kind: 'form', form: form('logTouch'), label: 'Log a Touch', primary: false },
  { kind: 'form', form: form('disqualify'), label: 'Disqualify', primary: false },
];
const sections: readonly Section[] = [
  { kind: 'facts', facts: [{ label: 'Company', value: 'Northwind · Software' }] },
  { kind: 'moments', title: 'Recent activity', moments: [{ at, text: 'Viewed /pricing' }] },
];
const card = plainCard({
  title: 'Priya Nair · Northwind',
  notification: line`Accept by ${dateTime(at)} · Demo request: Priya Nair`,
  status: [bold('Accept by '), { ...dateTime(at), bold: true }, ...line` · asked for a demo ${ago(at)}`],
  body: [
    { kind: 'line', text: line`Head of Ops` },
    { kind: 'quote', text: line`We need something by January.` },
    { kind: 'line', text: line`Saw pricing 3×` },
    {
      kind: 'links',
      after: '8:05 AM there',
      links: [
        { text: '+1 312 555 0142', url: 'tel:+13125550142' },
        { text: 'priya@northwind.example', url: 'mailto:priya@northwind.example' },
      ],
    },
  ],
  actions,
  menu: [
    { kind: 'form', form: form('snooze'), label: 'Snooze', primary: false },
    { kind: 'link', label: 'Open in HubSpot', url: 'https://app.hubspot.com/contacts/1/record/0-1/2' },
  ],
  more: { label: 'More: recent activity', sections },
  foot: line`Yours because: chosen by ${ana}`,
  history: [{ at, text: line`${ana} accepted.` }],
});

function elements(blocks: readonly AnyBlock[]) {
  return blocks.flatMap((block) => (block.type === 'actions' ? block.elements : []));
}

function buttons(blocks: readonly AnyBlock[]): Button[] {
  return elements(blocks).flatMap((element) => (element.type === 'button' ? [element] : []));
}

function menuOf(blocks: readonly AnyBlock[]) {
  return elements(blocks).flatMap((element) =>
    element.type === 'overflow' ? element.options.map(({ value, url }) => [value, url]) : [],
  );
}

describe('a card', () => {
  test('reads from the point to the detail, with the buttons before the detail', () => {
    expect(read(slackCard(card, mark, people).blocks)).toEqual([
      `:large_blue_circle: *Accept by **{${seconds}}* · asked for a demo {${seconds}}`,
      '# Priya Nair · Northwind',
      'Head of Ops',
      '> We need something by January.',
      'Saw pricing 3×',
      '+1 312 555 0142 · priya@northwind.example · 8:05 AM there',
      '[Accept] [Log a Touch] [Disqualify] [… Snooze | Open in HubSpot]',
      '▸ More: recent activity',
      '~ *Company:* Northwind · Software',
      '~ *Recent activity*',
      `~ - {${seconds}} · Viewed /pricing`,
      '~ *What happened*',
      `~ {${seconds}} · @U0ANA accepted.`,
      'Yours because: chosen by Ana Silva',
    ]);
  });

  test('tells the latest of its history where everything else is folded', () => {
    const told = Array.from({ length: 7 }, (_, index) => ({ at, text: line`Step ${index + 1}.` }));
    const folded = read(slackCard({ ...card, more: null, history: told }, mark, people).blocks);
    expect(folded).toContain('▸ What happened');
    const said = folded.join('\n');
    for (const step of [3, 4, 5, 6, 7]) expect(said).toContain(`{${seconds}} · Step ${step}.`);
    expect(said).toContain('2 earlier');
    expect(said).not.toContain('Step 2.');
  });

  test('announces itself as it says, with the time in the zone of whoever reads it', () => {
    expect(slackCard(card, mark, people).text).toBe(
      `Accept by <!date^${seconds}^{date_short_pretty} at {time}|2026-11-20 09:42 UTC> · Demo request: Priya Nair`,
    );
  });

  test('gives every block an id of its revision, and every button a lasting one with the handoff', () => {
    const { blocks } = slackCard(card, mark, people);
    const again = slackCard(card, { ...mark, revision: 8 }, people).blocks;
    const ids = [...blocks, ...again].map(({ block_id }) => block_id);
    expect(new Set(ids).size).toBe(blocks.length * 2);
    expect(blocks.map(({ block_id }) => block_id?.split(':')[1])).toEqual(blocks.map(() => '7'));
    expect(menuOf(blocks)).toEqual([
      ['h-1 handoff.form.snooze', undefined],
      ['h-1 handoff.open', 'https://app.hubspot.com/contacts/1/record/0-1/2'],
    ]);
    expect(buttons(blocks).map(({ action_id, value, url }) => [action_id, value, url])).toEqual([
      ['handoff.accept', 'h-1', undefined],
      ['handoff.form.logTouch', 'h-1', undefined],
      ['handoff.form.disqualify', 'h-1', undefined],
    ]);
  });

  test('tells a screen reader whom a button is about', () => {
    const [accept] = buttons(slackCard(card, mark, people).blocks);
    expect(accept?.accessibility_label).toBe('Accept: Priya Nair · Northwind');
  });

  test('has one primary button at most', () => {
    const actions: CardAction[] = [
      { kind: 'form', form: form('reassign'), label: 'Reassign', primary: true },
      { kind: 'command', command: 'takeIt', label: 'Take It', primary: true },
    ];
    const { blocks } = slackCard({ ...card, actions }, mark, people);
    expect(buttons(blocks).map(({ style }) => style)).toEqual(['primary', undefined]);
  });

  test('has a sign of its own for each tone, beside the words', () => {
    const signs = tones.map(
      (tone) => read(slackCard({ ...card, tone }, mark, people).blocks)[0]?.split(' ')[0],
    );
    expect(new Set(signs).size).toBe(tones.length);
  });

  test('names people who have no account', () => {
    const status = line`Now with ${ana}`;
    expect(read(slackCard({ ...card, status }, mark, new Map()).blocks)[0]).toContain('Ana Silva');
  });

  test("never lets a lead's words format, mention or link", () => {
    const evil = '*_~`<!channel> <@U0ANA> <https://evil.test|click> :skull: \u202egnp.exe';
    const { text, blocks } = slackCard(
      {
        ...card,
        history: [{ at, text: line`${evil}` }],
        notification: line`${evil}`,
        title: evil,
        body: [
          { kind: 'line', text: line`${evil}` },
          { kind: 'quote', text: line`${evil}` },
          { kind: 'links', after: evil, links: [{ text: evil, url: evil }] },
        ],
        more: {
          label: evil,
          sections: [
            { kind: 'facts', facts: [{ label: 'Company', value: evil }] },
            { kind: 'text', title: 'In short', text: line`${evil}` },
            { kind: 'moments', title: 'Recent activity', moments: [{ at, text: evil }] },
          ],
        },
        foot: line`${evil}`,
      },
      mark,
      people,
    );
    expect(JSON.stringify(blocks)).not.toContain('mrkdwn');
    expect(blocks[1]).toMatchObject({ text: { type: 'plain_text', emoji: false } });
    const kinds = JSON.stringify(blocks).match(/"type":"(user|broadcast|link)"/g);
    expect(kinds).toBeNull();
    expect(text).toContain('&lt;!channel&gt; &lt;@U0ANA&gt; &lt;https://evil.test|click&gt;');
    expect(JSON.stringify({ text, blocks })).not.toContain('\u202e');
  });

  test('leaves out a link that is none, rather than being refused for it', () => {
    const links: CardAction[] = [{ kind: 'link', label: 'Open in HubSpot', url: 'javascript:alert(1)' }];
    const { blocks } = slackCard({ ...card, actions: links, menu: links }, mark, people);
    expect(blocks.filter(({ type }) => type === 'actions')).toEqual([]);
  });

  test('says how many facts there are beyond those it shows', () => {
    const facts = Array.from({ length: 50 }, (_, index) => ({ label: `L${index}`, value: 'v' }));
    const { blocks } = slackCard(
      { ...card, more: { label: 'More', sections: [{ kind: 'facts', facts }] } },
      mark,
      people,
    );
    expect(read(blocks)).toContain('~ and 30 more');
  });

  test('shortens a long text at a whole character', () => {
    const title = `${'x'.repeat(148)}😀😀`;
    const { blocks } = slackCard({ ...card, title }, mark, people);
    expect(read(blocks)[1]).toBe(`# ${'x'.repeat(148)}…`);
  });
});

const someSection: fc.Arbitrary<Section> = fc.oneof(
  fc.record({
    kind: fc.constant('facts' as const),
    facts: fc.array(fc.record({ label: wildText, value: wildText }), { maxLength: 50 }),
  }),
  fc.record({ kind: fc.constant('text' as const), title: wildText, text: someLine }),
  fc.record({
    kind: fc.constant('moments' as const),
    title: wildText,
    moments: fc.array(fc.record({ at: someTime, text: wildText }), { maxLength: 30 }),
  }),
);
const someActions = fc
  .record({ label: wildText, url: someUrl, primary: fc.boolean() })
  .map(({ label, url, primary }): CardAction[] => [
    ...(['accept', 'takeIt', 'ping'] as const).map(
      (command): CardAction => ({ kind: 'command', command, label, primary }),
    ),
    ...formNames.map((name): CardAction => ({ kind: 'form', form: form(name), label, primary })),
    { kind: 'link', label, url },
  ]);
const someParagraph: fc.Arbitrary<Paragraph> = fc.oneof(
  fc.record({ kind: fc.constantFrom('line' as const, 'quote' as const), text: someLine }),
  fc.record({
    kind: fc.constant('links' as const),
    after: fc.option(wildText),
    links: fc.array(fc.record({ text: wildText, url: someUrl }), { maxLength: 5 }),
  }),
);
const someCard: fc.Arbitrary<Card> = fc.record({
  language: fc.constantFrom(...languages),
  notification: someLine,
  title: wildText,
  tone: fc.constantFrom(...tones),
  status: someLine,
  body: fc.array(someParagraph, { maxLength: 12 }),
  actions: fc.oneof(someActions, fc.constant([])),
  menu: fc.oneof(someActions, fc.constant([])),
  more: fc.option(fc.record({ label: wildText, sections: fc.array(someSection, { maxLength: 60 }) })),
  foot: fc.option(someLine),
  history: fc.array(fc.record({ at: someTime, text: someLine }), { maxLength: 5 }),
});

describe('whatever a card holds', () => {
  test('Slack takes it, whole', () => {
    fc.assert(
      fc.property(someCard, (wild) => {
        expect(findMessageIssues(slackCard(wild, mark, people, 'open').blocks)).toEqual([]);
        const { text, blocks } = slackCard(wild, mark, people);
        expect(findMessageIssues(blocks)).toEqual([]);
        expect(JSON.stringify(blocks).length).toBeLessThanOrEqual(12_000);
        expect(text.trim()).not.toBe('');
        const repaired = JSON.parse(JSON.stringify(blocks), (_, value) =>
          typeof value === 'string' ? value.toWellFormed() : value,
        );
        expect(repaired).toEqual(blocks);
      }),
      { numRuns: 150, endOnFailure: true },
    );
  });

  test('Slack takes as many buttons as an actions block holds', () => {
    const links = Array.from({ length: 40 }, (_, index): CardAction => {
      return { kind: 'link', label: `L${index}`, url: 'https://app.hubspot.com/1' };
    });
    const forms = formNames.map((name): CardAction => {
      return { kind: 'form', form: form(name), label: name, primary: false };
    });
    const { blocks } = slackCard({ ...card, actions: [...forms, ...links], menu: [] }, mark, people);
    expect(buttons(blocks)).toHaveLength(24);
  });

  test.each(['folded', 'open'] as const)(
    'Slack takes as many sections as its blocks allow: %s',
    (folding) => {
      const many = Array.from({ length: 60 }, (): Section => ({ kind: 'text', title: 'A', text: line`b` }));
      const { blocks } = slackCard(
        { ...card, more: { label: 'More', sections: many } },
        mark,
        people,
        folding,
      );
      expect(findMessageIssues(blocks)).toEqual([]);
      expect(blocks.filter(({ type }) => type === 'actions')).toHaveLength(1);
    },
  );

  test('Slack takes any line and any reply', () => {
    fc.assert(
      fc.property(someLine, wildText, fc.array(someSection, { maxLength: 60 }), (spans, title, sections) => {
        const link = 'https://example.slack.com/archives/D1/p1';
        for (const { text, blocks } of [
          slackLine(spans, people),
          slackLoudLine(spans, { title, link }, people),
          slackReply({ title, sections }, 'stats'),
        ]) {
          expect(findMessageIssues(blocks)).toEqual([]);
          expect(JSON.stringify(blocks).length).toBeLessThanOrEqual(12_000);
          expect(text).not.toBe('');
        }
      }),
      { numRuns: 100 },
    );
  });
});

test('a line of a thread keeps its mentions and times', () => {
  const { text, blocks } = slackLine(line`${ana} accepted. First touch due ${dateTime(at)}.`, people);
  expect(read(blocks)).toEqual([`@U0ANA accepted. First touch due {${seconds}}.`]);
  expect(text).toMatch(/^<@U0ANA> accepted\. First touch due <!date\^/);
});

test('a reply has its title and sections', () => {
  const told: Section[] = [{ kind: 'facts', facts: [{ label: 'Handoffs', value: '12' }] }];
  expect(read(slackReply({ title: 'Your handoffs', sections: told }, 'stats').blocks)).toEqual([
    '# Your handoffs',
    '---',
    '*Handoffs:* 12',
  ]);
});
