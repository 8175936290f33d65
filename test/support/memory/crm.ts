import type { HandoffId } from '../../../src/domain/handoff/handoff.ts';
import type { Lead, LeadId } from '../../../src/domain/lead/lead.ts';
import type { PortalProperty } from '../../../src/domain/lead/portal-property.ts';
import type {
  Company,
  Crm,
  CrmOwner,
  DealChange,
  Duplicate,
  FollowUpTask,
  HeldUp,
  KeptDeal,
  LeadChange,
  LeadNote,
  LoggedTouch,
  NewDeal,
  OpenDeal,
  Outcome,
  UndoneTouch,
  WriteReceipt,
} from '../../../src/flow/ports/crm.ts';
import { type Script, scripted } from './script.ts';

export type Task = FollowUpTask & { id: string; completed: boolean };
/** `standsIn`: the id of its stage. */
export type MadeDeal = NewDeal & { dealId: string; standsIn: string };
export type Engagement = LoggedTouch & { id: string };

export type MemoryCrm = Crm & {
  /** By the id that is asked for: of a contact that was merged, also under its old one. */
  contacts: Map<LeadId, Lead>;
  /** What a search for changes finds. */
  changed: Lead[];
  /** The companies that a search for changes finds. */
  changedCompanies: Company[];
  /** Under which contacts a search for changed records finds them. */
  withNews: LeadId[];
  /** Under which contacts records are filed, by `<type>:<id>`. */
  filed: Map<string, LeadId[]>;
  people: CrmOwner[];
  /** What was written on a contact, as it stands: later values over earlier ones, the record's fields merged. */
  written: Map<string, LeadChange>;
  tasks: Task[];
  engagements: Engagement[];
  /** The members of its static segments. */
  segments: Map<string, Set<LeadId>>;
  /** Those that the bot has made. */
  deals: MadeDeal[];
  /** Deals of others that are neither won nor lost, by contact. */
  openDealsOf: Map<LeadId, OpenDeal[]>;
  duplicates: Duplicate[];
  notes: LeadNote[];
  /** What it will not take. */
  refusedProperties: string[];
  heldUp: { now: HeldUp | null };
  /** What it will not take of what people fill in. */
  faults: { property: string; why: string | null }[];
  /** What it wants besides before it takes a change, or whatever is written. */
  wants: { names: string[]; always: boolean };
  /** What people filled in, by contact. */
  answers: Map<LeadId, Record<string, string>>;
  properties: Map<string, PortalProperty>;
  /** What goes wrong next: with one of a lot alone. */
  script: Script<Steps>;
};

/** What the port does not do in lots. */
type WithoutLots =
  | 'owners'
  | 'choices'
  | 'leadsOf'
  | 'gone'
  | 'writeNote'
  | 'nurturePaused'
  | 'pausedLeads'
  | 'changeSegment'
  | 'membersOf'
  | 'writeAnswers'
  | 'contactProperties'
  | 'findContacts'
  | 'valuesOf';

/** What the port does in lots, for one. */
type Steps = Pick<Crm, WithoutLots> & {
  lead(id: LeadId): Promise<Lead | null>;
  writeLead(id: LeadId, change: LeadChange): Promise<WriteReceipt>;
  createTask(task: FollowUpTask): Promise<string>;
  findTask(of: Pick<FollowUpTask, 'handoffId'>): Promise<string | null>;
  completeTask(id: string): Promise<void>;
  moveTask(id: string, change: Pick<FollowUpTask, 'ownerId' | 'dueAt'>): Promise<void>;
  logTouch(touch: LoggedTouch, mayExist: boolean): Promise<string>;
  removeTouch(touch: UndoneTouch): Promise<void>;
  openDealsOf(leadId: LeadId): Promise<OpenDeal[]>;
  createDeal(deal: NewDeal): Promise<KeptDeal>;
  findDeal(handoffId: HandoffId): Promise<KeptDeal | null>;
  changeDeal(change: DealChange): Promise<void>;
  linkDuplicate(duplicate: Duplicate, mayExist: boolean): Promise<void>;
};

