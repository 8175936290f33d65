import { describe, expect, it } from 'vitest';
import type { HandoffEvent, Logged } from '../../../src/domain/handoff/handoff.ts';
import { assignmentsIn } from '../../../src/domain/measure/assignment-facts.ts';
import { granted } from '../../support/events.ts';
import { ada, assignment, at, ben, grace, logged, offered, touch } from '../../support/examples.ts';

const handoff = offered();
const of = (...log: Logged[]) => assignmentsIn(handoff, log);
const history = (...entries: [string, string | null, HandoffEvent][]) =>
  of(
    ...logged(
      ...entries.map(([clock, by, event]): [Date, string | null, HandoffEvent] => [at(clock), by, event]),
    ),
  );

/** Offered to Ada at 15:00. */
const delivered = (to: string, respondBy: string): HandoffEvent => ({
  ...{ type: 'delivered', to, respondBy: at(respondBy), granted },
});
const missed = (rep: string, due: string): HandoffEvent => ({
  ...{ type: 'breached', clock: 'acknowledge', due: at(due), rep, unanswered: true },
});
const movedToBen: HandoffEvent = {
  type: 'reassigned',
  from: ada,
  assignment: assignment({ rep: ben, at: at('15:45') }),
  respondBy: at('16:00'),
  granted,
  moved: { why: 'has not answered', manager: grace },
};
const accepted: HandoffEvent = { type: 'accepted', touchBy: at('16:52'), granted };

describe('of a lead that one rep let pass and the next one answered', () => {
  const [adas, bens, ...others] = history(
    ['15:00', null, delivered(ada, '15:15')],
    ['15:15', null, missed(ada, '15:15')],
    ['15:45', null, movedToBen],
    ['15:45', null, delivered(ben, '16:00')],
    ['15:52', ben, accepted],
    ['16:02', ben, { type: 'touched', touch: touch() }],
  );

  it('what was missed is hers alone', () => {
    expect(others).toEqual([]);
    expect(adas).toMatchObject({
      ...{ rep: ada, way: 'routing', acknowledgedAt: null, until: at('15:45'), endedAs: 'movedOn' },
      acknowledge: { due: at('15:15'), missedAt: at('15:15') },
    });
  });

  it('the time of the next one starts with their card', () => {
    expect(bens).toMatchObject({
      ...{ rep: ben, way: 'movedOn', deliveredAt: at('15:45'), acknowledgedAt: at('15:52'), endedAs: null },
      ...{ firstTouchAt: at('16:02'), touches: 1 },
      acknowledge: { due: at('16:00'), missedAt: null },
      touch: { due: at('16:52'), missedAt: null },
    });
  });
});

describe('an answer', () => {
  const answeredAt = (clock: string, ...before: [string, null, HandoffEvent][]) =>
    history(...before, [clock, ada, accepted])[0]?.acknowledge.missedAt ?? null;
  const withCard = ['15:01', null, delivered(ada, '15:15')] as [string, null, HandoffEvent];

  it('after the due time is late, also when no timer has noted it', () => {
    expect(answeredAt('15:16', withCard)).toEqual(at('15:15'));
    expect(answeredAt('15:15', withCard)).toBeNull();
  });

  it('is never late before the card has come', () => {
    expect(answeredAt('15:16')).toBeNull();
    expect(answeredAt('15:16', ['15:15', null, missed(ada, '15:15')])).toBeNull();
  });

  it('that the manager allowed more time for, after it was due, is late', () => {
    const more: HandoffEvent = { type: 'graceGiven', clock: 'acknowledge', until: at('15:40'), granted };
    expect(
      answeredAt('15:30', withCard, ['15:15', null, missed(ada, '15:15')], ['15:20', null, more]),
    ).toEqual(at('15:15'));
    expect(answeredAt('15:30', withCard, ['15:10', null, more])).toBeNull();
  });

  it('that HubSpot tells of later lies where it was', () => {
    const call: HandoffEvent = { type: 'accepted', touchBy: at('16:10'), granted, since: at('15:10') };
    const [facts] = history(withCard, ['15:15', null, missed(ada, '15:15')], ['15:30', null, call]);
    expect(facts).toMatchObject({ acknowledgedAt: at('15:10'), acknowledge: { missedAt: null } });
  });

  it('that was taken back was none', () => {
    const taken: HandoffEvent = { type: 'undone', what: 'accepted', after: 2, since: at('15:10') };
    const [facts] = history(withCard, ['15:10', ada, accepted], ['15:10', ada, taken]);
    expect(facts).toMatchObject({ acknowledgedAt: null, acceptedAt: null });
  });
});

it('who gets a lead by whose doing is told apart', () => {
  const by = (person: string, to: string, over: object = {}): HandoffEvent => ({
    ...{ type: 'reassigned', from: ada, respondBy: at('16:00'), granted, ...over },
    assignment: assignment({
      ...{ rep: to, at: at('15:10') },
      reasons: [{ kind: 'reassigned', person: to, by: person, taken: true }],
    }),
  });
  const way = (event: HandoffEvent) => history(['15:10', null, event])[1]?.way;
  expect([way(by(grace, ben)), way(by(ben, ben)), way(movedToBen)]).toEqual(['given', 'taken', 'movedOn']);
  const passed: HandoffEvent = { type: 'handedBack', reason: 'other', note: '' };
  expect(history(['15:10', ada, passed], ['15:10', ada, by(ada, ben)])[0]).toMatchObject({
    ...{ acknowledgedAt: at('15:10'), endedAs: 'handedBack' },
  });
});

describe('what ran out', () => {
  const withCard = ['15:01', null, delivered(ada, '15:15')] as [string, null, HandoffEvent];
  const facts = (...entries: [string, string | null, HandoffEvent][]) => history(withCard, ...entries)[0];

  it('is missed by whoever held it, also when it went on before a timer had noted it', () => {
    expect(facts(['15:45', null, movedToBen])).toMatchObject({ acknowledge: { missedAt: at('15:15') } });
    expect(facts(['15:10', null, movedToBen])).toMatchObject({ acknowledge: { missedAt: null } });
  });

  it('while the bot stood still is not theirs: the time that they were given then counts', () => {
    const stood: HandoffEvent = { type: 'breached', clock: 'acknowledge', due: at('15:15'), late: true };
    const resumed: HandoffEvent = {
      ...{ type: 'resumed', clock: 'acknowledge', due: at('17:15'), granted, rep: ada, manager: null },
    };
    const answeredAt = (clock: string) =>
      facts(['17:00', null, stood], ['17:00', null, resumed], [clock, ada, accepted])?.acknowledge.missedAt;
    expect([answeredAt('17:10'), answeredAt('17:20')]).toEqual([null, at('17:15')]);
  });

  it('after a meeting was booked is not missed, also when that is told later', () => {
    const booked: HandoffEvent = { type: 'meetingBooked', recordId: '7', at: at('15:10') };
    expect(facts(['15:15', null, missed(ada, '15:15')], ['15:30', null, booked])).toMatchObject({
      acknowledge: { due: null, missedAt: null },
    });
  });

  it('is no matter of an answer that was taken back after another: that one stays', () => {
    const undone: HandoffEvent = { type: 'undone', what: 'touched', after: 3, since: at('15:20') };
    expect(
      facts(
        ['15:05', ada, accepted],
        ['15:20', ada, { type: 'touched', touch: touch() }],
        ['15:20', ada, undone],
        ['15:40', ada, { type: 'touched', touch: touch() }],
      ),
    ).toMatchObject({ acceptedAt: at('15:05'), firstTouchAt: at('15:40'), touches: 1 });
  });
});
