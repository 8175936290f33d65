import { describe, expect, it } from 'vitest';
import type { Lead } from '../../src/domain/lead.ts';
import { TemporaryFailure } from '../../src/flow/failure.ts';
import { giveUpIntake, intake } from '../../src/flow/intake.ts';
import { account, ada, at, ben, closedAt, dario, grace, lead, offered } from '../support/examples.ts';
import { survivesEveryInterruption } from '../support/interrupt.ts';
import { type Office, office, ownerIdOf } from '../support/office.ts';

const run = (there: Office, leadId = '501') => intake(there.needs)(leadId);

/** Webhook events about the lead arrive. */
async function arrive(there: Office, ...keys: string[]): Promise<void> {
  const events = keys.map((dedupeKey) => ({
    dedupeKey,
    leadId: '501',
    type: 'contact.propertyChange',
    occurredAt: at('14:59:40'),
    payload: {},
    ignored: null,
  }));
  await there.needs.inbox.store(events, there.needs.clock());
}

/** An office in which HubSpot holds this lead and has sent one event about it. */
async function about(subject: Lead | null): Promise<Office> {
  const there = await office();
  if (subject) there.crm.leads.set('501', subject);
  await arrive(there, 'first');
  return there;
}

const decisions = ({ kept }: Office) => kept.events.map(({ decision }) => decision);

describe('a lead that qualifies', () => {
  it('is a handoff, offered by the route at once, with its timers, its snapshot and its events decided', async () => {
    const there = await about(lead());
    await run(there);
    const { handoff, log, timers } = there.handoff();
    expect(handoff).toMatchObject({
      leadId: '501',
      trigger: 'demo_request',
      policyVersion: 'example',
      qualifiedAt: at('14:59:30'),
      status: 'offered',
      assignment: { rep: ada, team: 'Americas', at: at('15:00:02') },
      respondBy: at('15:15:02'),
      version: 1,
    });
    expect(log).toMatchObject([
      { seq: 1, by: null, event: { type: 'offered', evidence: 'sent in "Request a Demo"' } },
    ]);
    expect(timers.map(({ action }) => action)).toEqual(['breach', 'remind', 'tellManager']);
    expect(there.kept.leads.get('501')).toEqual(lead());
    expect(decisions(there)).toEqual([
      { decision: 'handoff', reason: 'sent in "Request a Demo"', handoffId: handoff.id },
    ]);
    expect(there.observed).toEqual([
      { what: 'decided', leadId: '501', decision: 'handoff', events: 1, handoffId: handoff.id },
    ]);
  });

  it('goes to its owner when HubSpot’s owner is one of the policy’s people', async () => {
    const there = await about(
      lead({ ownerId: ownerIdOf(ben), account: account({ ownerId: ownerIdOf(dario) }) }),
    );
    await run(there);
    expect(there.handoff().handoff.assignment.rep).toBe(ben);
    expect(there.kept.credits.size).toBe(0);
  });

  it('passes over an owner whose HubSpot user was deactivated', async () => {
    const there = await about(lead({ ownerId: ownerIdOf(ben) }));
    const gone = { id: ben, name: 'Ben Castillo', ownerId: ownerIdOf(ben), active: false };
    await there.needs.directory.savePeople([gone], there.needs.clock());
    await run(there);
    expect(there.handoff().handoff.assignment.rep).toBe(ada);
  });

  it('leaves the balances of the rotation that its turn was taken from', async () => {
    const there = await about(lead());
    await run(there);
    expect(there.kept.credits.get('Americas')?.get(ada)).toBe(-0.5);
  });

  it('decides all events that were waiting, once', async () => {
    const there = await about(lead());
    await arrive(there, 'second', 'third', 'second');
    await run(there);
    await run(there);
    expect(decisions(there).map((decision) => decision?.decision)).toEqual(['handoff', 'handoff', 'handoff']);
    expect(there.kept.handoffs.size).toBe(1);
  });

  it('is read once, and not at all when no event is waiting', async () => {
    const there = await about(lead());
    await run(there);
    await run(there);
    expect(there.crm.script.calls).toEqual(['lead']);
  });
});

