import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseAsk, parseClick, parseSubmission } from '../../../src/adapters/slack/parse-action.ts';
import { formNames } from '../../../src/domain/card/form.ts';

const button = {
  type: 'block_actions',
  user: { id: 'U0ANA', username: 'ana', team_id: 'T0HOME' },
  team: { id: 'T0APP', domain: 'acme' },
  trigger_id: '1.2.abc',
  response_url: 'https://hooks.slack.test/1',
  actions: [
    { type: 'button', action_id: 'handoff.accept', block_id: 'actions:3', value: 'h-1', action_ts: '17.5' },
  ],
};
const pressed = (action: object) => ({ ...button, actions: [{ ...button.actions[0], ...action }] });

const choice = (value: string | null) => ({
  value: { type: 'static_select', selected_option: value === null ? null : { value, text: {} } },
});
const modal = {
  type: 'view_submission',
  user: { id: 'U0ANA', team_id: 'T0HOME' },
  team: { id: 'T0APP', domain: 'acme' },
  view: {
    id: 'V1',
    callback_id: 'handoff.form.logTouch',
    private_metadata: '{"handoffId":"h-1","leadId":"501"}',
    state: {
      values: {
        kind: choice('call'),
        outcome: choice('connected'),
        note: { value: { type: 'plain_text_input', value: 'Budget approved' } },
      },
    },
  },
};
const submitted = (view: object) => ({ ...modal, view: { ...modal.view, ...view } });
const from = { userId: 'U0ANA', teamId: 'T0HOME', appTeamId: 'T0APP' };
const click = { platform: 'slack', userId: 'U0ANA', handoffId: 'h-1' };

describe('a pressed button', () => {
  test.each(['accept', 'takeIt', 'ping', 'show'])('%s is a command', (command) => {
    expect(parseClick(pressed({ action_id: `handoff.${command}` }))).toEqual({
      kind: 'command',
      from,
      click: { ...click, commandId: 'U0ANA:17.5' },
      act: { type: command },
      triggerId: '1.2.abc',
    });
  });

  test.each(formNames)('%s opens its form', (form) => {
    expect(parseClick(pressed({ action_id: `handoff.form.${form}` }))).toEqual({
      kind: 'openForm',
      from,
      click,
      form,
      triggerId: '1.2.abc',
    });
  });

  test('has the same command id when it comes again, and another one when it is pressed again', () => {
    const ids = [button, button, pressed({ action_ts: '17.6' })].map(
      (payload) => parseClick(payload) as { click: { commandId: string } },
    );
    expect(ids.map((one) => one.click.commandId)).toEqual(['U0ANA:17.5', 'U0ANA:17.5', 'U0ANA:17.6']);
  });

  test.each([
    ['of a card', 'h-1', 'h-1'],
    ['of a card from before its handoff stood in the button', undefined, null],
  ])('that opens a link %s tells who looks at what', (_, value, handoffId) => {
    expect(parseClick(pressed({ action_id: 'handoff.open', value }))).toEqual({
      kind: 'link',
      from,
      handoffId,
    });
  });

  test.each([
    ['an unknown action', pressed({ action_id: 'other.app' }), 'unknown action_id other.app'],
    ['no handoff', pressed({ value: '' }), 'no handoff in the value of handoff.accept'],
    [
      'a form without a trigger',
      { ...pressed({ action_id: 'handoff.form.disqualify' }), trigger_id: undefined },
      'no trigger_id with handoff.form.disqualify',
    ],
    ['no actions', { ...button, actions: [] }, 'not a block_actions as Slack sends it: actions.0'],
    ['nothing', null, 'not a block_actions as Slack sends it: itself'],
  ])('with %s is unsupported, and says why', (_, payload, reason) => {
    expect(parseClick(payload)).toMatchObject({
      kind: 'unsupported',
      reason: expect.stringContaining(reason),
    });
  });
});

test.each([
  ['where they are at home, of whoever shares a channel', {}, 'T0HOME'],
  ['to be asked for, when Slack does not say it', { user: { id: 'U0ANA' } }, null],
])('the workspace of whoever clicks is %s', (_, sent, teamId) => {
  expect(parseClick({ ...button, ...sent })).toMatchObject({ from: { userId: 'U0ANA', teamId } });
});

