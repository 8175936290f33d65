import type { Crm } from '../../flow/ports.ts';
import { taskMark, toHtml } from './body.ts';
import type { HubSpot } from './client.ts';
import { createEngagement } from './engagements.ts';
import { isNotFound } from './error-answer.ts';

/** The follow-up task that stands in HubSpot's own task list beside the card. */
export function followUpTasks(hubspot: HubSpot): Pick<Crm, 'createTask' | 'completeTask' | 'moveTask'> {
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
    createTask: ({ handoffId, leadId, accountId, ownerId, subject, body, dueAt }, mayExist) => {
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
      const task = { objectType: 'tasks', properties, leadId, accountId, mark } as const;
      return createEngagement(hubspot, { ...task, bodyProperty: 'hs_task_body' }, mayExist);
    },
    completeTask: (taskId) => change(taskId, { hs_task_status: 'COMPLETED' }),
    moveTask: (taskId, { ownerId, dueAt }) =>
      change(taskId, { hubspot_owner_id: ownerId ?? '', hs_timestamp: dueAt.toISOString() }),
  };
}
