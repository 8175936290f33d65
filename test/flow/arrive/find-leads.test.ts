import { expect, it } from 'vitest';
import { findLeads } from '../../../src/flow/arrive/find-leads.ts';
import type { CrmRecord } from '../../../src/flow/ports/crm.ts';
import { ada, at, deal, lead, minutesAfter, touch } from '../../support/examples.ts';
import { type Office, office } from '../../support/office.ts';

const call: CrmRecord = { objectType: 'calls', id: '7001' };
const run = (there: Office) => findLeads(there.needs)(call);

/** HubSpot tells of a call that is filed under these contacts; sales works on 501 and 502. */
async function told(...contacts: string[]): Promise<Office> {
  const there = await office();
  for (const id of ['501', '502']) await there.openHandoff(lead({ id }), { id: `of ${id}` });
  await there.work();
  there.crm.filed.set('calls:7001', contacts);
  await tell(there, 'first');
  return there;
}

async function tell(there: Office, dedupeKey: string): Promise<void> {
  const event = { dedupeKey, leadId: null, record: call, type: 'call.creation', payload: {}, ignored: null };
  await there.needs.inbox.store([{ ...event, occurredAt: at('15:00') }], there.needs.clock());
}

const eventsOf = ({ kept }: Office) =>
  kept.events.map(({ leadId, decision }) => [leadId, decision?.reason ?? null]);

it('a record has the leads looked at that it is filed under and that sales works on', async () => {
  const there = await told('501', '777', '502');
  await run(there);
  expect(eventsOf(there)).toEqual([
    ['501', null],
    ['502', null],
  ]);
  expect(there.kept.jobs.keys()).toEqual(['find-leads:calls:7001', 'intake:501', 'intake:502']);
});

it('a record of contacts whom sales does not work on is nobody’s matter', async () => {
  const there = await told('777');
  await run(there);
  expect(eventsOf(there)).toEqual([[null, 'about nobody whom sales works on']]);
});

it('a record that is gone, or filed under no contact, is ignored with that reason', async () => {
  const there = await told();
  await run(there);
  expect(eventsOf(there)).toEqual([[null, 'about no contact']]);
});

it('a record of a lead whose deal may still be won has it looked at', async () => {
  const there = await told('501');
  const { createdAt, id: recordId } = deal();
  await there.carryOut({ type: 'logTouch', by: ada, touch: touch() }, 'of 501');
  await there.carryOut({ type: 'noteDeal', recordId, at: createdAt }, 'of 501');
  await run(there);
  expect(eventsOf(there)).toEqual([['501', null]]);
});

it('a company that changed has those of its leads looked at whose evidence may be fresh', async () => {
  const there = await office();
  const company = { objectType: 'companies', id: '7' } as const;
  const readAt = (days: number) => minutesAfter(at('15:00'), -days * 1440);
  const { account } = lead();
  if (!account) throw new Error('the example lead has no company');
  for (const [id, days] of [
    ['501', 1],
    ['502', 8],
  ] as const)
    await there.needs.handoffs.saveLead(lead({ id, account: { ...account, id: '7' } }), readAt(days));
  const event = { leadId: null, record: company, type: 'company.propertyChange', payload: {}, ignored: null };
  await there.needs.inbox.store([{ ...event, dedupeKey: 'x', occurredAt: at('15:00') }], at('15:00'));
  await findLeads(there.needs)(company);
  expect(eventsOf(there)).toEqual([['501', null]]);
});

it('a HubSpot that is away leaves the event for the repeat, which finds what it is about by then', async () => {
  const there = await told('501');
  there.crm.script.fail('leadsOf', 'notDone');
  await expect(run(there)).rejects.toThrow('was not done');
  expect(eventsOf(there)).toEqual([[null, null]]);
  await tell(there, 'second');
  await run(there);
  expect(eventsOf(there)).toEqual([
    ['501', null],
    ['501', null],
  ]);
});

it('a call that a webhook tells of stops the clock of its lead', async () => {
  const there = await told('501');
  const made = {
    kind: 'call',
    direction: 'outbound',
    title: '',
    text: null,
    at: at('15:05'),
    createdAt: at('15:05'),
  } as const;
  const flags = { automated: false, connected: true, calledOff: false, ours: false };
  const activities = [{ id: '7001', ownerId: 'owner-ada', ...made, ...flags }];
  there.crm.contacts.set('501', lead({ activities }));
  there.moveTo(at('15:06'));
  await there.work('find-leads', 'intake');
  expect(there.handoff('of 501').handoff).toMatchObject({ status: 'working', firstTouchAt: at('15:05') });
  expect(eventsOf(there)).toEqual([['501', 'touch']]);
});
