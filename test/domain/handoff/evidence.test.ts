import { describe, expect, it } from 'vitest';
import type { Command } from '../../../src/domain/handoff/decide.ts';
import { type Known, newsIn } from '../../../src/domain/handoff/evidence.ts';
import type { HandoffEvent } from '../../../src/domain/handoff/handoff.ts';
import type { Activity, Deal, Lead } from '../../../src/domain/lead/lead.ts';
import {
  accepted,
  activity,
  ada,
  assignedAt,
  assignment,
  at,
  ben,
  closed,
  closedAt,
  deal,
  grace,
  lead,
  logged,
  offered,
  qualifiedAt,
  touch,
  working,
} from '../../support/examples.ts';

const people = new Map([
  ['owner-ada', ada],
  ['owner-ben', ben],
]);

function known(override: Partial<Known> = {}): Known {
  return {
    handoff: offered(),
    log: logged(),
    recordsOfOurs: new Map(),
    writtenSeq: 1,
    ownerOf: (person) => [...people].find(([, id]) => id === person)?.[0] ?? null,
    personOf: (owner) => people.get(owner) ?? null,
    ...override,
  };
}

/** What the lead means, the touches numbered in the order in which they were found. */
function news(override: Partial<Lead>, about: Partial<Known> = {}): Command[] {
  let count = 0;
  const newId = () => `touch-${++count}`;
  return newsIn(lead({ ownerId: 'owner-ada', ownerSince: at('15:00:05'), ...override }), known(about), newId);
}

const types = (commands: Command[]) => commands.map(({ type }) => type);
const foundIn = (...activities: Activity[]) => news({ activities });

describe('nothing new', () => {
  it('is a lead about which nothing has happened', () => {
    expect(news({})).toEqual([]);
  });
});

describe('a touch', () => {
  const outcomes: [title: string, Partial<Activity>, kind: string, outcome: string][] = [
    ['a call that nobody took', {}, 'call', 'noAnswer'],
    ['a call in which they spoke', { connected: true }, 'call', 'connected'],
    ['an email', { kind: 'email' }, 'email', 'sent'],
    ['a message', { kind: 'message' }, 'message', 'sent'],
    ['a meeting that was booked', { kind: 'meeting', direction: null }, 'meeting', 'booked'],
    ['a meeting that took place', { kind: 'meeting', connected: true }, 'meeting', 'connected'],
  ];
  for (const [title, override, kind, outcome] of outcomes) {
    it(`is ${title}: ${outcome}`, () => {
      const [first] = foundIn(activity(override));
      expect(first).toEqual({
        type: 'noteTouch',
        rep: ada,
        recordId: '7001',
        at: at('15:10'),
        touch: {
          id: 'touch-1',
          kind,
          outcome,
          note: '',
          ...(outcome === 'booked' && { startsAt: at('15:10') }),
        },
      });
    });
  }

  const others: [title: string, Partial<Activity>][] = [
    ['automated', { kind: 'email', automated: true }],
    ['inbound', { direction: 'inbound' }],
    ['a note', { kind: 'note', direction: null }],
    ['a task', { kind: 'task', direction: null }],
    ['somebody else’s', { ownerId: 'owner-ben' }],
    ['nobody’s', { ownerId: null }],
    ['the bot’s own record', { ours: true }],
    ['from more than a minute before the rep had it', { at: at('14:58:59') }],
  ];
  for (const [title, override] of others) {
    it(`is not what is ${title}`, () => {
      expect(foundIn(activity(override))).toEqual([]);
    });
  }

  it('counts from a minute before the rep got it: times are written down to the minute', () => {
    for (const when of [assignedAt, at('14:59:59'), at('14:59')])
      expect(foundIn(activity({ at: when }))).toMatchObject([{ type: 'noteTouch', at: when }]);
  });

  it('of a meeting counts when it was booked, not when it takes place', () => {
    const nextWeek = new Date('2026-03-10T15:00:00Z');
    const meeting = activity({ kind: 'meeting', at: nextWeek, createdAt: at('15:12') });
    expect(foundIn(meeting)[0]).toMatchObject({ type: 'noteTouch', at: at('15:12') });
    const booked = activity({ kind: 'meeting', at: at('15:12'), createdAt: at('14:00') });
    expect(foundIn(booked)).toEqual([]);
  });

  it('comes in the order in which they were made', () => {
    const calls = ['15:30', '15:10', '15:20'].map((clock, index) =>
      activity({ id: `${index}`, at: at(clock), createdAt: at('15:40') }),
    );
    const found = news({ activities: calls });
    expect(found.map((command) => 'recordId' in command && command.recordId)).toEqual(['1', '2', '0']);
  });

  it('is none that was to be a meeting and fell through before anybody heard of it', () => {
    const calledOff = { kind: 'meeting', direction: null, calledOff: true } as const;
    expect(foundIn(activity(calledOff))).toEqual([]);
  });

  it('that was counted before is none', () => {
    const found: HandoffEvent = {
      type: 'touched',
      touch: touch(),
      found: { recordId: '7001', rep: ada, at: at('15:10') },
    };
    const activities = [activity(), activity({ id: '7002' })];
    const log = logged([at('15:11'), null, found]);
    expect(news({ activities }, { handoff: working(), log })).toMatchObject([{ recordId: '7002' }]);
    const recordsOfOurs = new Map([
      ['a', '7001'],
      ['b', '7002'],
    ]);
    expect(news({ activities }, { recordsOfOurs })).toEqual([]);
  });

  it('of a rep who owns nothing in HubSpot cannot be told from those of nobody', () => {
    const stranger = { ownerOf: () => null };
    expect(news({ ownerId: null, activities: [activity({ ownerId: null })] }, stranger)).toEqual([]);
  });

  it('of the rep who has it now counts since they have it', () => {
    const handoff = offered({ assignment: assignment({ rep: ben, at: at('15:20') }) });
    const activities = [
      activity({ id: 'before', ownerId: 'owner-ben' }),
      activity({ id: 'after', ownerId: 'owner-ben', at: at('15:25') }),
      activity({ id: 'adas', at: at('15:25') }),
    ];
    const found = news({ ownerId: 'owner-ben', activities }, { handoff });
    expect(found).toMatchObject([{ type: 'noteTouch', rep: ben, recordId: 'after' }]);
  });
});

