import { describe, expect, it } from 'vitest';
import type { Command } from '../../../src/domain/handoff/decide.ts';
import type { LeadId } from '../../../src/domain/lead/lead.ts';
import { TemporaryFailure } from '../../../src/flow/ports/failure.ts';
import { watchPauses } from '../../../src/flow/watch/watch-pauses.ts';
import {
  ada,
  assignedAt,
  at,
  grace,
  lead,
  minutesAfter,
  offered,
  policy,
  reason,
} from '../../support/examples.ts';
import { survivesEveryInterruption } from '../../support/interrupt.ts';
import { type Office, office } from '../../support/office.ts';

const day = 1440;
const suppression = {
  from: 'accept',
  leaseMinutes: 30 * day,
  afterDealMinutes: 30 * day,
  segment: '7',
} as const;
const rules = policy({ suppression, disqualifyReasons: [reason('not_a_fit', 'Not a fit')] });
const contact = lead();
const leaseOver = minutesAfter(assignedAt, 30 * day + 30);

const accept: Command = { type: 'accept', by: ada };
const disqualify: Command = { type: 'disqualify', by: ada, reason: 'not_a_fit', note: '' };

/** Ada has accepted the lead, and HubSpot has been told. */
async function pausedIn(there: Office): Promise<void> {
  there.crm.contacts.set(contact.id, contact);
  await there.openHandoff();
  await there.carryOut(accept);
  await there.work('write-back');
}

async function paused(): Promise<Office> {
  const there = await office({ rules });
  await pausedIn(there);
  there.passMinutes(15);
  return there;
}

const shown = ({ crm }: Office, id: LeadId = contact.id) => {
  const { nurturePaused, nurtureResumedAt } = crm.written.get(id)?.record ?? {};
  return { nurturePaused, nurtureResumedAt };
};
const switchedTo = (there: Office, nurturePaused: boolean, id: LeadId = contact.id) => {
  const before = there.crm.written.get(id);
  there.crm.written.set(id, { ...before, record: { ...before?.record, nurturePaused } });
};
const members = ({ crm }: Office) => [...(crm.segments.get('7') ?? [])];
const repaired = ({ observed }: Office) => observed.findLast(({ what }) => what === 'pausesCompared');
const told = ({ kept }: Office) => kept.news.map(({ person, news }) => [person, news]);

