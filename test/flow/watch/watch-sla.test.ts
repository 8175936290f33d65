import { describe, expect, it } from 'vitest';
import type { Command } from '../../../src/domain/handoff/decide.ts';
import type { LadderAction, Policy } from '../../../src/domain/policy/policy.ts';
import type { DueTimer } from '../../../src/flow/ports/time.ts';
import { actOnFired, onTimer, sweep } from '../../../src/flow/watch/watch-sla.ts';
import {
  ada,
  at,
  ben,
  chloe,
  grace,
  henrik,
  lead,
  minutesAfter,
  offered,
  policy,
  respondBy,
  routing,
  rule,
  rung,
} from '../../support/examples.ts';
import { survivesEveryInterruption } from '../../support/interrupt.ts';
import { type Office, office } from '../../support/office.ts';
import { letWait } from '../contracts/settling.ts';

const { id } = offered();
const tellManager = rung(0, { do: 'tellManager' });

async function opened(rules?: Policy): Promise<Office> {
  const there = await office(rules && { rules });
  await there.openHandoff();
  return there;
}

/** An office that climbs just these rungs when nobody answers, each at its minute after the target. */
function climbing(...actions: [minutes: number, LadderAction][]): Promise<Office> {
  const acknowledge = actions.map(([minutes, action]) => rung(minutes, action));
  return opened(policy({ ladders: { acknowledge, touch: [tellManager] } }));
}

const eventsOf = (there: Office) => there.handoff().log.map(({ event }) => event.type);
const lastOf = (there: Office) => there.handoff().log.at(-1)?.event;
const newsOf = ({ kept }: Office) => kept.news.map(({ person, news }) => [person, news]);

/** The timers of the handoff that have not fired, as a job would be given them. */
function pendingOf(there: Office): DueTimer[] {
  return there
    .handoff()
    .timers.flatMap(({ state, action, ...timer }) =>
      state === 'pending' && action !== 'introduce'
        ? [{ ...timer, action, handoffId: there.handoff().handoff.id }]
        : [],
    );
}

function timer(override: Partial<DueTimer> = {}): DueTimer {
  const breach = { clock: 'acknowledge', action: 'breach', step: 0, run: 1, dueAt: respondBy } as const;
  return { id: 'timer-1', handoffId: id, ...breach, ...override };
}

describe('the clock', () => {
  it('reminds, marks the breach and tells the manager, each at its time and once', async () => {
    const there = await opened();
    await there.sweepAt(at('15:09:59'));
    expect(eventsOf(there)).toEqual(['offered']);
    await there.sweepAt(at('15:10'));
    await there.sweepAt(at('15:12'));
    expect(eventsOf(there)).toEqual(['offered', 'reminded']);
    await there.sweepAt(at('15:15'));
    await there.sweepAt(at('15:16'));
    expect(eventsOf(there)).toEqual(['offered', 'reminded', 'breached', 'escalated']);
    expect(there.handoff().handoff).toMatchObject({ ackBreachedAt: at('15:15'), escalatedTo: grace });
  });

  it('of the acknowledgement is silenced by an answer in time, which starts that of the touch', async () => {
    const there = await opened();
    there.moveTo(at('15:05'));
    await there.carryOut({ type: 'accept', by: ada });
    await there.sweepAt(at('15:40'));
    expect(eventsOf(there)).toEqual(['offered', 'accepted']);
    await there.sweepAt(at('16:05'));
    expect(eventsOf(there)).toEqual(['offered', 'accepted', 'breached', 'escalated']);
    expect(there.handoff().handoff).toMatchObject({ ackBreachedAt: null, touchBreachedAt: at('16:05') });
  });

  it('that runs out after grace is a breach of its own, and the manager hears of it', async () => {
    const there = await opened();
    await there.sweepAt(at('15:15'));
    await there.carryOut({ type: 'giveGrace', by: grace, grace: 15 });
    await there.sweepAt(at('15:25'));
    await there.sweepAt(at('15:30'));
    expect(eventsOf(there).slice(3)).toEqual(['graceGiven', 'reminded', 'breached', 'escalated']);
  });

  it('wakes a rep when their snooze is over, and nobody within it', async () => {
    const there = await office();
    await there.openHandoff(lead(), { targets: { ...offered().targets, acknowledge: minutes(60) } });
    there.moveTo(at('15:20'));
    await there.carryOut({ type: 'snooze', by: ada, choice: '30min' });
    await there.sweepAt(at('15:49'));
    expect(eventsOf(there)).toEqual(['offered', 'snoozed']);
    await there.sweepAt(at('15:50'));
    await there.sweepAt(at('15:51'));
    expect(eventsOf(there)).toEqual(['offered', 'snoozed', 'snoozeEnded']);
    expect(there.handoff().handoff.snoozedUntil).toBeNull();
  });
});

