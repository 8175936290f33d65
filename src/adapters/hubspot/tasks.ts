import type { Crm, FollowUpTask, TaskChange } from '../../flow/ports/crm.ts';
import { taskMark, toHtml } from './body.ts';
import type { HubSpot } from './client.ts';
import { createEngagements } from './create-engagements.ts';
import { isNotFound, refusedOf } from './error-answer.ts';
import { findEngagements } from './find-engagements.ts';
import { inLots, inRounds, maxRecords, outcomeOf, succeeded } from './lots.ts';
import { type RecordWrite, updateRecords, without } from './update-records.ts';

type TaskCrm = Pick<Crm, 'createTasks' | 'findTasks' | 'updateTasks'>;

const shape = { objectType: 'tasks', bodyProperty: 'hs_task_body' } as const;

/** The follow-up tasks that stand in HubSpot's own task list beside the cards. */
export function followUpTasks(hubspot: HubSpot): TaskCrm {
  async function writeAlone({ id, properties }: RecordWrite): Promise<void> {
    try {
      await updateRecords(hubspot, 'tasks', [{ id, properties }]);
    } catch (error) {
      // Somebody deleted the task: there is nothing left to keep up to date.
      if (isNotFound(error)) return;
      const rest = without(properties, refusedOf(error, properties));
      const left = Object.keys(rest).length;
      if (left === 0 || left === Object.keys(properties).length) throw error;
      await writeAlone({ id, properties: rest });
    }
  }

  async function write(lot: readonly RecordWrite[]) {
    const [first, ...others] = lot;
    if (first && others.length === 0) return [await outcomeOf(() => writeAlone(first))];
    const written = await updateRecords(hubspot, 'tasks', lot);
    return Promise.all(
      lot.map((change) =>
        outcomeOf(async () => {
          if (!written.has(change.id)) await writeAlone(change);
        }),
      ),
    );
  }

  return {
    createTasks: async (tasks) => {
      const created = await createEngagements(
        hubspot,
        tasks.map(({ task, mayExist }) => ({ ...engagementOf(task), mayExist })),
      );
      return created.map((outcome) =>
        outcome.ok ? succeeded({ taskId: outcome.value.id, found: outcome.value.found }) : outcome,
      );
    },
    findTasks: (of) =>
      findEngagements(
        hubspot,
        of.map(({ handoffId, leadId }) => ({ ...shape, leadId, mark: taskMark(handoffId) })),
      ),
    updateTasks: (changes) => inRounds(changes.map(writeOf), (round) => inLots(round, maxRecords, write)),
  };
}

function engagementOf({ handoffId, leadId, accountId, ownerId, subject, body, dueAt }: FollowUpTask) {
  const mark = taskMark(handoffId);
  const properties = {
    hs_timestamp: dueAt.toISOString(),
    hs_task_subject: subject,
    hs_task_body: toHtml(`${body}\n${mark}`),
    hs_task_status: 'NOT_STARTED',
    hs_task_priority: 'HIGH',
    hs_task_type: 'TODO',
    ...(ownerId ? { hubspot_owner_id: ownerId } : {}),
  };
  return { ...shape, properties, leadId, accountId, mark };
}

function writeOf({ taskId, ...change }: TaskChange): RecordWrite {
  if ('done' in change) return { id: taskId, properties: { hs_task_status: 'COMPLETED' } };
  return {
    id: taskId,
    properties: {
      hubspot_owner_id: change.ownerId ?? '',
      hs_timestamp: change.dueAt.toISOString(),
      // A task that was done may be somebody else's to do now.
      hs_task_status: 'NOT_STARTED',
    },
  };
}