describe('the comparison of ledger and HubSpot', () => {
  it('changes nothing where they agree, and notes that it was seen', async () => {
    const there = await paused();
    there.crm.script.calls.length = 0;
    await watchPauses(there.needs)();
    expect(there.crm.script.calls).toEqual(['pausedLeads', 'nurturePaused', 'membersOf']);
    const [entry] = await there.needs.suppressions.list('open');
    expect(entry?.seen).toEqual({ paused: true, at: there.needs.clock() });
    expect(repaired(there)).toMatchObject({ paused: 1, pausedAgain: 0, resumedAgain: 0, late: 0 });
    expect(told(there)).toEqual([]);
  });

  it('asks HubSpot nothing where the policy has no suppression and nothing was ever paused', async () => {
    const there = await office();
    await there.openHandoff();
    await there.work('write-back');
    there.crm.script.calls.length = 0;
    await watchPauses(there.needs)();
    expect(there.crm.script.calls).toEqual([]);
  });

  it('goes on to its end with pauses from before the policy had no suppression any more', async () => {
    const there = await paused();
    there.adopt(policy({ suppression: null }));
    there.moveTo(leaseOver);
    await watchPauses(there.needs)();
    expect(shown(there)).toEqual({ nurturePaused: false, nurtureResumedAt: leaseOver });
  });

  it('pauses again who was switched off in HubSpot, and tells the admins once a day', async () => {
    const there = await paused();
    switchedTo(there, false);
    await watchPauses(there.needs)();
    expect(shown(there)).toMatchObject({ nurturePaused: true });
    expect(repaired(there)).toMatchObject({ pausedAgain: 1, resumedAgain: 0 });
    const news = [grace, { kind: 'pausesRepaired', pausedAgain: 1, resumedAgain: 0 }];
    expect(told(there)).toEqual([news]);

    switchedTo(there, false);
    there.passMinutes(15);
    await watchPauses(there.needs)();
    expect(shown(there)).toMatchObject({ nurturePaused: true });
    expect(told(there)).toEqual([news]);

    switchedTo(there, false);
    there.passMinutes(day);
    await watchPauses(there.needs)();
    expect(told(there)).toEqual([news, news]);
  });

  it('resumes who was switched on in HubSpot without a cause, known here or not', async () => {
    const there = await office({ rules });
    there.crm.contacts.set('1', lead({ id: '1' }));
    there.crm.contacts.set('2', lead({ id: '2' }));
    await there.needs.handoffs.saveLead(lead({ id: '1' }), at('15:00'));
    for (const id of ['1', '2']) switchedTo(there, true, id);
    await watchPauses(there.needs)();
    const resumed = { nurturePaused: false, nurtureResumedAt: there.needs.clock() };
    expect([shown(there, '1'), shown(there, '2')]).toEqual([resumed, resumed]);
    expect(repaired(there)).toMatchObject({ pausedAgain: 0, resumedAgain: 2 });
  });

  it('leaves alone who was erased', async () => {
    const there = await office({ rules });
    there.crm.contacts.set('1', lead({ id: '1' }));
    switchedTo(there, true, '1');
    there.kept.erased.add('1');
    await watchPauses(there.needs)();
    expect(shown(there, '1')).toMatchObject({ nurturePaused: true });
  });

  it('writes what no write-back has written, which is no repair', async () => {
    const there = await office({ rules });
    there.crm.contacts.set(contact.id, contact);
    await there.openHandoff();
    await there.carryOut(accept);
    there.passMinutes(15);
    await watchPauses(there.needs)();
    expect(shown(there)).toMatchObject({ nurturePaused: true });
    expect(repaired(there)).toMatchObject({ late: 1, pausedAgain: 0 });
    expect(told(there)).toEqual([]);
  });

  it('tells once more that a lead was resumed, when HubSpot has had the time to let it go', async () => {
    const there = await paused();
    await there.carryOut(disqualify);
    await there.work('write-back');
    const first = { nurturePaused: false, nurtureResumedAt: there.needs.clock() };
    expect(shown(there)).toEqual(first);
    there.passMinutes(2);
    await watchPauses(there.needs)();
    expect(shown(there)).toEqual(first);
    there.passMinutes(15);
    const again = there.needs.clock();
    for (let looks = 0; looks < 3; looks += 1) {
      await watchPauses(there.needs)();
      expect(shown(there)).toEqual({ nurturePaused: false, nurtureResumedAt: again });
      there.passMinutes(15);
    }
    expect(repaired(there)).toMatchObject({ late: 0, resumedAgain: 0 });
  });

  it('is left to another process that has just made it', async () => {
    const there = await paused();
    await watchPauses(there.needs)();
    switchedTo(there, false);
    there.passMinutes(2);
    await watchPauses(there.needs)();
    expect(shown(there)).toMatchObject({ nurturePaused: false });
  });

  it('takes a missing property for what it is, and tries again the next time', async () => {
    const there = await paused();
    switchedTo(there, false);
    there.crm.script.fail('writeLead', 'refused');
    await watchPauses(there.needs)();
    expect(repaired(there)).toMatchObject({ pausedAgain: 0 });
    there.passMinutes(15);
    await watchPauses(there.needs)();
    expect(shown(there)).toMatchObject({ nurturePaused: true });
  });
});

