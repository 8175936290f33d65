import { type CrmNews, consequenceOf } from '../domain/handoff/consequences.ts';
import { type Handoff, type HandoffId, type Logged, running } from '../domain/handoff/handoff.ts';
import { type Briefing, brief } from '../domain/lead/briefing.ts';
import type { OwnerId } from '../domain/lead/lead.ts';
import { type PersonId, type Policy, triggerOf } from '../domain/policy/policy.ts';
import { type Crm, type HandoffRecord, type LeadChange, only } from './ports/crm.ts';
import type { Handoffs, HandoffView } from './ports/handoffs.ts';
import type { Observe } from './ports/observe.ts';
import type { Directory } from './ports/people.ts';
import type { Clock, PolicyOf } from './ports/time.ts';

type Needs = {
  handoffs: Handoffs;
  directory: Directory;
  crm: Crm;
  policyOf: PolicyOf;
  clock: Clock;
  observe: Observe;
};

/**
 * Writes to HubSpot what happened to a handoff since the last time: owner, stage, status and our properties in one
 * request, the follow-up task, and each touch as an engagement. Every finished piece is noted at once, so that a
 * repeat continues where it broke off; what an earlier attempt may have created unseen is looked for first.
 */
export function writeBack(needs: Needs) {
  return async (handoffId: HandoffId): Promise<void> => {
    const view = await needs.handoffs.view(handoffId);
    if (!view) return;
    const news = view.log.filter(({ seq }) => seq > view.crm.writtenSeq);
    if (news.length === 0) return;

    const again = view.crm.writingSeq > view.crm.writtenSeq;
    const upTo = view.handoff.version;
    await needs.handoffs.saveWriteBack(handoffId, { writingSeq: upTo });

    const owners = await ownersOf(needs.directory);
    // A contact that is no more, or goes on under another handoff, is not written to.
    const isThere = view.handoff.status !== 'closed' || view.handoff.outcome !== 'withdrawn';
    if (isThere && view.crm.contactSeq < upTo) {
      const untold = view.log.filter(({ seq }) => seq > view.crm.contactSeq);
      await writeContact(view, untold, owners, needs);
      // Noted by itself: written again after a while, it might undo what somebody has changed since.
      await needs.handoffs.saveWriteBack(handoffId, { contactSeq: upTo });
    }
    await keepTask(view, news, owners, again, needs);
    if (isThere) await logTouches(view, owners, again, needs);
    await needs.handoffs.saveWriteBack(handoffId, { writtenSeq: upTo, writingSeq: upTo });
  };
}

type Owners = ReadonlyMap<PersonId, OwnerId>;

/** HubSpot refuses deactivated owners, and with them everything else in the same request. */
async function ownersOf(directory: Directory): Promise<Owners> {
  const people = await directory.people();
  return new Map(
    people.flatMap(({ id, ownerId, active }) => (ownerId && active ? [[id, ownerId] as const] : [])),
  );
}

async function writeContact(
  view: HandoffView,
  news: readonly Logged[],
  owners: Owners,
  { handoffs, crm, observe }: Needs,
): Promise<void> {
  const change = changeFor(view, news, owners);
  const { missingProperties } = only(await crm.writeLeads([{ id: view.lead.id, change }]));
  if (change.ownerId) await handoffs.noteOwner(view.lead.id, change.ownerId);
  if (missingProperties.length > 0) {
    observe({ what: 'propertiesMissing', handoffId: view.handoff.id, properties: missingProperties });
  }
}

/** What the events since the last write mean for the contact; later events override earlier ones. */
function changeFor({ handoff, log }: HandoffView, news: readonly Logged[], owners: Owners): LeadChange {
  const change: LeadChange = { record: recordOf(handoff) };
  for (const entry of news) {
    const { leadStatus, lifecycleStage, owner, disqualified } = crmNewsOf(entry, log);
    if (leadStatus) change.leadStatus = leadStatus;
    // A stage that is entered after the end would look like a new reason to call.
    if (lifecycleStage && handoff.status !== 'closed') change.lifecycleStage = lifecycleStage;
    if (owner) {
      const ownerId = owners.get(owner.rep);
      // Whom somebody chose in HubSpot is the owner there already, or somebody later is.
      const isFromThere = owner.reasons.at(-1)?.kind === 'ownerChanged';
      if (isFromThere) delete change.ownerId;
      else if (ownerId) change.ownerId = ownerId;
    }
    if (disqualified && change.record) {
      change.record.disqualifyReason = disqualified.reason;
      change.record.disqualifyNote = disqualified.note;
    }
  }
  return change;
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
    ...(closed ? {} : { disqualifyReason: null, disqualifyNote: null }),
    heldBecause: null,
  };
}

/** One follow-up task a handoff: due when the running clock is, done with the first touch, a meeting or the end. */
async function keepTask(
  view: HandoffView,
  news: readonly Logged[],
  owners: Owners,
  again: boolean,
  needs: Needs,
): Promise<void> {
  const { handoff, lead } = view;
  const ticking = running(handoff);
  const ownerId = owners.get(handoff.assignment.rep) ?? null;
  const about = { handoffId: handoff.id, leadId: lead.id };
  let { taskId } = view.crm;
  // What an earlier attempt created may be another rep's by now, or done.
  let changed = news.some(({ event }) => {
    const { clock } = consequenceOf(event);
    return ticking ? clock === 'moves' : clock === 'stops' || clock === 'ends';
  });
  if (!taskId && again) {
    taskId = only(await needs.crm.findTasks([about]));
    changed = true;
    if (taskId) await needs.handoffs.saveWriteBack(handoff.id, { taskId });
  }
  if (taskId) {
    if (ticking && changed) only(await needs.crm.updateTasks([{ taskId, ownerId, dueAt: ticking.due }]));
    if (!ticking && changed) only(await needs.crm.updateTasks([{ taskId, done: true }]));
  } else if (ticking) {
    const briefing = brief(lead, needs.clock());
    const words = { subject: subjectOf(handoff, briefing, needs.policyOf(handoff)), body: briefing.summary };
    const task = { ...about, ...words, accountId: lead.account?.id ?? null, ownerId, dueAt: ticking.due };
    const created = only(await needs.crm.createTasks([{ task, mayExist: false }]));
    await needs.handoffs.saveWriteBack(handoff.id, { taskId: created.taskId });
  }
}

async function logTouches(view: HandoffView, owners: Owners, again: boolean, needs: Needs): Promise<void> {
  const { handoff, lead, log, crm } = view;
  for (const entry of log) {
    const { touch } = crmNewsOf(entry, log);
    if (!touch || crm.touchIds.has(touch.id)) continue;
    const { at, by } = entry;
    const ownerId = (by && owners.get(by)) || null;
    const about = { handoffId: handoff.id, leadId: lead.id, accountId: lead.account?.id ?? null, ownerId };
    const crmId = only(await needs.crm.logTouches([{ touch: { ...about, touch, at }, mayExist: again }]));
    await needs.handoffs.saveTouchWritten(touch.id, crmId);
  }
}

function subjectOf(handoff: Handoff, { who, company }: Briefing, policy: Policy): string {
  const trigger = triggerOf(policy, handoff.trigger)?.label ?? handoff.trigger;
  return `Follow up: ${[who, company].filter(Boolean).join(', ')} (${trigger})`;
}
