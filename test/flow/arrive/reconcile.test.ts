import { describe, expect, it } from 'vitest';
import type { Lead } from '../../../src/domain/lead/lead.ts';
import { reconcile } from '../../../src/flow/arrive/reconcile.ts';
import type { Observation } from '../../../src/flow/ports/observe.ts';
import { activity, ada, at, ben, deal, lead, minutesAfter, offered, touch } from '../../support/examples.ts';
import { type Office, office, ownerIdOf } from '../../support/office.ts';

const run = (there: Office) => reconcile(there.needs)();
const { id } = offered();

const looked = ({ kept }: Office) => kept.events.map(({ leadId, type }) => `${type} ${leadId}`);
const seen = (there: Office, what: Observation['what']) => there.observed.filter((one) => one.what === what);
const eventsOf = (there: Office) => there.handoff().log.map(({ event }) => event.type);

/** From when on each run has asked HubSpot for changed contacts. */
function askedSince(there: Office): Date[] {
  const asked: Date[] = [];
  const { leadsChangedSince } = there.crm;
  there.crm.leadsChangedSince = (since, ...rest) => {
    asked.push(since);
    return leadsChangedSince(since, ...rest);
  };
  return asked;
}

/** HubSpot holds these contacts, and they have changed. */
function changed({ crm }: Office, ...leads: Lead[]): void {
  crm.changed.push(...leads);
  for (const one of leads) crm.contacts.set(one.id, one);
}

/** The example handoff is open, HubSpot has heard of it, and the contact is there. */
async function opened(): Promise<Office> {
  const there = await office();
  await there.openHandoff();
  await there.work('write-back');
  there.crm.contacts.set('501', lead());
  there.moveTo(at('15:30'));
  return there;
}

describe('what no webhook told is found', () => {
  it('a contact that qualifies', async () => {
    const there = await office();
    changed(there, lead());
    await run(there);
    await there.work('intake');
    expect(there.handoff().handoff).toMatchObject({ leadId: '501', assignment: { rep: ada } });
    expect(seen(there, 'foundByReconciling')).toMatchObject([{ leadId: '501', found: ['lead'] }]);
  });

  it('a contact of whom a webhook tells as well, though not as found here', async () => {
    const there = await office();
    changed(there, lead());
    await run(there);
    await there.arrive('501');
    await there.work('intake');
    expect(there.kept.handoffs.size).toBe(1);
    expect(seen(there, 'foundByReconciling')).toEqual([]);
  });

  const table: [title: string, now: Lead, found: string][] = [
    ['a touch', lead({ activities: [activity()] }), 'touch'],
    ['a meeting', lead({ activities: [activity({ kind: 'meeting', direction: 'inbound' })] }), 'meeting'],
  ];
  for (const [title, now, found] of table) {
    it(title, async () => {
      const there = await opened();
      there.crm.contacts.set('501', now);
      there.crm.withNews.push('501', '777');
      await run(there);
      expect(looked(there)).toEqual(['reconcile.news 501']);
      await there.work('intake');
      expect(seen(there, 'foundByReconciling')).toEqual([
        { what: 'foundByReconciling', leadId: '501', handoffId: id, found: [found] },
      ]);
    });
  }

  it('a deal', async () => {
    const there = await opened();
    await there.carryOut({ type: 'logTouch', by: ada, touch: touch() });
    there.crm.contacts.set('501', lead({ deals: [deal()] }));
    there.crm.withNews.push('501');
    await run(there);
    await there.work('intake');
    expect(seen(there, 'foundByReconciling')).toMatchObject([{ handoffId: id, found: ['deal'] }]);
  });

  it('an owner who was changed by hand', async () => {
    const there = await opened();
    changed(there, lead({ ownerId: ownerIdOf(ben), ownerSince: at('15:20') }));
    await run(there);
    await there.work('intake');
    expect(there.handoff().handoff.assignment.rep).toBe(ben);
  });

  it('what became known of its company', async () => {
    const there = await opened();
    const known = lead();
    if (!known.account?.id) throw new Error('the example lead has no company');
    await there.needs.handoffs.saveLead(known, at('15:30'));
    const { id: companyId } = known.account;
    there.crm.changedCompanies.push({ id: companyId, account: known.account });
    await run(there);
    expect(looked(there)).toEqual([]);
    there.crm.changedCompanies.splice(0, 1, {
      id: companyId,
      account: { ...known.account, employees: 9_000 },
    });
    there.passMinutes(5);
    await run(there);
    expect(looked(there)).toEqual(['reconcile.changed 501']);
  });

  it('a contact that was deleted', async () => {
    const there = await opened();
    there.crm.contacts.delete('501');
    await run(there);
    expect(looked(there)).toEqual(['reconcile.gone 501']);
    await there.work('intake');
    expect(eventsOf(there)).toEqual(['offered', 'withdrawn']);
    expect(seen(there, 'foundByReconciling')).toMatchObject([{ handoffId: id, found: ['deletion'] }]);
  });

  it('a contact that was merged into another', async () => {
    const there = await opened();
    there.crm.contacts.set('501', lead({ id: '900', formerIds: ['501'] }));
    await run(there);
    await there.work('intake');
    expect(there.handoff().handoff).toMatchObject({ leadId: '900', status: 'offered' });
    there.crm.contacts.set('900', lead({ id: '900', formerIds: ['501'] }));
    there.passMinutes(5);
    await run(there);
    expect(looked(there)).toEqual(['reconcile.gone 501']);
  });
});

