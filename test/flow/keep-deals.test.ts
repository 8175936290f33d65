import { describe, expect, it } from 'vitest';
import type { Command } from '../../src/domain/handoff/decide.ts';
import type { DealRule } from '../../src/domain/policy/deals.ts';
import { writeBack } from '../../src/flow/write-back.ts';
import { ada, at, ben, dealRule, grace, lead, offered, policy, touch } from '../support/examples.ts';
import { survivesEveryInterruption } from '../support/interrupt.ts';
import { type Office, office } from '../support/office.ts';
import { writeBackAlone } from '../support/write-back-alone.ts';

const { id } = offered();
const run = (there: Office, again = false) => writeBackAlone(there.needs)({ key: id, again });

const accept: Command = { type: 'accept', by: ada };
const disqualify: Command = { type: 'disqualify', by: ada, reason: 'not_a_fit', note: '' };
const reassign: Command = { type: 'reassign', by: grace, to: ben };
const sent: Command = { type: 'logTouch', by: ada, touch: touch({ kind: 'email', outcome: 'sent' }) };

const toLost = { moveTo: { id: 'closedlost', label: 'Closed Lost' } };

/** The example handoff, of which HubSpot knows, under a policy with one rule for deals. */
async function opened(rule: Partial<DealRule> = {}): Promise<Office> {
  const there = await office({ rules: policy({ deals: [dealRule(rule)] }) });
  await there.openHandoff();
  await run(there);
  return there;
}

async function afterwards(there: Office, ...commands: Command[]): Promise<Office> {
  for (const command of commands) {
    there.passMinutes(5);
    await there.carryOut(command);
    await run(there);
  }
  return there;
}

const dealEvents = (there: Office) =>
  there.handoff().log.flatMap(({ event }) => (event.type.startsWith('deal') ? [event.type] : []));

describe('when the rep accepts', () => {
  it('the deal is made in its stage, with contact and company, for the rep, and the handoff knows it', async () => {
    const there = await afterwards(await opened(), accept);
    expect(there.crm.deals).toMatchObject([
      {
        handoffId: id,
        leadId: '501',
        accountId: '9001',
        ownerId: 'owner-ada',
        name: 'Northwind Robotics: Demo request',
        standsIn: 'appointmentscheduled',
        countsAtOnce: false,
      },
    ]);
    expect(there.handoff().log.at(-1)?.event).toEqual({
      type: 'dealMade',
      recordId: 'deal-1',
      url: 'https://hubspot.example/deals/deal-1',
      name: 'Northwind Robotics: Demo request',
      stage: { id: 'appointmentscheduled', label: 'Appointment Scheduled' },
      ifDisqualified: 'leave',
    });
    expect(there.handoff().handoff.status).toBe('accepted');
  });

  it('it costs one call more, and is made once whatever happens after', async () => {
    const there = await afterwards(await opened(), accept, sent, { ...sent, touch: touch({ id: 'second' }) });
    expect(there.crm.deals).toHaveLength(1);
    const calls = there.crm.script.calls;
    expect(calls.slice(2, 5).toSorted()).toEqual(['createDeal', 'moveTask', 'writeLead']);
    expect(calls.filter((call) => call.includes('eal'))).toEqual(['createDeal']);
  });

  it('none is made of a lead that was given up before HubSpot heard of it', async () => {
    const there = await opened();
    await there.carryOut(accept);
    await there.carryOut(disqualify);
    await run(there);
    expect(there.crm.deals).toEqual([]);
  });

  it('none is made without a rule, and HubSpot is not asked', async () => {
    const there = await afterwards(await opened({ when: { kind: 'trigger', anyOf: ['score'] } }), accept);
    expect(there.crm.script.calls.filter((call) => call.includes('eal'))).toEqual([]);
  });

  it('its name has as much of hostile words as fits in a line', async () => {
    const there = await office({ rules: policy({ deals: [dealRule({ name: '{lead} / {company}' })] }) });
    await there.openHandoff(lead({ name: `Eve\n\u202e${'x'.repeat(300)}`, account: null, company: null }));
    await afterwards(there, accept);
    const name = there.crm.deals[0]?.name ?? '';
    expect(name.length).toBeLessThanOrEqual(200);
    expect(name).toMatch(/^Eve x{60,80}… \/ Eve x/);
  });
});

describe('with `unless: open deal`', () => {
  const open = { dealId: '7', url: 'https://hubspot.example/deals/7' };

  it('none is made beside an open one, which is told once', async () => {
    const there = await opened({ unlessOpenDeal: true });
    there.crm.openDealsOf.set('501', [{ ...open, madeFor: null }]);
    await afterwards(there, accept, reassign, { type: 'accept', by: ben });
    expect(there.crm.deals).toEqual([]);
    expect(dealEvents(there)).toEqual(['dealNotMade']);
    expect(there.handoff().log.find(({ event }) => event.type === 'dealNotMade')?.event).toEqual({
      type: 'dealNotMade',
      because: { open: 'https://hubspot.example/deals/7' },
    });
  });

  it('one is made when there is none', async () => {
    const there = await afterwards(await opened({ unlessOpenDeal: true }), accept);
    expect(there.crm.deals).toHaveLength(1);
  });

  it('that of an earlier attempt stands in nobody’s way', async () => {
    const there = await opened({ unlessOpenDeal: true });
    there.crm.openDealsOf.set('501', [{ ...open, madeFor: id }]);
    await afterwards(there, accept);
    expect(dealEvents(there)).toEqual(['dealMade']);
  });
});

