import { inShort } from '../domain/briefing/in-short.ts';
import { type CrmNews, consequenceOf } from '../domain/handoff/consequences.ts';
import { type Handoff, type HandoffEvent, type Logged, madeAt, running } from '../domain/handoff/handoff.ts';
import { type NurtureChange, nurtureToWrite } from '../domain/handoff/nurture.ts';
import { timesRecycled } from '../domain/handoff/recycle.ts';
import { sortOf } from '../domain/handoff/touch-sort.ts';
import type { Lead, OwnerId } from '../domain/lead/lead.ts';
import { nameOf } from '../domain/lead/who-is.ts';
import type { Policy } from '../domain/policy/policy.ts';
import { triggerOf } from '../domain/policy/triggers.ts';
import { cut, oneLine } from '../domain/words/line.ts';
import { wordsIn } from '../domain/words/words.ts';
import { type DealPlan, planDeal } from './deal-plan.ts';
import { type LeadRecordPlan, planLeadRecord } from './lead-record-plan.ts';
import type { Owners } from './people/owners.ts';
import type {
  Duplicate,
  FollowUpTask,
  HandoffRecord,
  LeadChange,
  LoggedTouch,
  TaskChange,
  UndoneTouch,
} from './ports/crm.ts';
import type { HandoffView } from './ports/handoffs.ts';

/** What HubSpot has to be told of a handoff. */
export type WriteBackPlan = {
  /** The last event that it will know then. */
  upTo: number;
  /** Null: the contact knows all, or is no more. */
  contact: LeadChange | null;
  task: TaskPlan;
  deal: DealPlan;
  touches: readonly LoggedTouch[];
  undone: readonly UndoneTouch[];
  leadRecord: LeadRecordPlan | null;
  duplicates: readonly Duplicate[];
};

/** What becomes of the follow-up task; one that an earlier attempt may have created is looked for. */
export type TaskPlan =
  | { step: 'leave' }
  | { step: 'change'; change: TaskChange }
  | { step: 'create'; task: FollowUpTask }
  | { step: 'completeIfThere'; of: Pick<FollowUpTask, 'handoffId' | 'leadId'> };

/**
 * What HubSpot has to be told of a handoff since the last time: owner, stage, status and our properties on the contact,
 * the follow-up task, and each touch.
 * @param again an earlier attempt broke off, and may have created records that nobody noted
 * @returns null when it knows everything
 */
export function planWriteBack(
  view: HandoffView,
  { owners, policy, now, again }: { owners: Owners; policy: Policy; now: Date; again: boolean },
): WriteBackPlan | null {
  const { handoff, log, crm } = view;
  const news = log.filter(({ seq }) => seq > crm.writtenSeq);
  if (news.length === 0) return null;
  // A contact that is no more, or goes on under another handoff, is not written to.
  const isThere = log.every(({ event }) => event.type !== 'withdrawn' || event.excluded !== undefined);
  const untold = log.filter(({ seq }) => seq > crm.contactSeq);
  return {
    upTo: handoff.version,
    contact: isThere ? contactChange(view, untold, owners) : null,
    task: taskPlan(view, news, owners, policy, now, again),
    deal: isThere
      ? planDeal(view, news, { ownerId: ownerOf(handoff, owners), policy, again })
      : { step: 'leave' },
    touches: isThere ? untoldTouches(view, owners, policy) : [],
    undone: isThere ? undoneTouches(view, news, again) : [],
    leadRecord: planLeadRecord(view, { owners, policy, again }),
    duplicates: isThere ? duplicatesIn(view, news, owners) : [],
  };
}

function contactChange(view: HandoffView, untold: readonly Logged[], owners: Owners): LeadChange | null {
  const nurture = nurtureToWrite(view.nurture);
  if (untold.length === 0) return nurture && { record: nurtureRecord(nurture) };
  const undone = untold.map(({ event }) => event).findLast((event) => event.type === 'undone');
  const change = undone
    ? { ...changeFor(view, view.log, owners), ...stageBefore(view, undone) }
    : changeFor(view, untold, owners);
  return nurture ? { ...change, record: { ...change.record, ...nurtureRecord(nurture) } } : change;
}

