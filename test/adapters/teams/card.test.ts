import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { AdaptiveCard } from '../../../src/adapters/teams/adaptive-card.ts';
import {
  cardSummary,
  teamsCard,
  teamsChannelCard,
  teamsLine,
  teamsSummary,
} from '../../../src/adapters/teams/card.ts';
import { type FormError, teamsForm } from '../../../src/adapters/teams/form-card.ts';
import { teamsReply } from '../../../src/adapters/teams/reply.ts';
import { filledIn } from '../../../src/domain/card/answers.ts';
import type { Card, CardAction, Paragraph, Section } from '../../../src/domain/card/card.ts';
import { disqualifyForm } from '../../../src/domain/card/disqualify-form.ts';
import type { Form } from '../../../src/domain/card/form.ts';
import { graceForm, reassignForm } from '../../../src/domain/card/form-for.ts';
import { tones } from '../../../src/domain/card/tone.ts';
import {
  ago,
  bold,
  dateTime,
  type Line,
  line,
  person,
  type Span,
  time,
} from '../../../src/domain/words/line.ts';
import { languages, wordsIn } from '../../../src/domain/words/words.ts';
import { view } from '../../domain/card/card-words.ts';
import { plainCard } from '../../support/cards.ts';
import { minutesAfter, policy } from '../../support/examples.ts';
import { touchForm } from '../../support/forms.ts';
import { buttonsOf, everyElement, problemsOf, read } from './client.ts';

const at = new Date('2026-11-20T09:42:00Z');
const date = 'Fri, Nov 20, 9:42 AM UTC';
const brief = 'Nov 20, 2026, 9:42 AM UTC';
const ana = person('ana@acme.test', new Map([['ana@acme.test', 'Ana Silva']]));
const mark = { handoffId: 'h-1', revision: 7 };
const data = { handoff: 'h-1', revision: 7 };

const actions: readonly CardAction[] = [
  { kind: 'command', command: 'accept', label: 'Accept', primary: true },
  { kind: 'form', form: touchForm(), label: 'Log a Touch', primary: false },
  { kind: 'form', form: disqualifyForm(view()), label: 'Disqualify', primary: false },
];
const link: CardAction = {
  kind: 'link',
  label: 'Open in HubSpot',
  url: 'https://app.hubspot.com/contacts/1/record/0-1/2',
};
const card = plainCard({
  title: 'Priya Nair · Northwind',
  notification: line`Accept by ${dateTime(at)} · Demo request: Priya Nair`,
  status: [bold('Accept by '), { ...dateTime(at), bold: true }, ...line` · asked for a demo ${ago(at)}`],
  body: [
    { kind: 'line', text: line`Head of Ops` },
    { kind: 'quote', text: line`We need something by January.` },
    {
      kind: 'links',
      after: '8:05 AM there',
      links: [
        { text: '+1 312 555 0142', url: 'tel:+13125550142' },
        { text: 'priya_n@northwind.example', url: 'mailto:priya_n%40northwind.example' },
      ],
    },
  ],
  actions,
  menu: [link],
  more: {
    label: 'More: recent activity',
    sections: [
      {
        kind: 'facts',
        facts: [
          { label: 'Company', value: 'Northwind · Software' },
          { label: 'Role', value: 'Head of Ops' },
        ],
      },
      { kind: 'moments', title: 'Recent activity', moments: [{ at, text: 'Viewed /pricing' }] },
    ],
  },
  foot: line`Yours because: chosen by ${ana}`,
});
const folding = (...sections: Section[]) => ({ ...card, more: { label: 'More', sections } });

const happened = (count: number): Card['history'] =>
  Array.from({ length: count }, (_, index) => ({
    at: minutesAfter(at, index),
    text: line`Thing ${index + 1}.`,
  }));

function bytes(shown: AdaptiveCard): number {
  return Buffer.byteLength(JSON.stringify(shown));
}

function titles(shown: AdaptiveCard): (string | undefined)[] {
  return buttonsOf(shown.body).map(({ title }) => title);
}

