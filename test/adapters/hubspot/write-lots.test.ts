import { describe, expect, test } from 'vitest';
import { apiVersions } from '../../../sandbox/hubspot/api-versions.ts';
import { touchKinds } from '../../../src/domain/handoff/handoff.ts';
import { type FollowUpTask, type LoggedTouch, type Outcome, resultOf } from '../../../src/flow/ports/crm.ts';
import { PermanentFailure, TemporaryFailure } from '../../../src/flow/ports/failure.ts';
import { start, startPortal } from './portal.ts';

// What fails of a batch is told in another way in each.
describe.each(apiVersions)('in the API %s', (apiVersion) => {
  const numbers = (count: number) => Array.from({ length: count }, (_, index) => index);

  /** A portal with so many contacts at one company. */
  async function portalWith(count: number, options?: Parameters<typeof startPortal>[0]) {
    const test = await startPortal({ apiVersion, ...options });
    const ownerId = test.portal.createOwner({ email: 'ann@acme.test', firstName: 'Ann', lastName: 'Lee' }).id;
    const accountId = test.portal.createCompany({ name: 'Initech' });
    const ids = numbers(count).map((index) =>
      test.portal.createContact({ email: `c${index}@initech.test` }, { companyId: accountId }),
    );
    test.requests();
    const valuesOf = (id = '') => test.portal.object('contacts', id)?.properties ?? {};
    return { ...test, ownerId, accountId, ids, valuesOf };
  }

  const failuresOf = (outcomes: readonly Outcome<unknown>[]) =>
    outcomes.flatMap((outcome, index) => (outcome.ok ? [] : [[index, outcome.error]]));

  describe('contacts', () => {
    const opened = (id: string) => ({
      id,
      change: { leadStatus: 'OPEN', record: { trigger: `t${id}` } } as const,
    });

    test('a hundred are written in one request', async () => {
      const { crm, ids, valuesOf, requests } = await portalWith(100);
      const outcomes = await crm.writeLeads(ids.map(opened));
      expect(outcomes).toEqual(
        ids.map(() => ({
          ok: true,
          value: { refusedProperties: [], ownerTaken: false, nurtureTaken: false, heldUp: null },
        })),
      );
      expect(ids.map((id) => valuesOf(id)['handoff_trigger'])).toEqual(ids.map((id) => `t${id}`));
      expect(requests()).toEqual(['POST contacts/batch/update']);
    });

    test('that are more are written in several', async () => {
      const { crm, ids, requests } = await portalWith(101);
      expect(failuresOf(await crm.writeLeads(ids.map(opened)))).toEqual([]);
      expect(requests().sort()).toEqual([`PATCH contacts/${ids[100]}`, 'POST contacts/batch/update']);
    });

    test('that are gone fail alone, and one that was merged is written', async () => {
      const { portal, crm, ids, valuesOf, requests } = await portalWith(5);
      const [first = '', second = '', erased = '', ...others] = ids;
      const merged = portal.mergeContacts(first, second);
      portal.privacyDelete(erased);
      const outcomes = await crm.writeLeads([first, erased, ...others].map(opened));
      expect(failuresOf(outcomes)).toEqual([
        [1, expect.objectContaining({ name: 'PermanentFailure', code: 'OBJECT_NOT_FOUND' })],
      ]);
      expect(valuesOf(merged)['handoff_trigger']).toBe(`t${first}`);
      expect(others.map((id) => valuesOf(id)['hs_lead_status'])).toEqual(['OPEN', 'OPEN']);
      expect(requests()).toHaveLength(3);
    });

    test('one that a rule of the admin stands against costs the others nothing', async () => {
      const { portal, crm, ids, valuesOf, requests } = await portalWith(100);
      portal.defineProperty('contacts', {
        name: 'handoff_trigger',
        label: 'Trigger',
        type: 'string',
        fieldType: 'text',
        validation: { allows: /^t\d+$/, error: 'INVALID_REGEX', message: 'Enter a number' },
      });
      const writes = ids.map((id, index) =>
        index === 40
          ? { id, change: { leadStatus: 'OPEN', record: { trigger: 'demo' } } as const }
          : opened(id),
      );
      const outcomes = await crm.writeLeads(writes);
      expect(outcomes.map((outcome) => resultOf(outcome).refusedProperties)).toEqual(
        ids.map((_, index) => (index === 40 ? ['handoff_trigger'] : [])),
      );
      expect(ids.filter((id) => valuesOf(id)['hs_lead_status'] === 'OPEN')).toHaveLength(100);
      expect(ids.filter((id) => valuesOf(id)['handoff_trigger'])).toHaveLength(99);
      expect(requests().length).toBeLessThan(17);
    });

    test('an owner who left is refused for one alone', async () => {
      const { portal, crm, ids, ownerId, valuesOf, requests } = await portalWith(100);
      portal.deactivateOwner(ownerId);
      const writes = ids.map((id, index) =>
        index === 40 ? { id, change: { ...opened(id).change, ownerId } } : opened(id),
      );
      const outcomes = await crm.writeLeads(writes);
      expect(outcomes.map((outcome) => resultOf(outcome).refusedProperties)).toEqual(
        ids.map((_, index) => (index === 40 ? ['hubspot_owner_id'] : [])),
      );
      expect(ids.filter((id) => valuesOf(id)['hs_lead_status'] === 'OPEN')).toHaveLength(100);
      expect(requests().length).toBeLessThan(17);
    });

    test('properties that the portal lacks are left out for all and reported', async () => {
      const { crm, ids, valuesOf, requests } = await portalWith(10, { withHandoffProperties: false });
      const outcomes = await crm.writeLeads(ids.map(opened));
      expect(outcomes).toEqual(
        ids.map(() => ({
          ok: true,
          value: {
            refusedProperties: ['handoff_trigger'],
            ownerTaken: false,
            nurtureTaken: false,
            heldUp: null,
          },
        })),
      );
      expect(ids.map((id) => valuesOf(id)['hs_lead_status'])).toEqual(ids.map(() => 'OPEN'));
      expect(requests()).toHaveLength(2);
      await crm.writeLeads(ids.map(opened));
      expect(requests()).toHaveLength(1);
      expect(await crm.writeLeads(ids.map((id) => ({ id, change: { record: { trigger: 'x' } } })))).toEqual(
        ids.map(() => ({
          ok: true,
          value: {
            refusedProperties: ['handoff_trigger'],
            ownerTaken: false,
            nurtureTaken: false,
            heldUp: null,
          },
        })),
      );
      expect(requests()).toEqual([]);
    });

    test('a status that somebody removed is left out where it was to be written', async () => {
      const { portal, crm, ids, valuesOf } = await portalWith(10);
      portal.defineProperty('contacts', {
        name: 'hs_lead_status',
        label: 'Lead Status',
        type: 'enumeration',
        fieldType: 'radio',
        options: [{ value: 'OPEN', label: 'Open' }],
      });
      const outcomes = await crm.writeLeads(
        ids.map((id, index) => ({
          id,
          change: {
            leadStatus: index < 3 ? ('NEW' as const) : ('OPEN' as const),
            record: { trigger: 'demo' },
          },
        })),
      );
      expect(outcomes.map((outcome) => resultOf(outcome).refusedProperties)).toEqual(
        ids.map((_, index) => (index < 3 ? ['hs_lead_status'] : [])),
      );
      expect(ids.map((id) => valuesOf(id)['hs_lead_status'])).toEqual(
        ids.map((_, index) => (index < 3 ? undefined : 'OPEN')),
      );
      expect(ids.every((id) => valuesOf(id)['handoff_trigger'] === 'demo')).toBe(true);
    });

    test('a contact that comes twice is written twice, in their order', async () => {
      const { crm, ids, valuesOf } = await portalWith(3);
      const [first = '', ...others] = ids;
      const change = { record: { trigger: 'later' } };
      const outcomes = await crm.writeLeads([opened(first), ...others.map(opened), { id: first, change }]);
      expect(failuresOf(outcomes)).toEqual([]);
      expect(valuesOf(first)).toMatchObject({ hs_lead_status: 'OPEN', handoff_trigger: 'later' });
    });

    test.each([
      [{ connection: 'drop-after-effect' }, 'unknown'],
      [{ status: 500 }, 'unknown'],
      [{ status: 429, headers: { 'Retry-After': '0' } }, 'notDone'],
    ] as const)('after %j the outcome of all is %s', async (fault, outcome) => {
      const { portal, crm, ids, requests } = await portalWith(10);
      portal.failNext(fault);
      const outcomes = await crm.writeLeads(ids.map(opened));
      expect(outcomes).toEqual(
        ids.map(() => ({ ok: false, error: expect.objectContaining({ name: 'TemporaryFailure', outcome }) })),
      );
      expect(requests()).toHaveLength(1);
    });
  });

  describe('follow-up tasks', () => {
    async function portalWithTasks(count: number) {
      const test = await portalWith(count);
      const tasks = test.ids.map(
        (leadId, index): FollowUpTask => ({
          handoffId: `h-${index}`,
          leadId,
          accountId: test.accountId,
          ownerId: test.ownerId,
          subject: `Follow up ${index}`,
          body: 'CTO',
          dueAt: start,
        }),
      );
      const create = (mayExist = false) => test.crm.createTasks(tasks.map((task) => ({ task, mayExist })));
      const subjects = (outcomes: readonly Outcome<{ taskId: string }>[]) =>
        outcomes.map(
          (outcome) =>
            test.portal.object('tasks', outcome.ok ? outcome.value.taskId : '')?.properties[
              'hs_task_subject'
            ],
        );
      return { ...test, tasks, create, subjects };
    }

    test('a hundred are created in one request, whatever the order of the answers', async () => {
      const { portal, tasks, create, subjects, requests, accountId } = await portalWithTasks(100);
      const outcomes = await create();
      expect(requests()).toEqual(['POST tasks/batch/create']);
      expect(subjects(outcomes)).toEqual(tasks.map(({ subject }) => subject));
      expect(outcomes.map((outcome) => resultOf(outcome).found)).toEqual(tasks.map(() => false));
      expect(
        portal.object('tasks', resultOf(outcomes[7] as (typeof outcomes)[0]).taskId)?.associations,
      ).toEqual({
        contacts: [tasks[7]?.leadId],
        companies: [accountId],
      });
    });

    test('answers that name no input are told apart by their marks', async () => {
      const { portal, tasks, create } = await portalWithTasks(3);
      const results = tasks.map(({ handoffId }, index) => ({
        id: String(70 + index),
        properties: { hs_task_body: `CTO<br>Handoff ${handoffId}` },
        createdAt: start.toISOString(),
        updatedAt: start.toISOString(),
      }));
      portal.failNext({
        path: /tasks\/batch\/create$/,
        status: 201,
        body: { results: results.toReversed() },
      });
      expect((await create()).map((outcome) => resultOf(outcome).taskId)).toEqual(['70', '71', '72']);
    });

    test('one without its contact fails alone, and one without its company is created', async () => {
      const { portal, crm, tasks, requests } = await portalWithTasks(10);
      portal.privacyDelete(tasks[3]?.leadId ?? '');
      const outcomes = await crm.createTasks(
        tasks.map((task, index) => ({
          task: index === 6 ? { ...task, accountId: '404' } : task,
          mayExist: false,
        })),
      );
      expect(failuresOf(outcomes)).toEqual([[3, expect.any(PermanentFailure)]]);
      expect(portal.objects('tasks')).toHaveLength(9);
      expect(requests().filter((request) => request.endsWith('/batch/create'))).toHaveLength(1);
    });

    test('those of an attempt with an unknown end are found, the others are created', async () => {
      const { portal, crm, tasks, subjects, requests } = await portalWithTasks(20);
      portal.failNext({ method: 'POST', connection: 'drop-after-effect' });
      const half = tasks.slice(0, 10).map((task) => ({ task, mayExist: false }));
      expect((await crm.createTasks(half)).every((outcome) => !outcome.ok)).toBe(true);
      requests();
      const outcomes = await crm.createTasks(tasks.map((task) => ({ task, mayExist: true })));
      expect(subjects(outcomes)).toEqual(tasks.map(({ subject }) => subject));
      expect(outcomes.map((outcome) => resultOf(outcome).found)).toEqual(tasks.map((_, index) => index < 10));
      expect(portal.objects('tasks')).toHaveLength(20);
      expect(requests().sort()).toEqual([
        'POST associations/contacts/tasks/batch/read',
        'POST contacts/batch/read',
        'POST tasks/batch/create',
        'POST tasks/batch/read',
      ]);
    });

    test('are found among more than 500 of a contact', async () => {
      const { portal, crm, tasks } = await portalWithTasks(1);
      const [task] = tasks as [FollowUpTask];
      for (const index of numbers(500)) {
        portal.logEngagement('tasks', { hs_task_subject: `Other ${index}` }, { contactId: task.leadId });
      }
      const [created] = await crm.createTasks([{ task, mayExist: true }]);
      const [found] = await crm.createTasks([{ task, mayExist: true }]);
      expect(found).toEqual({
        ok: true,
        value: { taskId: created?.ok && created.value.taskId, found: true },
      });
    });

    test('of which HubSpot says nothing may exist', async () => {
      const { portal, create } = await portalWithTasks(3);
      portal.failNext({ path: /tasks\/batch\/create$/, status: 201, body: { results: [] } });
      for (const outcome of await create()) {
        expect(outcome).toMatchObject({ ok: false, error: { name: 'TemporaryFailure', outcome: 'unknown' } });
      }
    });

    test('that HubSpot refuses as a whole are asked for in halves, and none is there twice', async () => {
      const { portal, create, requests } = await portalWithTasks(8);
      portal.failNext({ path: /tasks\/batch\/create$/, status: 400 });
      expect(failuresOf(await create())).toEqual([]);
      expect(portal.objects('tasks')).toHaveLength(8);
      expect(requests()).toHaveLength(3);
    });

    test('a hundred are brought up to date in one request', async () => {
      const { portal, crm, create, requests } = await portalWithTasks(100);
      const taskIds = (await create()).map((outcome) => resultOf(outcome).taskId);
      requests();
      const dueAt = new Date('2026-11-21T09:30:00Z');
      const outcomes = await crm.updateTasks(
        taskIds.map((taskId, index) =>
          index % 2 === 0 ? { taskId, done: true } : { taskId, ownerId: null, dueAt },
        ),
      );
      expect(failuresOf(outcomes)).toEqual([]);
      expect(requests()).toEqual(['POST tasks/batch/update']);
      expect(portal.object('tasks', taskIds[0] ?? '')?.properties).toMatchObject({
        hs_task_status: 'COMPLETED',
      });
      expect(portal.object('tasks', taskIds[1] ?? '')?.properties).toMatchObject({
        hs_task_status: 'NOT_STARTED',
        hs_timestamp: '2026-11-21T09:30:00Z',
      });
    });

    test('that somebody deleted need no more upkeep, and the others get theirs', async () => {
      const { portal, crm, create } = await portalWithTasks(2);
      const taskIds = (await create()).map((outcome) => resultOf(outcome).taskId);
      const changes = ['404', ...taskIds].map((taskId) => ({ taskId, done: true as const }));
      expect(failuresOf(await crm.updateTasks(changes))).toEqual([]);
      for (const id of taskIds) {
        expect(portal.object('tasks', id)?.properties).toMatchObject({ hs_task_status: 'COMPLETED' });
      }
    });
  });

  describe('touches', () => {
    test('of all kinds are one request a kind, and their ids come in the order of asking', async () => {
      const { portal, crm, ids, accountId, ownerId, requests } = await portalWith(20);
      const touches = ids.flatMap((leadId, index) =>
        touchKinds.map((kind): LoggedTouch => {
          const touch = { id: `${kind}-${index}`, kind, outcome: 'connected', note: '' } as const;
          return { handoffId: `h-${index}`, leadId, accountId, ownerId, touch, title: 'Talked', at: start };
        }),
      );
      const log = (mayExist: boolean) => crm.logTouches(touches.map((touch) => ({ touch, mayExist })));
      const logged = (await log(false)).map(resultOf);
      expect(requests().sort()).toEqual(
        ['calls', 'communications', 'emails', 'meetings', 'notes'].map((type) => `POST ${type}/batch/create`),
      );
      const types = {
        call: 'calls',
        email: 'emails',
        meeting: 'meetings',
        message: 'communications',
        other: 'notes',
      };
      touches.forEach(({ touch }, index) => {
        const record = portal.object(types[touch.kind] as 'calls', logged[index] ?? '');
        expect(JSON.stringify(record?.properties)).toContain(`touch ${touch.id}"`);
      });
      expect((await log(true)).map(resultOf)).toEqual(logged);
      expect(requests().length).toBeLessThan(20);
    });

    test('of which one kind is refused for a while fail by their kind', async () => {
      const { portal, crm, ids, accountId, ownerId } = await portalWith(4);
      portal.failNext({ path: /emails\/batch\/create$/, status: 503 });
      const outcomes = await crm.logTouches(
        ids.map((leadId, index) => {
          const kind = index % 2 === 0 ? 'email' : 'call';
          const touch = { id: `t-${index}`, kind, outcome: 'sent', note: '' } as const;
          return {
            touch: { handoffId: 'h-1', leadId, accountId, ownerId, touch, title: 'Talked', at: start },
            mayExist: false,
          };
        }),
      );
      expect(failuresOf(outcomes)).toEqual([
        [0, expect.any(TemporaryFailure)],
        [2, expect.any(TemporaryFailure)],
      ]);
    });
  });
});
