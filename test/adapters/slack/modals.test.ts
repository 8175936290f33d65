import { describe, expect, test } from 'vitest';
import { isFields } from '../../../sandbox/fields.ts';
import { findViewIssues } from '../../../sandbox/slack/block-kit.ts';
import { slackModal, slackNote } from '../../../src/adapters/slack/modals.ts';
import type { Field, Form, FormName, Option } from '../../../src/domain/card/form.ts';
import { line } from '../../../src/domain/words/line.ts';
import { touchForm } from '../../support/forms.ts';

const subject = { handoffId: 'h-1', leadId: '501', whose: 'Priya Nair · Northwind' };

function issues(view: unknown) {
  return isFields(view) ? findViewIssues(view, 'modal') : ['no view'];
}

test('a form becomes a modal that names the form and the handoff', () => {
  const view = slackModal(touchForm(), subject);
  expect(view).toMatchObject({
    callback_id: 'handoff.form.logTouch',
    private_metadata: '{"handoffId":"h-1","leadId":"501"}',
    title: { text: 'Log a Touch' },
    submit: { text: 'Log Touch' },
    close: { text: 'Cancel' },
  });
  expect(issues(view)).toEqual([]);
});

test('a choice is a menu, required unless it is optional; a text has room, a limit and its hint', () => {
  const form: Form = {
    ...touchForm(),
    fields: [
      {
        kind: 'choice',
        name: 'kind',
        label: 'What?',
        hint: null,
        required: true,
        options: [{ value: 'call', label: 'Call' }],
        initial: 'call',
      },
      { kind: 'text', name: 'note', label: 'Note', hint: 'Kept short', required: false, maxLength: 2000 },
    ],
  };
  const call = { value: 'call', text: { type: 'plain_text', text: 'Call', emoji: false } };
  expect(slackModal(form, subject).blocks.slice(1)).toMatchObject([
    {
      block_id: 'kind',
      optional: false,
      element: { type: 'static_select', options: [call], initial_option: call },
    },
    {
      block_id: 'note',
      optional: true,
      hint: { text: 'Kept short' },
      element: { type: 'plain_text_input', multiline: true, max_length: 2000 },
    },
  ]);
});

/** A form that asks for one choice, and for a note. */
function asking(name: FormName, field: string, options: readonly Option[]): Form {
  const asked = { label: 'Which?', hint: null, required: true };
  const choice: Field = {
    ...asked,
    kind: 'choice',
    name: field,
    options,
    initial: options[0]?.value ?? null,
  };
  const note: Field = { ...asked, kind: 'text', name: 'note', maxLength: 2000 };
  return { name, language: 'en', title: 'A Lead', submit: 'Send', fields: [choice, note] };
}

test.each<[FormName, string, Option[]]>([
  ['handBack', 'reason', [{ value: 'no_capacity', label: 'No capacity' }]],
  ['snooze', 'choice', [{ value: '30', label: '30 minutes (until 14:33)' }]],
  [
    'giveGrace',
    'grace',
    [
      { value: 'asAsked', label: 'As asked: until Tue 10:00' },
      { value: '15', label: '15 minutes' },
      { value: 'untilMorning', label: 'Until tomorrow morning (Tue 10:00)' },
    ],
  ],
])('the form %s is a modal of its own, whose menu has every choice', (name, field, options) => {
  const view = slackModal(asking(name, field, options), subject);
  expect(issues(view)).toEqual([]);
  expect(view.callback_id).toBe(`handoff.form.${name}`);
  expect(view.blocks.slice(1).map(({ block_id }) => block_id)).toEqual([field, 'note']);
  const labels = options.map(({ value, label }) => ({ value, text: { text: label } }));
  expect(view.blocks[1]).toMatchObject({ element: { options: labels, initial_option: labels[0] } });
});

test('says first whose lead it is about', () => {
  const [first] = slackModal(touchForm(), subject).blocks;
  expect(first).toMatchObject({ type: 'context', elements: [{ text: 'Priya Nair · Northwind' }] });
});

