import { describe, expect, test } from 'vitest';
import type { Command } from '../../src/domain/handoff/decide.ts';
import { TemporaryFailure } from '../../src/flow/ports/failure.ts';
import { ada, at, ben, grace, lead, leadRecordPortal, offered, policy, touch } from '../support/examples.ts';
import { survivesEveryInterruption } from '../support/interrupt.ts';
import { type Office, office } from '../support/office.ts';
import { writeBackAlone } from '../support/write-back-alone.ts';

const rules = policy({
  leadRecords: { pipeline: null, stages: {}, reasons: { not_a_fit: 'Not a good fit' } },
});
const { id } = offered();
const run = (there: Office, again = false) => writeBackAlone(there.needs)({ key: id, again });

const accept: Command = { type: 'accept', by: ada };
const called = (outcome: ReturnType<typeof touch>['outcome'], touchId = 'touch-1'): Command => ({
  type: 'logTouch',
  by: ada,
  touch: touch({ id: touchId, outcome }),
});
const disqualify = (reason: string): Command => ({ type: 'disqualify', by: ada, reason, note: 'in May' });
const reassign: Command = { type: 'reassign', by: grace, to: ben };

async function opened(): Promise<Office> {
  const there = await office({ rules });
  await there.openHandoff();
  return there;
}

/** What HubSpot knows after each of these was written back by itself. */
async function written(...commands: Command[]): Promise<Office> {
  const there = await opened();
  await run(there);
  for (const command of commands) {
    there.passMinutes(5);
    await there.carryOut(command);
    await run(there);
  }
  return there;
}

/** Somebody has made this one in HubSpot, before the lead qualified. */
function made(there: Office, override: Partial<Office['leadRecords']['records'][number]> = {}) {
  there.leadRecords.records.push({
    id: 'by hand',
    leadId: '501',
    name: 'Lena',
    createdAt: at('09:00'),
    pipeline: 'lead-pipeline-id',
    stage: 'new-stage-id',
    ownerId: 'owner-grace',
    reason: null,
    ...override,
  });
}

const stages = (there: Office) => there.leadRecords.records.map(({ stage }) => stage);

describe('at the offer', () => {
  test('a lead record is made for the contact and its company, new and the rep’s', async () => {
    const there = await written();
    expect(there.leadRecords.records).toMatchObject([
      {
        leadId: '501',
        accountId: '9001',
        name: 'Lena Fischer',
        pipeline: 'lead-pipeline-id',
        stage: 'new-stage-id',
        ownerId: 'owner-ada',
      },
    ]);
    expect(there.leadRecords.script.calls).toEqual(['portal', 'find', 'create']);
  });

  test('none is asked for when the policy keeps none', async () => {
    const there = await office();
    await there.openHandoff();
    await run(there);
    expect(there.leadRecords.script.calls).toEqual([]);
  });

  test('one that is open is taken over, goes to the rep and is not moved back', async () => {
    const there = await opened();
    made(there, { stage: 'attempting-stage-id' });
    await run(there);
    expect(there.leadRecords.records).toMatchObject([
      { id: 'by hand', stage: 'attempting-stage-id', ownerId: 'owner-ada' },
    ]);
    there.passMinutes(5);
    await there.carryOut(accept);
    await there.carryOut(called('connected'));
    await run(there);
    expect(stages(there)).toEqual(['connected-stage-id']);
  });

  test('one that is closed, and one of another pipeline, are about something else', async () => {
    const there = await opened();
    made(there, { stage: 'unqualified-stage-id' });
    made(there, { id: 'outbound', pipeline: '875086945', stage: '1' });
    await run(there);
    expect(stages(there)).toEqual(['unqualified-stage-id', '1', 'new-stage-id']);
  });

  test('is the contact’s own when it has no company', async () => {
    const there = await office({ rules });
    await there.openHandoff(lead({ account: null }));
    await run(there);
    expect(there.leadRecords.records).toMatchObject([{ accountId: null }]);
  });
});

