import { describe, expect, it, test } from 'vitest';
import { evolve, type Handoff, type HandoffEvent } from '../../../src/domain/handoff/handoff.ts';
import { decideIntro, type IntroContact, introFor, introTimers } from '../../../src/domain/handoff/intro.ts';
import type { Intro, Policy } from '../../../src/domain/policy/policy.ts';
import { toBen } from '../../support/events.ts';
import {
  accepted,
  acceptedAt,
  ada,
  assignment,
  at,
  ben,
  closed,
  closedAt,
  everyDay,
  lead,
  logged,
  offered,
  policy,
  qualifiedAt,
  working,
} from '../../support/examples.ts';
import { given } from '../../support/given.ts';

const now = acceptedAt;
const hello: Intro = {
  if: null,
  when: 'accept',
  sequence: { usual: 'Hello', of: new Map() },
  optedIn: null,
  daytime: everyDay('UTC', '09:00-18:00').week,
};
const onOffer: Intro = { ...hello, when: 'offer' };
const withIntros = (...intros: Intro[]): Policy => policy({ intros });
const sent: HandoffEvent = { type: 'introSent', rep: ada, sequence: 'Hello', at: at('15:06') };
const notSent = (kind: 'optedOut' | 'noMailbox'): HandoffEvent => ({
  type: 'introNotSent',
  rep: ada,
  why: { kind },
});

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

describe('an intro is looked at', () => {
  const timersOf = (handoff: Handoff, ...intros: Intro[]) => introTimers(handoff, withIntros(...intros), now);
  const atOnce = [expect.objectContaining({ action: 'introduce', dueAt: now })];

  test.each<[string, Handoff, Intro[], unknown]>([
    ['as soon as the lead is accepted', accepted(), [hello], atOnce],
    ['as soon as somebody has the lead, if it is for an offer', offered(), [onOffer], atOnce],
    ['also when an offer was accepted before it went out', accepted(), [onOffer], atOnce],
    ['not before the lead is accepted', offered(), [hello], []],
    ['not from the manager of a team that may claim it', offered({ openTo: [ben] }), [onOffer], []],
    ['not without any in the policy', accepted(), [], []],
    ['not once somebody has reached out', working(), [hello], []],
    ['not once the lead has a meeting', accepted({ meetingAt: acceptedAt }), [hello], []],
    ['not after the end', closed(), [onOffer], []],
    ['not again', accepted({ introOver: 'forGood' }), [hello], []],
  ])('%s', (_, handoff, intros, timers) => {
    expect(timersOf(handoff, ...intros)).toEqual(timers);
  });

  it('within the run of its clock, so that whatever restarts or ends that ends it as well', () => {
    expect(timersOf(accepted({ clockRun: 7 }), hello)).toMatchObject([{ run: 7 }]);
  });
});

describe('the first intro that is for a lead and its holder counts', () => {
  const named = (name: string, other: Partial<Intro> = {}): Intro => ({
    ...hello,
    sequence: { usual: name, of: new Map() },
    ...other,
  });
  const chosen = (...intros: Intro[]) =>
    introFor(accepted(), lead(), withIntros(...intros))?.sequence ?? null;
  const demo = { kind: 'trigger', anyOf: ['demo_request'] } as const;

  test.each<[string, Intro[], string | null]>([
    ['the first without a condition', [named('One'), named('Two')], 'One'],
    ['one whose condition is met, also by the trigger', [named('One', { if: demo })], 'One'],
    [
      'not one whose condition is not met',
      [named('One', { if: { kind: 'not', of: demo } }), named('Two')],
      'Two',
    ],
    [
      "the holder's own sequence by its own name",
      [{ ...hello, sequence: { usual: null, of: new Map([[ada, "Ada's hello"]]) } }],
      "Ada's hello",
    ],
    [
      'not one in which the holder has no sequence',
      [{ ...hello, sequence: { usual: null, of: new Map([[ben, "Ben's hello"]]) } }, named('Two')],
      'Two',
    ],
    ['none', [], null],
  ])('%s', (_, intros, sequence) => {
    expect(chosen(...intros)).toBe(sequence);
  });
});

