import type { HandoffId } from '../domain/handoff/handoff.ts';
import type { Policy } from '../domain/policy/policy.ts';
import { eachOf } from './each-of.ts';
import { followInSegment } from './follow-in-segment.ts';
import { keepDeals } from './keep-deals.ts';
import { keepLeadRecords } from './keep-lead-records.ts';
import { ownersOf } from './people/owners.ts';
import type { Outbox } from './ports/cards.ts';
import type { Crm, WriteReceipt } from './ports/crm.ts';
import { TemporaryFailure } from './ports/failure.ts';
import type { Handoffs, HandoffView, Written } from './ports/handoffs.ts';
import type { JobRef } from './ports/jobs.ts';
import type { LeadRecords } from './ports/lead-records.ts';
import type { Observe } from './ports/observe.ts';
import type { Directory } from './ports/people.ts';
import type { Clock, PolicyOf, Runs } from './ports/time.ts';
import { sparingTheOthers } from './spare-the-others.ts';
import type { StillThere } from './still-there.ts';
import { tellHeldUp } from './tell-held-up.ts';
import { planWriteBack, type TaskPlan, type WriteBackPlan } from './write-back-plan.ts';

type Needs = {
  handoffs: Handoffs;
  directory: Directory;
  crm: Crm;
  leadRecords: LeadRecords;
  policy: () => Policy;
  policyOf: PolicyOf;
  runs: Runs;
  outbox: Outbox;
  clock: Clock;
  observe: Observe;
  stillThere: StillThere;
};

/** `again`: an earlier attempt broke off, and may have created records that nobody noted. */
export type WriteBackJob = { handoffId: HandoffId; again: boolean; job: JobRef | null };

/** Its job is over with what was noted, still to be ended, or it failed. */
export type WroteBack = 'ended' | 'done' | { failed: unknown };

/**
 * Writes to HubSpot what happened to a lot of handoffs since the last time: the contacts, the follow-up tasks, and each
 * touch as an engagement, all of a kind together. What was done is noted at the end, also of a handoff of which
 * something failed, so that a repeat continues where it broke off.
 */
export function writeBack(needs: Needs) {
  const write = writeLot(needs);
  return async (lot: readonly WriteBackJob[]): Promise<WroteBack[]> => {
    // What a lot that failed as a whole had created is looked for by its parts.
    let isFirst = true;
    const attempt = (part: readonly WriteBackJob[]) => {
      const again = !isFirst;
      isFirst = false;
      return write(part.map((job) => ({ ...job, again: job.again || again })));
    };
    return sparingTheOthers(lot, attempt, (failed) => ({ failed }));
  };
}

function writeLot(needs: Needs) {
  return async (lot: readonly WriteBackJob[]): Promise<WroteBack[]> => {
    const { handoffs, directory, clock, policyOf } = needs;
    const views = await handoffs.views(lot.map(({ handoffId }) => handoffId));
    const owners = ownersOf(await directory.people());
    const planned = lot.flatMap((asked): Planned[] => {
      const view = views.find(({ handoff }) => handoff.id === asked.handoffId);
      if (!view) return [];
      const around = { owners, policy: policyOf(view.handoff), now: clock(), again: asked.again };
      const plan = planWriteBack(view, around);
      return plan ? [{ ...asked, view, plan, failure: null }] : [];
    });
    const written = await carryOut(planned, needs);
    if (written.length > 0) await handoffs.noteWritten(written);
    return lot.map((asked) => {
      const { handoffId } = asked;
      const one = planned.find((other) => other.handoffId === handoffId);
      if (one?.failure) return { failed: one.failure.error };
      return one && asked.job ? 'ended' : 'done';
    });
  };
}

type Planned = WriteBackJob & {
  view: HandoffView;
  plan: WriteBackPlan;
  /** The first thing that failed. */
  failure: { error: unknown } | null;
};

/** Does what was planned, all of a kind together. @returns what was done, of each */
async function carryOut(planned: Planned[], needs: Needs): Promise<Written[]> {
  const segmentFailure = await followNurture(planned, needs);
  const contacts = await writeContacts(planned, needs);
  for (const one of planned) if (pausedBy(one) !== undefined) one.failure ??= segmentFailure;
  const writtenAt = needs.clock();
  // While HubSpot is away nothing else is tried; what it refuses of a contact does not keep tasks and touches.
  const rest = planned.filter(({ failure }) => !(failure?.error instanceof TemporaryFailure));
  const [tasks, touches, leadRecords] = await Promise.all([
    keepTasks(rest, needs.crm),
    logTouches(rest, needs.crm),
    keepLeadRecords(rest, needs),
    tellAllHeldUp(contacts, needs),
    keepDeals(rest, needs),
    linkDuplicates(rest, needs.crm),
    removeTouches(rest, needs.crm),
  ]);
  return planned.map((one) => {
    const { view, plan, failure, job } = one;
    const isContactDone = !plan.contact || contacts.has(one);
    const receipt = contacts.get(one);
    const ownerId = receipt?.ownerTaken ? plan.contact?.ownerId : undefined;
    const taskId = tasks.get(one);
    const leadRecordId = leadRecords.get(one);
    const paused = receipt?.nurtureTaken && !segmentFailure ? pausedBy(one) : undefined;
    return {
      handoffId: view.handoff.id,
      leadId: view.lead.id,
      ...(isContactDone ? { contactSeq: plan.upTo } : {}),
      ...(receipt ? { refused: receipt.refusedProperties } : {}),
      ...(ownerId ? { ownerId } : {}),
      ...(paused === undefined ? {} : { nurture: { paused, at: writtenAt } }),
      ...(taskId ? { taskId } : {}),
      ...(leadRecordId ? { leadRecordId } : {}),
      ...(failure ? {} : { writtenSeq: plan.upTo }),
      touchIds: touches.get(one) ?? new Map(),
      job: failure ? null : job,
    };
  });
}