describe('a meeting', () => {
  const meeting = (override: Partial<Activity> = {}) =>
    activity({
      kind: 'meeting',
      direction: 'inbound',
      ownerId: 'owner-ada',
      createdAt: at('15:12'),
      at: at('20:00'),
      ...override,
    });

  it('that the lead booked with the holder is known once, from when it was booked', () => {
    expect(foundIn(meeting())).toEqual([
      { type: 'noteMeeting', recordId: '7001', at: at('15:12'), startsAt: at('20:00') },
    ]);
    const handoff = accepted({ meetingAt: at('15:10') });
    expect(news({ activities: [meeting()] }, { handoff })).toEqual([]);
  });

  const others: [title: string, Partial<Activity>][] = [
    ['a colleague’s', { ownerId: 'owner-ben' }],
    ['nobody’s', { ownerId: null }],
    ['of three months ago, which a calendar brought today', { at: new Date('2025-12-02T15:00:00Z') }],
    ['that was over before the lead qualified', { at: at('14:59:29') }],
    ['that was booked before the lead qualified', { createdAt: at('14:59:29') }],
  ];
  for (const [title, override] of others) {
    it(`is not one ${title}`, () => {
      expect(foundIn(meeting(override))).toEqual([]);
      // Entered by a person as well, it is no touch of today.
      expect(types(foundIn(meeting({ ...override, direction: null })))).not.toContain('noteMeeting');
    });
  }

  it('of long ago that a calendar brought today is no touch either', () => {
    const longAgo = { direction: null, at: new Date('2025-12-02T15:00:00Z'), createdAt: at('15:12') };
    expect(foundIn(meeting(longAgo))).toEqual([]);
  });

  it('that was held and entered afterwards is a touch of when it was held', () => {
    const held = { direction: null, connected: true, at: at('15:20'), createdAt: at('16:00') } as const;
    expect(foundIn(meeting(held))).toMatchObject([
      { type: 'noteTouch', at: at('15:20'), touch: { outcome: 'connected' } },
      { type: 'noteMeeting' },
    ]);
  });

  describe('that fell through', () => {
    const booked: HandoffEvent = { type: 'meetingBooked', recordId: '7001', at: at('15:12') };
    const met = { handoff: accepted({ meetingAt: at('15:12') }), log: logged([at('15:13'), null, booked]) };
    const calledOff = meeting({ calledOff: true });

    it('is none any more', () => {
      expect(news({ activities: [calledOff] }, met)).toEqual([{ type: 'loseMeeting', recordId: '7001' }]);
    });

    describe('and was told on the card', () => {
      const told = touch({ id: 'touch-0', kind: 'meeting', outcome: 'booked' });
      const booked = {
        handoff: working({ meetingAt: at('15:12') }),
        log: logged([at('15:12'), ada, { type: 'touched', touch: told }]),
        recordsOfOurs: new Map([['touch-0', '9001']]),
      };
      const ours = meeting({ id: '9001', direction: null, ours: true });

      it('is none any more when the record of it is called off', () => {
        expect(news({ activities: [ours] }, booked)).toEqual([]);
        expect(news({ activities: [{ ...ours, calledOff: true }] }, booked)).toEqual([
          { type: 'loseMeeting', recordId: '9001' },
        ]);
      });

      it('is none any more when that in the calendar of the rep is called off', () => {
        const inCalendar = meeting({ id: '7002', direction: null });
        expect(types(news({ activities: [ours, inCalendar] }, booked))).toEqual(['noteTouch']);
        expect(news({ activities: [ours, { ...inCalendar, calledOff: true }] }, booked)).toEqual([
          { type: 'loseMeeting', recordId: '7002' },
        ]);
      });

      it('stays while HubSpot shows nothing of it', () => {
        expect(news({ activities: [], hasAllMeetings: true }, booked)).toEqual([]);
      });
    });

    it('is none any more when its record is gone', () => {
      expect(news({ activities: [], hasAllMeetings: true }, met)).toEqual([
        { type: 'loseMeeting', recordId: '7001' },
      ]);
      expect(news({ activities: [meeting()], hasAllMeetings: true }, met)).toEqual([]);
    });

    it('is not thought gone because newer ones were read alone', () => {
      expect(news({ activities: [] }, met)).toEqual([]);
    });

    it('and replaced by another leaves one', () => {
      expect(news({ activities: [calledOff, meeting({ id: '7002' })] }, met)).toEqual([]);
    });

    it('and was somebody else’s all the time changes nothing', () => {
      expect(news({ activities: [meeting(), meeting({ id: '7002', calledOff: true })] }, met)).toEqual([]);
    });

    it('is lost as well when the rep had booked it', () => {
      const found = { recordId: '7001', rep: ada, at: at('15:12') };
      const log = logged([
        at('15:13'),
        null,
        { type: 'touched', touch: touch({ outcome: 'booked' }), found },
      ]);
      const handoff = working({ meetingAt: at('15:12') });
      const activities = [{ ...calledOff, direction: null }];
      expect(news({ activities }, { handoff, log })).toEqual([{ type: 'loseMeeting', recordId: '7001' }]);
    });
  });

  it('is the first of those booked since the lead qualified', () => {
    const found = foundIn(
      meeting({ id: 'later', createdAt: at('15:30') }),
      meeting({ id: 'first', createdAt: qualifiedAt }),
      meeting({ id: 'old', createdAt: at('14:59:29') }),
    );
    expect(found).toMatchObject([{ type: 'noteMeeting', recordId: 'first' }]);
  });

  it('that was called off is none', () => {
    expect(foundIn(meeting({ calledOff: true }))).toEqual([]);
  });

  it('of the rep’s own is a touch and a meeting', () => {
    expect(types(foundIn(meeting({ direction: null })))).toEqual(['noteTouch', 'noteMeeting']);
  });
});