describe('a lead that does not', () => {
  const ignored = (reason: string) => [{ decision: 'ignored', reason }];

  it('is gone: its events say so', async () => {
    const there = await about(null);
    await run(there);
    expect(decisions(there)).toEqual(ignored('the contact is gone'));
  });

  it('has no trigger: its events say so, and its snapshot is kept', async () => {
    const there = await about(lead({ conversion: null }));
    await run(there);
    expect(decisions(there)).toEqual(ignored('no trigger applies'));
    expect(there.kept.leads.has('501')).toBe(true);
    expect(there.kept.handoffs.size).toBe(0);
  });

  it('lacks a required field: it is held with the reason', async () => {
    const there = await about(lead({ email: null }));
    await run(there);
    expect(decisions(there)).toEqual([
      { decision: 'held', reason: 'sent in "Request a Demo", but lacks email' },
    ]);
  });

  it('was held, and is passed on when the field arrives', async () => {
    const there = await about(lead({ email: null }));
    await run(there);
    there.crm.leads.set('501', lead());
    await arrive(there, 'email arrived');
    await run(there);
    expect(decisions(there).map((decision) => decision?.decision)).toEqual(['held', 'handoff']);
  });

  it('is with sales already: later events say so, and our own echoes among them', async () => {
    const there = await about(lead());
    await run(there);
    await arrive(there, 'echo');
    await run(there);
    expect(decisions(there)[1]).toEqual({
      decision: 'ignored',
      reason: 'sales is already working on this lead',
    });
    expect(there.kept.handoffs.size).toBe(1);
  });

  it('was handed over for the same evidence before', async () => {
    const there = await about(lead());
    await there.openHandoff();
    there.moveTo(closedAt);
    await there.carryOut({ type: 'disqualify', by: grace, reason: 'not_a_fit', note: '' });
    await run(there);
    expect(decisions(there)).toEqual(ignored('handed over before: sent in "Request a Demo"'));
  });

  it('was merged into another contact that was handed over for the same evidence', async () => {
    const there = await about(lead({ id: '777' }));
    await there.openHandoff(lead());
    there.moveTo(closedAt);
    await there.carryOut({ type: 'disqualify', by: grace, reason: 'not_a_fit', note: '' });
    await run(there);
    expect(decisions(there)).toEqual(ignored('handed over before: sent in "Request a Demo"'));
  });

  it('became another’s in the same moment: the events say so', async () => {
    const there = await about(lead());
    const { lastOf } = there.needs.handoffs;
    // Somebody else opens a handoff between the look at the last one and the opening.
    there.needs.handoffs.lastOf = async (leadId) => {
      const last = await lastOf(leadId);
      if (there.kept.handoffs.size === 0) await there.openHandoff();
      return last;
    };
    await run(there);
    expect(decisions(there)).toEqual(ignored('sales is already working on this lead'));
    expect(there.handoff().handoff.id).toBe(offered().id);
  });
});

it('a HubSpot that is away leaves the events undecided, for the repeat', async () => {
  const there = await about(lead());
  there.crm.script.fail('lead', 'notDone');
  await expect(run(there)).rejects.toThrow(TemporaryFailure);
  expect(decisions(there)).toEqual([null]);
  await run(there);
  expect(decisions(there)).toMatchObject([{ decision: 'handoff' }]);
});

it('a lead that is given up for good leaves no event waiting in silence', async () => {
  const there = await about(lead());
  await run(there);
  await arrive(there, 'second', 'third');
  await giveUpIntake(there.needs)('501', 'HubSpot refused the read');
  const failed = { decision: 'failed', reason: 'HubSpot refused the read' };
  expect(decisions(there)).toMatchObject([{ decision: 'handoff' }, failed, failed]);
  expect(there.observed.at(-1)).toEqual({
    what: 'decided',
    leadId: '501',
    decision: 'failed',
    events: 2,
    handoffId: null,
  });
});

describe('interrupted at any call and run again, every event has its one decision and the lead its one handoff', () => {
  const table: [title: string, Lead | null][] = [
    ['of a lead that qualifies', lead()],
    ['of a lead that is held', lead({ email: null })],
    ['of a lead that is ignored', lead({ conversion: null })],
    ['of a lead that is gone', null],
  ];
  for (const [title, subject] of table) {
    it(title, async () => {
      await survivesEveryInterruption({
        prepare: async (there) => {
          if (subject) there.crm.leads.set('501', subject);
          await arrive(there, 'first', 'second');
        },
        step: (needs) => intake(needs)('501'),
        look: ({ kept }) => ({
          decisions: kept.events.map(({ decision }) => [decision?.decision, decision?.reason]),
          handoffs: [...kept.handoffs.values()].map(({ handoff, log }) => [handoff.status, log.length]),
          credits: [...kept.credits].map(([pool, balances]) => [pool, Object.fromEntries(balances)]),
        }),
      });
    });
  }
});
