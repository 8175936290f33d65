import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import { handoffProperties } from '../../../src/adapters/hubspot/properties.ts';
import { touchKinds } from '../../../src/domain/handoff/handoff.ts';
import type { FollowUpTask, HandoffRecord, LoggedTouch } from '../../../src/flow/ports/crm.ts';
import { PermanentFailure, TemporaryFailure } from '../../../src/flow/ports/failure.ts';
import { start, startPortal } from './portal.ts';

const record: Required<HandoffRecord> = {
  id: '0d7ad8c4-5b9e-4a4c-9f3b-0c7f8f2b6a11',
  status: 'offered',
  trigger: 'demo',
  rep: 'ann@acme.test',
  qualifiedAt: start,
  respondBy: new Date('2026-11-20T11:00:00.500Z'),
  acknowledgedAt: null,
  firstTouchAt: null,
  closedAt: null,
  outcome: null,
  disqualifyReason: null,
  disqualifyNote: null,
  disqualifiedBy: null,
  disqualifiedAt: null,
  revisitAt: null,
  timesRecycled: 0,
  heldBecause: null,
  nurturePaused: true,
  nurtureResumedAt: new Date('2026-11-20T12:00:00Z'),
};

async function portalWithLead(options?: Parameters<typeof startPortal>[0]) {
  const test = await startPortal(options);
  const ownerId = test.portal.createOwner({ email: 'ann@acme.test', firstName: 'Ann', lastName: 'Lee' }).id;
  const accountId = test.portal.createCompany({ name: 'Initech' });
  const leadId = test.portal.createContact({ email: 'zoe@initech.test' }, { companyId: accountId });
  test.requests();
  const properties = () => test.portal.object('contacts', leadId)?.properties ?? {};
  return { ...test, ownerId, accountId, leadId, properties };
}

