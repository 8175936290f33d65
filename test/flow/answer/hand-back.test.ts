import { describe, expect, it } from 'vitest';
import { handBack } from '../../../src/flow/answer/hand-back.ts';
import {
  ada,
  at,
  ben,
  chloe,
  dario,
  grace,
  lead,
  offered,
  policy,
  routing,
  rule,
} from '../../support/examples.ts';
import { type Office, office } from '../../support/office.ts';
import { takeInAlone } from '../../support/take-in.ts';

let clicks = 0;

/** Whoever holds the handoff hands it back, unless it is somebody else who tries. */
async function handedBack(
  there: Office,
  {
    by = there.handoff().handoff.assignment.rep,
    reason = 'wrong_territory',
    note = '',
    click = `${++clicks}`,
  } = {},
) {
  const { id } = there.handoff().handoff;
  const cause = { by, at: there.needs.clock(), commandId: click };
  const changed = await handBack(there.needs, id, { type: 'handBack', by, reason, note }, cause);
  return changed?.outcome === 'refused' ? changed.refusal.refused : changed?.outcome;
}

/** A handoff that routing opened: Ada's, by turn. */
async function opened(rules = policy()): Promise<Office> {
  const there = await office({ rules });
  there.crm.contacts.set('501', lead());
  await there.arrive('501');
  await takeInAlone(there.needs)('501');
  there.passMinutes(5);
  return there;
}

const creditsOf = ({ kept }: Office) => Object.fromEntries(kept.credits.get('Americas') ?? []);

describe('a lead that is handed back', () => {
  it('goes to whom routing finds, who has the whole time from then on', async () => {
    const there = await opened();
    expect(await handedBack(there)).toBe('changed');
    expect(there.handoff().handoff).toMatchObject({
      status: 'offered',
      assignment: { rep: ben, team: 'Americas', at: at('15:05:02') },
      respondBy: at('15:20:02'),
      escalatedTo: null,
    });
    expect(there.handoff().log.slice(1)).toMatchObject([
      { by: ada, event: { type: 'handedBack', reason: 'wrong_territory', note: '' } },
      { by: ada, event: { type: 'reassigned', from: ada } },
    ]);
  });

  it('is a turn of whoever gets it; whoever had it gets theirs back where the policy says so', async () => {
    const there = await opened();
    const before = creditsOf(there);
    await handedBack(there, { reason: 'wrong_territory' });
    expect(creditsOf(there)).toEqual({ [ada]: 0, [ben]: 0.5 - 1, [chloe]: 0.5 });

    const costs = await opened();
    await handedBack(costs, { reason: 'other', note: 'no time' });
    expect(creditsOf(costs)).toEqual({ ...before, [ben]: 0.25 + 0.5 - 1, [chloe]: 0.25 + 0.5 });
  });

  it('never goes to anybody who has had it', async () => {
    const there = await opened();
    const holders = [];
    for (let times = 1; times <= 4; times += 1) {
      await handedBack(there);
      holders.push(there.handoff().handoff.assignment.rep);
    }
    // In Kolkata nobody is at work any more: what is left is the fallback.
    expect(holders).toEqual([ben, chloe, dario, grace]);
    expect(await handedBack(there)).toBe('nobodyElse');
  });

  it('does so once, however often the click comes', async () => {
    const there = await opened();
    expect(await handedBack(there, { click: 'same' })).toBe('changed');
    expect(await handedBack(there, { by: ada, click: 'same' })).toBe('repeated');
    expect(there.handoff().handoff.assignment.rep).toBe(ben);
  });

  it('goes one way when it is handed back twice at the same time', async () => {
    const there = await opened();
    const outcomes = await Promise.all([handedBack(there), handedBack(there)]);
    expect(outcomes).toEqual(['changed', 'notYours']);
    expect(there.handoff().handoff.assignment.rep).toBe(ben);
  });
});

describe('a lead that cannot be handed back stays, and nobody’s turn is taken', () => {
  const onlyAda = policy({ routing: routing([rule({ kind: 'rep', person: ada })], ada) });
  const table: [title: string, by: string, reason: string, refused: string, rules?: typeof onlyAda][] = [
    ['by somebody who does not hold it', ben, 'wrong_territory', 'notYours'],
    ['by the manager, who can reassign it', grace, 'wrong_territory', 'notYours'],
    ['for a reason that the policy does not have', ada, 'mood', 'unknownReason'],
    ['without the note that the reason needs', ada, 'other', 'noteMissing'],
    ['when there is nobody else', ada, 'wrong_territory', 'nobodyElse', onlyAda],
  ];
  for (const [title, by, reason, refused, rules] of table) {
    it(title, async () => {
      const there = await opened(rules);
      const before = creditsOf(there);
      expect(await handedBack(there, { by, reason })).toBe(refused);
      expect(there.handoff()).toMatchObject({ handoff: { version: 1, assignment: { rep: ada } } });
      expect(creditsOf(there)).toEqual(before);
    });
  }

  it('because it is closed', async () => {
    const there = await opened();
    const { id } = there.handoff().handoff;
    await there.carryOut({ type: 'disqualify', by: ada, reason: 'not_a_fit', note: '' }, id);
    expect(await handedBack(there)).toBe('closed');
  });
});

it('of a handoff that is gone nothing is handed back', async () => {
  const there = await office();
  const cause = { by: ada, at: there.needs.clock(), commandId: null };
  const told = { type: 'handBack', by: ada, reason: 'wrong_territory', note: '' } as const;
  expect(await handBack(there.needs, offered().id, told, cause)).toBeNull();
});
