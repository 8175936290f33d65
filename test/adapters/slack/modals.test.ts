import { expect, test } from 'vitest';
import { isFields } from '../../../sandbox/fields.ts';
import { findViewIssues } from '../../../sandbox/slack/block-kit.ts';
import { slackModal, slackNote } from '../../../src/adapters/slack/modals.ts';
import type { Field, Form, FormName, Option } from '../../../src/domain/card/form.ts';
import { touchForm } from '../../../src/domain/card/form-for.ts';
import { line } from '../../../src/domain/card/text.ts';

function issues(view: unknown) {
  return isFields(view) ? findViewIssues(view, 'modal') : ['no view'];
}

test('a form becomes a modal that names the form and the handoff', () => {
  const view = slackModal(touchForm(), { handoffId: 'h-1', leadId: '501' });
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
  expect(slackModal(form, { handoffId: 'h-1', leadId: '501' }).blocks).toMatchObject([
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
  return { name, title: 'A Lead', submit: 'Send', fields: [choice, note] };
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
  const view = slackModal(asking(name, field, options), { handoffId: 'h-1', leadId: '501' });
  expect(issues(view)).toEqual([]);
  expect(view.callback_id).toBe(`handoff.form.${name}`);
  expect(view.blocks.map(({ block_id }) => block_id)).toEqual([field, 'note']);
  const labels = options.map(({ value, label }) => ({ value, text: { text: label } }));
  expect(view.blocks[0]).toMatchObject({ element: { options: labels, initial_option: labels[0] } });
});

test('a menu of more than a hundred people is one of groups', () => {
  const people = Array.from({ length: 230 }, (_, index) => {
    return { value: `rep${index}@acme.test`, label: `Rep ${index} · 3 open` };
  });
  const view = slackModal(asking('reassign', 'to', people), { handoffId: 'h-1', leadId: '501' });
  expect(issues(view)).toEqual([]);
  expect(new Set(JSON.stringify(view).match(/"value":"rep\d+/g))).toHaveProperty('size', 230);
});

test('a choice that Slack cannot carry does not cost the whole form', () => {
  const people = [`${'x'.repeat(80)}@acme.test`, 'bo@acme.test'].map((value) => ({ value, label: value }));
  const view = slackModal(asking('reassign', 'to', people), { handoffId: 'h-1', leadId: '501' });
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
  const view = slackModal(form, { handoffId: 'h-1', leadId: '501' });
  expect(issues(view)).toEqual([]);
  expect(JSON.stringify(view)).toContain('Ben Castillo · 3 open · not at work until Tue 09:00');
});

test('a note has nothing to send', () => {
  const view = slackNote(line`This handoff is closed.`);
  expect(view.submit).toBeUndefined();
  expect(issues(view)).toEqual([]);
});