describe('writing the lead', () => {
  test('everything goes into one request', async () => {
    const { crm, leadId, ownerId, properties, requests } = await portalWithLead();
    const receipt = await crm.writeLead(leadId, {
      ownerId,
      leadStatus: 'NEW',
      lifecycleStage: 'salesqualifiedlead',
      record,
    });
    expect(receipt).toMatchObject({ refusedProperties: [] });
    expect(properties()).toMatchObject({
      hubspot_owner_id: ownerId,
      hs_lead_status: 'NEW',
      lifecyclestage: 'salesqualifiedlead',
      handoff_id: record.id,
      handoff_status: 'offered',
      handoff_trigger: 'demo',
      handoff_rep: 'ann@acme.test',
      handoff_qualified_at: '2026-11-20T10:00:00Z',
      handoff_respond_by: '2026-11-20T11:00:00.500Z',
      handoff_nurture_paused: 'true',
      handoff_nurture_resumed_at: '2026-11-20T12:00:00Z',
    });
    expect(requests()).toEqual([`PATCH contacts/${leadId}`]);
  });

  test('a field left out stays as it is, and null clears', async () => {
    const { crm, leadId, properties } = await portalWithLead();
    await crm.writeLead(leadId, { leadStatus: 'NEW', record: { outcome: 'recycled', trigger: 'demo' } });
    await crm.writeLead(leadId, { record: { outcome: null } });
    expect(properties()).toMatchObject({ hs_lead_status: 'NEW', handoff_trigger: 'demo' });
    expect(properties()).not.toHaveProperty('handoff_outcome');
  });

  test('why a lead is held stands on the contact until it is held no more', async () => {
    const { crm, leadId, properties } = await portalWithLead();
    const because = 'sent in "Demo request", but lacks company';
    expect(await crm.writeLead(leadId, { record: { heldBecause: because } })).toMatchObject({
      refusedProperties: [],
    });
    expect(properties()).toMatchObject({ handoff_held_because: because });
    await crm.writeLead(leadId, { record: { heldBecause: null } });
    expect(properties()).not.toHaveProperty('handoff_held_because');
  });

  test('a change of nothing asks nothing', async () => {
    const { crm, leadId, requests } = await portalWithLead();
    expect(await crm.writeLead(leadId, {})).toMatchObject({ refusedProperties: [] });
    expect(requests()).toEqual([]);
  });

  test('a portal without our properties gets the rest, is told what is missing, and is asked once', async () => {
    const { crm, leadId, properties, requests, wait } = await portalWithLead({
      withHandoffProperties: false,
    });
    const receipt = await crm.writeLead(leadId, { leadStatus: 'NEW', record });
    expect(receipt.refusedProperties).toEqual(handoffProperties.map(({ name }) => name));
    expect(properties()).toMatchObject({ hs_lead_status: 'NEW' });
    expect(requests()).toHaveLength(2);

    expect(await crm.writeLead(leadId, { leadStatus: 'OPEN', record })).toEqual(receipt);
    expect(requests()).toHaveLength(1);
    expect(await crm.writeLead(leadId, { record })).toEqual(receipt);
    expect(requests()).toEqual([]);

    wait(11);
    expect(await crm.writeLead(leadId, { leadStatus: 'OPEN', record })).toEqual(receipt);
    expect(requests()).toHaveLength(2);
  });

  test('properties that the portal was given since are written ten minutes later', async () => {
    const { portal, crm, leadId, properties, wait } = await portalWithLead({ withHandoffProperties: false });
    await crm.writeLead(leadId, { record: { trigger: 'demo' } });
    const trigger = { name: 'handoff_trigger', label: 'Trigger', type: 'string', fieldType: 'text' } as const;
    portal.defineProperty('contacts', trigger);
    wait(10);
    expect(await crm.writeLead(leadId, { record: { trigger: 'demo' } })).toMatchObject({
      refusedProperties: [],
    });
    expect(properties()).toMatchObject({ handoff_trigger: 'demo' });
  });

  test('a status that somebody removed from the portal is left out, others are still written', async () => {
    const { portal, crm, leadId, properties, requests } = await portalWithLead();
    portal.defineProperty('contacts', {
      name: 'hs_lead_status',
      label: 'Lead Status',
      type: 'enumeration',
      fieldType: 'radio',
      options: [{ value: 'OPEN', label: 'Open' }],
    });
    expect(await crm.writeLead(leadId, { leadStatus: 'NEW', record: { trigger: 'demo' } })).toMatchObject({
      refusedProperties: ['hs_lead_status'],
    });
    expect(properties()).toMatchObject({ handoff_trigger: 'demo' });
    requests();
    expect(await crm.writeLead(leadId, { leadStatus: 'OPEN' })).toMatchObject({ refusedProperties: [] });
    expect(properties()).toMatchObject({ hs_lead_status: 'OPEN' });
  });

  test('refused properties are found in the sentence of an answer that lists them nowhere else', async () => {
    const { portal, crm, leadId, properties } = await portalWithLead();
    const sentence = [
      'Property values were not valid: [{"isValid":false,"message":"Property "handoff_rep" does not exist",',
      '"error":"PROPERTY_DOESNT_EXIST","name":"handoff_rep","localizedErrorMessage":"…","portalId":4711}]',
    ];
    const body = { status: 'error', category: 'VALIDATION_ERROR', message: sentence.join('') };
    portal.failNext({ method: 'PATCH', status: 400, body });
    expect(await crm.writeLead(leadId, { record })).toMatchObject({ refusedProperties: ['handoff_rep'] });
    expect(properties()).not.toHaveProperty('handoff_rep');
    expect(properties()).toMatchObject({ handoff_id: record.id });
  });

  test('an owner who left is left out and reported, and everything else is written', async () => {
    const { portal, crm, leadId, ownerId, properties } = await portalWithLead();
    portal.deactivateOwner(ownerId);
    expect(await crm.writeLead(leadId, { ownerId, leadStatus: 'NEW', record })).toEqual({
      refusedProperties: ['hubspot_owner_id'],
      ownerTaken: false,
      heldUp: { fields: ['ownerId'], wants: [] },
      nurtureTaken: true,
    });
    expect(properties()).toMatchObject({ hs_lead_status: 'NEW', handoff_id: record.id });
    expect(properties()).not.toHaveProperty('hubspot_owner_id');
  });

  describe('against a rule of the admin', () => {
    const region = { name: 'region', label: 'Region', type: 'string', fieldType: 'text' } as const;
    const whenNew = { property: 'hs_lead_status', value: 'NEW' };
    const onlyLetters = { allows: /^[a-z]+$/i, error: 'INVALID_ALPHA', message: 'Enter only letters' };

    test('by which a value needs another property, the value is left out and the rest written', async () => {
      const { portal, crm, leadId, ownerId, properties, requests } = await portalWithLead();
      portal.defineProperty('contacts', region);
      portal.demand({ type: 'contacts', required: 'region', when: whenNew });
      expect(await crm.writeLead(leadId, { ownerId, leadStatus: 'NEW', record })).toEqual({
        refusedProperties: ['hs_lead_status'],
        ownerTaken: true,
        heldUp: { fields: ['leadStatus'], wants: ['region'] },
        nurtureTaken: true,
      });
      expect(properties()).toMatchObject({ hubspot_owner_id: ownerId, handoff_rep: 'ann@acme.test' });
      expect(properties()).not.toHaveProperty('hs_lead_status');
      expect(requests()).toHaveLength(2);
      // Other leads, and this one once somebody has filled it in, may have the value.
      portal.setProperties('contacts', leadId, { region: 'North' });
      expect(await crm.writeLead(leadId, { leadStatus: 'NEW' })).toMatchObject({ refusedProperties: [] });
      expect(properties()).toMatchObject({ hs_lead_status: 'NEW' });
    });

    test('by which a value needs several others, all of them are told', async () => {
      const { portal, crm, leadId, properties } = await portalWithLead();
      const when = { property: 'lifecyclestage', value: 'salesqualifiedlead' };
      for (const name of ['region', 'budget']) {
        portal.defineProperty('contacts', { ...region, name });
        portal.demand({ type: 'contacts', required: name, when });
      }
      portal.demand({
        type: 'contacts',
        required: 'region',
        when: { property: 'hs_lead_status', value: 'OPEN' },
      });
      const change = { lifecycleStage: 'salesqualifiedlead', leadStatus: 'OPEN', record } as const;
      expect(await crm.writeLead(leadId, change)).toMatchObject({
        refusedProperties: ['lifecyclestage', 'hs_lead_status'],
        heldUp: { fields: ['lifecycleStage', 'leadStatus'], wants: ['region', 'budget'] },
      });
      expect(properties()).toMatchObject({ lifecyclestage: 'lead', handoff_rep: 'ann@acme.test' });
    });

    test('for the values of a property of ours, that one is left out and the rest written', async () => {
      const { portal, crm, leadId, properties } = await portalWithLead();
      portal.defineProperty('contacts', {
        ...region,
        name: 'handoff_trigger',
        label: 'Trigger',
        validation: onlyLetters,
      });
      const odd = { ...record, trigger: 'demo_2' };
      expect(await crm.writeLead(leadId, { leadStatus: 'NEW', record: odd })).toMatchObject({
        refusedProperties: ['handoff_trigger'],
      });
      expect(properties()).toMatchObject({ hs_lead_status: 'NEW', handoff_id: record.id });
      await crm.writeLead(leadId, { record: { trigger: 'demo' } });
      expect(properties()).toMatchObject({ handoff_trigger: 'demo' });
    });

    test.each([
      [
        'because of what is not ours, everything waits',
        ' because of a conditional property rule based on [country]',
      ],
      ['without a word of why, everything waits that could be the cause', ''],
    ])('that wants something %s', async (_, because) => {
      const { portal, crm, leadId, properties } = await portalWithLead();
      const message = `region is required${because}`;
      const error = { code: 'MISSING_CONDITIONAL_REQUIRED_PROPERTY', context: { propertyName: ['region'] } };
      const body = { status: 'error', category: 'VALIDATION_ERROR', errors: [{ ...error, message }] };
      portal.failNext({ method: 'PATCH', status: 400, body });
      expect(await crm.writeLead(leadId, { leadStatus: 'NEW', record })).toMatchObject({
        refusedProperties: ['hs_lead_status'],
        heldUp: { fields: ['leadStatus'], wants: ['region'] },
      });
      expect(properties()).toMatchObject({ handoff_rep: 'ann@acme.test' });
    });

    test('that wants something whatever is written holds all of it up', async () => {
      const { portal, crm, leadId, properties } = await portalWithLead();
      const message = 'region is required because of a conditional property rule based on [country]';
      const error = { code: 'MISSING_CONDITIONAL_REQUIRED_PROPERTY', context: { propertyName: ['region'] } };
      const body = { status: 'error', category: 'VALIDATION_ERROR', errors: [{ ...error, message }] };
      for (const _ of [1, 2]) portal.failNext({ method: 'PATCH', status: 400, body });
      expect(await crm.writeLead(leadId, { leadStatus: 'NEW', record })).toMatchObject({
        ownerTaken: false,
        heldUp: { fields: ['leadStatus'], wants: ['region'] },
      });
      expect(properties()).not.toHaveProperty('handoff_id');
    });

    test('a numbered version of the API knows nothing of what one property needs of another', async () => {
      const { portal, crm, leadId, properties } = await portalWithLead({ apiVersion: 'legacy' });
      portal.defineProperty('contacts', region);
      portal.demand({ type: 'contacts', required: 'region', when: whenNew });
      await crm.writeLead(leadId, { leadStatus: 'NEW' });
      expect(properties()).toMatchObject({ hs_lead_status: 'NEW' });
    });
  });

  test('a stage further on stays: HubSpot ignores the step back', async () => {
    const { portal, crm, leadId, properties } = await portalWithLead();
    portal.setProperties('contacts', leadId, { lifecyclestage: 'opportunity' });
    await crm.writeLead(leadId, { lifecycleStage: 'salesqualifiedlead', leadStatus: 'OPEN' });
    expect(properties()).toMatchObject({ lifecyclestage: 'opportunity', hs_lead_status: 'OPEN' });
  });

  test('a contact that is gone is a permanent failure', async () => {
    const { portal, crm, leadId } = await portalWithLead();
    portal.privacyDelete(leadId);
    await expect(crm.writeLead(leadId, { leadStatus: 'OPEN' })).rejects.toMatchObject({
      name: 'PermanentFailure',
      code: 'OBJECT_NOT_FOUND',
    });
  });

  test.each([
    [{ connection: 'drop-after-effect' }, 'unknown'],
    [{ connection: 'hang' }, 'unknown'],
    [{ status: 500 }, 'unknown'],
    [{ status: 429 }, 'notDone'],
    [{ status: 423 }, 'notDone'],
  ] as const)('after %j the outcome is %s', async (fault, outcome) => {
    const { portal, crm, leadId } = await portalWithLead({ timeoutMs: 100 });
    portal.failNext(fault);
    const failure = await crm.writeLead(leadId, { leadStatus: 'OPEN' }).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(TemporaryFailure);
    expect(failure).toMatchObject({ outcome });
  });
});