const minutes = (count: number) => ({ minutes: count, countedIn: 'workingTime' }) as const;

describe('a rung of the ladder', () => {
  const passedOn = { moved: { why: 'has not answered', manager: grace } };
  const table: [title: string, LadderAction, event: object][] = [
    ['reminds below the card', { do: 'remind' }, { type: 'reminded', rep: ada, due: respondBy }],
    ['writes a message', { do: 'message' }, { type: 'reminded', rep: ada, loud: true }],
    [
      'offers the lead to those of the team who are at work',
      { do: 'offerToTeam' },
      { type: 'offeredToTeam', team: 'Americas', openTo: [ben, chloe] },
    ],
    ['tells the manager', { do: 'tellManager' }, { type: 'escalated', manager: grace }],
    [
      'tells a channel',
      { do: 'tellChannel', platform: 'slack', channel: 'C042' },
      { type: 'channelTold', platform: 'slack', channel: 'C042' },
    ],
    [
      'gives the lead to whom routing finds',
      { do: 'reassign', to: null },
      { type: 'reassigned', from: ada, assignment: { rep: ben, team: 'Americas' }, ...passedOn },
    ],
    [
      'gives the lead to somebody by name',
      { do: 'reassign', to: { kind: 'rep', person: chloe } },
      { type: 'reassigned', from: ada, assignment: { rep: chloe }, ...passedOn },
    ],
    [
      'gives the lead to a pool',
      { do: 'reassign', to: { kind: 'pool', team: 'International' } },
      { type: 'reassigned', assignment: { rep: henrik, team: 'International' } },
    ],
    [
      'says that there is nobody to pass it on to',
      { do: 'reassign', to: { kind: 'rep', person: ada } },
      { type: 'nobodyFree', wanted: 'reassign' },
    ],
  ];
  for (const [title, action, event] of table) {
    const prepare = async () => {
      const there = await climbing([1, action]);
      await there.sweepAt(at('15:15'));
      return there;
    };

    it(title, async () => {
      const there = await prepare();
      await there.sweepAt(at('15:16'));
      expect(eventsOf(there)).toHaveLength(3);
      expect(lastOf(there)).toMatchObject(event);
      expect(there.observed.at(-1)).toMatchObject({ what: 'changed', handoffId: id });
    });

    it(`${title} once, however often its job runs`, async () => {
      const there = await prepare();
      const [due] = pendingOf(there);
      there.moveTo(at('15:16'));
      for (let run = 1; run <= 3; run += 1) await onTimer(there.needs)(timer(due));
      expect(eventsOf(there)).toHaveLength(3);
    });
  }

  it('that gives the lead to somebody takes their turn', async () => {
    const there = await climbing([1, { do: 'reassign', to: null }]);
    await there.sweepAt(at('15:16'));
    expect(there.kept.credits.get('Americas')?.get(ben)).toBeLessThan(0);
  });

  it('that gives the lead away starts the ladder anew, for everybody who has not had it', async () => {
    const there = await climbing([1, { do: 'reassign', to: { kind: 'rotation', team: 'Americas' } }]);
    const holders = [];
    for (const clock of ['15:16', '15:33', '15:50']) {
      await there.sweepAt(at(clock));
      holders.push(there.handoff().handoff.assignment.rep);
    }
    expect(holders).toEqual([ben, chloe, chloe]);
    expect(lastOf(there)).toMatchObject({ type: 'nobodyFree' });
  });

  it('goes past the manager who is away to the fallback person', async () => {
    const rules = policy({ routing: routing([rule({ kind: 'rotation', team: 'Americas' })], henrik) });
    const there = await opened(rules);
    const absence = { from: at('09:00'), until: null, why: 'ill' };
    await there.needs.directory.saveAbsences(grace, 'chat', [absence], at('09:00'));
    await there.sweepAt(at('15:15'));
    expect(lastOf(there)).toMatchObject({ type: 'escalated', manager: henrik });
  });

  it('is looked up in the policy that the handoff began under, which another process may have read first', async () => {
    const there = await climbing([1, { do: 'remind' }]);
    const inForce = there.needs.policy();
    there.adopt(policy({ ladders: { acknowledge: [], touch: [] } }));
    there.needs.learnPolicyOf = async ({ policyVersion }) => {
      if (policyVersion === 'example') there.adopt(inForce);
    };
    await there.sweepAt(at('15:16'));
    expect(eventsOf(there)).toEqual(['offered', 'breached', 'reminded']);
  });

  it('that the policy no longer has does nothing', async () => {
    const there = await climbing([1, { do: 'remind' }]);
    there.adopt(policy({ ladders: { acknowledge: [], touch: [] } }));
    await there.sweepAt(at('15:16'));
    expect(eventsOf(there)).toEqual(['offered', 'breached']);
  });
});

