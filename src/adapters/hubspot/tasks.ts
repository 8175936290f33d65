import type { Crm, FollowUpTask, TaskChange } from '../../flow/ports/crm.ts';
import { taskMark, toHtml } from './body.ts';
import { changeRecords } from './change-records.ts';
import type { HubSpot } from './client.ts';
import { createEngagements } from './create-engagements.ts';
import { findEngagements } from './find-engagements.ts';
import { succeeded } from './lots.ts';
import type { RecordWrite } from './update-records.ts';

type TaskCrm = Pick<Crm, 'createTasks' | 'findTasks' | 'updateTasks'>;

const shape = { objectType: 'tasks', bodyProperty: 'hs_task_body' } as const;

/** The follow-up tasks that stand in HubSpot's own task list beside the cards. */
export function followUpTasks(hubspot: HubSpot): TaskCrm {
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
    updateTasks: (changes) => changeRecords(hubspot, 'tasks', changes.map(writeOf)),
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