describe('made by other moments', () => {
  it('the first touch makes it, an acceptance does not', async () => {
    const there = await afterwards(await opened({ moment: 'touched' }), accept);
    expect(there.crm.deals).toEqual([]);
    await afterwards(there, sent);
    expect(there.crm.deals).toHaveLength(1);
  });

  it('a meeting makes one that counts at once, and ends the handoff well', async () => {
    const there = await opened({ moment: 'meetingBooked' });
    await afterwards(there, accept, { type: 'noteMeeting', recordId: '7002', at: at('15:07') });
    expect(there.crm.deals).toMatchObject([{ countsAtOnce: true }]);
    expect(dealEvents(there)).toEqual(['dealMade', 'dealCreated']);
    expect(there.handoff().handoff).toMatchObject({
      status: 'closed',
      outcome: 'converted',
      opportunityAt: at('15:10:02'),
    });
  });
});

describe('as long as nobody has moved it on', () => {
  it('its owner follows the lead', async () => {
    const there = await afterwards(await opened(), accept, reassign);
    expect(there.crm.deals).toMatchObject([{ ownerId: 'owner-ben' }]);
  });

  it('it stays where it is when the lead is given up', async () => {
    const there = await afterwards(await opened(), accept, disqualify);
    expect(there.crm.deals).toMatchObject([{ standsIn: 'appointmentscheduled', ownerId: 'owner-ada' }]);
  });

  it('it goes to the stage of the policy when the lead is given up', async () => {
    const there = await afterwards(await opened({ ifDisqualified: toLost }), accept, disqualify);
    expect(there.crm.deals).toMatchObject([{ standsIn: 'closedlost' }]);
  });

  it('it comes back from there when the manager thinks otherwise', async () => {
    const overturn: Command = { type: 'overturn', by: grace, isElsewhere: false };
    const there = await afterwards(await opened({ ifDisqualified: toLost }), accept, disqualify, overturn);
    expect(there.crm.deals).toMatchObject([{ standsIn: 'appointmentscheduled' }]);
    expect(dealEvents(there)).toEqual(['dealMade']);
  });

  it('and afterwards nothing of that is done', async () => {
    const there = await afterwards(await opened({ ifDisqualified: toLost }), accept);
    Object.assign(there.crm.deals[0] ?? {}, { standsIn: 'qualifiedtobuy' });
    await afterwards(there, reassign, { ...disqualify, by: ben });
    expect(there.crm.deals).toMatchObject([{ standsIn: 'qualifiedtobuy', ownerId: 'owner-ada' }]);
  });
});

describe('what goes wrong', () => {
  it('a refusal for good is told, and keeps nothing else from being written', async () => {
    const there = await opened();
    there.crm.script.fail('createDeal', 'refused');
    await afterwards(there, accept);
    expect(there.handoff().log.at(-1)?.event).toEqual({
      type: 'dealNotMade',
      because: { refused: 'createDeal_refused' },
    });
    expect(there.handoff().written.writtenSeq).toBe(2);
  });

  it('a failure of the moment is tried again', async () => {
    const there = await opened();
    there.crm.script.fail('createDeal', 'notDone');
    await there.carryOut(accept);
    await expect(run(there)).rejects.toThrow('createDeal was not done');
    expect(dealEvents(there)).toEqual([]);
    await run(there, true);
    expect(dealEvents(there)).toEqual(['dealMade']);
    expect(there.crm.deals).toHaveLength(1);
  });

  it('what an attempt made whose end nobody knows is found, for whoever has the lead by now', async () => {
    const there = await opened();
    await there.carryOut(accept);
    there.crm.script.fail('createDeal', 'lost');
    await run(there).catch(() => {});
    await there.carryOut(reassign);
    await there.carryOut({ type: 'accept', by: ben });
    await run(there, true);
    expect(there.crm.deals).toMatchObject([{ ownerId: 'owner-ben' }]);
    expect(dealEvents(there)).toEqual(['dealMade']);
  });

  it('and put away if the lead was given up meanwhile', async () => {
    const there = await opened({ ifDisqualified: toLost });
    await there.carryOut(accept);
    there.crm.script.fail('createDeal', 'lost');
    await run(there).catch(() => {});
    await there.carryOut(disqualify);
    await run(there, true);
    expect(there.crm.deals).toMatchObject([{ standsIn: 'closedlost' }]);
    expect(dealEvents(there)).toEqual(['dealMade']);
  });

  it('whatever breaks off, there is one deal and one word of it in the end', async () => {
    await survivesEveryInterruption({
      within: { rules: policy({ deals: [dealRule({ unlessOpenDeal: true })] }) },
      prepare: async (there) => {
        await there.openHandoff();
        await run(there);
        await there.carryOut(accept);
      },
      step: (needs, { repeat }) => writeBackAlone(needs)({ key: id, again: repeat }),
      look: (there) => ({
        deals: there.crm.deals,
        events: dealEvents(there),
        written: there.handoff().written.writtenSeq >= 2,
      }),
    });
  });
});

it('a lot of handoffs is asked about together', async () => {
  const there = await opened();
  const other = lead({ id: '502' });
  await there.openHandoff(other, { id: '0b0c7c2e-0000-4000-8000-000000000502' });
  const asked: number[] = [];
  const { createDeals } = there.needs.crm;
  const crm = {
    ...there.needs.crm,
    createDeals: (deals: Parameters<typeof createDeals>[0]) => {
      asked.push(deals.length);
      return createDeals(deals);
    },
  };
  for (const handoffId of [id, '0b0c7c2e-0000-4000-8000-000000000502'])
    await there.carryOut(accept, handoffId);
  const jobs = [id, '0b0c7c2e-0000-4000-8000-000000000502'].map((handoffId) => ({
    handoffId,
    again: false,
    job: null,
  }));
  await writeBack({ ...there.needs, crm })(jobs);
  expect(asked).toEqual([2]);
});
