import { describe, expect, it } from 'vitest';
import type { FormName } from '../../../src/domain/card/form.ts';
import { plain } from '../../../src/domain/words/line.ts';
import { respond } from '../../../src/flow/answer/respond.ts';
import type { Act, Answer } from '../../../src/flow/ports/chat.ts';
import {
  ada,
  americas,
  at,
  ben,
  chloe,
  dario,
  grace,
  lead,
  member,
  offered,
  policy,
  reason,
  routing,
  rung,
  stranger,
  target,
  targets,
} from '../../support/examples.ts';
import { type Office, office, teamsUserIdOf, userIdOf } from '../../support/office.ts';

const { id } = offered();
let clicks = 0;
const manager = grace;

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
const logTouch = (override = {}) => submit('logTouch', { did: 'talked', note: '', ...override });
const disqualify = (reason: string, note = '') => submit('disqualify', { reason, note });
const handBack = (reason: string, note = '') => submit('handBack', { reason, note });
const snooze = (choice: string) => submit('snooze', { choice });
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
    [grace, submit('giveGrace', { grace: '15' }), 'More time allowed.', 'offered'],
    [grace, submit('giveGrace', { grace: 'untilMorning' }), 'More time allowed.', 'offered'],
    [grace, { type: 'ping' }, 'You asked Ada Okafor to look at it.', 'offered'],
    [ada, { type: 'show' }, 'The card is in this conversation now.', 'offered'],
    [grace, { type: 'show' }, 'The card is in this conversation now.', 'offered'],
    [ada, handBack('wrong_territory'), 'Handed back. Now with Ben Castillo.', 'offered'],
    [ada, handBack('other', 'no time'), 'Handed back. Now with Ben Castillo.', 'offered'],
    [ada, snooze('30min'), 'Asked Grace Whitfield for time until 15:30 UTC.', 'offered'],
    [ada, snooze('tomorrow'), 'Asked Grace Whitfield for time until 14:00 UTC.', 'offered'],
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
    await click(there, ada, logTouch({ did: 'emailed', note: '  price list \n' }));
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

  it('logs when a meeting takes place, and what was a while ago', async () => {
    const there = await opened();
    there.passMinutes(20);
    const values = { did: 'booked', meetsOn: '2026-03-05', meetsAt: '14:30', when: '15' };
    await click(there, ada, logTouch(values));
    expect(there.handoff().log.at(-1)?.event).toMatchObject({
      type: 'touched',
      touch: { kind: 'meeting', outcome: 'booked', startsAt: new Date('2026-03-05T19:30:00Z') },
      madeAt: at('15:05:02'),
    });
  });

  it('says when to try again', async () => {
    const there = await opened();
    const given = await click(there, ada, logTouch({ did: 'noAnswer', next: '2' }));
    expect(words(given)).toBe('Touch logged. Try again by 15:00 UTC.');
    expect(there.handoff().handoff).toMatchObject({ tryAgainBy: new Date('2026-03-05T15:00:02Z') });
    const none = await click(there, ada, logTouch({ did: 'noAnswer', next: 'none' }));
    expect(words(none)).toBe('Touch logged.');
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
    await click(there, ada, submit('logTouch', { did: 'noAnswer' }));
    expect(there.handoff().log.at(-1)?.event).toMatchObject({ type: 'touched', touch: { note: '' } });
    await click(there, ada, submit('disqualify', { reason: 'not_a_fit' }));
    expect(there.handoff().log.at(-1)?.event).toMatchObject({
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
      '"mood": this reason was removed; choose another.',
      'reason',
    ],
    [
      'without the note that the reason needs',
      ada,
      disqualify('timing', ' '),
      '"Wrong timing" needs a note: a few words on what is behind it.',
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
    ['with what nobody does', ada, logTouch({ did: 'faxed' }), 'Choose what you did.', 'did'],
    [
      'with a time before the lead was theirs',
      ada,
      logTouch({ when: 'earlier', at: '09:00' }),
      'You have had this lead since 15:00 UTC. Choose a later time.',
      'at',
    ],
    [
      'with a time to come',
      ada,
      logTouch({ when: 'earlier', at: '23:59' }),
      'That is still to come. Choose a time of today that has passed.',
      'at',
    ],
    [
      'with a meeting that is over',
      ada,
      logTouch({ did: 'booked', meetsOn: '2026-03-03', meetsAt: '00:01' }),
      'That has passed. Choose a day and time to come.',
      'meetsAt',
    ],
    [
      'with a meeting at no time',
      ada,
      logTouch({ did: 'booked', meetsOn: '2026-03-05' }),
      'Choose a time.',
      'meetsAt',
    ],
    ['with nothing filled in', ada, submit('logTouch', {}), 'Choose what you did.', 'did'],
    [
      'with an answer that every object has',
      ada,
      logTouch({ did: 'constructor' }),
      'Choose what you did.',
      'did',
    ],
    [
      'with a touch whose note is longer than its form lets anybody write',
      ada,
      logTouch({ note: 'x'.repeat(2001) }),
      'This note has 2,001 characters. Write 2,000 at most; the rest belongs in HubSpot itself.',
      'note',
    ],
    [
      'with such a note to a reason',
      ada,
      disqualify('timing', 'x'.repeat(200_000)),
      'This note has 200,000 characters. Write 2,000 at most; the rest belongs in HubSpot itself.',
      'note',
    ],
    [
      'as it was asked for before an update',
      ada,
      submit('logTouch', { kind: 'call', outcome: 'connected' }),
      'Choose what you did.',
      'did',
    ],
    ['without a reason', ada, submit('disqualify', { note: 'no idea' }), 'Choose why.', 'reason'],
    ['without a person', grace, submit('reassign', {}), 'Choose to whom.', 'to'],
    [
      'by a rep of another team who wants to see it',
      dario,
      { type: 'show' },
      'Ada Okafor holds this lead now. Nothing was changed.',
      null,
    ],
    [
      'by a rep who pings',
      ada,
      { type: 'ping' },
      'Only Grace Whitfield can decide this. Nothing was changed.',
      null,
    ],
    [
      'by a team mate who hands it back',
      ben,
      handBack('wrong_territory'),
      'Ada Okafor holds this lead now. Nothing was changed.',
      null,
    ],
    ['without a reason to hand it back', ada, submit('handBack', {}), 'Choose why.', 'reason'],
    [
      'with a reason to hand it back that is gone',
      ada,
      handBack('mood'),
      '"mood": this reason was removed; choose another.',
      'reason',
    ],
    [
      'without the note that such a reason needs',
      ada,
      handBack('other', ' '),
      '"Another reason" needs a note: a few words on what is behind it.',
      'note',
    ],
    [
      'with a note to it that is too long',
      ada,
      handBack('other', 'x'.repeat(2001)),
      'This note has 2,001 characters. Write 2,000 at most; the rest belongs in HubSpot itself.',
      'note',
    ],
    ['without a time to be left alone', ada, submit('snooze', {}), 'Choose for how long.', 'choice'],
    ['with a time that the form does not have', ada, snooze('constructor'), 'Choose for how long.', 'choice'],
    [
      'by a team mate who snoozes it',
      ben,
      snooze('30min'),
      'Ada Okafor holds this lead now. Nothing was changed.',
      null,
    ],
    [
      'by a rep who gives themselves grace',
      ada,
      submit('giveGrace', { grace: '15' }),
      'Only Grace Whitfield can decide this. Nothing was changed.',
      null,
    ],
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

  for (const grace of ['', 'long', '-15', 'Infinity', 'NaN', '17', 'asAsked']) {
    it(`with grace "${grace}", which is not among the choices, is told to choose`, async () => {
      const there = await opened();
      const given = await click(there, manager, submit('giveGrace', { grace }));
      expect(given).toMatchObject({ done: false, field: 'grace' });
      expect(words(given)).toBe(
        'This cannot be given any more. Open the form again and choose how much longer.',
      );
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
      'This lead was disqualified. Nothing was changed.',
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

describe('a snooze', () => {
  /** Ada has an hour to answer. */
  async function withAnHour(): Promise<Office> {
    const there = await office();
    await there.openHandoff(lead(), { targets: targets({ acknowledge: target(60) }) });
    return there;
  }

  it('within the target is hers to take, twice', async () => {
    const there = await withAnHour();
    const answers = [await click(there, ada, snooze('30min'))];
    there.moveTo(at('15:25'));
    answers.push(await click(there, ada, snooze('30min')));
    expect(answers.map(words)).toEqual(['Snoozed until 15:30 UTC.', 'Snoozed until 15:55 UTC.']);
    there.moveTo(at('15:29'));
    const third = await click(there, ada, snooze('30min'));
    expect(third).toMatchObject({ done: false, field: 'choice' });
    expect(words(third)).toBe(
      'You have snoozed this lead 2 times. Answer it, ask for time past the target, or hand it back.',
    );
  });

  it('past the target is asked for once, and given as it was asked', async () => {
    const there = await withAnHour();
    await click(there, ada, snooze('2h'));
    const again = await click(there, ada, snooze('tomorrow'));
    expect(again).toMatchObject({ done: false, field: 'choice' });
    expect(words(again)).toBe(
      'You have asked Grace Whitfield for time already. Until they decide, the target stays.',
    );
    expect(words(await click(there, grace, submit('giveGrace', { grace: 'asAsked' })))).toBe(
      'More time allowed.',
    );
    expect(there.handoff().handoff).toMatchObject({
      snoozedUntil: at('17:00:02'),
      respondBy: at('18:00'),
      asked: null,
    });
  });

  it('past the target is nobody’s to allow where the holder is above everybody', async () => {
    const alone = policy({
      teams: [{ ...americas, manager: ada, members: [member()] }],
      routing: routing([], ada),
    });
    const there = await opened(alone);
    const given = await click(there, ada, snooze('2h'));
    expect(given).toMatchObject({ done: false, field: 'choice' });
    expect(words(given)).toContain('nobody is above you to ask');
  });

  it('is none once the lead was contacted', async () => {
    const there = await opened();
    await click(there, ada, logTouch());
    expect(await click(there, ada, snooze('30min'))).toMatchObject({ done: false, field: null });
  });
});

describe('a lead that never answers', () => {
  const unresponsive = reason('no_answer', 'Never answered', { outcome: 'unresponsive' });
  const giveUp = disqualify('no_answer');

  it('is given up', async () => {
    const there = await opened(policy({ disqualifyReasons: [unresponsive] }));
    expect(words(await click(there, ada, giveUp))).toBe('Closed as unresponsive.');
  });

  it('is not given up before it was tried as often as the policy wants', async () => {
    const there = await office({ rules: policy({ disqualifyReasons: [unresponsive] }) });
    const attempts = { atLeast: 2, within: target(480) };
    await there.openHandoff(lead(), { targets: targets({ attempts }) });
    await click(there, ada, logTouch({ did: 'noAnswer' }));
    const refused = await click(there, ada, giveUp);
    expect(refused).toMatchObject({ done: false, field: 'reason' });
    expect(words(refused)).toMatch(
      /^1 of 2 attempts within .+ so far: keep trying, or pick another reason\.$/,
    );
    await click(there, ada, logTouch({ did: 'noAnswer' }));
    expect(words(await click(there, ada, giveUp))).toBe('Closed as unresponsive.');
  });
});

describe('a hand-back', () => {
  it('to nobody is refused at the reason, and the lead stays', async () => {
    const alone = policy({ routing: routing([], ada) });
    const there = await opened(alone);
    const given = await click(there, ada, handBack('wrong_territory'));
    expect(given).toMatchObject({ done: false, field: 'reason' });
    expect(words(given)).toBe(
      'There is nobody else who could take this lead now, so it stays with you. Your manager can reassign it.',
    );
    expect(there.handoff().handoff.assignment.rep).toBe(ada);
  });

  it('that comes twice has one effect, and the same answer', async () => {
    const there = await opened();
    const answers = [
      await click(there, ada, handBack('wrong_territory'), 'same'),
      await click(there, ada, handBack('wrong_territory'), 'same'),
    ];
    expect(answers.map(words)).toEqual([
      'Handed back. Now with Ben Castillo.',
      'Handed back. Now with Ben Castillo.',
    ]);
    expect(there.observed).toEqual([
      { what: 'changed', handoffId: id, events: ['handedBack', 'reassigned'] },
    ]);
  });
});

describe('a lead that is offered to the team', () => {
  const offeredToTeam = async () => {
    const acknowledge = [rung(0, { do: 'offerToTeam' })];
    const there = await opened(policy({ ladders: { acknowledge, touch: [] } }));
    await there.sweepAt(at('15:15'));
    return there;
  };

  it('is the first one’s who claims it, and the others hear whose it is', async () => {
    const there = await offeredToTeam();
    const [first, second] = await Promise.all([
      click(there, chloe, { type: 'takeIt' }),
      click(there, ben, { type: 'takeIt' }),
    ]);
    expect([words(first), words(second)]).toEqual([
      'The lead is yours now.',
      'Chloe Nguyen holds this lead now. Nothing was changed.',
    ]);
    expect(there.handoff().handoff).toMatchObject({ status: 'accepted', assignment: { rep: chloe } });
  });

  it('is its rep’s who answers before anybody claims it', async () => {
    const there = await offeredToTeam();
    await click(there, ada, { type: 'accept' });
    expect(words(await click(there, ben, { type: 'takeIt' }))).toBe(
      'Ada Okafor holds this lead now. Nothing was changed.',
    );
  });
});

it('a nudge within a minute of another is one too many', async () => {
  const there = await opened();
  await click(there, grace, { type: 'ping' });
  there.passMinutes(0.5);
  expect(words(await click(there, grace, { type: 'ping' }))).toBe(
    'They were nudged 15:00 UTC. Give them a minute, reassign it, or take it.',
  );
  there.passMinutes(0.5);
  expect(words(await click(there, grace, { type: 'ping' }))).toBe('You asked Ada Okafor to look at it.');
});
