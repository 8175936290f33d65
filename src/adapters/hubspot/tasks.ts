import type { Crm } from '../../flow/ports/crm.ts';
import { taskMark, toHtml } from './body.ts';
import type { HubSpot } from './client.ts';
import { createEngagement, findEngagement } from './engagements.ts';
import { isNotFound } from './error-answer.ts';

type TaskCrm = Pick<Crm, 'createTask' | 'findTask' | 'completeTask' | 'moveTask'>;

const shape = { objectType: 'tasks', bodyProperty: 'hs_task_body' } as const;

/** The follow-up task that stands in HubSpot's own task list beside the card. */
export function followUpTasks(hubspot: HubSpot): TaskCrm {
  async function change(taskId: string, properties: Record<string, string>): Promise<void> {
    try {
      await hubspot.write('write a task', (crm) =>
        crm.objects.basicApi.update('tasks', taskId, { properties }),
      );
    } catch (error) {
      // Somebody deleted the task: there is nothing left to keep up to date.
      if (!isNotFound(error)) throw error;
    }
  }

  return {
    createTask: ({ handoffId, leadId, accountId, ownerId, subject, body, dueAt }) => {
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
      return createEngagement(hubspot, { ...shape, properties, leadId, accountId });
    },
    findTask: ({ handoffId, leadId }) =>
      findEngagement(hubspot, { ...shape, leadId, mark: taskMark(handoffId) }),
    completeTask: (taskId) => change(taskId, { hs_task_status: 'COMPLETED' }),
    moveTask: (taskId, { ownerId, dueAt }) =>
      change(taskId, {
        hubspot_owner_id: ownerId ?? '',
        hs_timestamp: dueAt.toISOString(),
        // A task that was done may be somebody else's to do now.
        hs_task_status: 'NOT_STARTED',
      }),
  };
}