describe('a card', () => {
  test('reads from the point to the detail, with the buttons before the detail', () => {
    expect(read(teamsCard(card, mark).body)).toEqual([
      `● *Accept by **${date}* · asked for a demo at 9:42 AM UTC`,
      '*Priya Nair · Northwind*',
      'Head of Ops',
      'We need something by January.',
      '[+1 312 555 0142](tel:+13125550142) · [priya\\_n@northwind.example](mailto:priya_n%40northwind.example) · 8:05 AM there',
      '[Accept] [Log a Touch] [Disqualify] [… Open in HubSpot]',
      '[More: recent activity]',
      '~ *Company* | Northwind · Software',
      '~ *Role* | Head of Ops',
      '~ ---',
      '~ *Recent activity*',
      `~ ${brief} · Viewed /pricing`,
      'Yours because: chosen by Ana Silva',
    ]);
  });

  test('is one that Teams takes', () => {
    expect(problemsOf(teamsCard(card, mark))).toEqual([]);
  });

  test('presses a button with the verb, the handoff and the revision, as an invoke or as a message', () => {
    expect(buttonsOf(teamsCard(card, mark).body)[0]).toEqual({
      type: 'Action.Execute',
      title: 'Accept',
      verb: 'handoff.accept',
      data,
      style: 'positive',
      associatedInputs: 'none',
      fallback: {
        type: 'Action.Submit',
        title: 'Accept',
        data: { ...data, verb: 'handoff.accept' },
        style: 'positive',
        associatedInputs: 'none',
      },
    });
  });

  test('asks for its forms, opens its link, and asks for itself when it comes into sight', () => {
    const shown = teamsCard(card, mark);
    expect(buttonsOf(shown.body).map((action) => ('verb' in action ? action.verb : action.type))).toEqual([
      'handoff.accept',
      'handoff.open.logTouch',
      'handoff.open.disqualify',
      'Action.OpenUrl',
      'Action.ToggleVisibility',
    ]);
    expect(shown.refresh).toEqual({
      action: { type: 'Action.Execute', title: 'Refresh', verb: 'handoff.refresh', data },
    });
  });

  test('has one primary button at most', () => {
    const all = actions.map((action) => (action.kind === 'link' ? action : { ...action, primary: true }));
    const shown = teamsCard({ ...card, actions: all }, mark);
    expect(buttonsOf(shown.body).filter((action) => 'style' in action)).toHaveLength(1);
  });

  test('has a sign of its own for each tone, beside the words', () => {
    const signs = (['new', 'open', 'late', 'active', 'asleep', 'done'] as const).map((tone) => {
      const status = teamsCard({ ...card, tone }, mark).body[0];
      return JSON.stringify(status?.type === 'RichTextBlock' ? status.inlines[0] : null);
    });
    expect(new Set(signs).size).toBe(6);
  });

  test('says on top why nothing happened', () => {
    const shown = teamsCard(card, mark, { notice: line`${ana} holds this lead now.` });
    expect(read(shown.body).slice(0, 2)).toEqual([
      'Ana Silva holds this lead now.',
      expect.stringContaining('Accept by'),
    ]);
    expect(problemsOf(shown)).toEqual([]);
  });

  test('shows a number and an address as they are when they could be markdown', () => {
    const links = [{ text: '[+1](https://evil.test)', url: 'tel:+1' }];
    const shown = teamsCard({ ...card, body: [{ kind: 'links', links, after: null }] }, mark);
    expect(read(shown.body)).toContain('[+1](https://evil.test)');
    expect(everyElement(shown.body).filter(({ type }) => type === 'TextBlock')).toEqual([]);
  });

  test('leaves out a link that is none, rather than being refused for it', () => {
    const none: CardAction[] = [{ kind: 'link', label: 'Open in HubSpot', url: 'javascript:alert(1)' }];
    const shown = teamsCard({ ...card, actions: none, menu: none, more: null }, mark);
    expect(buttonsOf(shown.body)).toEqual([]);
  });

  test('says how many facts there are beyond those it shows', () => {
    const facts = Array.from({ length: 50 }, (_, index) => ({ label: `L${index}`, value: 'v' }));
    expect(read(teamsCard(folding({ kind: 'facts', facts }), mark).body)).toContain('~ and 30 more');
  });

  test('gives the labels of facts as much room as they need, and no more than a phone can spare', () => {
    const widthFor = (...labels: string[]) => {
      const facts = labels.map((label) => ({ label, value: 'v' }));
      const elements = everyElement(
        teamsReply({ title: 'T', sections: [{ kind: 'facts', facts }] }, null, null).body,
      );
      const row = elements.find((element) => element.type === 'ColumnSet');
      return row?.type === 'ColumnSet' ? row.columns[0]?.width : null;
    };
    expect(widthFor('Role', 'Key pages')).toBe('90px');
    expect(widthFor('Time to acknowledge')).toBe('108px');
    expect(widthFor('Donaudampfschifffahrt')).toBe('135px');
  });
});

