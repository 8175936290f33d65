import { describe, expect, it } from 'vitest';
import type { Field, FormName } from '../../src/domain/form.ts';
import { plain } from '../../src/domain/text.ts';
import type { Act, Answer } from '../../src/flow/ports.ts';
import { prepareForm, respond } from '../../src/flow/respond.ts';
import {
  ada,
  americas,
  at,
  ben,
  chloe,
  dario,
  farah,
  grace,
  henrik,
  member,
  offered,
  policy,
  routing,
  stranger,
  touch,
} from '../support/examples.ts';
import { type Office, office, teamsUserIdOf, userIdOf } from '../support/office.ts';

const { id } = offered();
let clicks = 0;

/** Somebody clicks on the example handoff's card; each click has an id of its own unless it is given. */
async function click(there: Office, by: string, act: Act, commandId = `click-${++clicks}`): Promise<Answer> {
  return respond(there.needs)({ platform: 'slack', userId: userIdOf(by), commandId, handoffId: id }, act);
}

const words = (answer: Answer) => plain(answer.text);

async function opened(rules = policy()): Promise<Office> {
  const there = await office({ rules });
  await there.openHandoff();
  return there;
}

const submit = (form: FormName, values: Readonly<Record<string, string>>): Act => ({
  type: 'submit',
  form,
  values,
});
const logTouch = (override = {}) =>
  submit('logTouch', { kind: 'call', outcome: 'connected', note: '', ...override });
const disqualify = (reason: string, note = '') => submit('disqualify', { reason, note });
const reassign = (to: string) => submit('reassign', { to });
const nameOf = (act: Act) => (act.type === 'submit' ? act.form : act.type);

describe('a click that counts', () => {
  const table: [by: string, Act, answer: string, status: string][] = [
    [ada, { type: 'accept' }, 'Accepted.', 'accepted'],
    [ada, logTouch(), 'Touch logged.', 'working'],
    [ada, disqualify('not_a_fit'), 'Lead disqualified.', 'closed'],
    [ada, disqualify('timing', 'in May'), 'Lead disqualified.', 'closed'],
    [grace, { type: 'takeIt' }, 'The lead is yours now.', 'accepted'],
    [grace, reassign(ben), 'Now with Ben Castillo.', 'offered'],
    [grace, submit('giveGrace', { minutes: '15' }), 'Grace given.', 'offered'],
  ];
  for (const [by, act, answer, status] of table) {
    it(`${nameOf(act)} is answered "${answer}" and leaves the handoff ${status}`, async () => {
      const there = await opened();
      const given = await click(there, by, act);
      expect([given.done, words(given)]).toEqual([true, answer]);
      expect(there.handoff().handoff.status).toBe(status);
      expect(
        there
          .handoff()
          .log.slice(1)
          .every((entry) => entry.by === by),
      ).toBe(true);
    });
  }

  it('logs a touch as it came, without the blanks around the note', async () => {
    const there = await opened();
    await click(there, ada, logTouch({ kind: 'email', outcome: 'sent', note: '  price list \n' }));
    expect(there.handoff().log.at(-1)?.event).toEqual({
      type: 'touched',
      touch: {
        id: expect.stringMatching(/^[0-9a-f-]{36}$/),
        kind: 'email',
        outcome: 'sent',
        note: 'price list',
      },
    });
  });

  it('twice has one effect, and the same answer', async () => {
    const there = await opened();
    const answers = [
      await click(there, ada, logTouch(), 'same'),
      await click(there, ada, logTouch(), 'same'),
    ];
    expect(answers.map(words)).toEqual(['Touch logged.', 'Touch logged.']);
    expect(there.handoff().log.map(({ event }) => event.type)).toEqual(['offered', 'accepted', 'touched']);
  });

  it('counts from either chat, once', async () => {
    const there = await office({ withTeams: true });
    await there.openHandoff();
    const inTeams = {
      platform: 'teams',
      userId: teamsUserIdOf(ada),
      commandId: 'teams',
      handoffId: id,
    } as const;
    expect(words(await respond(there.needs)(inTeams, { type: 'accept' }))).toBe('Accepted.');
    expect(words(await click(there, ada, { type: 'accept' }))).toBe(
      'Already accepted 15:00 UTC. Log a touch when you have reached out.',
    );
  });

  it('without the note that nobody has to write counts', async () => {
    const there = await opened();
    await click(there, ada, submit('logTouch', { kind: 'call', outcome: 'noAnswer' }));
    expect(there.handoff().log.at(-1)?.event).toMatchObject({ type: 'touched', touch: { note: '' } });
    await click(there, ada, submit('disqualify', { reason: 'not_a_fit' }));
    expect(there.handoff().log.at(-1)?.event).toEqual({
      type: 'disqualified',
      reason: 'not_a_fit',
      note: '',
    });
  });

  it('with a note of just the length that its form takes counts', async () => {
    const there = await opened();
    const note = 'x'.repeat(2000);
    await click(there, ada, logTouch({ note: ` ${note}\n` }));
    expect(there.handoff().log.at(-1)?.event).toMatchObject({ type: 'touched', touch: { note } });
    await click(there, ada, disqualify('timing', note));
    expect(there.handoff().log.at(-1)?.event).toMatchObject({ type: 'disqualified', note });
  });

  it('takes what its form asks for, and nothing else that was sent along', async () => {
    const there = await opened();
    const more = { by: grace, type: 'takeIt', id: 'forged', to: ben };
    await click(there, ada, logTouch(more));
    expect(there.handoff().log.map(({ by, event }) => [by, event.type])).toEqual([
      [null, 'offered'],
      [ada, 'accepted'],
      [ada, 'touched'],
    ]);
    const touched = there.handoff().log.at(-1)?.event;
    expect(touched?.type === 'touched' && Object.keys(touched.touch)).toEqual([
      'id',
      'kind',
      'outcome',
      'note',
    ]);
    expect(JSON.stringify(touched)).not.toContain('forged');
  });

  it('is told to whoever watches, without a word of what was written', async () => {
    const there = await opened();
    await click(there, ada, disqualify('timing', 'secret words'));
    expect(there.observed).toEqual([{ what: 'changed', handoffId: id, events: ['disqualified'] }]);
  });
});