/** @returns what came of the contacts that were written */
async function writeContacts(
  planned: Planned[],
  { crm, observe }: Needs,
): Promise<Map<Planned, WriteReceipt>> {
  const writes = planned.flatMap((one) => {
    const { contact } = one.plan;
    return contact ? [{ one, write: { id: one.view.lead.id, change: contact } }] : [];
  });
  const done = await eachOf(writes, (lot) => crm.writeLeads(lot.map(({ write }) => write)));
  for (const [{ one }, { refusedProperties: properties }] of done) {
    if (properties.length === 0) continue;
    observe({ what: 'propertiesRefused', handoffId: one.handoffId, properties });
  }
  return new Map([...done].map(([{ one }, receipt]) => [one, receipt]));
}

/** Before it is noted that they are written: who should be asked is not forgotten when the rest breaks off. */
async function tellAllHeldUp(contacts: ReadonlyMap<Planned, WriteReceipt>, needs: Needs): Promise<void> {
  for (const [one, receipt] of contacts) {
    try {
      if (one.plan.contact) await tellHeldUp(one.view, one.plan.contact, receipt, needs);
    } catch (error) {
      one.failure ??= { error };
    }
  }
}

/**
 * Before the contacts are written: who is resumed has to be out of the segment when HubSpot looks at what enrols them again.
 * @returns what failed, which keeps nobody's contact from being written
 */
async function followNurture(planned: readonly Planned[], needs: Needs): Promise<Planned['failure']> {
  const changes = planned.flatMap((one) => {
    const paused = pausedBy(one);
    return paused === undefined ? [] : [{ leadId: one.view.lead.id, paused }];
  });
  return followInSegment(changes, needs).then(
    () => null,
    (error: unknown) => ({ error }),
  );
}

/** Whether nurture is paused by what is written; undefined: nothing is written of it. */
function pausedBy({ plan }: Planned): boolean | undefined {
  return plan.contact?.record?.nurturePaused;
}

/** @returns the ids of tasks that were created or found */
async function keepTasks(planned: Planned[], crm: Crm): Promise<Map<Planned, string>> {
  const all = planned.map((one) => ({ one, task: one.plan.task }));
  const created = await eachOf(all.filter(isCreation), (lot) =>
    crm.createTasks(lot.map(({ one, task }) => ({ task: task.task, mayExist: one.again }))),
  );
  const found = await eachOf(all.filter(isCompletion), (lot) =>
    crm.findTasks(lot.map(({ task }) => task.of)),
  );
  // What an earlier attempt created may be another rep's by now, or done.
  const toMove = [...created].flatMap(([{ one, task }, kept]) => {
    const { ownerId, dueAt } = task.task;
    return kept.found ? [{ one, change: { taskId: kept.taskId, ownerId, dueAt } }] : [];
  });
  const toComplete = [...found].flatMap(([{ one }, taskId]) =>
    taskId ? [{ one, change: { taskId, done: true as const } }] : [],
  );
  const toChange = all.flatMap(({ one, task }) =>
    task.step === 'change' ? [{ one, change: task.change }] : [],
  );
  await eachOf([...toChange, ...toMove, ...toComplete], (lot) =>
    crm.updateTasks(lot.map(({ change }) => change)),
  );
  return new Map([
    ...[...created].map(([{ one }, { taskId }]) => [one, taskId] as const),
    ...toComplete.map(({ one, change }) => [one, change.taskId] as const),
  ]);
}

type Step<Name> = { one: Planned; task: Extract<TaskPlan, { step: Name }> };

function isCreation(one: { one: Planned; task: TaskPlan }): one is Step<'create'> {
  return one.task.step === 'create';
}

function isCompletion(one: { one: Planned; task: TaskPlan }): one is Step<'completeIfThere'> {
  return one.task.step === 'completeIfThere';
}

/** @returns the engagements by touch */
async function logTouches(planned: Planned[], crm: Crm): Promise<Map<Planned, Map<string, string>>> {
  const touches = planned.flatMap((one) => one.plan.touches.map((touch) => ({ one, touch })));
  const logged = await eachOf(touches, (lot) =>
    crm.logTouches(lot.map(({ one, touch }) => ({ touch, mayExist: one.again }))),
  );
  const ids = new Map<Planned, Map<string, string>>();
  for (const [{ one, touch }, id] of logged) {
    ids.set(one, (ids.get(one) ?? new Map()).set(touch.touch.id, id));
  }
  return ids;
}

async function removeTouches(planned: Planned[], crm: Crm): Promise<void> {
  const undone = planned.flatMap((one) => one.plan.undone.map((touch) => ({ one, touch })));
  await eachOf(undone, (lot) => crm.removeTouches(lot.map(({ touch }) => touch)));
}

async function linkDuplicates(planned: Planned[], crm: Crm): Promise<void> {
  const duplicates = planned.flatMap((one) => one.plan.duplicates.map((duplicate) => ({ one, duplicate })));
  await eachOf(duplicates, (lot) =>
    crm.linkDuplicates(lot.map(({ one, duplicate }) => ({ duplicate, mayExist: one.again }))),
  );
}