describe('what happened', () => {
  const historyOf = (count: number) => {
    const rows = read(teamsCard({ ...card, more: null, history: happened(count) }, mark).body);
    return rows
      .filter((row) => row.startsWith('~'))
      .map((row) => row.replace(/Nov 20, 2026, \d+:\d+ AM UTC · /, ''));
  };

  test('has no place on a card to which nothing happened', () => {
    expect(historyOf(0)).toEqual([]);
  });

  test('is folded with everything else, newest last', () => {
    expect(historyOf(2)).toEqual(['~ ---', '~ *What happened*', '~ Thing 1.', '~ Thing 2.']);
  });

  test('says how much of a long story it leaves out', () => {
    const rows = historyOf(50);
    expect(rows.slice(2, 4)).toEqual(['~ 30 earlier', '~ Thing 31.']);
    expect(rows.at(-1)).toBe('~ Thing 50.');
  });
});

describe('nothing that others wrote', () => {
  const evil = '**b** [click](https://evil.test) <at>all</at> {{TIME(2020-01-01T00:00:00Z)}} \u202egnp.exe';
  const hostile = teamsCard(
    {
      ...card,
      notification: line`${evil}`,
      title: evil,
      status: line`${evil}`,
      body: [
        { kind: 'line', text: line`${evil}` },
        { kind: 'quote', text: line`${evil}` },
        { kind: 'links', after: evil, links: [{ text: evil, url: `mailto:${evil}` }] },
      ],
      more: {
        label: evil,
        sections: [
          { kind: 'facts', facts: [{ label: evil, value: evil }] },
          { kind: 'text', title: evil, text: line`${evil}` },
          { kind: 'moments', title: evil, moments: [{ at, text: evil }] },
        ],
      },
      foot: line`${evil}`,
      history: [{ at, text: line`${evil}` }],
    },
    mark,
    { notice: line`${evil}` },
  );

  test('stands in an element that reads markdown', () => {
    const kinds = new Set(everyElement(hostile.body).map(({ type }) => type));
    expect([...kinds].sort()).toEqual(['ActionSet', 'ColumnSet', 'Container', 'RichTextBlock']);
    expect(hostile.fallbackText).not.toContain('evil');
  });

  test('is replaced by a time or turns the reading direction', () => {
    const json = JSON.stringify(hostile);
    expect(json).not.toContain('{{TIME(2020');
    expect(json).not.toContain('\u202e');
  });

  test('is markup for speech', () => {
    expect(hostile.speak).not.toMatch(/[<>&]/);
  });
});

describe('the notification', () => {
  test('is the card’s own, without a time that would be wrong for the reader', () => {
    expect(teamsSummary(null, card.notification)).toBe('Accept by … · Demo request: Priya Nair');
    const within = { ...card, timelessNotification: line`Accept within 15 min · Priya Nair` };
    expect(cardSummary(within, null)).toBe('Accept within 15 min · Priya Nair');
    expect(cardSummary(within, 'America/New_York')).toMatch(/^Accept by .*[AP]M · Demo request: Priya Nair$/);
    const shown = teamsSummary(null, card.notification, 'America/New_York');
    expect(shown).toBe('Accept by Fri, Nov 20, 4:42 AM · Demo request: Priya Nair');
  });

  test('of a line without a lead is the line', () => {
    expect(teamsSummary(null, line`More time allowed.`)).toBe('More time allowed.');
    expect(teamsSummary(null, [])).toBe('…');
  });
});

