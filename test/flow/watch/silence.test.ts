import { describe, expect, it } from 'vitest';
import type { PersonId } from '../../../src/domain/policy/policy.ts';
import { setAwayIfSilent } from '../../../src/flow/watch/silence.ts';
import { onTimer } from '../../../src/flow/watch/watch-sla.ts';
import {
  ada,
  americas,
  assignment,
  at,
  ben,
  grace,
  henrik,
  lead,
  policy,
  respondBy,
  routing,
  target,
  targets,
} from '../../support/examples.ts';
import { survivesEveryInterruption } from '../../support/interrupt.ts';
import { type Office, office } from '../../support/office.ts';

const why = 'did not answer the last 3 cards';
const newsOf = ({ kept }: Office) => kept.news.map(({ person, news }) => [person, news]);
const absencesOf = async ({ needs }: Office, person: PersonId = ada) =>
  (await needs.directory.absences(needs.clock())).get(person) ?? [];

/** Ada has let so many cards in a row pass. */
async function missed(count: number, rules = policy()): Promise<Office> {
  const there = await office({ rules });
  there.kept.missed.set(ada, count);
  return there;
}

/** So many cards came to Ada, and nobody has answered by 10:14. */
async function holding(there: Office, count: number): Promise<Office> {
  for (let number = 1; number <= count; number += 1) {
    const id = `handoff-${number}`;
    await there.openHandoff(lead({ id: `${number}` }), { id });
    await there.carryOut({ type: 'markDelivered', to: ada }, id);
  }
  there.moveTo(at('15:14'));
  return there;
}

describe('a rep who lets so many cards in a row pass as the policy allows', () => {
  it('is set away until they are back, and they and their manager are told', async () => {
    const there = await missed(3);
    await setAwayIfSilent(ada, there.needs);
    expect(await absencesOf(there)).toEqual([{ from: at('15:00:02'), until: null, why }]);
    expect(newsOf(there)).toEqual([
      [ada, { kind: 'setAway', missed: 3 }],
      [grace, { kind: 'repSetAway', rep: ada, missed: 3 }],
    ]);
    expect(there.observed).toEqual([{ what: 'setAway', missed: 3 }]);
  });

  it('gives what is not answered to others, and keeps what is accepted', async () => {
    const there = await holding(await missed(0), 3);
    const slow = targets({ acknowledge: target(240) });
    await there.openHandoff(lead({ id: '4' }), { id: 'unanswered', targets: slow });
    await there.carryOut({ type: 'accept', by: ada }, 'handoff-1');
    there.kept.missed.set(ada, 2);
    await there.sweepAt(respondBy);
    const holderOf = (id: string) => there.handoff(id).handoff.assignment.rep;
    expect(holderOf('handoff-1')).toBe(ada);
    expect([holderOf('handoff-2'), holderOf('handoff-3'), holderOf('unanswered')]).not.toContain(ada);
  });

  it('is set away by the card that makes it so many, and not before', async () => {
    const there = await holding(await missed(1), 1);
    await there.sweepAt(respondBy);
    expect([there.kept.missed.get(ada), await absencesOf(there)]).toEqual([2, []]);
    there.moveTo(at('15:20'));
    await there.openHandoff(lead({ id: '3' }), { id: 'third', assignment: assignment({ at: at('15:20') }) });
    await there.carryOut({ type: 'markDelivered', to: ada }, 'third');
    await there.sweepAt(at('15:35'));
    expect(await absencesOf(there)).toMatchObject([{ from: at('15:35'), why }]);
  });

  it('is set away also when the job that marked the last breach broke off right after', async () => {
    const there = await holding(await missed(2), 1);
    const { missedInRow } = there.needs.directory;
    there.needs.directory.missedInRow = async () => {
      throw new Error('the database is away');
    };
    const timer = { clock: 'acknowledge', action: 'breach', step: 0, run: 1, dueAt: respondBy } as const;
    const run = () => onTimer(there.needs)({ id: 'timer-1', handoffId: 'handoff-1', ...timer });
    await expect(run()).rejects.toThrow('the database is away');
    there.needs.directory.missedInRow = missedInRow;
    await run();
    expect(await absencesOf(there)).toMatchObject([{ why }]);
    expect(there.kept.missed.get(ada)).toBe(3);
  });

  it('is told before: whoever is set away and does not know it would never come back', async () => {
    const there = await missed(3);
    there.needs.directory.saveAbsences = async () => {
      throw new Error('the database is away');
    };
    await expect(setAwayIfSilent(ada, there.needs)).rejects.toThrow('the database is away');
    expect(newsOf(there)).toHaveLength(2);
  });

  it('is set away once, and told nothing while they are away already', async () => {
    const there = await missed(3);
    await setAwayIfSilent(ada, there.needs);
    there.kept.missed.set(ada, 4);
    await setAwayIfSilent(ada, there.needs);
    expect(await absencesOf(there)).toHaveLength(1);
    expect(newsOf(there)).toHaveLength(2);

    const onVacation = await missed(3);
    const vacation = { from: at('09:00'), until: null, why: 'Vacation' };
    await onVacation.needs.directory.saveAbsences(ada, 'chat', [vacation], at('09:00'));
    await setAwayIfSilent(ada, onVacation.needs);
    expect(newsOf(onVacation)).toEqual([]);
  });

  it('who manages the team as well is no manager of their own: the fallback person is told', async () => {
    const own = { ...americas, manager: ada };
    const there = await missed(3, policy({ teams: [own], routing: routing([], henrik) }));
    await setAwayIfSilent(ada, there.needs);
    expect(newsOf(there).map(([person]) => person)).toEqual([ada, henrik]);
  });
});

