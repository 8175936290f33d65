import { randomUUID } from 'node:crypto';
import { begin, type HandoffId, offer } from '../../domain/handoff/handoff.ts';
import type { Lead, LeadId } from '../../domain/lead/lead.ts';
import type { Policy } from '../../domain/policy/policy.ts';
import { type EarlierHandoff, type Qualification, qualify } from '../../domain/routing/qualify.ts';
import { type Passing, route, type Standing } from '../../domain/routing/route.ts';
import { targetsOf } from '../../domain/time/sla.ts';
import { timersFor } from '../change.ts';
import { type Crm, only } from '../ports/crm.ts';
import type { Handoffs, Opening, Waiting } from '../ports/handoffs.ts';
import type { Decisions, EventDecision, Holds, Inbox } from '../ports/inbox.ts';
import type { Observe } from '../ports/observe.ts';
import type { Directory } from '../ports/people.ts';
import type { Clock, PolicyOf } from '../ports/time.ts';
import { availabilityIn } from '../with-routing.ts';
import { adopt, applyNews, withdraw } from './apply-news.ts';

type Needs = {
  inbox: Inbox;
  handoffs: Handoffs;
  holds: Holds;
  decisions: Decisions;
  directory: Directory;
  crm: Crm;
  policy: () => Policy;
  policyOf: PolicyOf;
  clock: Clock;
  observe: Observe;
};

/** Events that the bot made itself when it compared what it knows with what HubSpot has. */
export const reconciled = 'reconcile.';

/**
 * Looks at a lead about which something arrived: reads it from HubSpot as it is now, carries over what that means for a
 * handoff that it has, or decides, opens one when it qualifies, and records the decision on every event that was
 * waiting. Safe to repeat at any point.
 */
export function intake(needs: Needs) {
  const { inbox, handoffs, holds, decisions, directory, crm, policy, clock, observe } = needs;
  return async (leadId: LeadId): Promise<void> => {
    const waiting = await inbox.undecided(leadId);
    // An attempt that decided them may have broken off before HubSpot was told.
    if (waiting.length === 0) return tellHeld(leadId, needs);
    const events = waiting.map(({ id }) => id);
    const nobodyTold = waiting.every(({ type }) => type.startsWith(reconciled));

    const record = async (decision: EventDecision) => {
      await inbox.decide(events, decision, clock());
      const handoffId = 'handoffId' in decision ? decision.handoffId : null;
      observe({ what: 'decided', leadId, decision: decision.decision, events: events.length, handoffId });
    };
    const noteFound = (handoffId: HandoffId, found: readonly string[]) => {
      if (nobodyTold) observe({ what: 'foundByReconciling', leadId, handoffId, found });
    };

    const lead = only(await crm.leads([leadId], 'card'));
    if (!lead) {
      await holds.release(leadId);
      const ended = await withdraw(leadId, 'the contact was deleted in HubSpot', needs);
      if (ended) noteFound(ended, ['deletion']);
      return record({ decision: 'ignored', reason: 'the contact is gone' });
    }
    await handoffs.saveLead(lead, clock());

    const rules = policy();
    // A merged contact is read under its new id; its handoffs may be under the one that was asked for.
    const ids = [...new Set([lead.id, leadId, ...lead.formerIds])];
    const formerIds = ids.slice(1);
    /** A contact that was merged may have been held under an old id; what follows is about the new one. */
    const forgetOldIds = async () => {
      for (const former of formerIds) await holds.release(former);
    };
    if (formerIds.length > 0) await adopt(formerIds, lead.id, needs);
    const kept = await applyNews(lead, formerIds, needs);
    const carriedOver: EventDecision | null = kept && {
      decision: 'handoff',
      reason: kept.found.join(', '),
      handoffId: kept.handoffId,
    };
    if (kept) noteFound(kept.handoffId, kept.found);
    // That an earlier deal is won keeps nobody from qualifying anew; all else is about a lead that sales has now.
    if (carriedOver && kept?.found.some((what) => what !== 'deal won')) {
      await forgetOldIds();
      return record(carriedOver);
    }

    const earlier = await handoffs.earlierOf(ids);
    const workflows = (await Promise.all(ids.map((id) => inbox.workflowRequests(id)))).flat();
    const held = (await Promise.all(ids.map((id) => holds.of(id)))).find((one) => one !== null) ?? null;
    const history = { earlier: earlier.toSorted(openFirst), workflows, heldSince: held?.since ?? null };
    const found = qualify(lead, rules, history, clock());

    if (found.verdict !== 'qualified') {
      const reason = wordsOf(found);
      const verdict = found.verdict;
      const facts = { leadId: lead.id, at: clock(), policyVersion: rules.version, handoffId: null };
      await decisions.save({ ...facts, verdict, reason, considered: found.considered, reasons: [] });
      if (verdict === 'held') {
        const because = `${found.trigger.label}: lacks ${found.missing.join(', ')}`;
        await holds.save({ leadId: lead.id, since: clock(), because, until: null });
        await tellHeld(lead.id, needs);
      } else if (held) {
        await tell(lead.id, null, needs);
        await holds.release(lead.id);
      }
      await forgetOldIds();
      return record(verdict === 'ignored' && carriedOver ? carriedOver : { decision: verdict, reason });
    }

    const passing = { trigger: found.trigger.name, workflows };
    const presence = await availabilityIn(directory, rules, clock());
    const handoffId = randomUUID();
    const outcome = await handoffs.open(ids, events, lead.source.original, clock(), (balance) =>
      openOrWait(handoffId, lead, found, passing, rules, { ...presence, ...balance }, clock()),
    );
    await forgetOldIds();
    if (outcome === 'openAlready') {
      return record({ decision: 'ignored', reason: 'sales is already working on this lead' });
    }
    if (outcome === 'opened') {
      observe({ what: 'decided', leadId, decision: 'handoff', events: events.length, handoffId });
      noteFound(handoffId, ['lead']);
      return;
    }
    await tellHeld(lead.id, needs);
    observe({ what: 'decided', leadId, decision: 'held', events: events.length, handoffId: null });
  };
}