describe('a card in a channel', () => {
  const shown = teamsChannelCard({ ...card, history: happened(2) }, mark);

  test('says the same, with no button but links', () => {
    const whole = teamsCard({ ...card, history: happened(2) }, mark);
    const words = (body: AdaptiveCard['body']) => read(body).filter((row) => !row.startsWith('['));
    expect(words(shown.body)).toEqual(words(whole.body));
    expect(titles(shown)).toEqual(['Open in HubSpot', 'More: recent activity']);
    expect(problemsOf(shown)).toEqual([]);
  });

  test('asks nobody to have it anew', () => {
    expect(shown.refresh).toBeUndefined();
    expect(JSON.stringify(shown)).not.toContain('Action.Execute');
  });
});

test('a line stands under the title of its lead', () => {
  const shown = teamsLine(line`First touch due ${dateTime(at)}.`, card.title);
  expect(read(shown.body)).toEqual(['*Priya Nair · Northwind*', `First touch due ${date}.`]);
  expect(read(teamsLine(line`Accepted.`, null).body)).toEqual(['Accepted.']);
  expect(problemsOf(shown)).toEqual([]);
});

test('a reply has its title and sections', () => {
  const sections: Section[] = [
    { kind: 'facts', facts: [{ label: 'Handoffs', value: '12' }] },
    { kind: 'text', title: 'help', text: line`This list.` },
  ];
  const shown = teamsReply({ title: 'Your handoffs', sections }, null, null);
  expect(read(shown.body)).toEqual(['*Your handoffs*', '*Handoffs* | 12', '---', '*help*', 'This list.']);
  expect(shown.refresh).toBeUndefined();
  expect(problemsOf(shown)).toEqual([]);
});

const wildText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 80 }),
  fc.string({ unit: 'grapheme', maxLength: 80 }),
  fc.constantFrom('', ' ', '\u0000\u0007', '\ud83d', '{{', '[x](https://x.test)', '"\\"\\"'),
  fc
    .tuple(
      fc.constantFrom('x', '😀', '文', '"', '\\', '{', '\u0000', '\n'),
      fc.integer({ min: 0, max: 6000 }),
    )
    .map(([unit, times]) => unit.repeat(times)),
);
const someTime = fc.date({ min: new Date(0), max: new Date('2100-01-01'), noInvalidDate: true });
const someUrl = fc.oneof(fc.webUrl(), wildText, fc.constant(`https://x.test/${'文'.repeat(900)}`));
const someSpan: fc.Arbitrary<Span> = fc.oneof(
  wildText.map((text): Span => ({ kind: 'text', text })),
  wildText.map(bold),
  fc.constantFrom(ana),
  someTime.map(dateTime),
  someTime.map(time),
  fc.record({ kind: fc.constant('link' as const), text: wildText, url: someUrl }),
);
const someLine: fc.Arbitrary<Line> = fc.array(someSpan, { maxLength: 80 });
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
/** Names and reasons are what policy and HubSpot say; the questions are the bot's own. */
const somePeople: fc.Arbitrary<[string, string][]> = fc.oneof(
  fc.array(fc.tuple(fc.emailAddress(), wildText), { minLength: 1, maxLength: 9 }),
  fc
    .integer({ min: 100, max: 900 })
    .map((count) =>
      Array.from({ length: count }, (_, index): [string, string] => [
        `rep${index}@acme.test`,
        `Rep ${index}`,
      ]),
    ),
);
const someReasons = fc.array(
  fc.record({
    name: fc.string({ minLength: 1 }),
    label: wildText,
    noteRequired: fc.boolean(),
    asksOther: fc.boolean(),
    refundsTurn: fc.boolean(),
    outcome: fc.constantFrom(...(['disqualified', 'unresponsive', 'recycled', 'routedAnew'] as const)),
    keepsPause: fc.boolean(),
    lock: fc.constant({ minutes: 1440, unless: 'stronger' as const }),
  }),
  { minLength: 1, maxLength: 60 },
);
const someForms = fc
  .record({ people: somePeople, disqualifyReasons: someReasons })
  .map(({ people, disqualifyReasons }): Form[] => {
    const options = people.map(([value, label]) => ({ value, label }));
    return [
      touchForm(),
      disqualifyForm(view({ policy: policy({ disqualifyReasons }) })),
      { ...disqualifyForm(view({ policy: policy({ disqualifyReasons }) })), name: 'handBack' },
      { ...graceForm(options.slice(0, 3), { words: wordsIn('en') }), name: 'snooze' },
      reassignForm(options, { words: wordsIn('en') }),
      graceForm(options.slice(0, 3), { words: wordsIn('en') }),
    ];
  });
