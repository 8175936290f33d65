import type { Lead } from '../../../src/domain/lead.ts';
import type { Crm, CrmOwner, FollowUpTask, LeadChange, LoggedTouch } from '../../../src/flow/ports.ts';
import { type Script, scripted } from './script.ts';

export type Task = FollowUpTask & { id: string; completed: boolean };
export type Engagement = LoggedTouch & { id: string };

export type MemoryCrm = Crm & {
  leads: Map<string, Lead>;
  people: CrmOwner[];
  /** What was written on a contact, as it stands: later values over earlier ones, the record's fields merged. */
  written: Map<string, LeadChange>;
  tasks: Task[];
  engagements: Engagement[];
  /** Our own properties that the portal does not have. */
  missingProperties: string[];
  /** What goes wrong next. */
  script: Script<Crm>;
};

/** A CRM that keeps what was written. Creating twice makes two. */
export function memoryCrm(): MemoryCrm {
  const kept = {
    leads: new Map<string, Lead>(),
    people: [] as CrmOwner[],
    written: new Map<string, LeadChange>(),
    tasks: [] as Task[],
    engagements: [] as Engagement[],
    missingProperties: [] as string[],
  };
  const taskOf = (id: string) => {
    const task = kept.tasks.find((candidate) => candidate.id === id);
    if (!task) throw new Error(`Task ${id} does not exist: expected one that was created.`);
    return task;
  };

  const crm: Crm = {
    lead: async (id) => kept.leads.get(id) ?? null,
    writeLead: async (id, change) => {
      const before = kept.written.get(id) ?? {};
      kept.written.set(id, { ...before, ...change, record: { ...before.record, ...change.record } });
      return { missingProperties: kept.missingProperties };
    },
    createTask: async (task) => {
      const id = `task-${kept.tasks.length + 1}`;
      kept.tasks.push({ ...task, id, completed: false });
      return id;
    },
    findTask: async (of) => kept.tasks.find(({ handoffId }) => handoffId === of.handoffId)?.id ?? null,
    completeTask: async (id) => {
      taskOf(id).completed = true;
    },
    moveTask: async (id, change) => {
      Object.assign(taskOf(id), change);
    },
    logTouch: async (touch, mayExist) => {
      const found = mayExist ? kept.engagements.find((one) => one.touch.id === touch.touch.id) : undefined;
      if (found) return found.id;
      const id = `engagement-${kept.engagements.length + 1}`;
      kept.engagements.push({ ...touch, id });
      return id;
    },
    owners: async () => kept.people,
  };

  const { port, script } = scripted(crm);
  return { ...port, ...kept, script };
}
