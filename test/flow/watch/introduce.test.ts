import { describe, expect, it, test } from 'vitest';
import type { IntroContact } from '../../../src/domain/handoff/intro.ts';
import type { Intro } from '../../../src/domain/policy/policy.ts';
import { TemporaryFailure } from '../../../src/flow/ports/failure.ts';
import { introduce } from '../../../src/flow/watch/introduce.ts';
import {
  ada,
  at,
  ben,
  everyDay,
  grace,
  lead,
  minutesAfter,
  offered,
  policy,
  touch,
} from '../../support/examples.ts';
import { survivesEveryInterruption } from '../../support/interrupt.ts';
import { type Office, office, ownerIdOf } from '../../support/office.ts';

const hello: Intro = {
  if: null,
  when: 'accept',
  sequence: { usual: 'Hello', of: new Map() },
  optedIn: null,
  daytime: everyDay('UTC', '09:00-18:00').week,
};
const rules = policy({ intros: [hello] });

/** In New York, where it is ten in the morning. */
const contact: IntroContact = {
  email: 'lena.fischer@northwind.example',
  country: 'United States',
  state: 'New York',
  properties: {},
  zone: null,
  optedOut: false,
  inSequence: false,
  enrolledAt: null,
  repliedAt: null,
  meetingBookedAt: null,
};

/** Ada has the lead, and has accepted it. */
async function accepted(other: Partial<IntroContact> = {}): Promise<Office> {
  const there = await office({ rules });
  await prepare(there, other);
  return there;
}

async function prepare(there: Office, other: Partial<IntroContact> = {}): Promise<void> {
  await there.openHandoff();
  there.needs.sequences.contacts.set(lead().id, { ...contact, ...other });
  await there.carryOut({ type: 'accept', by: ada });
}

const soon = at('15:01');
const eventsOf = (there: Office) => there.handoff().log.map(({ event }) => event.type);
const enrolledBy = ({ needs }: Office) => needs.sequences.enrolled.map(({ email }) => email);

/** The office, with an intro job in its queue, does what is due. */
async function introduced(there: Office, when = soon): Promise<void> {
  there.moveTo(when);
  await there.needs.timers.fireDue(when);
  await introduce(there.needs)(offered().id, { again: false, last: false });
}

describe('the lead of a handoff', () => {
  it("is greeted from the rep's mailbox when they accept it, once, and it is no touch", async () => {
    const there = await accepted();
    await introduced(there);
    expect(there.needs.sequences.enrolled).toEqual([
      { leadId: lead().id, ownerId: ownerIdOf(ada), email: ada, sequence: 'Hello', at: soon },
    ]);
    expect(there.handoff().log.at(-1)?.event).toEqual({
      type: 'introSent',
      rep: ada,
      sequence: 'Hello',
      at: soon,
    });
    expect(there.handoff().handoff).toMatchObject({ status: 'accepted', firstTouchAt: null });
    await introduced(there);
    expect(enrolledBy(there)).toEqual([ada]);
  });

  it('is not greeted while the rep can take back that they accepted it', async () => {
    const there = await accepted();
    await there.needs.timers.fireDue(minutesAfter(there.needs.clock(), 1 / 6));
    expect(await there.needs.timers.firedIntros(offered().id)).toEqual([]);
  });

  it('is not greeted without an intro in the policy', async () => {
    const there = await office();
    await prepare(there);
    await introduced(there);
    expect(enrolledBy(there)).toEqual([]);
    expect(eventsOf(there)).not.toContain('introNotSent');
  });

  it('is greeted in its own morning, and not before', async () => {
    const there = await accepted({ state: 'California' });
    await introduced(there);
    expect(enrolledBy(there)).toEqual([]);
    const theirNine = new Date('2026-03-03T17:00:00Z');
    there.moveTo(minutesAfter(theirNine, -1));
    expect(await there.needs.timers.firedIntros(offered().id)).toEqual([]);
    there.moveTo(theirNine);
    await there.needs.timers.fireDue(theirNine);
    await introduce(there.needs)(offered().id, { again: false, last: false });
    expect(there.needs.sequences.enrolled).toMatchObject([{ email: ada, at: theirNine }]);
  });

  test.each<[string, (there: Office) => Promise<void>]>([
    ['the rep has reached out', (there) => there.carryOut({ type: 'logTouch', by: ada, touch: touch() })],
    [
      'the handoff has ended',
      (there) => there.carryOut({ type: 'disqualify', by: ada, reason: 'not_a_fit', note: '' }),
    ],
    [
      'a meeting is booked',
      (there) => there.carryOut({ type: 'noteMeeting', recordId: '7', at: at('15:03') }),
    ],
    ['somebody else has it', (there) => there.carryOut({ type: 'reassign', by: grace, to: ben })],
  ])('is not greeted any more once %s', async (_, happens) => {
    const there = await accepted({ state: 'California' });
    await introduced(there);
    there.moveTo(at('15:03'));
    await happens(there);
    const nextDay = new Date('2026-03-04T18:00:00Z');
    there.moveTo(nextDay);
    await there.needs.timers.fireDue(nextDay);
    await introduce(there.needs)(offered().id, { again: false, last: false });
    expect(enrolledBy(there)).toEqual([]);
  });

  it('is greeted by whoever accepts it, when the one before could not', async () => {
    const there = await accepted();
    there.needs.sequences.refuses = { refused: { kind: 'noMailbox' } };
    await introduced(there);
    expect(there.handoff().log.at(-1)?.event).toMatchObject({
      type: 'introNotSent',
      why: { kind: 'noMailbox' },
    });
    there.needs.sequences.refuses = null;
    await there.carryOut({ type: 'reassign', by: grace, to: ben });
    await there.carryOut({ type: 'accept', by: ben });
    await introduced(there, minutesAfter(soon, 1));
    expect(enrolledBy(there)).toEqual([ben]);
  });

  it('is not greeted any more when the intro has gone from the policy meanwhile', async () => {
    const there = await accepted({ state: 'California' });
    await introduced(there);
    there.adopt(policy());
    const theirNine = new Date('2026-03-03T17:00:00Z');
    there.moveTo(theirNine);
    await there.needs.timers.fireDue(theirNine);
    await introduce(there.needs)(offered().id, { again: false, last: false });
    expect(enrolledBy(there)).toEqual([]);
    expect(eventsOf(there)).not.toContain('introNotSent');
  });

  it('who is gone from HubSpot is not spoken of', async () => {
    const there = await accepted();
    there.needs.sequences.contacts.clear();
    await introduced(there);
    expect(eventsOf(there).at(-1)).toBe('accepted');
  });
});

