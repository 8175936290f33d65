import type { Lead, LeadId } from '../../../src/domain/lead/lead.ts';
import type { Crm, CrmOwner, FollowUpTask, LeadChange, LoggedTouch } from '../../../src/flow/ports/crm.ts';
import { type Script, scripted } from './script.ts';

export type Task = FollowUpTask & { id: string; completed: boolean };
export type Engagement = LoggedTouch & { id: string };

export type MemoryCrm = Crm & {
  /** By the id that is asked for: of a contact that was merged, also under its old one. */
  leads: Map<LeadId, Lead>;
  /** What a search for changes finds. */
  changed: Lead[];
  /** Under which contacts a search for changed records finds them. */
  withNews: LeadId[];
  /** Under which contacts records are filed, by `<type>:<id>`. */
  filed: Map<string, LeadId[]>;
  people: CrmOwner[];
  /** What was written on a contact, as it stands: later values over earlier ones, the record's fields merged. */
  written: Map<string, LeadChange>;
  tasks: Task[];
  engagements: Engagement[];
  /** Our own properties that the portal does not have. */
  missingProperties: string[];
  /** What goes wrong next. */
  script: Script<Omit<Crm, 'leadsChangedSince' | 'leadsWithNewsSince'>>;
};

/** A CRM that keeps what was written. Creating twice makes two. */
export function memoryCrm(): MemoryCrm {
  const kept = {
    leads: new Map<LeadId, Lead>(),
    changed: [] as Lead[],
    withNews: [] as LeadId[],
    filed: new Map<string, LeadId[]>(),
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

  /** Which fail in no way: a script is about calls that are answered once. */
  const searches: Pick<Crm, 'leadsChangedSince' | 'leadsWithNewsSince'> = {
    leadsChangedSince: async function* () {
      yield kept.changed;
    },
    leadsWithNewsSince: async function* () {
      yield kept.withNews;
    },
  };

  const crm: Omit<Crm, keyof typeof searches> = {
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
    leadsOf: async ({ objectType, id }) => kept.filed.get(`${objectType}:${id}`) ?? [],
    gone: async (ids) => ids.filter((id) => kept.leads.get(id)?.id !== id),
  };

  const { port, script } = scripted(crm);
  return { ...port, ...searches, ...kept, script };
}