/** The stage that a lead had before it was accepted, where HubSpot was told of that before it was taken back. */
function stageBefore(
  { handoff, lead, crm }: HandoffView,
  { after }: Extract<HandoffEvent, { type: 'undone' }>,
): Pick<LeadChange, 'lifecycleBack'> {
  const isTold = crm.contactSeq > after && handoff.status === 'offered';
  return isTold && lead.lifecycleStage ? { lifecycleBack: lead.lifecycleStage } : {};
}

/** What is written on the contact of a lead's nurture. */
export function nurtureRecord(change: NurtureChange): HandoffRecord {
  return change.paused
    ? { nurturePaused: true }
    : { nurturePaused: false, nurtureResumedAt: change.resumedAt };
}

/** What the events since the last write mean for the contact; later events override earlier ones. */
function changeFor({ handoff, log }: HandoffView, news: readonly Logged[], owners: Owners): LeadChange {
  const change: LeadChange = { record: recordOf(handoff) };
  for (const entry of news) {
    const { leadStatus, lifecycleStage, lifecycleBack, owner } = crmNewsOf(entry, log);
    if (leadStatus) change.leadStatus = leadStatus;
    if (lifecycleBack) change.lifecycleBack = lifecycleBack;
    // A stage that is entered after the end would look like a new reason to call.
    if (lifecycleStage && handoff.status !== 'closed') change.lifecycleStage = lifecycleStage;
    // Also whom somebody chose in HubSpot: an earlier choice of the bot's may have been written over theirs meanwhile.
    const ownerId = owner && owners.get(owner.rep);
    if (ownerId) change.ownerId = ownerId;
  }
  // What was overturned meanwhile is not done and undone.
  if (handoff.status !== 'closed') delete change.lifecycleBack;
  return change;
}

/** What HubSpot would not take so far, as it is meant by now. */
export function heldUpChange(view: HandoffView, owners: Owners): LeadChange {
  const { heldUp } = view.handoff;
  if (!heldUp) return {};
  const { record = {}, ...change } = changeFor(view, view.log, owners);
  const fields = Object.entries(change).filter(([field]) => heldUp.fields.some((one) => one === field));
  return { record, ...Object.fromEntries(fields) };
}

function crmNewsOf({ event }: Logged, log: readonly Logged[]): CrmNews {
  return consequenceOf(event).crm?.(event, log) ?? {};
}

function recordOf(handoff: Handoff): HandoffRecord {
  const closed = handoff.status === 'closed' ? handoff : null;
  return {
    id: handoff.id,
    status: handoff.status,
    trigger: handoff.trigger,
    rep: handoff.assignment.rep,
    qualifiedAt: handoff.qualifiedAt,
    respondBy: handoff.respondBy,
    acknowledgedAt: handoff.acknowledgedAt,
    firstTouchAt: handoff.firstTouchAt,
    closedAt: closed?.closedAt ?? null,
    outcome: closed?.outcome ?? null,
    ...sentBackOf(handoff),
    timesRecycled: timesRecycled(handoff),
    heldBecause: null,
  };
}

/** What marketing can filter by; empty again while sales has the lead. */
function sentBackOf(handoff: Handoff) {
  const sentBack = handoff.status === 'closed' ? handoff.sentBack : undefined;
  return {
    disqualifyReason: handoff.status === 'closed' && sentBack ? handoff.reason : null,
    disqualifyNote: sentBack?.note ?? null,
    disqualifiedBy: sentBack?.by ?? null,
    disqualifiedAt: handoff.status === 'closed' && sentBack ? handoff.closedAt : null,
    revisitAt: sentBack?.revisitAt ?? null,
  };
}

/**
 * One follow-up task a handoff: due when the running clock is, or when its holder means to try again; done with the first
 * touch, a meeting or the end.
 */
