import { describe, expect, it } from 'vitest';
import type { Lead } from '../../../src/domain/lead/lead.ts';
import { activity, assignment, at, ben, deal, lead, minutesAfter, offered } from '../../support/examples.ts';
import { survivesEveryInterruption } from '../../support/interrupt.ts';
import { type Office, office, ownerIdOf } from '../../support/office.ts';
import { takeInAlone } from '../../support/take-in.ts';
import { letWait } from '../contracts/settling.ts';

const { id } = offered();
const run = (there: Office, leadId = '501') => takeInAlone(there.needs)(leadId);

/** The example handoff is open, HubSpot has heard of it, and holds the lead like this now. */
async function opened(now: Lead | null): Promise<Office> {
  const there = await office();
  await there.openHandoff();
  await there.work('write-back');
  if (now) there.crm.contacts.set('501', now);
  there.moveTo(at('15:30'));
  await there.arrive('501');
  return there;
}

const decisions = ({ kept }: Office) => kept.events.map(({ decision }) => decision);
const eventsOf = (there: Office, of = id) => there.handoff(of).log.map(({ event }) => event.type);
const called = lead({ activities: [activity()] });

describe('a lead that sales works on', () => {
  it('is brought up to date with what HubSpot has, and its events say what that was', async () => {
    const there = await opened(called);
    await run(there);
    expect(eventsOf(there)).toEqual(['offered', 'accepted', 'touched']);
    expect(decisions(there)).toEqual([{ decision: 'handoff', reason: 'touch', handoffId: id }]);
    expect(there.kept.leads.get('501')).toEqual(called);
    expect(there.observed.at(-1)).toEqual({
      what: 'decided',
      leadId: '501',
      decision: 'handoff',
      events: 1,
      handoffId: id,
    });
  });

  it('is not weighed again for that: the decision that led to the handoff stays the last', async () => {
    const there = await opened(called);
    await run(there);
    expect(await there.needs.decisions.ofLead('501')).toMatchObject([{ verdict: 'handoff', handoffId: id }]);
  });

  it('and about whom nothing is new is ignored with that reason', async () => {
    const there = await opened(lead());
    await run(there);
    expect(decisions(there)).toEqual([
      { decision: 'ignored', reason: 'sales is already working on this lead' },
    ]);
    expect(eventsOf(there)).toEqual(['offered']);
  });

  it('and becomes a deal does not qualify anew by what led there', async () => {
    const there = await opened(lead({ activities: [activity()], deals: [deal({ wonAt: at('15:30') })] }));
    await run(there);
    await there.arrive('501');
    await run(there);
    expect(decisions(there)).toMatchObject([
      { decision: 'handoff', reason: 'touch, deal, deal won' },
      { decision: 'ignored', reason: 'filled in “Request a Demo”, but that led to an earlier handoff' },
    ]);
    expect(there.kept.handoffs.size).toBe(1);
  });

  it('and was deleted is withdrawn, and is held no more', async () => {
    const there = await opened(null);
    await letWait(there.needs, { leadId: '501', since: at('15:00'), because: 'lacks email', until: null });
    await run(there);
    expect(there.handoff().handoff).toMatchObject({
      status: 'closed',
      outcome: 'withdrawn',
      reason: 'contactGone',
    });
    expect(decisions(there)).toEqual([{ decision: 'ignored', reason: 'the contact is gone' }]);
    expect(await there.needs.holds.list()).toEqual([]);
  });
});

describe('a lead whose handoff ended with a deal', () => {
  /** A day after the deal HubSpot holds the lead like this. */
  async function dayAfter(now: Partial<Lead>): Promise<Office> {
    const there = await opened(lead({ activities: [activity()], deals: [deal()] }));
    await run(there);
    there.moveTo(minutesAfter(at('15:30'), 1440));
    there.crm.contacts.set('501', lead(now));
    await there.arrive('501');
    await run(there);
    return there;
  }
  const won = [deal({ wonAt: minutesAfter(at('15:00'), 1440) })];
  const conversions = [{ name: 'Request a Demo', at: minutesAfter(at('15:10'), 1440) }];

  it('that is won has that noted', async () => {
    const there = await dayAfter({ deals: won });
    expect(eventsOf(there).slice(-2)).toEqual(['dealCreated', 'dealWon']);
    expect(decisions(there).at(-1)).toEqual({ decision: 'handoff', reason: 'deal won', handoffId: id });
  });

  it('may qualify anew', async () => {
    const there = await dayAfter({ deals: [deal()], conversions });
    expect(there.kept.handoffs.size).toBe(2);
  });

  it('may qualify anew in the moment in which the deal is won', async () => {
    const there = await dayAfter({ deals: won, conversions });
    expect(eventsOf(there).slice(-2)).toEqual(['dealCreated', 'dealWon']);
    expect(there.kept.handoffs.size).toBe(2);
    expect(decisions(there).at(-1)).toMatchObject({
      decision: 'handoff',
      reason: 'filled in “Request a Demo”',
    });
  });

  it('may be held in the moment in which the deal is won', async () => {
    const there = await dayAfter({ deals: won, conversions, email: null });
    expect(decisions(there).at(-1)).toMatchObject({ decision: 'held' });
  });
});