describe('what somebody filled in', () => {
  const budget = {
    name: 'budget',
    label: 'Budget',
    type: 'number',
    fieldType: 'number',
    validation: { allows: { atLeast: 1000 }, error: 'NUMBER_OUT_OF_RANGE', message: 'At least 1,000.' },
  } as const;
  const accepted = { lifecycleStage: 'salesqualifiedlead', leadStatus: 'OPEN' } as const;

  async function portalThatWants(options?: Parameters<typeof portalWithLead>[0]) {
    const test = await portalWithLead(options);
    test.portal.defineProperty('contacts', budget);
    test.portal.demand({
      type: 'contacts',
      required: 'budget',
      when: { property: 'lifecyclestage', value: 'salesqualifiedlead' },
    });
    return test;
  }

  test.each(['2026-09', 'legacy'] as const)(
    'is written at once with what waited for it (%s)',
    async (apiVersion) => {
      const { crm, leadId, properties, requests } = await portalThatWants({ apiVersion });
      expect(await crm.writeAnswers(leadId, { budget: '50000' }, accepted)).toEqual({ taken: true });
      expect(properties()).toMatchObject({ budget: '50000', lifecyclestage: 'salesqualifiedlead' });
      expect(requests()).toHaveLength(1);
    },
  );

  test.each(['2026-09', 'legacy'] as const)(
    'and that HubSpot will not have changes nothing, and HubSpot says why (%s)',
    async (apiVersion) => {
      const { crm, leadId, properties } = await portalThatWants({ apiVersion });
      expect(await crm.writeAnswers(leadId, { budget: '7' }, accepted)).toEqual({
        taken: false,
        faults: [{ property: 'budget', why: 'At least 1,000.' }],
        wants: [],
      });
      expect(properties()).toMatchObject({ lifecyclestage: 'lead' });
    },
  );

  test('where HubSpot wants more besides, it says what', async () => {
    const { crm, leadId } = await portalThatWants();
    expect(await crm.writeAnswers(leadId, { city: 'Graz' }, accepted)).toEqual({
      taken: false,
      faults: [],
      wants: ['budget'],
    });
  });

  test('no sentence about it is in anything that a log could write', async () => {
    const { portal, hubspot, leadId } = await portalThatWants();
    const mail = {
      ...budget,
      name: 'mail',
      validation: { ...budget.validation, message: 'ada@example.com is odd' },
    };
    portal.defineProperty('contacts', mail);
    const properties = { mail: '7' };
    const failure: unknown = await hubspot
      .write('write', (crm) => crm.objects.basicApi.update('contacts', leadId, { properties }))
      .catch((error: unknown) => error);
    expect(inspect(failure, { depth: 9 })).not.toContain('ada@example.com');
    expect(JSON.stringify(failure)).not.toContain('ada@example.com');
  });

  test('and cannot be told what became of is a passing failure', async () => {
    const { portal, crm, leadId } = await portalThatWants();
    portal.failNext({ status: 503 });
    await expect(crm.writeAnswers(leadId, { city: 'Graz' }, {})).rejects.toBeInstanceOf(TemporaryFailure);
  });
});