describe('what keeps HubSpot from sending intros', () => {
  test.each(['noScope', 'noSeat'] as const)('is told to the admins once a day: %s', async (kind) => {
    const there = await accepted();
    there.needs.sequences.refuses = { refused: { kind } };
    await introduced(there);
    await there.carryOut({ type: 'reassign', by: grace, to: ben });
    await there.carryOut({ type: 'accept', by: ben });
    await introduced(there, minutesAfter(soon, 1));
    expect(eventsOf(there).filter((type) => type === 'introNotSent')).toHaveLength(2);
    const rep = kind === 'noSeat' ? ada : null;
    expect(there.kept.news.map(({ person, news }) => [person, news])).toEqual([
      [grace, { kind: 'introsBlocked', rep }],
    ]);
  });

  it('is waited for while it may pass, and told on the card when it does not', async () => {
    const there = await accepted();
    there.needs.sequences.contact = async () => {
      throw new TemporaryFailure('HubSpot is away', { outcome: 'notDone' });
    };
    there.moveTo(soon);
    await there.needs.timers.fireDue(soon);
    const greet = introduce(there.needs);
    await expect(greet(offered().id, { again: false, last: false })).rejects.toThrow('HubSpot is away');
    await greet(offered().id, { again: true, last: true });
    expect(there.handoff().log.at(-1)?.event).toMatchObject({
      type: 'introNotSent',
      why: { kind: 'unanswered' },
    });
  });
});

it('goes out exactly once, wherever an attempt breaks off', async () => {
  await survivesEveryInterruption({
    within: { rules },
    prepare: async (there) => {
      await prepare(there);
      there.moveTo(soon);
      await there.needs.timers.fireDue(soon);
    },
    step: (needs, { repeat }) => introduce(needs)(offered().id, { again: repeat, last: false }),
    look: (there) => ({
      enrolled: enrolledBy(there),
      told: eventsOf(there).filter((type) => type.startsWith('intro')),
    }),
  });
});

it('a target does not wait for the intro', async () => {
  const there = await accepted();
  there.needs.sequences.contact = async () => {
    throw new TemporaryFailure('HubSpot is away', { outcome: 'notDone' });
  };
  await there.sweepAt(minutesAfter(soon, 120));
  expect(eventsOf(there)).toContain('breached');
});
