import { expect, test } from 'vitest';
import { slackModal, slackNote } from '../../src/adapters/slack/modals.ts';
import { type Form, reassignForm, touchForm } from '../../src/domain/form.ts';
import { line } from '../../src/domain/text.ts';
import { isFields } from '../../src/sandbox/fields.ts';
import { findViewIssues } from '../../src/sandbox/slack/block-kit.ts';

function issues(view: unknown) {
  return isFields(view) ? findViewIssues(view, 'modal') : ['no view'];
}

test('a form becomes a modal that names the form and the handoff', () => {
  const view = slackModal(touchForm(), 'h-1');
  expect(view).toMatchObject({
    callback_id: 'handoff.form.logTouch',
    private_metadata: '{"handoffId":"h-1"}',
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
  expect(slackModal(form, 'h-1').blocks).toMatchObject([
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

test('a menu of more than a hundred people is one of groups', () => {
  const candidates = Array.from({ length: 230 }, (_, index) => `rep${index}@acme.test`);
  const view = slackModal(reassignForm(candidates, new Map()), 'h-1');
  expect(issues(view)).toEqual([]);
  expect(JSON.stringify(view).match(/"value":"rep/g)).toHaveLength(230);
});

test('a choice that Slack cannot carry does not cost the whole form', () => {
  const view = slackModal(reassignForm([`${'x'.repeat(80)}@acme.test`, 'bo@acme.test'], new Map()), 'h-1');
  expect(issues(view)).toEqual([]);
  expect(JSON.stringify(view)).toContain('"value":"bo@acme.test"');
});

test('long labels are shortened, never refused', () => {
  const long = 'word '.repeat(600);
  const form: Form = {
    ...reassignForm(['bo@acme.test'], new Map([['bo@acme.test', long]])),
    title: long,
    submit: long,
  };
  expect(issues(slackModal(form, 'h-1'))).toEqual([]);
});

test('a note has nothing to send', () => {
  const view = slackNote(line`This handoff is closed.`);
  expect(view.submit).toBeUndefined();
  expect(issues(view)).toEqual([]);
});
