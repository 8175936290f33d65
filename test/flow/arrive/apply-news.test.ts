import { describe, expect, it } from 'vitest';
import type { Lead } from '../../../src/domain/lead/lead.ts';
import { adopt, applyNews, withdraw } from '../../../src/flow/arrive/apply-news.ts';
import {
  activity,
  ada,
  assignment,
  at,
  ben,
  deal,
  grace,
  lead,
  offered,
  touch,
} from '../../support/examples.ts';
import { type Office, office, ownerIdOf } from '../../support/office.ts';

const { id } = offered();

/** The example handoff, which HubSpot has been told of. */
async function opened(): Promise<Office> {
  const there = await office();
  await there.openHandoff();
  await there.work('write-back');
  there.moveTo(at('15:30'));
  return there;
}

const known = async (there: Office, leadId: string) => {
  const [about] = await there.needs.arrivals.known([[leadId]]);
  if (!about) throw new Error(`nothing is known of ${leadId}`);
  return about;
};
const followed = async (there: Office, leadId: string) => (await known(there, leadId)).followed;
const keep = async (there: Office, seen: Lead) => applyNews(seen, await known(there, seen.id), there.needs);
const eventsOf = (there: Office, of = id) => there.handoff(of).log.map(({ event }) => event.type);

/** Ada's contact, which somebody has given to this owner since. */
const ownedBy = (ownerId: string | null, ownerSince = at('15:20')) => lead({ ownerId, ownerSince });

describe('what HubSpot tells of a handoff', () => {
  const table: [title: string, seen: Lead, found: string[], events: string[], facts: object][] = [
    [
      'a call that its rep made',
      lead({ activities: [activity()] }),
      ['touch'],
      ['accepted', 'touched'],
      { status: 'working', acknowledgedAt: at('15:10'), firstTouchAt: at('15:10') },
    ],
    [
      'a meeting that the lead booked',
      lead({ activities: [activity({ kind: 'meeting', direction: 'inbound' })] }),
      ['meeting'],
      ['meetingBooked'],
      { status: 'offered', meetingAt: at('15:10') },
    ],
    [
      'a deal after a call',
      lead({ activities: [activity()], deals: [deal()] }),
      ['touch', 'deal'],
      ['accepted', 'touched', 'dealCreated'],
      { status: 'closed', outcome: 'converted', opportunityAt: at('15:30') },
    ],
    [
      'a deal that is won already, after a call',
      lead({ activities: [activity()], deals: [deal({ wonAt: at('15:30') })] }),
      ['touch', 'deal', 'deal won'],
      ['accepted', 'touched', 'dealCreated', 'dealWon'],
      { status: 'closed', wonAt: at('15:30') },
    ],
    [
      'another owner who takes leads',
      ownedBy(ownerIdOf(ben)),
      ['owner'],
      ['reassigned'],
      { status: 'offered', assignment: { rep: ben, reasons: [{ kind: 'ownerChanged' }] } },
    ],
    [
      'another owner who takes none',
      ownedBy('9999'),
      ['owner'],
      ['ownerLost'],
      { status: 'offered', assignment: { rep: ada }, escalatedTo: grace },
    ],
    [
      'no owner any more',
      ownedBy(null),
      ['owner'],
      ['ownerLost'],
      { assignment: { rep: ada }, escalatedTo: grace },
    ],
  ];
  for (const [title, seen, found, events, facts] of table) {
    it(`is carried out: ${title}`, async () => {
      const there = await opened();
      expect(await keep(there, seen)).toEqual({ handoffId: id, found });
      expect(eventsOf(there)).toEqual(['offered', ...events]);
      expect(there.handoff().handoff).toMatchObject(facts);
      expect(there.observed.filter(({ what }) => what === 'changed')).toHaveLength(found.length);
    });

    it(`is carried out once, however often it is read: ${title}`, async () => {
      const there = await opened();
      await keep(there, seen);
      there.moveTo(at('15:40'));
      expect(await keep(there, seen)).toBeNull();
      expect(eventsOf(there)).toEqual(['offered', ...events]);
    });

    it(`is carried out once when two read it at the same time: ${title}`, async () => {
      const there = await opened();
      await Promise.all([keep(there, seen), keep(there, seen)]);
      expect(eventsOf(there)).toEqual(['offered', ...events]);
    });
  }

  it('is no deal of a lead whom nobody has contacted: a workflow may have made it', async () => {
    const there = await opened();
    expect(await keep(there, lead({ deals: [deal()] }))).toBeNull();
    expect(eventsOf(there)).toEqual(['offered']);
  });

  it('is nothing when nothing is new', async () => {
    const there = await opened();
    expect(await keep(there, lead())).toBeNull();
    expect(await keep(there, ownedBy(ownerIdOf(ada)))).toBeNull();
    expect(eventsOf(there)).toEqual(['offered']);
  });

  it('is told again of an owner who is lost again', async () => {
    const there = await opened();
    await keep(there, ownedBy(null, at('15:20')));
    there.moveTo(at('15:50'));
    await keep(there, ownedBy(null, at('15:45')));
    expect(eventsOf(there)).toEqual(['offered', 'ownerLost', 'ownerLost']);
  });

  it('is no owner for whom HubSpot’s user was deactivated, or whom the policy no longer has', async () => {
    const there = await opened();
    const gone = { id: ben, name: 'Ben Castillo', ownerId: ownerIdOf(ben), active: false, hours: null };
    await there.needs.directory.savePeople([gone], there.needs.clock());
    expect(await keep(there, ownedBy(ownerIdOf(ben)))).toMatchObject({ found: ['owner'] });
  });

  it('is no touch that a rep logged from the card, which HubSpot has since under an id of its own', async () => {
    const there = await opened();
    await there.carryOut({ type: 'logTouch', by: ada, touch: touch() });
    await there.work('write-back');
    const [record] = there.crm.engagements;
    expect(await keep(there, lead({ activities: [activity({ id: record?.id ?? '' })] }))).toBeNull();
  });

  it('is every touch of several, in the order in which they were made', async () => {
    const there = await opened();
    const activities = [
      activity({ id: '2', kind: 'email', at: at('15:20') }),
      activity({ id: '1', connected: true }),
    ];
    expect(await keep(there, lead({ activities }))).toMatchObject({ found: ['touch', 'touch'] });
    expect(there.handoff().log.slice(2)).toMatchObject([
      {
        by: null,
        event: { touch: { kind: 'call', outcome: 'connected' }, found: { recordId: '1', rep: ada } },
      },
      { by: null, event: { touch: { kind: 'email', outcome: 'sent' }, found: { recordId: '2', rep: ada } } },
    ]);
  });
});