describe('a deal that the bot made', () => {
  const { id } = offered();
  const ours = (opportunitySince: Date | null, override: Partial<Deal> = {}) =>
    deal({ ours: { handoffId: id, opportunitySince }, ...override });

  it('is none as long as it is where it was made', () => {
    expect(news({ deals: [ours(null)] })).toEqual([]);
  });

  it('counts from when somebody moved it on', () => {
    expect(news({ deals: [ours(at('15:35'))] })).toEqual([
      { type: 'noteDeal', recordId: '8001', at: at('15:35') },
    ]);
  });

  it('counts when it is won', () => {
    expect(types(news({ deals: [ours(null, { wonAt: closedAt })] }))).toEqual(['noteDeal', 'noteWon']);
  });

  it('for another handoff of the lead is that one’s', () => {
    const other = deal({ ours: { handoffId: 'another', opportunitySince: at('15:35') }, wonAt: closedAt });
    expect(news({ deals: [other] })).toEqual([]);
  });

  it('gives way to one of somebody else’s', () => {
    const theirs = deal({ id: 'theirs', createdAt: at('15:40') });
    expect(news({ deals: [theirs, ours(null)] })).toMatchObject([{ recordId: 'theirs' }]);
  });
});

describe('a deal', () => {
  it('is the first of those created since the lead qualified', () => {
    const deals = [
      deal({ id: 'later', createdAt: at('15:40') }),
      deal({ id: 'first', createdAt: qualifiedAt }),
      deal({ id: 'old', createdAt: at('14:00'), wonAt: at('15:00') }),
    ];
    expect(news({ deals })).toEqual([{ type: 'noteDeal', recordId: 'first', at: qualifiedAt }]);
  });

  it('that is won already is both', () => {
    expect(news({ deals: [deal({ wonAt: closedAt })] })).toEqual([
      { type: 'noteDeal', recordId: '8001', at: at('15:30') },
      { type: 'noteWon', recordId: '8001', at: closedAt },
    ]);
  });

  it('comes after the touches and the meeting that led to it', () => {
    const activities = [activity(), activity({ id: '7002', kind: 'meeting', direction: 'inbound' })];
    const found = news({ activities, deals: [deal()] });
    expect(types(found)).toEqual(['noteTouch', 'noteMeeting', 'noteDeal']);
  });
});