it('interrupted at any call and run again, a rep is set away once and what they have not answered moves', async () => {
  const timer = { clock: 'acknowledge', action: 'breach', step: 0, run: 1, dueAt: respondBy } as const;
  await survivesEveryInterruption({
    prepare: async (there) => {
      there.kept.missed.set(ada, 2);
      await holding(there, 2);
      there.moveTo(respondBy);
    },
    step: (needs) => onTimer(needs)({ id: 'timer-1', handoffId: 'handoff-1', ...timer }),
    look: ({ kept }) => ({
      missed: kept.missed.get(ada),
      reps: [...kept.handoffs.values()].map(({ handoff }) => handoff.assignment.rep),
      told: new Set(kept.news.map(({ person }) => person)),
    }),
  });
});

describe('nobody is set away', () => {
  it('who let fewer pass, or where the policy sets nobody away', async () => {
    for (const there of [await missed(2), await missed(9, policy({ silentAfter: null }))]) {
      await setAwayIfSilent(ada, there.needs);
      expect([await absencesOf(there), newsOf(there)]).toEqual([[], []]);
    }
  });

  it('who only stands in for a team', async () => {
    const there = await office();
    there.kept.missed.set(grace, 9);
    await setAwayIfSilent(grace, there.needs);
    expect([await absencesOf(there, grace), newsOf(there)]).toEqual([[], []]);
  });

  it('for a lead that is offered to the whole team, or that they never got', async () => {
    const there = await missed(2);
    await there.openHandoff(lead({ id: '1' }), {
      id: 'pool',
      assignment: assignment({ openTo: [ada, ben] }),
    });
    await there.carryOut({ type: 'markDelivered', to: ada }, 'pool');
    await there.openHandoff(lead({ id: '2' }), { id: 'never came' });
    await there.sweepAt(respondBy);
    expect(there.handoff('never came').handoff.ackBreachedAt).toEqual(respondBy);
    expect([there.kept.missed.get(ada), await absencesOf(there)]).toEqual([2, []]);
  });

  it('for several cards that passed at the same time, as those of one night', async () => {
    const there = await holding(await missed(0), 5);
    await there.sweepAt(respondBy);
    expect([there.kept.missed.get(ada), await absencesOf(there)]).toEqual([1, []]);
  });

  it('whose answer begins the count from nothing', async () => {
    const there = await holding(await missed(2), 2);
    await there.carryOut({ type: 'accept', by: ada }, 'handoff-1');
    await there.sweepAt(respondBy);
    expect([there.kept.missed.get(ada), await absencesOf(there)]).toEqual([1, []]);
  });
});