describe('a click that does not', () => {
  const table: [title: string, by: string, Act, answer: string, field: string | null][] = [
    ['by a team mate', ben, { type: 'accept' }, 'Ada Okafor holds this lead now. Nothing was changed.', null],
    [
      'by a rep who takes what is theirs already',
      ada,
      { type: 'takeIt' },
      'Ada Okafor holds this lead now. Nothing was changed.',
      null,
    ],
    [
      'by a rep of another team on a decision of the manager',
      dario,
      { type: 'takeIt' },
      'Only Grace Whitfield can decide this. Nothing was changed.',
      null,
    ],
    [
      'with a reason that is gone',
      ada,
      disqualify('mood'),
      '"mood" is not among the reasons any more. Open the form again and choose one.',
      'reason',
    ],
    [
      'without the note that the reason needs',
      ada,
      disqualify('timing', ' '),
      '"Wrong timing" needs a note: tell marketing what to learn from it.',
      'note',
    ],
    [
      'to the one who holds it',
      grace,
      reassign(ada),
      'Ada Okafor holds this lead already. Choose somebody else.',
      'to',
    ],
    [
      'to nobody of the policy',
      grace,
      reassign(stranger),
      `${stranger} takes no leads. Choose somebody from the list.`,
      'to',
    ],
    [
      'with a kind that does not exist',
      ada,
      logTouch({ kind: 'fax' }),
      'Choose what you did: call, email, meeting, message, other.',
      'kind',
    ],
    ['with an outcome that does not exist', ada, logTouch({ outcome: '' }), 'Choose how it went.', 'outcome'],
    [
      'with nothing filled in',
      ada,
      submit('logTouch', {}),
      'Choose what you did: call, email, meeting, message, other.',
      'kind',
    ],
    [
      'with an answer that every object has',
      ada,
      logTouch({ kind: 'constructor' }),
      'Choose what you did: call, email, meeting, message, other.',
      'kind',
    ],
    [
      'with a touch whose note is longer than its form lets anybody write',
      ada,
      logTouch({ note: 'x'.repeat(2001) }),
      'This note has 2001 characters. Write 2000 at most; the rest belongs in HubSpot itself.',
      'note',
    ],
    [
      'with such a note to a reason',
      ada,
      disqualify('timing', 'x'.repeat(200_000)),
      'This note has 200000 characters. Write 2000 at most; the rest belongs in HubSpot itself.',
      'note',
    ],
    ['without an outcome', ada, submit('logTouch', { kind: 'call' }), 'Choose how it went.', 'outcome'],
    ['without a reason', ada, submit('disqualify', { note: 'no idea' }), 'Choose why.', 'reason'],
    ['without a person', grace, submit('reassign', {}), 'Choose to whom.', 'to'],
    ['without minutes', grace, submit('giveGrace', {}), 'Choose how much longer, in minutes.', 'minutes'],
  ];
  for (const [title, by, act, answer, field] of table) {
    it(`${title} is told "${answer}"`, async () => {
      const there = await opened();
      const given = await click(there, by, act);
      expect(given).toMatchObject({ done: false, field });
      expect(words(given)).toBe(answer);
      expect(there.handoff().log).toHaveLength(1);
    });
  }

  for (const minutes of ['', 'long', '-15', 'Infinity', '17']) {
    it(`with ${minutes || 'no'} minutes, which the policy does not offer, is told to choose`, async () => {
      const there = await opened();
      const given = await click(there, grace, submit('giveGrace', { minutes }));
      expect(given).toMatchObject({ done: false, field: 'minutes' });
      expect(words(given)).toBe('Choose how much longer, in minutes.');
      expect(there.handoff().log).toHaveLength(1);
    });
  }

  it('after another accept is told when it was accepted', async () => {
    const there = await opened();
    await click(there, ada, { type: 'accept' });
    expect(words(await click(there, ada, { type: 'accept' }))).toBe(
      'Already accepted 15:00 UTC. Log a touch when you have reached out.',
    );
    expect(there.observed.at(-1)).toEqual({ what: 'refused', handoffId: id, refusal: 'alreadyAccepted' });
  });

  it('on a closed handoff is told so', async () => {
    const there = await opened();
    await click(there, ada, disqualify('not_a_fit'));
    expect(words(await click(there, ada, { type: 'accept' }))).toBe(
      'This handoff is closed (disqualified). Nothing was changed.',
    );
  });

  it('by a stranger changes nothing', async () => {
    const there = await opened();
    const given = await click(there, stranger, { type: 'accept' });
    expect(words(given)).toBe('You are not among the people of this handoff policy. Nothing was changed.');
    expect(there.observed).toEqual([{ what: 'refused', handoffId: id, refusal: 'unknownPerson' }]);
  });

  it('on a handoff that is gone is told so', async () => {
    const there = await office();
    const given = await click(there, ada, { type: 'accept' });
    expect(words(given)).toBe('This handoff no longer exists. Nothing was changed.');
    expect(there.observed).toEqual([{ what: 'refused', handoffId: id, refusal: 'unknownHandoff' }]);
  });
});