/** What is open counts first, under whichever id. */
function openFirst(a: EarlierHandoff, b: EarlierHandoff): number {
  return Number(b.closedAt === null) - Number(a.closedAt === null);
}

/** Records that looking at a lead was given up for good, so that its events do not wait in silence. */
export function giveUpIntake({ inbox, clock, observe }: Pick<Needs, 'inbox' | 'clock' | 'observe'>) {
  return async (leadId: LeadId, why: string): Promise<void> => {
    const events = (await inbox.undecided(leadId)).map(({ id }) => id);
    await inbox.decide(events, { decision: 'failed', reason: why }, clock());
    observe({ what: 'decided', leadId, decision: 'failed', events: events.length, handoffId: null });
  };
}

/** What was decided in words, for the event and for HubSpot. */
export function wordsOf(found: Exclude<Qualification, { verdict: 'qualified' }>): string {
  return found.verdict === 'held' ? `${found.evidence}, but lacks ${found.missing.join(', ')}` : found.why;
}

/** Marketing sees on the contact why it is not passed on; told once for each reason. */
async function tellHeld(id: LeadId, needs: Needs): Promise<void> {
  const hold = await needs.holds.of(id);
  if (!hold || hold.told) return;
  await tell(id, hold.because, needs);
  await needs.holds.markTold(id, hold.because);
}

async function tell(id: LeadId, because: string | null, { crm, observe }: Needs): Promise<void> {
  const { missingProperties } = only(
    await crm.writeLeads([{ id, change: { record: { heldBecause: because } } }]),
  );
  if (missingProperties.length > 0) {
    observe({ what: 'propertiesMissing', handoffId: null, properties: missingProperties });
  }
}

/** Somebody of a team may be free earlier than anybody could tell: after a cap, or an absence that ends. */
const lookAgainMs = 3_600_000;

function openOrWait(
  id: string,
  lead: Lead,
  found: Extract<Qualification, { verdict: 'qualified' }>,
  passing: Passing,
  policy: Policy,
  standing: Standing,
  now: Date,
): Opening | Waiting {
  const routed = route(lead, passing, policy, standing, now);
  const { considered, trigger, evidence, since } = found;
  const decided = { leadId: lead.id, at: now, policyVersion: policy.version, considered };
  if (routed.outcome === 'held') {
    const nobody = `nobody of ${routed.team} is free`;
    const until = new Date(Math.min(routed.until.getTime(), now.getTime() + lookAgainMs));
    const reason = `${evidence}, but ${nobody}`;
    return {
      hold: { leadId: lead.id, since: now, because: `${trigger.label}: ${nobody}`, until },
      decision: { ...decided, verdict: 'held', reason, handoffId: null, reasons: routed.reasons },
    };
  }
  const { assignment, credits } = routed;
  const targets = targetsOf(trigger, { lead, ...passing, spentUntil: null });
  const offered = offer(assignment, targets, evidence, policy);
  const facts = {
    id,
    leadId: lead.id,
    trigger: trigger.name,
    targets,
    policyVersion: policy.version,
    qualifiedAt: since,
  };
  const handoff = begin(facts, offered);
  const reasons = assignment.reasons;
  return {
    handoff,
    events: [offered],
    timers: timersFor(handoff, policy, now),
    refund: null,
    news: [],
    credits,
    decision: { ...decided, verdict: 'handoff', reason: evidence, handoffId: id, reasons },
  };
}