describe('what is known already', () => {
  it('is not looked at again: neither who has changed in nothing that matters, nor who has no handoff', async () => {
    const there = await opened();
    changed(
      there,
      lead({ leadStatus: 'OPEN', ownerId: ownerIdOf(ada) }),
      lead({ id: '777', conversions: [], score: null, visits: null }),
    );
    there.crm.withNews.push('777');
    await run(there);
    expect(looked(there)).toEqual([]);
    expect(seen(there, 'reconciled')).toEqual([{ what: 'reconciled', lookedAt: 0 }]);
  });

  it('is looked at once in the overlap of two runs', async () => {
    const there = await office();
    changed(there, lead());
    await run(there);
    await there.work('intake');
    there.passMinutes(5);
    await run(there);
    expect(looked(there)).toEqual(['reconcile.changed 501']);
  });
});

describe('a run', () => {
  it('looks back a day and ten minutes the first time, and then to ten minutes before the last run began', async () => {
    const there = await office();
    const asked = askedSince(there);
    await run(there);
    there.moveTo(at('15:20'));
    await run(there);
    expect(asked).toEqual([minutesAfter(at('15:00:02'), -1450), at('14:50:02')]);
  });

  it('tells how many it had looked at', async () => {
    const there = await office();
    changed(there, lead({ id: '1' }), lead({ id: '2' }));
    await run(there);
    expect(seen(there, 'reconciled')).toEqual([{ what: 'reconciled', lookedAt: 2 }]);
  });

  it('that breaks off is repeated from where it began, and what it has found is not lost', async () => {
    const there = await opened();
    const asked = askedSince(there);
    changed(there, lead({ id: '1' }));
    there.crm.script.fail('gone', 'notDone');
    await expect(run(there)).rejects.toThrow('was not done');
    expect([looked(there), seen(there, 'reconciled')]).toEqual([['reconcile.changed 1'], []]);
    // Also when that is long ago, and it was the first.
    there.moveTo(minutesAfter(at('15:31'), 3 * 1440));
    await run(there);
    expect(asked[1]).toEqual(asked[0]);
    await there.work('intake');
    expect(there.kept.handoffs.size).toBe(2);
  });

  it('does nothing when another process has just looked', async () => {
    const there = await office();
    const asked = askedSince(there);
    for (const clock of ['15:00', '15:01:59', '15:02']) {
      there.moveTo(at(clock));
      await run(there);
    }
    expect(asked).toHaveLength(2);
  });

  it('looks back from now where a clock that ran ahead has noted a time to come', async () => {
    const there = await office();
    const asked = askedSince(there);
    for (const clock of ['17:00', '15:00', '15:05', '17:05']) {
      there.moveTo(at(clock));
      await run(there);
    }
    expect(asked.slice(1)).toEqual([at('14:50'), at('14:55'), at('16:50')]);
  });

  it('asks of every lead with an open handoff whether it is still there, and of nobody else', async () => {
    const there = await opened();
    await there.openHandoff(lead({ id: '502' }), { id: 'closed' });
    await there.carryOut({ type: 'logTouch', by: ada, touch: touch() }, 'closed');
    await there.carryOut({ type: 'noteDeal', recordId: '8001', at: at('15:30') }, 'closed');
    const asked: (readonly string[])[] = [];
    const { gone } = there.crm;
    there.crm.gone = (ids) => {
      asked.push(ids);
      return gone(ids);
    };
    await run(there);
    expect(asked).toEqual([['501']]);
  });
});