describe('a form', () => {
  const open = (there: Office, by: string, form: Parameters<ReturnType<typeof prepareForm>>[1]) =>
    prepareForm(there.needs)({ platform: 'slack', userId: userIdOf(by), handoffId: id }, form);
  const refusalOf = (prepared: Awaited<ReturnType<typeof open>>) =>
    'refused' in prepared ? plain(prepared.refused) : null;
  const optionsOf = (prepared: Awaited<ReturnType<typeof open>>, field: Field['name']) =>
    'form' in prepared
      ? prepared.form.fields.flatMap((f) =>
          f.name === field && f.kind === 'choice' ? f.options.map((o) => o.value) : [],
        )
      : null;

  it('is for those who may send it in', async () => {
    const there = await opened();
    const table: [form: Parameters<typeof open>[2], by: string, allowed: boolean][] = [
      ['logTouch', ada, true],
      ['logTouch', grace, false],
      ['disqualify', ada, true],
      ['disqualify', grace, true],
      ['disqualify', ben, false],
      ['reassign', grace, true],
      ['reassign', ada, false],
      ['reassign', henrik, false],
      ['giveGrace', grace, true],
      ['giveGrace', ada, false],
    ];
    for (const [form, by, allowed] of table) {
      expect([form, by, 'form' in (await open(there, by, form))]).toEqual([form, by, allowed]);
    }
  });

  it('to reassign offers everybody of the policy but the holder and who was deactivated', async () => {
    const there = await opened();
    const gone = { id: chloe, name: 'Chloe Nguyen', ownerId: null, active: false, hours: null };
    await there.needs.directory.savePeople([gone], there.needs.clock());
    expect(optionsOf(await open(there, grace, 'reassign'), 'to')).toEqual([grace, ben, henrik, dario, farah]);
  });

  it('to reassign is refused where nobody else is there to choose', async () => {
    const alone = policy({
      teams: [{ ...americas, manager: ada, members: [member()] }],
      routing: routing([], ada),
    });
    const there = await opened(alone);
    expect(refusalOf(await open(there, ada, 'reassign'))).toBe(
      'There is nobody else to choose. Take it, or give grace.',
    );
  });

  it('of a closed handoff is refused', async () => {
    const there = await opened();
    await there.carryOut({ type: 'disqualify', by: ada, reason: 'not_a_fit', note: '' });
    expect(refusalOf(await open(there, ada, 'logTouch'))).toBe(
      'This handoff is closed (disqualified). Nothing was changed.',
    );
  });

  it('to give grace is refused when no deadline runs', async () => {
    const there = await opened();
    await there.carryOut({ type: 'logTouch', by: ada, touch: touch() });
    expect(refusalOf(await open(there, grace, 'giveGrace'))).toBe(
      'No deadline is running, so there is nothing to extend.',
    );
  });

  it('of a handoff that is gone, or for a stranger, is refused', async () => {
    const empty = await office();
    expect(refusalOf(await open(empty, ada, 'logTouch'))).toBe(
      'This handoff no longer exists. Nothing was changed.',
    );
    expect(refusalOf(await open(await opened(), stranger, 'logTouch'))).toBe(
      'You are not among the people of this handoff policy. Nothing was changed.',
    );
  });

  it('that is opened changes nothing', async () => {
    const there = await opened();
    for (const form of ['logTouch', 'disqualify', 'reassign', 'giveGrace'] as const)
      await open(there, grace, form);
    expect(there.handoff().log).toHaveLength(1);
    expect(there.handoff().handoff.respondBy).toEqual(at('15:15'));
  });
});