describe('the follow-up task', () => {
  async function portalWithTask(options?: Parameters<typeof startPortal>[0]) {
    const test = await portalWithLead(options);
    const { leadId, accountId, ownerId } = test;
    const task: FollowUpTask = {
      handoffId: '6f2b1c9e-0d4a-4c8e-9b57-1a2b3c4d5e6f',
      leadId,
      accountId,
      ownerId,
      subject: 'Follow up: Zoë Ek',
      body: 'CTO at <Initech> & Sons\nSaw /pricing',
      dueAt: new Date('2026-11-20T11:00:00Z'),
    };
    return { ...test, task };
  }

  test('stands on contact and company, with its due time, owner and mark', async () => {
    const { portal, crm, task, leadId, accountId, ownerId, requests } = await portalWithTask();
    const id = await crm.createTask(task);
    expect(requests()).toEqual(['POST tasks']);
    expect(portal.object('tasks', id)).toMatchObject({
      associations: { contacts: [leadId], companies: [accountId] },
      properties: {
        hs_timestamp: '2026-11-20T11:00:00Z',
        hs_task_subject: 'Follow up: Zoë Ek',
        hs_task_body:
          'CTO at &lt;Initech&gt; &amp; Sons<br>Saw /pricing<br>Handoff 6f2b1c9e-0d4a-4c8e-9b57-1a2b3c4d5e6f',
        hs_task_status: 'NOT_STARTED',
        hs_task_priority: 'HIGH',
        hubspot_owner_id: ownerId,
      },
    });
  });

  test('created by an attempt with an unknown end, it is found by its mark', async () => {
    const { portal, crm, task, leadId } = await portalWithTask();
    await crm.createTask({ ...task, handoffId: 'h-0' });
    portal.failNext({ method: 'POST', connection: 'drop-after-effect' });
    await expect(crm.createTask(task)).rejects.toMatchObject({ outcome: 'unknown' });
    const id = await crm.findTask(task);
    expect(portal.objectsOf(leadId, 'tasks')).toHaveLength(2);
    expect(portal.object('tasks', id ?? '')?.properties['hs_task_body']).toContain(
      'Handoff 6f2b1c9e-0d4a-4c8e-9b57-1a2b3c4d5e6f',
    );
  });

  test('not created after all, it is not found', async () => {
    const { portal, crm, task, leadId, requests } = await portalWithTask();
    portal.failNext({ method: 'POST', connection: 'drop' });
    await expect(crm.createTask(task)).rejects.toMatchObject({ outcome: 'unknown' });
    requests();
    expect(await crm.findTask(task)).toBeNull();
    expect(portal.objectsOf(leadId, 'tasks')).toEqual([]);
    expect(requests()).toEqual([`GET contacts/${leadId}`]);
  });

  test('is created without a company that does not exist any more', async () => {
    const { portal, crm, task, leadId } = await portalWithTask();
    const id = await crm.createTask({ ...task, accountId: '404' });
    expect(portal.object('tasks', id)?.associations).toEqual({ contacts: [leadId] });
  });

  test('is not filed under a company that the lead was only matched to', async () => {
    const { portal, crm, task } = await portalWithTask();
    portal.createCompany({ name: 'Hooli', domain: 'hooli.test' });
    const leadId = portal.createContact({ email: 'gavin@hooli.test' });
    const lead = await crm.lead(leadId);
    expect(lead?.account?.name).toBe('Hooli');
    const id = await crm.createTask({ ...task, leadId, accountId: lead?.account?.id ?? null });
    expect(portal.object('tasks', id)?.associations).toEqual({ contacts: [leadId] });
  });

  test("of somebody who left is nobody's, and does not wait for another", async () => {
    const { portal, crm, task, ownerId } = await portalWithTask();
    portal.deactivateOwner(ownerId);
    const id = await crm.createTask(task);
    expect(portal.object('tasks', id)?.properties).not.toHaveProperty('hubspot_owner_id');
    const dueAt = new Date('2026-11-20T15:00:00Z');
    await crm.moveTask(id, { ownerId, dueAt });
    expect(portal.object('tasks', id)?.properties['hs_timestamp']).toBe('2026-11-20T15:00:00Z');
  });

  test('that the admin demands more of when it is made is refused, and says so', async () => {
    const { portal, crm, task } = await portalWithTask();
    const region = { name: 'region', label: 'Region', type: 'string', fieldType: 'text' } as const;
    portal.defineProperty('tasks', region);
    portal.demand({ type: 'tasks', required: 'region', when: 'created' });
    await expect(crm.createTask(task)).rejects.toMatchObject({ code: 'VALIDATION_ERROR' });
  });

  test('is refused for good when its contact is gone', async () => {
    const { portal, crm, task, leadId } = await portalWithTask();
    portal.privacyDelete(leadId);
    await expect(crm.createTask(task)).rejects.toBeInstanceOf(PermanentFailure);
  });

  test('moves to another owner and time, and is completed', async () => {
    const { portal, crm, task } = await portalWithTask();
    const id = await crm.createTask(task);
    const bob = portal.createOwner({ email: 'bob@acme.test', firstName: 'Bob', lastName: 'Ray' });
    await crm.moveTask(id, { ownerId: bob.id, dueAt: new Date('2026-11-21T09:30:00Z') });
    expect(portal.object('tasks', id)?.properties).toMatchObject({
      hubspot_owner_id: bob.id,
      hs_timestamp: '2026-11-21T09:30:00Z',
    });
    await crm.moveTask(id, { ownerId: null, dueAt: new Date('2026-11-21T09:30:00Z') });
    expect(portal.object('tasks', id)?.properties).not.toHaveProperty('hubspot_owner_id');
    await crm.completeTask(id);
    expect(portal.object('tasks', id)?.properties).toMatchObject({ hs_task_status: 'COMPLETED' });
  });

  test('that somebody deleted needs no more upkeep', async () => {
    const { crm } = await portalWithTask();
    await crm.completeTask('404');
    await crm.moveTask('404', { ownerId: null, dueAt: start });
  });
});