function taskPlan(
  view: HandoffView,
  news: readonly Logged[],
  owners: Owners,
  policy: Policy,
  now: Date,
  again: boolean,
): TaskPlan {
  const { handoff, lead } = view;
  const { taskId } = view.crm;
  const ticking = running(handoff);
  const dueAt = ticking?.due ?? (handoff.status === 'working' ? handoff.tryAgainBy : undefined);
  const ownerId = ownerOf(handoff, owners);
  const of = { handoffId: handoff.id, leadId: lead.id };
  const isChanged = news.some(({ event }) => {
    const { clock } = consequenceOf(event);
    if (event.type === 'undone') return true;
    return ticking ? clock === 'moves' : clock === 'stops' || clock === 'ends';
  });
  if (taskId) {
    if (!isChanged) return { step: 'leave' };
    const change = dueAt ? { taskId, ownerId, dueAt } : { taskId, done: true as const };
    return { step: 'change', change };
  }
  if (!dueAt) return again ? { step: 'completeIfThere', of } : { step: 'leave' };
  const about = inShort({ ...view, policy, words: wordsIn(policy.language), now });
  const words = { subject: subjectOf(handoff, lead, policy), body: cut(about, taskBodyMaxLength) };
  const accountId = lead.account?.id ?? null;
  return { step: 'create', task: { ...of, ...words, accountId, ownerId, dueAt } };
}

function ownerOf({ assignment }: Handoff, owners: Owners): OwnerId | null {
  return owners.get(assignment.rep) ?? null;
}

/** Far less than the 65,536 characters that a property of HubSpot's holds: a lead's may be as long, and nobody reads it. */
const nameMaxLength = 80;
const taskBodyMaxLength = 2_000;

function subjectOf(handoff: Handoff, lead: Lead, policy: Policy): string {
  const trigger = triggerOf(policy, handoff.trigger)?.label ?? handoff.trigger;
  const about = [nameOf(lead), lead.account?.name ?? lead.company ?? '']
    .map((name) => oneLine(name, nameMaxLength))
    .filter(Boolean);
  return wordsIn(policy.language).text('crm.followUp', { about: about.join(', '), trigger });
}

function untoldTouches(
  { handoff, lead, log, crm }: HandoffView,
  owners: Owners,
  { language }: Policy,
): LoggedTouch[] {
  return log.flatMap((entry) => {
    const { touch } = crmNewsOf(entry, log);
    if (!touch || crm.touchIds.has(touch.id)) return [];
    const ownerId = (entry.by && owners.get(entry.by)) || null;
    const accountId = lead.account?.id ?? null;
    const at = entry.event.type === 'touched' ? madeAt(entry.event, entry.at) : entry.at;
    const title = wordsIn(language).text(`touch.${sortOf(touch)}`);
    return [{ handoffId: handoff.id, leadId: lead.id, accountId, ownerId, touch, title, at }];
  });
}

/** Touches that HubSpot heard of, or may have, before they were taken back. */
function undoneTouches(
  { handoff, crm }: HandoffView,
  news: readonly Logged[],
  again: boolean,
): UndoneTouch[] {
  return news.flatMap(({ event }) => {
    if (event.type !== 'undone' || !event.touch) return [];
    const { touch } = event;
    const recordId = crm.touchIds.get(touch.id) ?? null;
    return recordId || again ? [{ handoffId: handoff.id, leadId: handoff.leadId, touch, recordId }] : [];
  });
}

function duplicatesIn(
  { handoff, lead, log }: HandoffView,
  news: readonly Logged[],
  owners: Owners,
): Duplicate[] {
  return news.flatMap((entry) => {
    const { duplicateOf: otherId } = crmNewsOf(entry, log);
    if (!otherId) return [];
    const ownerId = (entry.by && owners.get(entry.by)) || null;
    return [{ handoffId: handoff.id, leadId: lead.id, otherId, ownerId, at: entry.at }];
  });
}
