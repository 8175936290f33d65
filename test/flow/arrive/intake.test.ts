import { describe, expect, it } from 'vitest';
import type { Lead } from '../../../src/domain/lead/lead.ts';
import type { Policy } from '../../../src/domain/policy/policy.ts';
import { giveUpIntake } from '../../../src/flow/arrive/intake.ts';
import { TemporaryFailure } from '../../../src/flow/ports/failure.ts';
import {
  account,
  ada,
  at,
  ben,
  closedAt,
  dario,
  demoRequest,
  grace,
  international,
  lead,
  member,
  minutesAfter,
  offered,
  policy,
  routing,
  rule,
  target,
  targets,
  weekdays,
} from '../../support/examples.ts';
import { survivesEveryInterruption } from '../../support/interrupt.ts';
import { type Office, office, ownerIdOf } from '../../support/office.ts';
import { takeInAlone } from '../../support/take-in.ts';

const run = (there: Office, leadId = '501') => takeInAlone(there.needs)(leadId);

/** Webhook events about the lead arrive. */
async function arrive(there: Office, ...keys: string[]): Promise<void> {
  const events = keys.map((dedupeKey) => ({
    dedupeKey,
    leadId: '501',
    record: null,
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
  if (subject) there.crm.contacts.set('501', subject);
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
      { seq: 1, by: null, event: { type: 'offered', evidence: 'filled in “Request a Demo”' } },
    ]);
    expect(timers.map(({ action, step }) => [action, step])).toEqual([
      ['breach', 0],
      ['climb', 1],
      ['climb', 2],
    ]);
    expect(there.kept.leads.get('501')).toEqual(lead());
    expect(decisions(there)).toEqual([
      { decision: 'handoff', reason: 'filled in “Request a Demo”', handoffId: handoff.id },
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
    const gone = { id: ben, name: 'Ben Castillo', ownerId: ownerIdOf(ben), active: false, hours: null };
    await there.needs.directory.savePeople([gone], there.needs.clock());
    await run(there);
    expect(there.handoff().handoff.assignment.rep).toBe(ada);
  });

  it('has as long as its segment has', async () => {
    const inAustria = { kind: 'text', attribute: 'country', anyOf: ['Austria'] } as const;
    const hour = { ...targets({ acknowledge: target(60) }), when: null };
    const rules = policy({
      triggers: [{ ...demoRequest, targets: [{ ...targets(), when: inAustria }, hour] }],
    });
    const there = await office({ rules });
    there.crm.contacts.set('501', lead());
    await arrive(there, 'first');
    await run(there);
    expect(there.handoff().handoff).toMatchObject({
      targets: targets({ acknowledge: target(60) }),
      respondBy: at('16:00:02'),
    });
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

  it('is left alone when no event is waiting', async () => {
    const there = await about(lead());
    await run(there);
    const kept = structuredClone(there.handoff());
    there.crm.contacts.set('501', lead({ name: 'Somebody Else' }));
    await run(there);
    expect(there.handoff()).toEqual(kept);
    expect(await there.needs.handoffs.snapshots(['501'])).toMatchObject(new Map([['501', lead()]]));
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
    const there = await about(lead({ conversions: [] }));
    await run(there);
    expect(decisions(there)).toEqual(ignored('no trigger applies'));
    expect(there.kept.leads.has('501')).toBe(true);
    expect(there.kept.handoffs.size).toBe(0);
  });

  it('lacks a required field: it is held with the reason', async () => {
    const there = await about(lead({ email: null }));
    await run(there);
    expect(decisions(there)).toEqual([
      { decision: 'held', reason: 'filled in “Request a Demo”, but lacks email' },
    ]);
  });

  it('is excluded: its events say by which rule, and the decision what was looked at', async () => {
    const there = await about(lead({ lifecycleStage: 'customer' }));
    await run(there);
    expect(decisions(there)).toEqual(ignored('Already a customer: lifecycle stage customer'));
    expect(await there.needs.decisions.ofLead('501')).toMatchObject([
      {
        verdict: 'ignored',
        reason: 'Already a customer: lifecycle stage customer',
        handoffId: null,
        considered: [{ kind: 'never', name: 'customer', met: true }],
        reasons: [],
      },
    ]);
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
    expect(decisions(there)).toEqual(
      ignored('filled in “Request a Demo”, but that led to an earlier handoff'),
    );
  });

  it('was merged into another contact that was handed over for the same evidence', async () => {
    const there = await about(lead({ id: '777' }));
    await there.openHandoff(lead());
    there.moveTo(closedAt);
    await there.carryOut({ type: 'disqualify', by: grace, reason: 'not_a_fit', note: '' });
    await run(there);
    expect(decisions(there)).toEqual(
      ignored('filled in “Request a Demo”, but that led to an earlier handoff'),
    );
  });

  it('became another’s in the same moment: the events say so', async () => {
    const there = await about(lead());
    const { standings } = there.needs.arrivals;
    // Somebody else opens a handoff between the look at the lead and the opening.
    there.needs.arrivals.standings = async (...about) => {
      if (there.kept.handoffs.size === 0) await there.openHandoff();
      return standings(...about);
    };
    await run(there);
    expect(decisions(there)).toEqual(ignored('sales is already working on this lead'));
    expect(there.handoff().handoff.id).toBe(offered().id);
  });
});

describe('a lead that lacks a required field', () => {
  const held = async () => {
    const there = await about(lead({ email: null }));
    await run(there);
    return there;
  };
  const heldBecause = ({ crm }: Office) => crm.written.get('501')?.record?.heldBecause;
  const reason = 'filled in “Request a Demo”, but lacks email';
  const because = 'Demo request: lacks email';

  it('is on the list of those that are held, and HubSpot says why', async () => {
    const there = await held();
    expect(await there.needs.holds.list()).toEqual([
      { leadId: '501', since: at('15:00:02'), because, until: null },
    ]);
    expect(heldBecause(there)).toBe(because);
    expect(await there.needs.decisions.ofLead('501')).toMatchObject([
      { verdict: 'held', reason, reasons: [] },
    ]);
  });

  it('is told to HubSpot once, however often somebody looks, and anew when it lacks something else', async () => {
    const there = await held();
    await arrive(there, 'another look');
    await run(there);
    expect(there.crm.script.calls).toEqual(['lead', 'writeLead', 'lead']);
    there.adopt(policy({ qualification: { ...policy().qualification, required: ['phone'] } }));
    there.crm.contacts.set('501', lead({ phone: null }));
    await arrive(there, 'one more');
    await run(there);
    expect(heldBecause(there)).toBe('Demo request: lacks phone');
    expect(await there.needs.holds.list()).toMatchObject([{ since: at('15:00:02') }]);
  });

  it('is passed on when the field arrives, and held no more', async () => {
    const there = await held();
    there.crm.contacts.set('501', lead());
    await arrive(there, 'email arrived');
    await run(there);
    expect(decisions(there).map((decision) => decision?.decision)).toEqual(['held', 'handoff']);
    expect(await there.needs.holds.list()).toEqual([]);
    expect(there.handoff().handoff.assignment.rep).toBe(ada);
    expect(await there.needs.decisions.ofLead('501')).toMatchObject([
      { verdict: 'handoff' },
      { verdict: 'held' },
    ]);
  });

  it('is passed on however long it took: evidence does not age while the lead waits', async () => {
    const there = await held();
    there.moveTo(minutesAfter(at('15:00'), 20 * 1440));
    there.crm.contacts.set('501', lead());
    await arrive(there, 'email arrived');
    await run(there);
    expect(there.kept.handoffs.size).toBe(1);
  });

  it('is held no more when it qualifies no more, and HubSpot forgets why', async () => {
    const there = await held();
    there.crm.contacts.set('501', lead({ email: null, lifecycleStage: 'customer' }));
    await arrive(there, 'became a customer');
    await run(there);
    expect([await there.needs.holds.list(), heldBecause(there)]).toEqual([[], null]);
  });

  it('is held no more under the id it had before it was merged, whatever becomes of it', async () => {
    const there = await held();
    there.crm.contacts.set('501', lead({ id: '900', email: null }));
    await arrive(there, 'merged');
    await run(there);
    expect(await there.needs.holds.list()).toMatchObject([{ leadId: '900', because }]);
  });

  it('is held no more when the contact is gone', async () => {
    const there = await held();
    there.crm.contacts.delete('501');
    await arrive(there, 'deleted');
    await run(there);
    expect(await there.needs.holds.list()).toEqual([]);
  });

  it('is held also where HubSpot has no property to say so, which is noticed', async () => {
    const there = await about(lead({ email: null }));
    there.crm.refusedProperties.push('handoff_held_because');
    await run(there);
    expect(await there.needs.holds.list()).toHaveLength(1);
    expect(there.observed).toContainEqual({
      what: 'propertiesRefused',
      handoffId: null,
      properties: ['handoff_held_because'],
    });
  });
});

/** Leads go to Dario alone, who works an hour each morning, and wait for him. */
const waiting = policy({
  teams: [
    { ...international, members: [member({ id: dario, hours: weekdays('Europe/Berlin', '08:30-09:30') })] },
  ],
  routing: routing([rule({ kind: 'rotation', team: 'International' }, { whenNobody: 'hold' })]),
});
const morning = new Date('2026-03-04T07:30:00Z');

describe('a lead for whose team nobody is at work', () => {
  const waits = async () => {
    const there = await office({ rules: waiting });
    there.crm.contacts.set('501', lead());
    await arrive(there, 'first');
    await run(there);
    return there;
  };
  const because = 'Demo request: nobody of International is free';
  const reason = 'filled in “Request a Demo”, but nobody of International is free';

  it('waits until the first of them is, with the decision and every step of the route', async () => {
    const there = await waits();
    expect(there.kept.handoffs.size).toBe(0);
    expect(decisions(there)).toEqual([{ decision: 'held', reason }]);
    // Somebody may be free earlier than anybody can tell, so it is looked at within the hour.
    expect(await there.needs.holds.list()).toEqual([
      { leadId: '501', since: at('15:00:02'), because, until: at('16:00:02') },
    ]);
    expect(there.crm.written.get('501')?.record?.heldBecause).toBe(because);
    expect(await there.needs.decisions.ofLead('501')).toMatchObject([
      {
        verdict: 'held',
        reason,
        considered: [{ name: 'customer' }, { name: 'demo_request', met: true }, {}, {}],
        reasons: [{ kind: 'rotation', team: 'International', taken: false }],
      },
    ]);
    expect(there.observed.at(-1)).toMatchObject({ what: 'decided', decision: 'held' });
  });

  it('is looked at again by itself, and theirs as soon as they are', async () => {
    const there = await waits();
    there.moveTo(at('16:00:01'));
    expect(await there.needs.holds.wakeDue(there.needs.clock())).toBe(0);
    there.moveTo(morning);
    expect(await there.needs.holds.wakeDue(there.needs.clock())).toBe(1);
    await run(there);
    expect(there.handoff().handoff).toMatchObject({
      assignment: { rep: dario, at: morning },
      qualifiedAt: at('14:59:30'),
    });
    expect(await there.needs.holds.list()).toEqual([]);
  });

  it('is told to HubSpot by the next attempt when this one breaks off in between', async () => {
    const there = await office({ rules: waiting });
    there.crm.contacts.set('501', lead());
    await arrive(there, 'first');
    there.crm.script.fail('writeLead', 'notDone');
    await expect(run(there)).rejects.toThrow('was not done');
    expect(decisions(there)).toEqual([{ decision: 'held', reason }]);
    await run(there);
    expect(there.crm.written.get('501')?.record?.heldBecause).toBe(because);
    await run(there);
    expect(there.crm.script.calls.filter((call) => call === 'writeLead')).toHaveLength(2);
  });

  it('goes on waiting when they are away then', async () => {
    const there = await waits();
    const absence = { from: at('15:00'), until: new Date('2026-03-05T00:00:00Z'), why: 'ill' };
    await there.needs.directory.saveAbsences(dario, 'hubspot', [absence], at('15:00'));
    there.moveTo(morning);
    await there.needs.holds.wakeDue(there.needs.clock());
    await run(there);
    expect(await there.needs.holds.list()).toMatchObject([
      { since: at('15:00:02'), until: minutesAfter(morning, 60) },
    ]);
  });
});

it('a workflow hands a lead over that did nothing itself', async () => {
  const trigger = {
    ...demoRequest,
    name: 'workflow',
    when: { kind: 'workflow', name: 'hand_over' },
  } as const;
  const there = await office({ rules: policy({ triggers: [trigger] }) });
  there.crm.contacts.set('501', lead({ conversions: [] }));
  const asked = {
    dedupeKey: 'asked',
    leadId: '501',
    record: null,
    type: 'workflow.action',
    occurredAt: at('14:59'),
    payload: { inputFields: { trigger: 'hand_over' } },
    ignored: null,
  };
  await there.needs.inbox.store([asked], there.needs.clock());
  await run(there);
  expect(there.handoff().handoff).toMatchObject({ trigger: 'workflow', qualifiedAt: at('14:59') });
  expect(await there.needs.decisions.ofLead('501')).toMatchObject([
    { verdict: 'handoff', reason: 'handed over by the workflow hand_over' },
  ]);
});

it('a handoff’s decision holds what was considered and every step of its route', async () => {
  const there = await about(lead());
  await run(there);
  const { handoff } = there.handoff();
  expect(await there.needs.decisions.ofLead('501')).toEqual([
    {
      leadId: '501',
      at: at('15:00:02'),
      policyVersion: 'example',
      verdict: 'handoff',
      reason: 'filled in “Request a Demo”',
      handoffId: handoff.id,
      considered: [
        {
          kind: 'never',
          name: 'customer',
          met: false,
          found: 'lifecycle stage lead',
          since: null,
          but: null,
        },
        {
          kind: 'trigger',
          name: 'demo_request',
          met: true,
          found: 'filled in “Request a Demo”',
          since: at('14:59:30'),
          but: null,
        },
        { kind: 'trigger', name: 'score', met: false, found: 'score 30', since: null, but: null },
        {
          kind: 'trigger',
          name: 'lifecycle',
          met: false,
          found: 'lifecycle stage lead',
          since: null,
          but: null,
        },
      ],
      reasons: handoff.assignment.reasons,
    },
  ]);
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
  const table: [title: string, Lead | null, Policy][] = [
    ['of a lead that qualifies', lead(), policy()],
    ['of a lead that is held', lead({ email: null }), policy()],
    ['of a lead that waits for a team', lead(), waiting],
    ['of a lead that is ignored', lead({ conversions: [] }), policy()],
    ['of a lead that is gone', null, policy()],
  ];
  for (const [title, subject, rules] of table) {
    it(title, async () => {
      await survivesEveryInterruption({
        within: { rules },
        prepare: async (there) => {
          if (subject) there.crm.contacts.set('501', subject);
          await arrive(there, 'first', 'second');
        },
        step: (needs) => takeInAlone(needs)('501'),
        look: ({ kept, crm }) => ({
          held: [...kept.holds.values()].map(({ because }) => because),
          // What waits for a team is told once it is certain, and again whenever somebody looks.
          told: rules === waiting ? null : crm.written.get('501')?.record?.heldBecause,
          verdicts: kept.decisions.map(({ verdict, reason }) => [verdict, reason]),
          decisions: kept.events.map(({ decision }) => [decision?.decision, decision?.reason]),
          handoffs: [...kept.handoffs.values()].map(({ handoff, log }) => [handoff.status, log.length]),
          credits: [...kept.credits].map(([pool, balances]) => [pool, Object.fromEntries(balances)]),
        }),
      });
    });
  }
});