describe('afterwards', () => {
  test('the stage follows attempts, contact and end, each with one read and one write', async () => {
    const there = await written();
    there.leadRecords.script.calls.length = 0;
    const seen: (string | null | undefined)[] = [];
    const steps = [accept, called('noAnswer'), called('connected', 'touch-2'), disqualify('not_a_fit')];
    for (const command of steps) {
      there.passMinutes(5);
      await there.carryOut(command);
      await run(there);
      seen.push(stages(there)[0]);
    }
    expect(seen).toEqual([
      'new-stage-id',
      'attempting-stage-id',
      'connected-stage-id',
      'unqualified-stage-id',
    ]);
    expect(there.leadRecords.records).toMatchObject([{ reason: 'NOT_A_GOOD_FIT' }]);
    const once = ['portal', 'find', 'update'];
    expect(there.leadRecords.script.calls).toEqual([...once, ...once, ...once]);
  });

  test('a reason that HubSpot does not have is left out', async () => {
    const there = await written(accept, called('noAnswer'), disqualify('timing'));
    expect(there.leadRecords.records).toMatchObject([{ stage: 'unqualified-stage-id', reason: null }]);
  });

  test('the owner follows the handoff', async () => {
    const there = await written(reassign);
    expect(there.leadRecords.records).toMatchObject([{ ownerId: 'owner-ben', stage: 'new-stage-id' }]);
  });

  test('what somebody moved further by hand stays there', async () => {
    const there = await written(accept, called('noAnswer'));
    Object.assign(there.leadRecords.records[0] ?? {}, { stage: '1311814182' });
    there.passMinutes(5);
    await there.carryOut(called('connected', 'touch-2'));
    await run(there);
    expect(stages(there)).toEqual(['1311814182']);
  });

  test('one that the manager has go on after all is where it was, without the reason', async () => {
    const overturn: Command = { type: 'overturn', by: grace, isElsewhere: false };
    const there = await written(accept, called('noAnswer'), disqualify('not_a_fit'), overturn);
    expect(there.leadRecords.records).toMatchObject([{ stage: 'attempting-stage-id', reason: null }]);
  });

  test('of a contact that goes on as another it is closed, as the other has its own', async () => {
    const there = await written({ type: 'withdraw', why: 'goes on as another contact' });
    expect(there.leadRecords.records).toMatchObject([{ stage: 'unqualified-stage-id', reason: null }]);
  });

  test('one that somebody deleted is not made again', async () => {
    const there = await written(accept);
    there.leadRecords.records.length = 0;
    there.passMinutes(5);
    await there.carryOut(called('noAnswer'));
    await run(there);
    expect(there.leadRecords.records).toEqual([]);
  });
});

describe('whatever breaks off', () => {
  test('there is one lead record', async () => {
    await survivesEveryInterruption({
      within: { rules },
      prepare: async (there) => {
        await there.openHandoff();
      },
      step: (needs, { repeat }) => writeBackAlone(needs)({ key: id, again: repeat }),
      look: (there) => ({ stages: stages(there), known: there.kept.handoffs.get(id)?.written.leadRecordId }),
    });
  });

  test('one that was made and closed by hand before the retry is not made again', async () => {
    const there = await opened();
    there.leadRecords.script.fail('create', 'lost');
    await expect(run(there)).rejects.toThrow(TemporaryFailure);
    Object.assign(there.leadRecords.records[0] ?? {}, {
      stage: 'unqualified-stage-id',
      createdAt: there.needs.clock(),
    });
    await run(there, true);
    expect(stages(there)).toEqual(['unqualified-stage-id']);
  });

  test('the contact, the task and the touches are written all the same', async () => {
    const there = await opened();
    there.leadRecords.script.fail('portal', 'notDone');
    await expect(run(there)).rejects.toThrow(TemporaryFailure);
    expect(there.crm.tasks).toHaveLength(1);
    expect(there.crm.written.get('501')).toMatchObject({ leadStatus: 'NEW' });
    await run(there, true);
    expect(stages(there)).toEqual(['new-stage-id']);
  });

  test('a refusal for good is told to whoever watches, and is no failure', async () => {
    const there = await opened();
    there.leadRecords.script.fail('create', 'refused');
    await run(there);
    expect(there.observed).toContainEqual({
      what: 'leadRecordRefused',
      handoffId: id,
      code: 'create_refused',
    });
    there.passMinutes(5);
    await there.carryOut(accept);
    await run(there);
    expect(stages(there)).toEqual(['new-stage-id']);
  });
});

describe('where HubSpot lets the bot keep none', () => {
  const told = async (there: Office) => (await there.needs.outbox.waiting(grace)).map(({ news }) => news);

  test('the admins hear of it once, and everything else goes on', async () => {
    const there = await opened();
    there.leadRecords.has.portal = null;
    await run(there);
    there.passMinutes(5);
    await there.carryOut(accept);
    await run(there);
    expect(await told(there)).toEqual([
      { kind: 'noLeadRecords', why: expect.stringContaining('crm.objects.leads.write') },
    ]);
    expect(there.crm.written.get('501')).toMatchObject({ leadStatus: 'OPEN' });
    expect(there.leadRecords.script.calls).toEqual(['portal', 'portal']);
  });

  test('one is made with the next event, where the handoff stands, once it does', async () => {
    const there = await opened();
    there.leadRecords.has.portal = null;
    await run(there);
    there.leadRecords.has.portal = leadRecordPortal();
    there.passMinutes(5);
    await there.carryOut(accept);
    await there.carryOut(called('noAnswer'));
    await run(there);
    expect(stages(there)).toEqual(['attempting-stage-id']);
  });

  test('as it has no such pipeline, they hear which there are', async () => {
    const there = await office({
      rules: policy({ leadRecords: { pipeline: 'Partners', stages: {}, reasons: {} } }),
    });
    await there.openHandoff();
    await run(there);
    expect(await told(there)).toEqual([
      {
        kind: 'noLeadRecords',
        why: 'lead_object.pipeline: found the pipeline "Partners", expected one of Lead pipeline',
      },
    ]);
  });
});