describe('an intro is decided on by what HubSpot tells right then', () => {
  const consent = { kind: 'property', object: 'contact', property: 'sales_mail', anyOf: ['yes'] } as const;
  const decided = (
    other: Partial<IntroContact>,
    { optedIn = null, logs = [] }: Partial<Pick<Intro, 'optedIn'>> & { logs?: HandoffEvent[] } = {},
    when = now,
  ) => {
    const rules = withIntros({ ...hello, optedIn });
    const handoff = accepted();
    const intro = introFor(handoff, lead(), rules);
    if (!intro) throw new Error('expected an intro');
    const entries = logged(...logs.map((event): [Date, null, HandoffEvent] => [now, null, event]));
    const known = { handoff, lead: lead(), contact: { ...contact, ...other }, logs: entries };
    return decideIntro(intro, known, rules, when);
  };
  const skipped = (kind: string) => ({ do: 'skip', why: expect.objectContaining({ kind }) });
  const longAgo = new Date(now.getTime() - 90 * 86_400_000);
  const lately = new Date(longAgo.getTime() + 60_000);

  test.each<[string, Partial<IntroContact>, Parameters<typeof decided>[1], unknown]>([
    ['it is sent by day', {}, {}, { do: 'send' }],
    ['not to an opt-out', { optedOut: true }, {}, skipped('optedOut')],
    [
      'to somebody who has agreed',
      { properties: { sales_mail: 'yes' } },
      { optedIn: consent },
      { do: 'send' },
    ],
    [
      'not to somebody who has not',
      { properties: { sales_mail: 'no' } },
      { optedIn: consent },
      skipped('notOptedIn'),
    ],
    ['not without an email', { email: null }, {}, skipped('noEmail')],
    ['not to somebody in a sequence', { inSequence: true }, {}, skipped('inSequence')],
    ['not to somebody who has answered', { repliedAt: now }, {}, skipped('answered')],
    ['not to somebody whom another sequence has greeted since', { enrolledAt: now }, {}, skipped('recent')],
    ['a sequence of before does not matter', { enrolledAt: longAgo }, {}, { do: 'send' }],
    ['an answer of before does not matter', { repliedAt: longAgo }, {}, { do: 'send' }],
    ['not to somebody with a meeting', { meetingBookedAt: qualifiedAt }, {}, skipped('meeting')],
    ['not again within ninety days', {}, { logs: [{ ...sent, at: lately }] }, skipped('recent')],
    ['again after ninety days', {}, { logs: [{ ...sent, at: longAgo }] }, { do: 'send' }],
    ['what was not sent does not count', {}, { logs: [notSent('noMailbox')] }, { do: 'send' }],
    [
      "it waits for the lead's morning",
      { state: 'California' },
      {},
      { do: 'wait', until: new Date('2026-03-03T17:00:00Z') },
    ],
    [
      "HubSpot's zone goes before the country",
      { zone: 'asia_slash_tokyo' },
      {},
      { do: 'wait', until: new Date('2026-03-04T00:00:00Z') },
    ],
    ["where it is not certain the rep's day counts", { state: 'Texas' }, {}, { do: 'send' }],
  ])('%s', (_, other, given, decision) => {
    expect(decided(other, given)).toEqual(decision);
  });

  it('waits for the next day in the evening', () => {
    const evening = new Date('2026-03-03T23:00:00Z');
    expect(decided({}, {}, evening)).toEqual({ do: 'wait', until: new Date('2026-03-04T14:00:00Z') });
  });
});

describe('what came of an intro', () => {
  const noteIntro = { type: 'noteIntro', rep: ada, sequence: 'Hello', at: at('15:06') } as const;

  it('is noted once, and is no touch', () => {
    const introduced = evolve(accepted(), sent, now);
    expect(introduced).toMatchObject({ status: 'accepted', attempts: [], firstTouchAt: null });
    expect(introduced.clockRun).toBe(accepted().clockRun);
    given(accepted()).when(noteIntro).yields([sent]);
    given(introduced).when(noteIntro).refuses({ refused: 'stale' });
  });

  it('is noted also when the handoff has ended meanwhile: the mail is on its way', () => {
    given(closed(), { now: closedAt }).when(noteIntro).yields([sent]);
  });

  it('is noted of nobody who has the lead no more', () => {
    const skip = { type: 'skipIntro', rep: ada, why: { kind: 'noMailbox' } } as const;
    given(accepted())
      .when(skip)
      .yields([notSent('noMailbox')]);
    given(accepted({ assignment: assignment({ rep: ben }) }))
      .when(skip)
      .refuses({ refused: 'stale' });
    given(closed(), { now: closedAt }).when(skip).refuses({ refused: 'stale' });
  });

  test.each<[string, HandoffEvent, boolean]>([
    ['one that was sent', sent, false],
    ['one that the lead does not want', notSent('optedOut'), false],
    ['one that the rep could not send', notSent('noMailbox'), true],
  ])('after %s the next holder may try: %s', (_, event, may) => {
    const next = [event, toBen].reduce<Handoff>((handoff, one) => evolve(handoff, one, now), accepted());
    expect(introFor({ ...next }, lead(), withIntros(onOffer)) !== null).toBe(may);
  });
});
