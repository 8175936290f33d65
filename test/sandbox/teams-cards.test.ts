import { describe, expect, test } from 'vitest';
import { findCardIssues } from '../../sandbox/teams/adaptive-card.ts';

const text = (content = 'x') => ({ type: 'TextBlock', text: content });
const execute = (changes: Record<string, unknown> = {}) => ({
  type: 'Action.Execute',
  title: 'Accept',
  verb: 'accept',
  ...changes,
});
const input = (id: string, changes: Record<string, unknown> = {}) => ({ type: 'Input.Text', id, ...changes });
const card = (body: unknown[], changes: Record<string, unknown> = {}) => ({
  type: 'AdaptiveCard',
  $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
  version: '1.5',
  body,
  ...changes,
});
const many = <Item>(count: number, item: (index: number) => Item): Item[] =>
  Array.from({ length: count }, (_, index) => item(index));

describe('what Teams shows', () => {
  test.each<[title: string, body: unknown[], changes?: Record<string, unknown>]>([
    ['text', [{ ...text(), size: 'Large', weight: 'bolder', wrap: true, maxLines: 3, color: 'Attention' }]],
    ['headings', [{ ...text(), style: 'heading', isSubtle: false, horizontalAlignment: 'center' }]],
    [
      'runs of text',
      [
        {
          type: 'RichTextBlock',
          inlines: ['plain ', { type: 'TextRun', text: 'bold', weight: 'Bolder', selectAction: execute() }],
        },
      ],
    ],
    [
      'facts',
      [{ type: 'FactSet', facts: [{ title: 'Budget', value: '9' }], separator: true, spacing: 'none' }],
    ],
    [
      'containers',
      [{ type: 'Container', items: [text()], style: 'emphasis', bleed: true, selectAction: execute() }],
    ],
    [
      'columns',
      [
        {
          type: 'ColumnSet',
          columns: [
            { type: 'Column', width: 'auto', items: [text()] },
            { width: 2, items: [] },
            { width: '50px', verticalContentAlignment: 'bottom' },
          ],
        },
      ],
    ],
    [
      'images',
      [
        { type: 'Image', url: 'https://acme.test/a.png', size: 'small', style: 'person', altText: 'A' },
        {
          type: 'ImageSet',
          images: [{ type: 'Image', url: 'https://acme.test/a.png' }],
          imageSize: 'medium',
        },
        { type: 'Image', url: 'https://acme.test/b.png', height: '50px', msteams: { allowExpand: true } },
      ],
    ],
    [
      'tables',
      [
        {
          type: 'Table',
          columns: [{ width: 1 }, { width: '50px', horizontalCellContentAlignment: 'right' }],
          rows: [{ type: 'TableRow', cells: [{ type: 'TableCell', items: [text()] }], style: 'accent' }],
          firstRowAsHeader: false,
        },
      ],
    ],
    [
      'charts of bars',
      [
        {
          type: 'Chart.VerticalBar.Grouped',
          title: 'A',
          yAxisTitle: 'B',
          stacked: true,
          data: [{ legend: 'C', color: 'good', values: [{ x: 'D', y: 1 }] }],
          fallback: text(),
        },
      ],
    ],
    [
      'inputs',
      [
        input('a', {
          isMultiline: true,
          maxLength: 200,
          regex: '^x',
          style: 'email',
          label: 'A',
          isRequired: true,
        }),
        {
          type: 'Input.ChoiceSet',
          id: 'b',
          choices: [{ title: 'B', value: 'b' }],
          isMultiSelect: true,
          style: 'filtered',
          errorMessage: 'Choose',
        },
        { type: 'Input.Toggle', id: 'c', title: 'C', valueOn: 'yes', valueOff: 'no' },
        { type: 'Input.Number', id: 'd', min: 1, max: 9, value: 3 },
        { type: 'Input.Date', id: 'e', min: '2026-01-01', value: '2026-11-20' },
        { type: 'Input.Time', id: 'f', max: '18:00' },
      ],
    ],
    [
      'actions, with stand-ins for older clients',
      [
        { ...text(), id: 'x' },
        { type: 'Container', id: 'y', isVisible: false, items: [text('[call](tel:+13125550142)')] },
        {
          type: 'ActionSet',
          actions: [
            execute({ id: 'a', data: { lead: '1' }, fallback: { type: 'Action.Submit', id: 'a', data: {} } }),
            execute({
              style: 'positive',
              tooltip: 'Yes',
              isEnabled: true,
              mode: 'secondary',
              fallback: 'drop',
            }),
            {
              type: 'Action.OpenUrl',
              title: 'Open',
              url: 'https://acme.test',
              iconUrl: 'https://acme.test/i.png',
            },
            { type: 'Action.ToggleVisibility', targetElements: ['x', { elementId: 'y', isVisible: true }] },
          ],
        },
      ],
    ],
    [
      'a card that opens inside the card',
      [text()],
      {
        actions: [
          {
            type: 'Action.ShowCard',
            title: 'Snooze',
            card: { type: 'AdaptiveCard', body: [input('until')] },
          },
        ],
      },
    ],
    [
      'a card for some people, as wide as the window',
      [text('Hello <at>Ana</at>')],
      {
        refresh: { action: execute({ verb: 'refresh' }), userIds: many(60, (index) => `29:${index}`) },
        msteams: {
          width: 'Full',
          entities: [{ type: 'mention', text: '<at>Ana</at>', mentioned: { id: '29:1', name: 'Ana' } }],
        },
      },
    ],
    ['a stand-in for an element', [{ ...text(), requires: { x: '1.0' }, fallback: text('instead') }]],
    ['an older version', [text()], { version: '1.0', fallbackText: 'x', lang: 'en', speak: 'x', rtl: false }],
  ])('%s', (_, body, changes = {}) => {
    expect(findCardIssues(card(body, changes))).toEqual([]);
  });
});

