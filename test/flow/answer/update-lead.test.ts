import { describe, expect, it } from 'vitest';
import { plain } from '../../../src/domain/words/line.ts';
import { prepareForm } from '../../../src/flow/answer/prepare-form.ts';
import { respond } from '../../../src/flow/answer/respond.ts';
import type { AskBack, ShownForm } from '../../../src/flow/ports/chat.ts';
import { ada, ben, lead, offered, policy, portalProperty } from '../../support/examples.ts';
import { type Office, office, userIdOf } from '../../support/office.ts';

const { id } = offered();

/** Ada has accepted, and HubSpot wants a budget before it takes the stage. */
async function refused(askBack?: AskBack): Promise<Office> {
  const there = await office({ rules: policy({ update: ['budget', 'Timeline', 'num_notes'] }) });
  const timeline = { kind: 'choice', options: [{ value: 'later', label: 'Later' }] } as const;
  const known = [
    portalProperty('budget'),
    portalProperty('timeline', timeline),
    portalProperty('num_notes', { readOnly: true }),
  ];
  for (const property of known) there.crm.properties.set(property.name, property);
  await there.openHandoff(lead());
  await there.work('write-back');
  there.crm.heldUp.now = { fields: ['lifecycleStage'], wants: ['budget'] };
  await press(there, { type: 'accept' }, askBack);
  await there.work('write-back');
  there.crm.heldUp.now = null;
  return there;
}

const click = (person = ada) => ({ platform: 'slack', userId: userIdOf(person), handoffId: id }) as const;
let clicks = 0;

async function press(
  there: Office,
  act: Parameters<ReturnType<typeof respond>>[1],
  askBack?: AskBack,
  person = ada,
) {
  clicks += 1;
  const answer = await respond(there.needs)({ ...click(person), commandId: `click ${clicks}` }, act, askBack);
  return { ...answer, text: plain(answer.text) };
}

const send = (there: Office, form: 'fillIn' | 'update', values: Record<string, string>, person = ada) =>
  press(there, { type: 'submit', form, values }, undefined, person);

const last = (there: Office) => there.handoff().log.at(-1)?.event;

describe('what HubSpot wants', () => {
  it('is written at once with what it would not take, and known to the handoff', async () => {
    const there = await refused();
    expect(await send(there, 'fillIn', { budget: '50000' })).toEqual({ done: true, text: 'HubSpot has it.' });
    expect(there.crm.answers.get('501')).toEqual({ budget: '50000' });
    expect(there.crm.written.get('501')).toMatchObject({ lifecycleStage: 'salesqualifiedlead' });
    expect(last(there)).toEqual({
      type: 'updated',
      values: [{ property: 'budget', label: 'Budget', value: '50000', shown: '50,000' }],
      heldUp: null,
    });
    expect(there.handoff().written.refused).toEqual([]);
  });

  it.each([
    ['', 'HubSpot wants this as well.'],
    ['much', 'Write a number, such as 12.5.'],
  ])('and "%s" is no answer to: nothing is asked of HubSpot', async (budget, text) => {
    const there = await refused();
    expect(await send(there, 'fillIn', { budget })).toEqual({ done: false, text, field: 'budget' });
    expect(there.crm.script.calls).not.toContain('writeAnswers');
  });

  it('and that HubSpot will not have is said at its field, in its words and at no length', async () => {
    const there = await refused();
    there.crm.faults.push({ property: 'budget', why: `Too ${'very '.repeat(100)}low` });
    const { done, text } = await send(there, 'fillIn', { budget: '7' });
    expect(done).toBe(false);
    expect(text).toMatch(/^HubSpot: Too very/);
    expect(text.length).toBeLessThan(220);
    expect(there.handoff().handoff.heldUp).not.toBeNull();
  });

  it('is written also when HubSpot wants still more, which is asked next', async () => {
    const there = await refused();
    there.crm.wants.names.push('timeline');
    const { done, text } = await send(there, 'fillIn', { budget: '50000' });
    expect({ done, text }).toEqual({ done: true, text: 'HubSpot wants Timeline before it takes the stage.' });
    expect(there.crm.answers.get('501')).toEqual({ budget: '50000' });
    expect(there.handoff().handoff.heldUp).toEqual({
      fields: ['lifecycleStage'],
      wants: [{ property: 'timeline', label: 'Timeline' }],
    });
  });

  it('is not asked of anybody else, nor of whoever comes too late', async () => {
    const there = await refused();
    expect(await send(there, 'fillIn', { budget: '1' }, ben)).toMatchObject({ done: false });
    await send(there, 'fillIn', { budget: '50000' });
    expect(await send(there, 'fillIn', { budget: '1' })).toMatchObject({
      done: false,
      text: 'HubSpot has all that it wanted. There is nothing left to fill in.',
    });
  });

  it.each(['contactProperties', 'valuesOf', 'writeAnswers'] as const)(
    'cannot be taken while HubSpot is away (%s), and the handoff stays as it is',
    async (call) => {
      const there = await refused();
      there.crm.script.fail(call, 'notDone');
      expect(await send(there, 'fillIn', { budget: '50000' })).toEqual({
        done: false,
        text: 'HubSpot does not answer at the moment. Try again in a minute.',
        field: null,
      });
      expect(last(there)).toMatchObject({ type: 'heldUp' });
      expect((await send(there, 'fillIn', { budget: '50000' })).done).toBe(true);
    },
  );

  it('is in front of whoever has just accepted, and nobody is called loudly', async () => {
    const shown: ShownForm[] = [];
    const there = await refused({ forMs: 2500, show: async (form) => void shown.push(form) });
    expect(shown).toMatchObject([
      { form: { name: 'fillIn', fields: [{ name: 'budget', required: true }] }, leadId: '501' },
    ]);
    expect(last(there)).toMatchObject({ type: 'heldUp', asked: ada, open: true });
  });

  it('is told loudly when the form comes too late', async () => {
    const there = await refused({ forMs: 2500, show: () => Promise.reject(new Error('expired_trigger_id')) });
    expect(last(there)).not.toHaveProperty('open');
    const other = await refused({ forMs: 0, show: () => expect.unreachable('nobody is there') });
    expect(last(other)).not.toHaveProperty('open');
  });
});

