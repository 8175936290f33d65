import { describe, expect, it } from 'vitest';
import { findSuccessors } from '../../../src/flow/watch/find-successor.ts';
import {
  account,
  ada,
  at,
  ben,
  chloe,
  closed,
  dario,
  grace,
  lead,
  policy,
  routing,
  rule,
} from '../../support/examples.ts';
import { type Office, office, ownerIdOf } from '../../support/office.ts';
import { takeInAlone } from '../../support/take-in.ts';

const why = 'their HubSpot user was deactivated';
const move = (there: Office, person = ada) => findSuccessors(there.needs)(person, why);

/** A handoff that routing opened, of Ada's turn unless told otherwise. */
async function opened(subject = lead(), rules = policy()): Promise<Office> {
  const there = await office({ rules });
  there.crm.contacts.set(subject.id, subject);
  await there.arrive(subject.id);
  await takeInAlone(there.needs)(subject.id);
  there.passMinutes(10);
  return there;
}

describe('the open handoffs of somebody who takes none any more', () => {
  it('go to whom routing finds, from now on, and the manager is to know', async () => {
    const there = await opened();
    await move(there);
    const { handoff, log } = there.handoff();
    expect(handoff).toMatchObject({
      status: 'offered',
      assignment: { rep: ben, team: 'Americas', at: at('15:10:02') },
      respondBy: at('15:25:02'),
      escalatedTo: grace,
    });
    expect(log.at(-1)).toMatchObject({
      by: null,
      event: { type: 'reassigned', from: ada, moved: { why, manager: grace } },
    });
    expect(there.observed.at(-1)).toEqual({ what: 'changed', handoffId: handoff.id, events: ['reassigned'] });
  });

  it('have the timers of their new run alone', async () => {
    const there = await opened();
    await move(there);
    const { timers, handoff } = there.handoff();
    const pending = timers.filter(({ state }) => state === 'pending');
    expect(pending.map(({ run }) => run)).toEqual(pending.map(() => handoff.clockRun));
    expect(pending.length).toBeGreaterThan(0);
  });

  it('are a turn of whoever gets them', async () => {
    const there = await opened();
    await move(there);
    expect(Object.fromEntries(there.kept.credits.get('Americas') ?? [])).toEqual({
      [ada]: -0.5,
      [ben]: 0.25 + 0.5 - 1,
      [chloe]: 0.25 + 0.5,
    });
  });

  it('go to the company’s owner before anybody’s turn', async () => {
    const owned = lead({ ownerId: ownerIdOf(ben), account: account({ ownerId: ownerIdOf(dario) }) });
    const there = await opened(owned);
    expect(there.handoff().handoff.assignment.rep).toBe(ben);
    await move(there, ben);
    expect(there.handoff().handoff.assignment.rep).toBe(dario);
  });

  it('wait for no team: what was somebody’s stays somebody’s', async () => {
    const hold = rule({ kind: 'rotation', team: 'Americas' }, { whenNobody: 'hold' });
    const there = await opened(lead(), policy({ routing: routing([hold]) }));
    there.moveTo(new Date('2026-03-04T03:00:00Z'));
    await move(there);
    expect(there.handoff().handoff.assignment).toMatchObject({
      rep: grace,
      reasons: [{}, { kind: 'fallback' }],
    });
  });

  it('go where the rules of today send them', async () => {
    const there = await opened();
    there.adopt(policy({ routing: routing([rule({ kind: 'rep', person: chloe })]) }));
    await move(there);
    expect(there.handoff().handoff.assignment.rep).toBe(chloe);
  });

  it('are moved once: a second look finds nothing', async () => {
    const there = await opened();
    await move(there);
    const { version } = there.handoff().handoff;
    await move(there);
    expect(there.handoff().handoff.version).toBe(version);
  });
});

it('what is closed, and what others hold, stays as it is', async () => {
  const there = await opened();
  await move(there, ben);
  expect(there.handoff().handoff.assignment.rep).toBe(ada);
  const kept = there.handoff();
  kept.handoff = closed({ id: kept.handoff.id });
  await move(there, ada);
  expect(there.handoff().handoff).toMatchObject({ status: 'closed', assignment: { rep: ada } });
});

it('a handoff that only the fallback person could take stays with them', async () => {
  const there = await opened(lead(), policy({ routing: routing([]) }));
  expect(there.handoff().handoff.assignment.rep).toBe(grace);
  await move(there, grace);
  expect(there.handoff()).toMatchObject({ handoff: { version: 1, assignment: { rep: grace } } });
});

it('a pool’s lead goes elsewhere when its manager is gone', async () => {
  const rules = policy({
    routing: routing(
      [rule({ kind: 'pool', team: 'Americas' }), rule({ kind: 'rotation', team: 'Americas' })],
      dario,
    ),
  });
  const there = await opened(lead(), rules);
  expect(there.handoff().handoff.assignment).toMatchObject({ rep: grace, openTo: [ada, ben, chloe] });
  await move(there, grace);
  expect(there.handoff().handoff.assignment.rep).toBe(ada);
});