describe('a logged touch', () => {
  async function portalWithTouch() {
    const test = await portalWithLead();
    const { leadId, accountId, ownerId } = test;
    const touch = {
      id: '0b7d3f52-8c1e-4e6a-a9d4-7f6e5d4c3b2a',
      kind: 'call',
      outcome: 'connected',
      note: 'Likes <it>\nCall again',
    } as const;
    const logged: LoggedTouch = {
      handoffId: '6f2b1c9e-0d4a-4c8e-9b57-1a2b3c4d5e6f',
      leadId,
      accountId,
      ownerId,
      touch,
      title: 'Called: talked',
      at: start,
    };
    return { ...test, logged };
  }

  const common = { hs_timestamp: '2026-11-20T10:00:00Z' };
  const html =
    'Likes &lt;it&gt;<br>Call again<br>Handoff 6f2b1c9e-0d4a-4c8e-9b57-1a2b3c4d5e6f · touch 0b7d3f52-8c1e-4e6a-a9d4-7f6e5d4c3b2a';

  test.each([
    [
      'call',
      'calls',
      {
        hs_call_title: 'Called: talked',
        hs_call_body: html,
        hs_call_direction: 'OUTBOUND',
        hs_call_status: 'COMPLETED',
        hs_call_disposition: 'f240bbac-87c9-4f6e-bf70-924b57d47db7',
      },
    ],
    [
      'email',
      'emails',
      {
        hs_email_subject: 'Called: talked',
        hs_email_text:
          'Likes <it>\nCall again\nHandoff 6f2b1c9e-0d4a-4c8e-9b57-1a2b3c4d5e6f · touch 0b7d3f52-8c1e-4e6a-a9d4-7f6e5d4c3b2a',
        hs_email_direction: 'EMAIL',
        hs_email_status: 'SENT',
      },
    ],
    [
      'meeting',
      'meetings',
      {
        hs_meeting_title: 'Called: talked',
        hs_meeting_body: html,
        hs_meeting_start_time: '2026-11-20T10:00:00Z',
        hs_meeting_end_time: '2026-11-20T10:30:00Z',
        hs_meeting_outcome: 'COMPLETED',
      },
    ],
    [
      'message',
      'communications',
      {
        hs_communication_body: `Called: talked<br>${html}`,
        hs_communication_channel_type: 'LINKEDIN_MESSAGE',
        hs_communication_logged_from: 'CRM',
      },
    ],
    ['other', 'notes', { hs_note_body: `Called: talked<br>${html}` }],
  ] as const)('of kind %s becomes one of the %s on contact and company', async (kind, type, properties) => {
    const { portal, crm, logged, leadId, accountId, ownerId } = await portalWithTouch();
    const id = await crm.logTouch({ ...logged, touch: { ...logged.touch, kind } }, false);
    expect(portal.object(type, id)).toMatchObject({
      associations: { contacts: [leadId], companies: [accountId] },
      properties: { ...common, ...properties, hubspot_owner_id: ownerId },
    });
  });

  test.each([
    ['noAnswer', '73a0d17f-1163-4015-bdd5-ec830791da20'],
    ['leftMessage', 'b2cf5968-551e-4856-9783-52b3da59a7d0'],
    ['booked', 'f240bbac-87c9-4f6e-bf70-924b57d47db7'],
    ['sent', undefined],
  ] as const)('a call that ended in %s has outcome %s', async (outcome, disposition) => {
    const { portal, crm, logged } = await portalWithTouch();
    const id = await crm.logTouch({ ...logged, touch: { ...logged.touch, outcome } }, false);
    expect(portal.object('calls', id)?.properties['hs_call_disposition']).toBe(disposition);
  });

  test('a meeting that was booked is still to come', async () => {
    const { portal, crm, logged } = await portalWithTouch();
    const touch = { ...logged.touch, kind: 'meeting', outcome: 'booked' } as const;
    const id = await crm.logTouch({ ...logged, touch }, false);
    expect(portal.object('meetings', id)?.properties['hs_meeting_outcome']).toBe('SCHEDULED');
  });

  test.each(touchKinds)('of kind %s, logged by an attempt with an unknown end, is found', async (kind) => {
    const { portal, crm, logged, leadId } = await portalWithTouch();
    const touch = { ...logged.touch, kind };
    await crm.logTouch({ ...logged, touch: { ...touch, id: 't-11' } }, false);
    portal.failNext({ method: 'POST', connection: 'drop-after-effect' });
    await expect(crm.logTouch({ ...logged, touch }, false)).rejects.toMatchObject({ outcome: 'unknown' });
    const id = await crm.logTouch({ ...logged, touch }, true);
    const all = (['calls', 'emails', 'meetings', 'communications', 'notes'] as const).flatMap((type) =>
      portal.objectsOf(leadId, type),
    );
    expect(all).toHaveLength(2);
    expect(JSON.stringify(all.find((one) => one.id === id)?.properties)).toContain(
      'touch 0b7d3f52-8c1e-4e6a-a9d4-7f6e5d4c3b2a"',
    );
  });
});