test('more people than a menu can hold are found by typing', () => {
  const people = Array.from({ length: 230 }, (_, index) => {
    return { value: `rep${index}@acme.test`, label: `Rep ${index} · 3 open` };
  });
  const view = slackModal(asking('reassign', 'to', people), subject);
  expect(issues(view)).toEqual([]);
  expect(view.blocks[1]).toMatchObject({
    element: { type: 'external_select', min_query_length: 0, initial_option: { value: 'rep0@acme.test' } },
  });
});

describe('a question', () => {
  const asked = { name: 'it', label: 'It?', hint: null, required: true };
  const options = (count: number) =>
    Array.from({ length: count }, (_, n) => ({ value: `v${n}`, label: `Option ${n}` }));
  const table: [title: string, field: Field, element: object][] = [
    [
      'on which others depend tells at once',
      { ...asked, kind: 'choice', options: options(2), initial: null, changes: true },
      { type: 'static_select' },
    ],
    [
      'for a few of ten is a list to tick',
      { ...asked, kind: 'choices', options: options(10), initial: ['v3'] },
      { type: 'checkboxes', initial_options: [{ value: 'v3' }] },
    ],
    [
      'for a few of more is a menu',
      { ...asked, kind: 'choices', options: options(100), initial: ['v3', 'v99'] },
      { type: 'multi_static_select', initial_options: [{ value: 'v3' }, { value: 'v99' }] },
    ],
    [
      'for a few of too many for a menu is answered by typing',
      { ...asked, kind: 'choices', options: options(101), initial: [] },
      { type: 'multi_external_select', min_query_length: 0 },
    ],
    [
      'for a day is a calendar',
      { ...asked, kind: 'date', min: '2026-03-02', initial: '2026-06-01' },
      { type: 'datepicker', initial_date: '2026-06-01' },
    ],
    [
      'for a number takes decimals if it may have some',
      { ...asked, kind: 'number', decimals: true, initial: 12.5 },
      { type: 'number_input', is_decimal_allowed: true, initial_value: '12.5' },
    ],
    [
      'for a whole number takes none',
      { ...asked, kind: 'number', decimals: false, initial: null },
      { type: 'number_input', is_decimal_allowed: false },
    ],
    [
      'for a record is answered by typing, from two letters on',
      { ...asked, kind: 'search', source: 'otherLeads', initial: { value: '7', label: 'Lea' } },
      { type: 'external_select', min_query_length: 2, initial_option: { value: '7', text: { text: 'Lea' } } },
    ],
    [
      'for words begins with those that were typed',
      { ...asked, kind: 'text', maxLength: 2000, initial: 'So far' },
      { type: 'plain_text_input', initial_value: 'So far' },
    ],
  ];
  test.each(table)('%s', (_, field, element) => {
    const view = slackModal({ ...touchForm(), fields: [field] }, subject);
    expect(issues(view)).toEqual([]);
    expect(view.blocks[1]).toMatchObject({ block_id: 'it', element });
    expect(JSON.stringify(view).includes('"dispatch_action":true')).toBe(field.kind === 'choice');
  });
});

test('a choice that Slack cannot carry does not cost the whole form', () => {
  const people = [`${'x'.repeat(80)}@acme.test`, 'bo@acme.test'].map((value) => ({ value, label: value }));
  const view = slackModal(asking('reassign', 'to', people), subject);
  expect(issues(view)).toEqual([]);
  expect(JSON.stringify(view)).toContain('"value":"bo@acme.test"');
});

test('long labels are shortened, never refused', () => {
  const label = `Ben Castillo · 3 open · ${'not at work until Tue 09:00 '.repeat(100)}`;
  const form = {
    ...asking('reassign', 'to', [{ value: 'bo@acme.test', label }]),
    title: label,
    submit: label,
  };
  const view = slackModal(form, subject);
  expect(issues(view)).toEqual([]);
  expect(JSON.stringify(view)).toContain('Ben Castillo · 3 open · not at work until Tue 09:00');
});

test('a note has nothing to send', () => {
  const view = slackNote(line`This handoff is closed.`);
  expect(view.submit).toBeUndefined();
  expect(issues(view)).toEqual([]);
});