describe('a submitted form', () => {
  test('may be one that named no lead when it was opened', () => {
    expect(parseSubmission(submitted({ private_metadata: '{"handoffId":"h-1"}' }))).toMatchObject({
      kind: 'submission',
      leadId: null,
    });
  });

  test('is what the person entered, with the view as its command id', () => {
    expect(parseSubmission(modal)).toEqual({
      kind: 'submission',
      from,
      click: { ...click, commandId: 'V1' },
      leadId: '501',
      triggerId: null,
      act: {
        type: 'submit',
        form: 'logTouch',
        values: { kind: 'call', outcome: 'connected', note: 'Budget approved' },
        asked: ['kind', 'outcome', 'note'],
      },
      viewId: 'V1',
      fields: ['kind', 'outcome', 'note'],
      typed: 'Budget approved',
    });
  });

  test.each([
    ['disqualify', { reason: choice('timing') }, { reason: 'timing' }],
    [
      'disqualify',
      { reason: choice('timing'), note: { value: { value: null } } },
      { reason: 'timing', note: '' },
    ],
    [
      'disqualify',
      { reason: choice('timing'), note: { value: { value: 'Next year :thumbsup:' } } },
      { reason: 'timing', note: 'Next year 👍' },
    ],
    ['reassign', { to: choice('bo@acme.test') }, { to: 'bo@acme.test' }],
    ['handBack', { reason: choice('no_capacity') }, { reason: 'no_capacity' }],
    ['snooze', { choice: choice('2h') }, { choice: '2h' }],
    ['giveGrace', { grace: choice('60') }, { grace: '60' }],
    ['giveGrace', { grace: choice(null) }, { grace: '' }],
    ['giveGrace', {}, {}],
    [
      'disqualify',
      {
        several: { value: { selected_options: [{ value: 'a' }, { value: 'b,c' }] } },
        none: { value: { selected_options: [] } },
        day: { value: { selected_date: '2026-06-01' } },
        amount: { value: { value: '12.5' } },
      },
      { several: 'a\nb,c', none: '', day: '2026-06-01', amount: '12.5' },
    ],
  ])('%s with %o', (form, inputs, values) => {
    const payload = submitted({ callback_id: `handoff.form.${form}`, state: { values: inputs } });
    expect(parseSubmission(payload)).toHaveProperty('act', {
      type: 'submit',
      form,
      values,
      asked: Object.keys(values),
    });
  });

  test.each([
    ['of another form', submitted({ callback_id: 'x' }), 'unknown callback_id x'],
    ['without a handoff', submitted({ private_metadata: '' }), 'private_metadata'],
    ['with a broken handoff', submitted({ private_metadata: '{"handoffId":7}' }), 'handoffId'],
    ['without a state', submitted({ state: {} }), 'view.state.values'],
  ])('%s is unsupported, and says where', (_, payload, reason) => {
    expect(parseSubmission(payload)).toMatchObject({
      kind: 'unsupported',
      reason: expect.stringContaining(reason),
    });
  });

  test('whose reason never quotes what was entered', () => {
    const payload = submitted({ state: { values: { note: { value: { value: 42, secret: 'Priya' } } } } });
    expect(JSON.stringify(parseSubmission(payload))).not.toMatch(/42|Priya/);
  });
});

test('a command is its words and who typed them', () => {
  expect(parseAsk({ user_id: 'U0ANA', team_id: 'T0HOME', text: '  stats team ' })).toEqual({
    kind: 'ask',
    from: { ...from, appTeamId: null },
    text: 'stats team',
  });
  expect(parseAsk({ user_id: 'U0ANA' })).toMatchObject({ text: '' });
});

test('nothing that comes in makes the parsers throw', () => {
  const anyPayload = fc.oneof(
    fc.anything(),
    fc.anything().map((actions) => ({ ...button, actions })),
    fc.anything().map((values) => submitted({ state: { values } })),
    fc.string().map((private_metadata) => submitted({ private_metadata })),
  );
  fc.assert(
    fc.property(anyPayload, (payload) => {
      for (const parse of [parseClick, parseSubmission, parseAsk]) {
        expect(parse(payload).kind).toBeTypeOf('string');
      }
    }),
  );
});