describe('what Teams does not show', () => {
  test.each<[title: string, given: unknown, issue: string]>([
    ['no card', 'hello', '/: Invalid input: expected object, received string'],
    ['another type', { ...card([]), type: 'Card' }, '/type: Invalid input: expected "AdaptiveCard"'],
    ['no version', { type: 'AdaptiveCard', body: [] }, '/version: Invalid input: expected string'],
    ['a version above 1.5', card([], { version: '1.6' }), '/version: expected a version from 1.0 to 1.5'],
    ['an unknown property of a card', card([], { title: 'x' }), '/: Unrecognized key: "title"'],
    [
      'an unknown property of an element',
      card([{ type: 'Container', items: [text(), { ...text(), colour: 'red' }] }]),
      '/body/0/items/1: Unrecognized key: "colour"',
    ],
    [
      'an unknown element',
      card([{ type: 'Badge', text: 'x', fallback: 'drop' }]),
      '/body/0/type: Invalid discriminator',
    ],
    ['an action as an element', card([execute()]), '/body/0/type: Invalid discriminator'],
    [
      'an unknown action',
      card([], { actions: [{ type: 'Action.Http' }] }),
      '/actions/0/type: Invalid discriminator',
    ],
    [
      'a word that is not among the words',
      card([{ ...text(), size: 'huge' }]),
      '/body/0/size: expected one of default, small',
    ],
    [
      'an element without its text',
      card([{ type: 'TextBlock' }]),
      '/body/0/text: Invalid input: expected string',
    ],
    [
      'a fact without a value',
      card([{ type: 'FactSet', facts: [{ title: 'x' }] }]),
      '/body/0/facts/0/value: ',
    ],
    [
      'a fault in a stand-in',
      card([{ ...text(), fallback: { type: 'TextBlock' } }]),
      '/body/0/fallback/text: ',
    ],
    [
      'a relative link',
      card([], { actions: [{ type: 'Action.OpenUrl', url: 'x' }] }),
      '/actions/0/url: expected an absolute URL',
    ],
    [
      'a button that calls somebody',
      card([], { actions: [{ type: 'Action.OpenUrl', url: 'tel:+13125550142' }] }),
      '/actions/0/url: expected an absolute URL with https or http',
    ],
    [
      'a text that writes a mail when it is chosen',
      card([
        {
          type: 'Container',
          items: [text()],
          selectAction: { type: 'Action.OpenUrl', url: 'mailto:a@acme.test' },
        },
      ]),
      '/body/0/selectAction/url: expected an absolute URL with https or http',
    ],
    [
      'an action that shows what is not there',
      card([], { actions: [{ type: 'Action.ToggleVisibility', targetElements: ['more'] }] }),
      '/actions/0/targetElements: nothing has the id "more"',
    ],
    ['an input without an id', card([{ type: 'Input.Date' }]), '/body/0/id: Invalid input: expected string'],
    [
      'a pattern that is none',
      card([input('a', { regex: '(' })]),
      '/body/0/regex: expected a regular expression',
    ],
    [
      'a card that opens when an element is chosen',
      card([{ type: 'Container', items: [], selectAction: { type: 'Action.ShowCard', card: card([]) } }]),
      '/body/0/selectAction/type: Invalid discriminator',
    ],
    [
      'a fault in an inner card',
      card([], {
        actions: [{ type: 'Action.ShowCard', card: { type: 'AdaptiveCard', body: [{ type: 'X' }] } }],
      }),
      '/actions/0/card/body/0/type: Invalid discriminator',
    ],
    [
      'more than 60 people to refresh for',
      card([], { refresh: { action: execute(), userIds: many(61, String) } }),
      '/refresh/userIds: Too big',
    ],
    [
      'a refresh that submits',
      card([], { refresh: { action: { type: 'Action.Submit' } } }),
      '/refresh/action/type: ',
    ],
    ['two inputs of one id', card([input('a'), input('a')]), '/body/1/id: "a" is the id of another item'],
    [
      'an inner input with the id of an outer one',
      card([input('a')], {
        actions: [{ type: 'Action.ShowCard', card: { type: 'AdaptiveCard', body: [input('a')] } }],
      }),
      '/actions/0/card/body/0/id: "a" is the id of another item',
    ],
    [
      'an element that its version does not know',
      card([{ type: 'Table' }], { version: '1.4' }),
      '/body/0/type: Table in a card of version 1.4: expected 1.5',
    ],
    [
      'Action.Execute before 1.4',
      card([], { version: '1.3', actions: [execute()] }),
      '/actions/0/type: Action.Execute in a card of version 1.3',
    ],
    ['more than 28 KB', card([text('x'.repeat(28 * 1024))]), '/: 28'],
  ])('%s', (_, given, issue) => {
    expect(findCardIssues(given)).toEqual([expect.stringContaining(issue)]);
  });
});