describe('once it is closed', () => {
  const converted = closed({ outcome: 'converted', reason: null, opportunityAt: at('15:30') });
  const deals = [deal(), deal({ id: '8002', wonAt: at('21:00') })];

  it('by a deal, only that one is won counts, whichever it is', () => {
    const found = news({ activities: [activity()], ownerId: 'owner-ben', deals }, { handoff: converted });
    expect(found).toEqual([{ type: 'noteWon', recordId: '8002', at: at('21:00') }]);
  });

  it('by a deal that is won, nothing counts', () => {
    expect(news({ deals }, { handoff: { ...converted, wonAt: closedAt } })).toEqual([]);
    expect(news({ deals: [deal()] }, { handoff: converted })).toEqual([]);
  });

  it('in any other way, nothing counts', () => {
    expect(news({ activities: [activity()], deals }, { handoff: closed() })).toEqual([]);
  });
});

describe('another owner', () => {
  const toBen = { ownerId: 'owner-ben', ownerSince: at('15:10') };

  it('who takes leads gets it', () => {
    expect(news(toBen)).toEqual([{ type: 'followOwner', from: ada, to: ben, at: at('15:10') }]);
  });

  it('has had it since they own it: what they did from then on is theirs', () => {
    const handoff = offered({ assignment: assignment({ rep: ben, at: at('15:10') }) });
    const activities = [activity({ ownerId: 'owner-ben', at: at('15:11') })];
    expect(news({ ...toBen, activities }, { handoff })).toMatchObject([{ type: 'noteTouch', rep: ben }]);
  });

  it('precedes everything else, which is looked at again when it is theirs', () => {
    expect(types(news({ ...toBen, activities: [activity()], deals: [deal()] }))).toEqual(['followOwner']);
  });

  it('who takes none leaves it without one, as nobody does, and with its rep, whose touches count', () => {
    expect(news({ ...toBen, ownerId: '99' })).toEqual([{ type: 'loseOwner', from: ada, ownerId: '99' }]);
    expect(types(news({ ...toBen, ownerId: '99', activities: [activity()] }))).toEqual([
      'loseOwner',
      'noteTouch',
    ]);
    expect(news({ ...toBen, ownerId: null })).toEqual([{ type: 'loseOwner', from: ada, ownerId: null }]);
  });

  it('is followed also before the bot has written its own choice', () => {
    expect(types(news(toBen, { writtenSeq: 0 }))).toEqual(['followOwner']);
  });

  it('is followed also when the bot has written its own choice over it meanwhile', () => {
    const overwritten = {
      ownerId: 'owner-ada',
      ownerSince: at('15:10:01'),
      ownerBefore: { ownerId: 'owner-ben', since: at('15:10') },
    };
    expect(news(overwritten)).toEqual([{ type: 'followOwner', from: ada, to: ben, at: at('15:10') }]);
    const byNobody = { ...overwritten, ownerBefore: { ownerId: '99', since: at('15:10') } };
    expect(news(byNobody)).toEqual([{ type: 'loseOwner', from: ada, ownerId: '99' }]);
    const earlier = { ...overwritten, ownerBefore: { ownerId: 'owner-ben', since: at('14:00') } };
    expect(news(earlier)).toEqual([]);
  });

  it('is followed when it was set after the lead was read, and before it was given to the rep', () => {
    const justBefore = {
      ownerId: 'owner-ada',
      ownerSince: at('15:00:05'),
      ownerBefore: { ownerId: 'owner-ben', since: at('14:59:59') },
    };
    const readWith = (ownerId: string | null, since: Date | null = null) =>
      logged().map((entry) =>
        entry.event.type === 'offered'
          ? { ...entry, event: { ...entry.event, ownerSeen: { ownerId, since } } }
          : entry,
      );
    expect(types(news(justBefore, { log: readWith(null) }))).toEqual(['followOwner']);
    expect(news(justBefore, { log: readWith('owner-ben') })).toEqual([]);
    expect(news(justBefore, { log: readWith('owner-cy', at('14:59:59.5')) })).toEqual([]);
  });

  it('is none when it is an earlier choice of the bot’s, written late', () => {
    const again: HandoffEvent = {
      type: 'reassigned',
      from: ben,
      assignment: assignment({ at: at('15:05') }),
      respondBy: at('15:20'),
      granted: null,
    };
    const reassigned = logged([at('15:05'), null, again]);
    expect(news(toBen, { log: reassigned })).toEqual([]);
    expect(types(news(toBen, { log: reassigned, writtenSeq: 2 }))).toEqual(['followOwner']);
  });

  it('is none from before the rep got it, or since nobody knows when', () => {
    for (const ownerSince of [assignedAt, at('14:00'), null]) {
      expect(news({ ownerId: 'owner-ben', ownerSince })).toEqual([]);
    }
  });

  it('is none when it is the rep’s own, however often it was set', () => {
    expect(news({ ownerSince: at('15:30') })).toEqual([]);
  });

  it('is none when neither the rep nor the lead has one', () => {
    expect(news({ ownerId: null, ownerSince: at('15:10') }, { ownerOf: () => null })).toEqual([]);
  });

  describe('who takes none, once the manager was told', () => {
    const lost: HandoffEvent = { type: 'ownerLost', ownerId: '99', manager: grace };
    const told = { log: logged([at('15:11'), null, lost]) };
    const away = { ownerId: '99', ownerSince: at('15:10') };

    it('is told no more, and what the rep does counts', () => {
      expect(types(news({ ...away, activities: [activity({ at: at('15:12') })] }, told))).toEqual([
        'noteTouch',
      ]);
    });

    it('is told again when it is yet another one', () => {
      expect(types(news({ ownerId: '98', ownerSince: at('15:20') }, told))).toEqual(['loseOwner']);
    });
  });
});