const someActions = fc
  .record({
    label: wildText,
    url: someUrl,
    primary: fc.boolean(),
    forms: someForms,
  })
  .map(({ label, url, primary, forms }): CardAction[] => [
    { kind: 'command', command: 'accept', label, primary },
    ...forms.map((form): CardAction => ({ kind: 'form', form, label, primary })),
    { kind: 'link', label, url },
    { kind: 'command', command: 'takeIt', label, primary },
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
  body: fc.array(someParagraph, { maxLength: 9 }),
  actions: fc.oneof(someActions, fc.constant([])),
  menu: fc.oneof(someActions, fc.constant([])),
  more: fc.option(fc.record({ label: wildText, sections: fc.array(someSection, { maxLength: 20 }) })),
  foot: fc.option(someLine),
  history: fc.array(fc.record({ at: someTime, text: someLine }), { maxLength: 50 }),
});
const fieldNames = ['reason', 'note', 'to', 'kind'];
const someAnswers = fc.dictionary(fc.constantFrom(...fieldNames), wildText);
const someError: fc.Arbitrary<FormError> = fc.record({
  field: fc.constantFrom(...fieldNames),
  text: someLine,
});
const someDetails = fc.record({ whose: wildText, about: wildText, answers: someAnswers });

test('whatever a form holds, Teams takes it, whole', () => {
  fc.assert(
    fc.property(someForms, someDetails, fc.option(someError), (forms, { whose, about, answers }, error) => {
      for (const form of forms.map((one) => filledIn(one, answers))) {
        const shown = teamsForm(form, { ...mark, whose, about }, error ? { error } : {});
        expect(problemsOf(shown)).toEqual([]);
        expect(bytes(shown)).toBeLessThanOrEqual(25_000);
      }
    }),
    { numRuns: 50 },
  );
});

describe('whatever a card holds', () => {
  test('Teams takes it, whole', () => {
    fc.assert(
      fc.property(someCard, someLine, (wild, notice) => {
        const shown = teamsCard(wild, mark, { notice });
        expect(problemsOf(shown)).toEqual([]);
        expect(bytes(shown)).toBeLessThanOrEqual(25_000);
        expect(teamsSummary(null, wild.notification)).not.toBe('');
        const repaired = JSON.parse(JSON.stringify(shown), (_, value) =>
          typeof value === 'string' ? value.toWellFormed() : value,
        );
        expect(repaired).toEqual(shown);
      }),
      { numRuns: 150, endOnFailure: true },
    );
  });

  test('Teams takes any line and any reply', () => {
    fc.assert(
      fc.property(someLine, wildText, fc.array(someSection, { maxLength: 20 }), (spans, title, sections) => {
        for (const shown of [teamsLine(spans, title), teamsReply({ title, sections }, null, null)]) {
          expect(problemsOf(shown)).toEqual([]);
          expect(bytes(shown)).toBeLessThanOrEqual(25_000);
        }
      }),
      { numRuns: 100 },
    );
  });

  test('the buttons stay, and what does not fit is left out from the end', () => {
    const long = (title: string): Section => ({ kind: 'text', title, text: line`${'文'.repeat(1500)}` });
    const parts = Array.from({ length: 12 }, (_, index) => long(`Part ${index}`));
    const shown = teamsCard({ ...folding(...parts), history: happened(3) }, mark);
    expect(titles(shown).slice(0, 4)).toEqual(['Accept', 'Log a Touch', 'Disqualify', 'Open in HubSpot']);
    const rows = read(shown.body).filter((row) => /Part|happened/.test(row));
    expect(rows).toEqual(['~ *Part 0*', '~ *Part 1*', '~ *Part 2*', '~ *Part 3*', '~ *What happened*']);
  });
});