/** A CRM that keeps what was written. Creating twice makes two. */
export function memoryCrm(): MemoryCrm {
  const kept = {
    contacts: new Map<LeadId, Lead>(),
    changed: [] as Lead[],
    changedCompanies: [] as Company[],
    withNews: [] as LeadId[],
    filed: new Map<string, LeadId[]>(),
    people: [] as CrmOwner[],
    written: new Map<string, LeadChange>(),
    tasks: [] as Task[],
    engagements: [] as Engagement[],
    segments: new Map<string, Set<LeadId>>(),
    deals: [] as MadeDeal[],
    openDealsOf: new Map<LeadId, OpenDeal[]>(),
    duplicates: [] as Duplicate[],
    notes: [] as LeadNote[],
    refusedProperties: [] as string[],
    heldUp: { now: null } as MemoryCrm['heldUp'],
    faults: [] as MemoryCrm['faults'],
    wants: { names: [], always: false } as MemoryCrm['wants'],
    answers: new Map<LeadId, Record<string, string>>(),
    properties: new Map<string, PortalProperty>(),
  };
  const taskOf = (id: string) => {
    const task = kept.tasks.find((candidate) => candidate.id === id);
    if (!task) throw new Error(`Task ${id} does not exist: expected one that was created.`);
    return task;
  };

  const dealUrl = (dealId: string) => `https://hubspot.example/deals/${dealId}`;
  const dealFor = (handoffId: HandoffId): KeptDeal | null => {
    const deal = kept.deals.find((one) => one.handoffId === handoffId);
    return deal ? { dealId: deal.dealId, url: dealUrl(deal.dealId), found: true } : null;
  };

  /** Which fail in no way: a script is about calls that are answered once. */
  const searches: Pick<Crm, 'leadsChangedSince' | 'companiesChangedSince' | 'leadsWithNewsSince'> = {
    leadsChangedSince: async function* () {
      yield kept.changed;
    },
    companiesChangedSince: async function* () {
      yield kept.changedCompanies;
    },
    leadsWithNewsSince: async function* () {
      yield kept.withNews;
    },
  };

  const steps: Steps = {
    lead: async (id) => kept.contacts.get(id) ?? null,
    writeLead: async (id, change) => {
      const before = kept.written.get(id) ?? {};
      kept.written.set(id, { ...before, ...change, record: { ...before.record, ...change.record } });
      const { refusedProperties, heldUp } = kept;
      const nurtureTaken = change.record?.nurturePaused !== undefined;
      return {
        refusedProperties,
        ownerTaken: change.ownerId !== undefined,
        nurtureTaken,
        heldUp: heldUp.now,
      };
    },
    writeAnswers: async (id, values, change) => {
      const { faults } = kept;
      const isAsked = kept.wants.always || Object.keys(change).length > 0;
      const wants = isAsked ? kept.wants.names.filter((name) => values[name] === undefined) : [];
      if (faults.length > 0) return { taken: false, faults, wants: [] };
      if (wants.length > 0) return { taken: false, faults: [], wants };
      kept.answers.set(id, { ...kept.answers.get(id), ...values });
      kept.written.set(id, { ...kept.written.get(id), ...change });
      return { taken: true };
    },
    contactProperties: async () => kept.properties,
    valuesOf: async (id, names) =>
      Object.fromEntries(Object.entries(kept.answers.get(id) ?? {}).filter(([name]) => names.includes(name))),
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
    removeTouch: async ({ touch, recordId }) => {
      const place = kept.engagements.findIndex((one) => one.id === recordId || one.touch.id === touch.id);
      if (place >= 0) kept.engagements.splice(place, 1);
    },
    openDealsOf: async (leadId) => kept.openDealsOf.get(leadId) ?? [],
    createDeal: async (deal) => {
      const found = dealFor(deal.handoffId);
      if (found) return found;
      const dealId = `deal-${kept.deals.length + 1}`;
      kept.deals.push({ ...deal, dealId, standsIn: deal.at.stage.id });
      return { dealId, url: dealUrl(dealId), found: false };
    },
    findDeal: async (handoffId) => dealFor(handoffId),
    changeDeal: async (change) => {
      const deal = kept.deals.find(({ dealId }) => dealId === change.dealId);
      if (!deal || deal.standsIn !== change.from) return;
      if ('stage' in change) deal.standsIn = change.stage;
      else deal.ownerId = change.ownerId;
    },
    linkDuplicate: async (duplicate, mayExist) => {
      const isThere = kept.duplicates.some(({ handoffId }) => handoffId === duplicate.handoffId);
      if (!mayExist || !isThere) kept.duplicates.push(duplicate);
    },
    writeNote: async (note) => {
      if (!kept.notes.some(({ id }) => id === note.id)) kept.notes.push(note);
    },
    owners: async () => kept.people,
    choices: async () => ({ lifecycle: null, lead_status: null, pipelines: { deals: null, leads: null } }),
    leadsOf: async ({ objectType, id }) => kept.filed.get(`${objectType}:${id}`) ?? [],
    pausedLeads: async () =>
      [...kept.written].flatMap(([id, { record }]) => (record?.nurturePaused ? [id] : [])),
    membersOf: async (segment) => [...(kept.segments.get(segment) ?? [])],
    nurturePaused: async (ids) => {
      const there = ids.filter((id) => kept.contacts.has(id));
      return new Map(there.map((id) => [id, kept.written.get(id)?.record?.nurturePaused ?? false]));
    },
    changeSegment: async (segment, { add, remove }) => {
      const members = kept.segments.get(segment) ?? new Set();
      for (const id of add) members.add(id);
      for (const id of remove) members.delete(id);
      kept.segments.set(segment, members);
    },
    gone: async (ids) => ids.filter((id) => kept.contacts.get(id)?.id !== id),
    findContacts: async (text, atMost) => {
      const words = text.toLowerCase().split(/\s+/);
      const found = [...kept.contacts.values()].filter(({ id, name, email, account }) => {
        const known = [name, email, account?.name].join(' ').toLowerCase();
        return id === text || words.every((word) => known.includes(word));
      });
      return found
        .slice(0, atMost)
        .map(({ id, name, email, account }) => ({ id, name, email, company: account?.name ?? null }));
    },
  };

  const { port, script } = scripted(steps);
  const { owners, choices, leadsOf, gone, writeAnswers, contactProperties, findContacts, valuesOf } = port;
  const { nurturePaused, pausedLeads, changeSegment, membersOf, writeNote } = port;
  const alone = {
    ...{ owners, choices, leadsOf, gone, writeAnswers, contactProperties, findContacts, valuesOf },
    ...{ nurturePaused, pausedLeads, changeSegment, membersOf, writeNote },
  };
  const inLots: Omit<Crm, keyof typeof searches | keyof typeof alone> = {
    leads: (ids) => each(ids, port.lead),
    writeLeads: (writes) => each(writes, ({ id, change }) => port.writeLead(id, change)),
    createTasks: (tasks) =>
      each(tasks, async ({ task, mayExist }) => {
        const found = mayExist ? await port.findTask(task) : null;
        return { taskId: found ?? (await port.createTask(task)), found: found !== null };
      }),
    findTasks: (of) => each(of, port.findTask),
    updateTasks: (changes) =>
      each(changes, ({ taskId, ...change }) =>
        'done' in change ? port.completeTask(taskId) : port.moveTask(taskId, change),
      ),
    openDeals: (of) => each(of, ({ leadId }) => port.openDealsOf(leadId)),
    createDeals: (deals) =>
      each(
        deals,
        async ({ deal, mayExist }) =>
          (mayExist ? await port.findDeal(deal.handoffId) : null) ?? (await port.createDeal(deal)),
      ),
    findDeals: (handoffs) => each(handoffs, port.findDeal),
    updateDeals: (changes) => each(changes, port.changeDeal),
    linkDuplicates: (duplicates) =>
      each(duplicates, ({ duplicate, mayExist }) => port.linkDuplicate(duplicate, mayExist)),
    removeTouches: (touches) => each(touches, port.removeTouch),
    logTouches: (touches) => each(touches, ({ touch, mayExist }) => port.logTouch(touch, mayExist)),
  };
  return { ...alone, ...inLots, ...searches, ...kept, script };
}

/** What a step does for each, one after the other. */
export async function each<M, T>(lot: readonly M[], step: (one: M) => Promise<T>): Promise<Outcome<T>[]> {
  const outcomes: Outcome<T>[] = [];
  for (const one of lot) {
    outcomes.push(
      await step(one).then(
        (value) => ({ ok: true, value }),
        (error: unknown) => ({ ok: false, error }),
      ),
    );
  }
  return outcomes;
}
