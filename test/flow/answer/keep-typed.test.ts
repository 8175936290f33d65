import { expect, it } from 'vitest';
import type { FormName } from '../../../src/domain/card/form.ts';
import { plain } from '../../../src/domain/words/line.ts';
import { respond } from '../../../src/flow/answer/respond.ts';
import { ada, ben, grace, offered } from '../../support/examples.ts';
import { type Office, office, userIdOf } from '../../support/office.ts';

const { id: handoffId } = offered();
let clicks = 0;

/** Ada's lead. */
async function opened(): Promise<Office> {
  const there = await office();
  await there.openHandoff();
  return there;
}

/** What somebody reads who sends a form. */
async function send(
  there: Office,
  by: string,
  form: FormName,
  values: Record<string, string>,
): Promise<string> {
  clicks += 1;
  const click = { platform: 'slack', userId: userIdOf(by), commandId: `sent-${clicks}`, handoffId } as const;
  return plain((await respond(there.needs)(click, { type: 'submit', form, values })).text);
}

const moved = async () => {
  const there = await opened();
  await there.carryOut({ type: 'reassign', by: grace, to: ben });
  return there;
};

it('what somebody tells of a touch after the lead went to another is a note of theirs, once', async () => {
  const there = await moved();
  const values = { did: 'talked', note: 'They decide in May' };
  for (const _ of [1, 2]) {
    expect(await send(there, ada, 'logTouch', values)).toBe(
      'Ben Castillo holds this lead now. Nothing was changed. What you wrote is a note on the lead in HubSpot now.',
    );
  }
  expect(there.crm.notes).toMatchObject([
    {
      leadId: '501',
      ownerId: 'owner-ada',
      text: 'Ada Okafor wrote this after the lead had gone to Ben Castillo:\nCalled: talked\nThey decide in May',
    },
  ]);
  await send(there, ada, 'logTouch', { ...values, note: 'They decide in June' });
  expect(there.crm.notes).toHaveLength(2);
});

it('what somebody writes after the handoff ended is a note as well, whichever form it was in', async () => {
  const there = await opened();
  await there.carryOut({ type: 'disqualify', by: grace, reason: 'not_a_fit', note: '' });
  for (const [by, form, values] of [
    [ada, 'disqualify', { reason: 'not_a_fit', note: 'No budget' }],
    [ada, 'handBack', { reason: 'other', note: 'Speaks French' }],
    [grace, 'reassign', { to: ben, note: 'Call them today' }],
  ] as const) {
    expect(await send(there, by, form, values)).toContain('is a note on the lead in HubSpot now');
  }
  expect(there.crm.notes.map(({ text }) => text)).toEqual([
    'Ada Okafor wrote this after the handoff had ended:\nNo budget',
    'Ada Okafor wrote this after the handoff had ended:\nSpeaks French',
    'Grace Whitfield wrote this after the handoff had ended:\nCall them today',
  ]);
});

it('nothing is noted where nothing was written, or by somebody whose lead it never was', async () => {
  const there = await opened();
  const said = [
    await send(there, ben, 'logTouch', { did: 'talked', note: 'Not mine' }),
    await send(await moved(), ada, 'logTouch', { did: 'talked', note: ' ' }),
  ];
  expect(said).toEqual([
    'Ada Okafor holds this lead now. Nothing was changed.',
    'Ben Castillo holds this lead now. Nothing was changed.',
  ]);
  expect(there.crm.notes).toEqual([]);
});

it('what HubSpot cannot take now is said to be not saved, and is taken when it is sent again', async () => {
  const there = await moved();
  there.crm.script.fail('writeNote', 'notDone');
  const values = { did: 'voicemail', note: 'Call after four' };
  expect(await send(there, ada, 'logTouch', values)).toContain(
    'HubSpot has not taken what you wrote: copy it',
  );
  there.crm.script.fail('writeNote', 'refused');
  expect(await send(there, ada, 'logTouch', values)).toContain(
    'HubSpot has not taken what you wrote: copy it',
  );
  expect(await send(there, ada, 'logTouch', values)).toContain('is a note on the lead in HubSpot now');
  expect(there.crm.notes).toHaveLength(1);
});