describe('a lease that is over', () => {
  it('ends the pause of its handoff, which goes on, and nurture resumes', async () => {
    const there = await paused();
    there.moveTo(leaseOver);
    await watchPauses(there.needs)();
    expect(there.handoff().handoff).toMatchObject({ status: 'accepted', pause: null });
    expect(there.handoff().log.at(-1)?.event).toEqual({ type: 'pauseEnded', why: 'leaseOver' });
    expect(shown(there)).toEqual({ nurturePaused: false, nurtureResumedAt: leaseOver });
    expect(members(there)).toEqual([]);
    expect(repaired(there)).toMatchObject({ late: 1, resumedAgain: 0 });
  });

  it('of a pause by hand ends it, but for as long as a handoff is a cause as well', async () => {
    const there = await paused();
    const until = minutesAfter(assignedAt, 60);
    const { suppressions } = there.needs;
    await suppressions.pauseByHand({ leadId: contact.id, who: 'ops', why: 'x', since: assignedAt, until });
    there.passMinutes(60);
    await watchPauses(there.needs)();
    expect(await suppressions.list('open')).toMatchObject([{ cause: { kind: 'handoff' } }]);
    expect(shown(there)).toMatchObject({ nurturePaused: true });
    await there.carryOut(disqualify);
    await there.work('write-back');
    expect(shown(there)).toEqual({ nurturePaused: false, nurtureResumedAt: there.needs.clock() });
  });

  it('of a contact that is gone ends with it, unless its handoff is open and will be withdrawn', async () => {
    const there = await paused();
    const { suppressions } = there.needs;
    const until = minutesAfter(assignedAt, 90 * day);
    await suppressions.pauseByHand({ leadId: contact.id, who: 'ops', why: 'x', since: assignedAt, until });
    there.crm.contacts.delete(contact.id);
    await watchPauses(there.needs)();
    expect(await suppressions.list('open')).toMatchObject([{ cause: { kind: 'handoff' } }]);
    expect(await suppressions.list('all')).toContainEqual(
      expect.objectContaining({ lifted: { at: there.needs.clock(), why: 'gone' } }),
    );
  });
});

describe('the segment of whoever is paused', () => {
  it('follows with the write-back, in one call for a lot', async () => {
    const there = await paused();
    expect(members(there)).toEqual([contact.id]);
    expect(there.crm.script.calls.filter((call) => call === 'changeSegment')).toHaveLength(1);
    await there.carryOut(disqualify);
    await there.work('write-back');
    expect(members(there)).toEqual([]);
  });

  it('is repaired in both directions, but for members whom the ledger never had', async () => {
    const there = await paused();
    there.crm.segments.set('7', new Set(['marketing']));
    await watchPauses(there.needs)();
    expect(members(there)).toEqual(['marketing', contact.id]);
    await there.carryOut(disqualify);
    await there.work('write-back');
    there.crm.segments.get('7')?.add(contact.id);
    there.passMinutes(15);
    await watchPauses(there.needs)();
    expect(members(there)).toEqual(['marketing']);
  });

  it('that does not answer keeps no contact from being written, and is followed by the next attempt', async () => {
    const there = await office({ rules });
    there.crm.contacts.set(contact.id, contact);
    await there.openHandoff();
    await there.carryOut(accept);
    there.crm.script.fail('changeSegment', 'notDone');
    await expect(there.work('write-back')).rejects.toBeInstanceOf(TemporaryFailure);
    expect(shown(there)).toMatchObject({ nurturePaused: true });
    expect(await there.needs.suppressions.list('open')).toMatchObject([{ written: null }]);
    there.kept.jobs.add('write-back', offered().id);
    await there.work('write-back');
    expect(members(there)).toEqual([contact.id]);
    expect(await there.needs.suppressions.list('open')).toMatchObject([{ written: { paused: true } }]);
  });

  it('that HubSpot will not let us change is told of, and the property is written all the same', async () => {
    const there = await office({ rules });
    there.crm.contacts.set(contact.id, contact);
    await there.openHandoff();
    await there.carryOut(accept);
    there.crm.script.fail('changeSegment', 'refused');
    await there.work('write-back');
    expect(shown(there)).toMatchObject({ nurturePaused: true });
    expect(there.observed).toContainEqual({ what: 'segmentRefused', why: 'changeSegment_refused' });
    expect(await there.needs.suppressions.list('open')).toMatchObject([{ written: { paused: true } }]);
  });
});

it('ends up the same however a comparison breaks off', async () => {
  await survivesEveryInterruption({
    within: { rules },
    prepare: async (there) => {
      await pausedIn(there);
      there.crm.contacts.set('1', lead({ id: '1' }));
      switchedTo(there, true, '1');
      there.moveTo(leaseOver);
    },
    step: (needs) => watchPauses(needs)(),
    look: (there) => ({
      ours: shown(there),
      stranger: shown(there, '1'),
      members: members(there),
      open: there.kept.pauses.filter(({ lifted }) => !lifted),
      happened: there.handoff(offered().id).log.map(({ event }) => event.type),
    }),
  });
});