describe('of a lead with a handoff that ended with a deal, and another that began later', () => {
  const later = {
    id: 'second',
    qualifiedAt: at('15:59'),
    assignment: assignment({ rep: ben, at: at('16:00') }),
  };
  const two = async (): Promise<Office> => {
    const there = await opened();
    await keep(there, lead({ activities: [activity()], deals: [deal()] }));
    there.moveTo(at('16:00'));
    await there.openHandoff(lead(), later);
    await there.work('write-back');
    there.moveTo(at('16:20'));
    return there;
  };
  const wonLater = deal({ wonAt: at('16:05') });
  const bens = activity({ at: at('16:10'), ownerId: ownerIdOf(ben) });

  it('each gets what is news to it', async () => {
    const there = await two();
    const kept = await keep(there, lead({ activities: [bens], deals: [wonLater] }));
    expect(kept).toEqual({ handoffId: 'second', found: ['touch'] });
    expect(eventsOf(there).slice(-2)).toEqual(['dealCreated', 'dealWon']);
    expect(eventsOf(there, 'second')).toEqual(['offered', 'accepted', 'touched']);
  });

  it('neither gets what is about the other', async () => {
    const there = await two();
    await keep(there, lead({ activities: [activity()], deals: [wonLater] }));
    expect(eventsOf(there).slice(-2)).toEqual(['dealCreated', 'dealWon']);
    expect(eventsOf(there, 'second')).toEqual(['offered']);
  });
});

describe('a contact that is no more', () => {
  it('ends what is open about it, once', async () => {
    const there = await opened();
    await withdraw(await followed(there, '501'), 'the contact was deleted', there.needs);
    await withdraw(await followed(there, '501'), 'the contact was deleted', there.needs);
    expect(eventsOf(there)).toEqual(['offered', 'withdrawn']);
    expect(there.handoff().handoff).toMatchObject({
      outcome: 'withdrawn',
      reason: 'the contact was deleted',
    });
    expect(there.observed.at(-1)).toMatchObject({ what: 'changed', events: ['withdrawn'] });
  });

  it('leaves alone what has ended, and what is about others', async () => {
    const there = await opened();
    await withdraw(await followed(there, '777'), 'gone', there.needs);
    expect(eventsOf(there)).toEqual(['offered']);
    await keep(there, lead({ activities: [activity()], deals: [deal()] }));
    await withdraw(await followed(there, '501'), 'gone', there.needs);
    expect(there.handoff().handoff).toMatchObject({ outcome: 'converted' });
  });
});

describe('a contact that was merged into another', () => {
  const survivor = lead({ id: '900', formerIds: ['501'] });

  it('goes on with its handoff under the new one', async () => {
    const there = await opened();
    await there.needs.handoffs.saveLead(survivor, there.needs.clock());
    await adopt(['501'], '900', there.needs);
    expect(there.handoff().handoff).toMatchObject({ leadId: '900', status: 'offered', version: 1 });
  });

  for (const [title, first, second] of [
    ['the one that it was merged into', '900', '501'],
    ['the one that was merged', '501', '900'],
  ]) {
    it(`of two that are open goes on with that of ${title} when it began first, and the other ends`, async () => {
      const there = await office();
      await there.openHandoff(lead({ id: first ?? '' }), { id: 'first' });
      const began = {
        id: 'second',
        qualifiedAt: at('15:10'),
        assignment: assignment({ rep: ben, at: at('15:10') }),
      };
      await there.openHandoff(lead({ id: second ?? '' }), began);
      await adopt(['501'], '900', there.needs);
      const both = ['first', 'second'].map((of) => there.handoff(of).handoff);
      expect(both).toMatchObject([
        { leadId: '900', status: 'offered' },
        { leadId: '900', status: 'closed', outcome: 'withdrawn' },
      ]);
      await adopt(['501'], '900', there.needs);
      expect(eventsOf(there, 'second')).toEqual(['offered', 'withdrawn']);
    });
  }

  it('goes on when an attempt broke off before the other had ended', async () => {
    const there = await office();
    await there.openHandoff(lead({ id: '501' }), { id: 'first' });
    await there.openHandoff(lead({ id: '900' }), { id: 'second', qualifiedAt: at('15:10') });
    await there.needs.handoffs.adopt(['501'], '900');
    await adopt(['501'], '900', there.needs);
    expect(there.handoff('first').handoff).toMatchObject({ leadId: '900', status: 'offered' });
    expect(there.handoff('second').handoff).toMatchObject({ leadId: '900', outcome: 'withdrawn' });
  });
});