describe('a timer', () => {
  const answers: [title: string, Command][] = [
    ['an acceptance', { type: 'accept', by: ada }],
    ['a reassignment', { type: 'reassign', by: grace, to: ben }],
    ['more time', { type: 'giveGrace', by: grace, grace: 60 }],
    ['the end', { type: 'disqualify', by: ada, reason: 'not_a_fit', note: '' }],
  ];
  for (const [title, command] of answers) {
    it(`whose job comes after ${title} does nothing and says nothing`, async () => {
      const there = await opened();
      const before = pendingOf(there);
      there.moveTo(at('15:14:59'));
      await there.carryOut(command);
      const { log } = structuredClone(there.handoff());
      const observations = there.observed.length;
      there.moveTo(at('15:16'));
      for (const late of before) await onTimer(there.needs)(late);
      expect(there.handoff().log).toEqual(log);
      expect(there.observed).toHaveLength(observations);
    });
  }

  it('of a handoff that is gone does nothing and says nothing', async () => {
    const there = await opened();
    for (const action of ['breach', 'climb', 'wake'] as const) {
      await onTimer(there.needs)(
        timer({ handoffId: '00000000-0000-4000-8000-000000000000', action, step: 1 }),
      );
    }
    expect(there.observed).toEqual([]);
  });

  it('that marks a breach does so once, however often its job runs', async () => {
    const there = await opened();
    there.moveTo(respondBy);
    await onTimer(there.needs)(timer());
    await onTimer(there.needs)(timer());
    expect(eventsOf(there)).toEqual(['offered', 'breached']);
  });

  it('that a clock ahead of time has fired waits again, and acts when it is due', async () => {
    const there = await opened();
    there.moveTo(at('15:15'));
    await sweep(there.needs)();
    there.moveTo(at('15:08:59'));
    await there.work('timer');
    expect(eventsOf(there)).toEqual(['offered']);
    expect(pendingOf(there)).toHaveLength(3);
    await there.sweepAt(at('15:10'));
    await there.sweepAt(at('15:15'));
    expect(eventsOf(there)).toEqual(['offered', 'reminded', 'breached', 'escalated']);
  });

  it('that is a minute ahead is no clock gone wrong', async () => {
    const there = await opened();
    there.moveTo(minutesAfter(respondBy, -1));
    await onTimer(there.needs)(timer());
    expect(eventsOf(there)).toEqual(['offered', 'breached']);
  });
});

describe('interrupted at any call and run again, a timer has its one effect', () => {
  const actions: [DueTimer['action'], LadderAction][] = [
    ['breach', { do: 'remind' }],
    ['climb', { do: 'remind' }],
    ['climb', { do: 'tellManager' }],
    ['climb', { do: 'offerToTeam' }],
    ['climb', { do: 'reassign', to: null }],
  ];
  for (const [action, rungs] of actions) {
    it(`that is a ${action}${action === 'climb' ? ` to ${rungs.do}` : ''}`, async () => {
      const due = timer({ action, step: action === 'climb' ? 1 : 0 });
      await survivesEveryInterruption({
        within: { rules: policy({ ladders: { acknowledge: [rung(0, rungs)], touch: [] } }) },
        prepare: async (there) => {
          await there.openHandoff();
          there.moveTo(respondBy);
        },
        step: (needs) => onTimer(needs)(due),
        look: (there) => [eventsOf(there), there.handoff().handoff, [...there.kept.credits]],
      });
    });
  }
});

describe('after a downtime', () => {
  it('the breach is marked as of its time, the clock begins anew, and both hear of it outside of the card', async () => {
    const there = await opened();
    await there.sweepAt(at('17:00'));
    expect(eventsOf(there)).toEqual(['offered', 'breached', 'resumed']);
    expect(there.handoff().handoff).toMatchObject({
      ackBreachedAt: at('15:15'),
      respondBy: at('17:15'),
      escalatedTo: null,
    });
    const missed = { kind: 'missed', handoffId: id };
    expect(newsOf(there)).toEqual([
      [ada, missed],
      [grace, missed],
    ]);
  });

  it('of ten minutes all is as it would have been', async () => {
    const there = await opened();
    await there.sweepAt(at('15:25'));
    expect(newsOf(there)).toEqual([]);
    expect(there.handoff().handoff.escalatedTo).toBe(grace);
  });

  it('a card that could not be answered in time counts as none that was let pass', async () => {
    const there = await opened();
    await there.carryOut({ type: 'markDelivered', to: ada });
    await there.sweepAt(at('17:00'));
    expect(await there.needs.directory.missedInRow(ada)).toBe(0);
  });

  it('nobody loses the lead for what the bot missed: its ladder begins anew', async () => {
    const there = await climbing([10, { do: 'offerToTeam' }], [30, { do: 'reassign', to: null }]);
    await there.sweepAt(at('17:00'));
    expect(eventsOf(there)).toEqual(['offered', 'breached', 'resumed']);
    await there.sweepAt(at('17:15'));
    await there.sweepAt(at('17:25'));
    await there.sweepAt(at('17:45'));
    expect(eventsOf(there).slice(3)).toEqual(['breached', 'offeredToTeam', 'reassigned']);
  });

  it('a rung that was missed alone begins anew as well, and the breach before it stays', async () => {
    const there = await climbing([60, { do: 'tellManager' }]);
    await there.sweepAt(at('15:15'));
    await there.sweepAt(at('17:00'));
    expect(eventsOf(there)).toEqual(['offered', 'breached', 'resumed']);
    expect(there.handoff().handoff).toMatchObject({ ackBreachedAt: at('15:15'), respondBy: at('17:15') });
  });
});

