import { expect, it } from 'vitest';
import type { DueTimer } from '../../src/flow/ports.ts';
import { onTimer, sweep } from '../../src/flow/watch-sla.ts';
import { ada, at, grace, offered } from '../support/examples.ts';
import { type Office, office } from '../support/office.ts';

const { id } = offered();

async function opened(): Promise<Office> {
  const there = await office();
  await there.openHandoff();
  return there;
}

/** Sweeps at an instant, and runs the jobs of the timers that were due. */
async function sweepAt(there: Office, instant: Date): Promise<void> {
  there.moveTo(instant);
  await sweep(there.needs)();
  const nothing = async () => {};
  await there.kept.jobs.drain({
    timer: (timer) => onTimer(there.needs)(timer),
    intake: nothing,
    deliver: nothing,
    'write-back': nothing,
  });
}

const eventsOf = (there: Office) => there.handoff().log.map(({ event }) => event.type);

it('the clock reminds, marks the breach and tells the manager, each at its time and once', async () => {
  const there = await opened();
  await sweepAt(there, at('15:09:59'));
  expect(eventsOf(there)).toEqual(['offered']);
  await sweepAt(there, at('15:10'));
  await sweepAt(there, at('15:12'));
  expect(eventsOf(there)).toEqual(['offered', 'reminded']);
  await sweepAt(there, at('15:15'));
  await sweepAt(there, at('15:16'));
  expect(eventsOf(there)).toEqual(['offered', 'reminded', 'breached', 'escalated']);
  expect(there.handoff().handoff).toMatchObject({ ackBreachedAt: at('15:15'), escalatedTo: grace });
});

it('after a downtime the breach is marked and the manager told, and nobody is reminded too late', async () => {
  const there = await opened();
  await sweepAt(there, at('17:00'));
  expect(eventsOf(there)).toEqual(['offered', 'breached', 'escalated']);
});

it('an answer in time silences the acknowledge clock and starts the touch clock', async () => {
  const there = await opened();
  there.moveTo(at('15:05'));
  await there.carryOut({ type: 'accept', by: ada });
  await sweepAt(there, at('15:40'));
  expect(eventsOf(there)).toEqual(['offered', 'accepted']);
  await sweepAt(there, at('16:05'));
  expect(eventsOf(there)).toEqual(['offered', 'accepted', 'breached', 'escalated']);
  expect(there.handoff().handoff).toMatchObject({ ackBreachedAt: null, touchBreachedAt: at('16:05') });
});

it('grace that runs out is a breach of its own, and the manager hears of it', async () => {
  const there = await opened();
  await sweepAt(there, at('15:15'));
  await there.carryOut({ type: 'giveGrace', by: grace, minutes: 15 });
  await sweepAt(there, at('15:25'));
  await sweepAt(there, at('15:30'));
  expect(eventsOf(there).slice(3)).toEqual(['graceGiven', 'reminded', 'breached', 'escalated']);
});

for (const action of ['remind', 'breach', 'tellManager'] as const) {
  it(`a timer whose job runs twice has one effect: ${action}`, async () => {
    const there = await opened();
    there.moveTo(at('15:14'));
    const timer: DueTimer = { id: 'timer-1', handoffId: id, clock: 'acknowledge', action, run: 1 };
    await onTimer(there.needs)(timer);
    await onTimer(there.needs)(timer);
    expect(eventsOf(there)).toHaveLength(2);
  });
}

it('a timer of a handoff that is gone, or that has moved on, does nothing and says nothing', async () => {
  const there = await opened();
  await there.carryOut({ type: 'accept', by: ada });
  const before = there.observed.length;
  for (const handoffId of [id, '00000000-0000-4000-8000-000000000000']) {
    await onTimer(there.needs)({ id: 'timer-1', handoffId, clock: 'acknowledge', action: 'breach', run: 1 });
  }
  expect(eventsOf(there)).toEqual(['offered', 'accepted']);
  expect(there.observed).toHaveLength(before);
});

it('every sweep tells how many timers it fired and how many leads it woke, none among them', async () => {
  const there = await opened();
  const hold = { leadId: '777', since: at('15:00'), because: 'nobody is at work', until: at('15:10') };
  await there.needs.holds.save(hold);
  await sweepAt(there, at('15:01'));
  await sweepAt(there, at('15:15'));
  expect(there.observed.filter(({ what }) => what === 'swept')).toEqual([
    { what: 'swept', fired: 0, woken: 0 },
    { what: 'swept', fired: 3, woken: 1 },
  ]);
});