describe('a lead that was merged into another', () => {
  const survivor = (override: Partial<Lead> = {}) => lead({ id: '900', formerIds: ['501'], ...override });

  it('goes on under the new contact, of whichever HubSpot tells', async () => {
    for (const toldOf of ['501', '900']) {
      const there = await opened(survivor());
      there.crm.contacts.set('900', survivor());
      await there.arrive(toldOf);
      await run(there, toldOf);
      expect(there.handoff().handoff).toMatchObject({ leadId: '900', status: 'offered' });
      expect(decisions(there).at(-1)).toMatchObject({ reason: 'sales is already working on this lead' });
    }
  });

  it('has what the new contact tells, also what it told before', async () => {
    const there = await opened(survivor({ activities: [activity()] }));
    await run(there);
    expect(eventsOf(there)).toEqual(['offered', 'accepted', 'touched']);
  });

  it('is held no more under its old id, whatever is found', async () => {
    const there = await opened(survivor({ activities: [activity()] }));
    await letWait(there.needs, { leadId: '501', since: at('15:00'), because: 'lacks email', until: null });
    await run(there);
    expect(await there.needs.holds.list()).toEqual([]);
  });

  it('of two that are open goes on with the one that began first', async () => {
    const there = await opened(survivor());
    const began = {
      id: 'second',
      qualifiedAt: at('15:20'),
      assignment: assignment({ rep: ben, at: at('15:20') }),
    };
    await there.openHandoff(lead({ id: '900' }), began);
    await run(there);
    expect(there.handoff(id).handoff).toMatchObject({ leadId: '900', status: 'offered' });
    expect(there.handoff('second').handoff).toMatchObject({ leadId: '900', outcome: 'withdrawn' });
  });
});

describe('interrupted at any call and run again, what HubSpot told has its one effect and every event its decision', () => {
  const inTheEnd = ({ kept }: Office) => ({
    undecided: kept.events.filter(({ decision }) => decision === null).length,
    handoffs: [...kept.handoffs.values()].map(({ handoff, log }) => ({
      leadId: handoff.leadId,
      status: handoff.status,
      rep: handoff.assignment.rep,
      events: log.map(({ event }) => event.type),
    })),
  });
  const table: [title: string, now: Lead | null][] = [
    ['a touch', called],
    ['a deal that is won', lead({ activities: [activity()], deals: [deal({ wonAt: at('15:30') })] })],
    ['another owner', lead({ ownerId: ownerIdOf(ben), ownerSince: at('15:20') })],
    ['no owner', lead({ ownerId: null, ownerSince: at('15:20') })],
    ['its end', null],
    ['a merge', lead({ id: '900', formerIds: ['501'] })],
    ['a merge and a touch', lead({ id: '900', formerIds: ['501'], activities: [activity()] })],
  ];
  for (const [title, now] of table) {
    it(`of ${title}`, async () => {
      await survivesEveryInterruption({
        prepare: async (there) => {
          await there.openHandoff();
          await there.work('write-back');
          there.moveTo(at('15:30'));
          if (now) there.crm.contacts.set('501', now);
          await there.arrive('501');
        },
        step: (needs) => takeInAlone(needs)('501'),
        look: inTheEnd,
      });
    });
  }

  it('of a merge of two that are open', async () => {
    await survivesEveryInterruption({
      prepare: async (there) => {
        await there.openHandoff(lead({ id: '900' }));
        await there.openHandoff(lead(), { id: 'second', qualifiedAt: at('15:10') });
        there.crm.contacts.set('501', lead({ id: '900', formerIds: ['501'] }));
        await there.arrive('501');
      },
      step: (needs) => takeInAlone(needs)('501'),
      look: inTheEnd,
    });
  });
});