describe('what the policy lets people set', () => {
  it('is asked with what HubSpot has, but for what nobody can set', async () => {
    const there = await refused();
    there.crm.answers.set('501', { budget: '9000' });
    const prepared = await prepareForm(there.needs)(click(), 'update');
    const fields = 'form' in prepared ? prepared.form.fields : [];
    expect(fields).toMatchObject([
      { name: 'budget', kind: 'number', initial: 9000, required: false },
      { name: 'timeline', kind: 'choice', initial: null, required: false },
    ]);
  });

  it('is written as far as it changed, and takes along what HubSpot would not take', async () => {
    const there = await refused();
    there.crm.answers.set('501', { budget: '9000' });
    expect((await send(there, 'update', { budget: '9000', timeline: 'later' })).done).toBe(true);
    expect(last(there)).toEqual({
      type: 'updated',
      values: [{ property: 'timeline', label: 'Timeline', value: 'later', shown: 'Later' }],
      heldUp: null,
    });
    expect(there.crm.written.get('501')).toMatchObject({ lifecycleStage: 'salesqualifiedlead' });
  });

  it('costs HubSpot no write when nothing changed', async () => {
    const there = await refused();
    await send(there, 'fillIn', { budget: '9000' });
    const { version } = there.handoff().handoff;
    there.crm.script.calls.length = 0;
    expect((await send(there, 'update', { budget: '9000', timeline: '' })).done).toBe(true);
    expect(there.crm.script.calls).toEqual(['contactProperties', 'valuesOf']);
    expect(there.handoff().handoff.version).toBe(version);
  });

  it('and that HubSpot takes only with more is not written', async () => {
    const there = await refused();
    await send(there, 'fillIn', { budget: '9000' });
    Object.assign(there.crm.wants, { names: ['timeline'], always: true });
    expect(await send(there, 'update', { budget: '9500' })).toEqual({
      done: false,
      text: 'HubSpot wants Timeline before it takes what was written.',
      field: null,
    });
    expect(there.crm.answers.get('501')).toEqual({ budget: '9000' });
  });

  it('cannot be opened while HubSpot is away, and says so', async () => {
    const there = await refused();
    there.crm.script.fail('valuesOf', 'notDone');
    const prepared = await prepareForm(there.needs)(click(), 'update');
    expect('refused' in prepared && plain(prepared.refused)).toContain('HubSpot does not answer');
  });
});
