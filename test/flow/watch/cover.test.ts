import { describe, expect, it } from 'vitest';
import type { PersonId, WorkingHours } from '../../../src/domain/policy/policy.ts';
import type { Absence } from '../../../src/domain/routing/availability.ts';
import { cover } from '../../../src/flow/watch/cover.ts';
import {
  ada,
  assignment,
  at,
  ben,
  chloe,
  grace,
  lead,
  member,
  newYorkOffice,
  policy,
  routing,
  rule,
  target,
  targets,
  touch,
  weekdays,
} from '../../support/examples.ts';
import { type Office, office } from '../../support/office.ts';

const day = (date: string, clock: string) => new Date(`2026-03-${date}T${clock}:00Z`);

function away(from: Date, until: Date | null): Absence {
  return { from, until, why: 'Vacation' };
}

/** The chat tells that somebody is away, and their leads are seen to. */
async function goes(there: Office, absence: Absence, person: PersonId = ada): Promise<void> {
  await there.needs.directory.saveAbsences(person, 'chat', [absence], there.needs.clock());
  await there.needs.heed(person);
}

async function opened(): Promise<Office> {
  const there = await office();
  await there.openHandoff();
  return there;
}

async function accepted(): Promise<Office> {
  const there = await opened();
  there.moveTo(at('15:05'));
  await there.carryOut({ type: 'accept', by: ada });
  return there;
}

const holderOf = (there: Office) => there.handoff().handoff.assignment.rep;
const lastOf = (there: Office) => there.handoff().log.at(-1)?.event;

describe('what somebody has not answered who is away', () => {
  it('goes to somebody else when they are away past its target, with the reason, and the manager is to know', async () => {
    const there = await opened();
    await goes(there, away(at('15:00'), at('20:00')));
    expect(there.handoff().handoff).toMatchObject({
      assignment: { rep: ben, at: at('15:00:02') },
      respondBy: at('15:15:02'),
      escalatedTo: grace,
    });
    expect(lastOf(there)).toMatchObject({
      type: 'reassigned',
      from: ada,
      moved: { why: 'Vacation', manager: grace },
    });
    expect(there.observed.at(-1)).toMatchObject({ what: 'changed', events: ['reassigned'] });
  });

  it('goes to somebody else when nobody knows for how long', async () => {
    const there = await opened();
    await goes(there, away(at('15:00'), null));
    expect(holderOf(there)).toBe(ben);
  });

  it('waits for them when they are back before its target, which is as much later', async () => {
    const there = await opened();
    await goes(there, away(at('15:02'), at('15:10')));
    there.moveTo(at('15:03'));
    await cover(there.needs)(ada);
    expect(there.handoff().handoff).toMatchObject({ assignment: { rep: ada }, respondBy: at('15:23') });
  });

  it('goes to somebody else once the absence begins, though it was known before and moved the due time', async () => {
    const there = await opened();
    await goes(there, away(at('15:10'), day('04', '05:00')));
    expect(there.handoff().handoff).toMatchObject({
      assignment: { rep: ada },
      respondBy: day('04', '14:05'),
    });
    there.moveTo(at('15:10'));
    await cover(there.needs)(ada);
    expect(there.handoff().handoff).toMatchObject({ assignment: { rep: ben }, respondBy: at('15:25') });
  });

  it('is given to somebody else though it was given overnight to an owner whose vacation was known', async () => {
    const there = await office({ now: day('04', '01:00') });
    await there.needs.directory.saveAbsences(
      ada,
      'hubspot',
      [away(day('04', '05:00'), day('07', '05:00'))],
      at('09:00'),
    );
    await there.needs.heed(ada);
    await there.openHandoff(lead(), { assignment: assignment({ at: day('04', '01:00') }) });
    expect(there.handoff().handoff.respondBy).toEqual(day('09', '13:15'));
    there.moveTo(day('04', '14:01'));
    await cover(there.needs)(ada);
    expect(holderOf(there)).toBe(ben);
  });

  it('stays with them, due later, when there is nobody else, and the manager is told', async () => {
    const rules = policy({ routing: routing([rule({ kind: 'rep', person: ada })], ada) });
    const there = await office({ rules });
    await there.openHandoff();
    await goes(there, away(at('15:00:02'), at('18:00')));
    expect(holderOf(there)).toBe(ada);
    expect(lastOf(there)).toMatchObject({ type: 'rescheduled', manager: grace });
    expect(there.handoff().handoff.respondBy.getTime()).toBeGreaterThan(at('18:14').getTime());
  });

  it('stays as it is when there is nobody else and nobody knows for how long: the ladder goes on', async () => {
    const rules = policy({ routing: routing([rule({ kind: 'rep', person: ada })], ada) });
    const there = await office({ rules });
    await there.openHandoff();
    await goes(there, away(at('15:00'), null));
    await there.sweepAt(at('15:15'));
    expect(there.handoff().log.map(({ event }) => event.type)).toEqual(['offered', 'breached', 'escalated']);
  });

  it('goes one way when two processes see to it at the same time', async () => {
    const there = await opened();
    await there.needs.directory.saveAbsences(ada, 'chat', [away(at('15:00'), null)], at('15:00'));
    await Promise.all([cover(there.needs)(ada), cover(there.needs)(ada)]);
    expect(there.handoff().log.map(({ event }) => event.type)).toEqual(['offered', 'reassigned']);
  });
});