describe('a sweep', () => {
  it('tells how many timers it fired and how many leads it woke, none among them', async () => {
    const there = await opened();
    const hold = { leadId: '777', since: at('15:00'), because: 'nobody is at work', until: at('15:10') };
    await letWait(there.needs, hold);
    await there.sweepAt(at('15:01'));
    await there.sweepAt(at('15:15'));
    expect(there.observed.filter(({ what }) => what === 'swept')).toEqual([
      { what: 'swept', fired: 0, woken: 0 },
      { what: 'swept', fired: 3, woken: 1 },
    ]);
  });

  /** The times of some sweeps, whichever process runs them. */
  async function sweeps(there: Office, ...clocks: string[]): Promise<void> {
    for (const clock of clocks) {
      there.moveTo(at(clock));
      await sweep(there.needs)();
    }
  }
  const stood = ({ observed }: Office) => observed.filter(({ what }) => what === 'clockStood');

  it('tells the admins that the clock stood still, each once, whoever sweeps next', async () => {
    const there = await office({ rules: policy({ admins: [grace, henrik] }) });
    await sweeps(there, '15:00', '15:00:15', '15:06:15', '15:06:16', '15:06:31');
    const news = { kind: 'clockStood', from: at('15:00:15'), until: at('15:06:15') };
    expect(newsOf(there)).toEqual([
      [grace, news],
      [henrik, news],
    ]);
    expect(stood(there)).toEqual([{ what: 'clockStood', seconds: 360 }]);
  });

  it('says nothing of the first one ever, of three that were missed, or of a clock that is behind', async () => {
    const there = await office();
    await sweeps(there, '15:00', '15:00:45', '14:30', '15:01:00');
    expect([newsOf(there), stood(there)]).toEqual([[], []]);
  });

  it('takes a longer pause for none where the clock is moved by hand', async () => {
    const there = await office();
    for (const clock of ['15:00', '18:00']) {
      there.moveTo(at(clock));
      await sweep({ ...there.needs, standsStillAfterMs: Number.POSITIVE_INFINITY })();
    }
    expect(newsOf(there)).toEqual([]);
  });

  it('fires what is due after a standstill all the same', async () => {
    const there = await opened();
    await sweeps(there, '15:00', '15:15');
    await there.work('timer');
    expect(eventsOf(there)).toEqual(['offered', 'breached', 'escalated']);
  });
});

describe('the timers of a handoff that have fired', () => {
  /** Three have fired; the deed fails at the steps that are given. */
  async function firedWith(...failing: number[]) {
    const ladder = [1, 2, 3].map(
      (minutes) => [minutes, { do: 'tellManager' }] satisfies [number, LadderAction],
    );
    const there = await climbing(...ladder);
    there.moveTo(minutesAfter(respondBy, 10));
    await sweep(there.needs)();
    const steps: number[] = [];
    const act = actOnFired(there.needs, async ({ step }) => {
      steps.push(step);
      if (failing.includes(step)) throw new Error(`step ${step} failed`);
    });
    return { steps, act: (last: boolean) => act(id, { last }) };
  }

  it('are acted on in the order in which they were due, once', async () => {
    const { steps, act } = await firedWith();
    await act(false);
    await act(false);
    expect(steps).toEqual([0, 1, 2, 3]);
  });

  it('wait for one that failed, and those before it are done', async () => {
    const { steps, act } = await firedWith(2);
    await expect(act(false)).rejects.toThrow('step 2 failed');
    await expect(act(false)).rejects.toThrow('step 2 failed');
    expect(steps).toEqual([0, 1, 2, 2]);
  });

  it('have their turn after one that is given up, which is told', async () => {
    const { steps, act } = await firedWith(2);
    await expect(act(true)).rejects.toThrow('step 2 failed');
    await act(false);
    expect(steps).toEqual([0, 1, 2, 3]);
  });
});