describe('what somebody has accepted who is away', () => {
  it('stays theirs and is due as much later; the manager is told, and the ladder goes by the new time', async () => {
    const there = await accepted();
    await goes(there, away(at('15:05'), at('18:05')));
    expect(there.handoff().handoff).toMatchObject({
      assignment: { rep: ada },
      touchBy: at('19:05'),
      escalatedTo: grace,
    });
    expect(lastOf(there)).toEqual({
      type: 'rescheduled',
      clock: 'touch',
      due: at('19:05'),
      why: 'Vacation',
      manager: grace,
    });
    const pending = there.handoff().timers.filter(({ state }) => state === 'pending');
    expect(pending.map(({ dueAt }) => dueAt)).toEqual([at('19:05'), at('18:50'), at('19:05')]);
  });

  it('stays as it is when its time is counted round the clock', async () => {
    const there = await office();
    await there.openHandoff(lead(), { targets: targets({ touch: target(60, 'wallClock') }) });
    await there.carryOut({ type: 'accept', by: ada });
    await goes(there, away(at('15:00'), at('20:00')));
    expect(there.handoff().handoff).toMatchObject({ touchBy: at('16:00:02'), version: 2 });
  });

  it('stays as it is when a manager set the time', async () => {
    const there = await accepted();
    await there.carryOut({ type: 'giveGrace', by: grace, grace: 'untilMorning' });
    const { version } = there.handoff().handoff;
    await goes(there, away(at('15:05'), at('18:05')));
    expect(there.handoff().handoff.version).toBe(version);
  });

  it('and has contacted, is seen to no further', async () => {
    const there = await accepted();
    await there.carryOut({ type: 'logTouch', by: ada, touch: touch() });
    const { version } = there.handoff().handoff;
    await goes(there, away(at('15:05'), null));
    expect(there.handoff().handoff).toMatchObject({ version, assignment: { rep: ada } });
  });
});

describe('other working hours', () => {
  const members = (hours: WorkingHours) => [member({ hours }), member({ id: ben }), member({ id: chloe })];
  const working = (hours: WorkingHours) => {
    const [americas, ...others] = policy().teams;
    return policy({
      teams: [{ ...(americas as NonNullable<typeof americas>), members: members(hours) }, ...others],
    });
  };

  it('move what is due, and nobody’s lead', async () => {
    const there = await accepted();
    there.adopt(working(weekdays('America/New_York', '09:00-10:30', '13:00-17:30')));
    await cover(there.needs)(ada);
    expect(there.handoff().handoff).toMatchObject({ assignment: { rep: ada }, touchBy: at('18:35') });
    expect(lastOf(there)).toMatchObject({ why: { kind: 'otherHours' }, manager: grace });
  });

  it('that bring a due time forward need no manager', async () => {
    const there = await accepted();
    await goes(there, away(at('15:05'), at('18:05')));
    await there.needs.directory.saveAbsences(ada, 'chat', [], at('15:05'));
    await there.needs.heed(ada);
    expect(lastOf(there)).toMatchObject({ type: 'rescheduled', due: at('16:05'), manager: null });
  });

  it('that are the same change nothing', async () => {
    const there = await accepted();
    there.adopt(working({ ...newYorkOffice }));
    await cover(there.needs)(ada);
    expect(there.handoff().handoff.version).toBe(2);
  });
});

it('of several leads each is seen to, the one that is due first before the others', async () => {
  const there = await office();
  await there.openHandoff(lead({ id: '1' }), { id: 'first', targets: targets({ acknowledge: target(240) }) });
  await there.openHandoff(lead({ id: '2' }), { id: 'second' });
  await goes(there, away(at('15:00'), null));
  const changed = there.observed.flatMap((one) => (one.what === 'changed' ? [one.handoffId] : []));
  expect(changed).toEqual(['second', 'first']);
});

it('of several leads the manager hears in one message, and of what stays as it was nothing', async () => {
  const there = await office();
  await there.openHandoff(lead({ id: '1' }), { id: 'moved' });
  await there.openHandoff(lead({ id: '2' }), { id: 'later' });
  await there.openHandoff(lead({ id: '3' }), { id: 'contacted' });
  await there.carryOut({ type: 'accept', by: ada }, 'later');
  await there.carryOut({ type: 'logTouch', by: ada, touch: touch() }, 'contacted');
  await goes(there, away(at('15:00'), at('20:00')));
  const news = there.kept.news.map((one) => [one.person, one.news]);
  expect(news).toHaveLength(2);
  for (const handoffId of ['moved', 'later']) {
    expect(news).toContainEqual([grace, { kind: 'covered', handoffId, rep: ada, why: 'Vacation' }]);
    expect(there.handoff(handoffId).handoff.escalatedTo).toBeNull();
  }
});

it('of somebody who has no leads nothing but that is read', async () => {
  const there = await opened();
  there.needs.directory.people = async () => {
    throw new Error('expected nobody to read who is there');
  };
  await cover(there.needs)(ben);
  expect(holderOf(there)).toBe(ada);
});
