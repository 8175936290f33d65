import { randomUUID } from 'node:crypto';
import { begin, offer } from '../domain/handoff.ts';
import type { Lead, LeadId } from '../domain/lead.ts';
import type { Policy } from '../domain/policy.ts';
import { type EarlierHandoff, type Qualification, qualify } from '../domain/qualify.ts';
import { type Passing, route, type Standing } from '../domain/route.ts';
import { timersFor } from './change.ts';
import type { Observe } from './observe.ts';
import { inactiveOf, ownersIn } from './people.ts';
import type {
  Clock,
  Crm,
  Decisions,
  Directory,
  EventDecision,
  Handoffs,
  Holds,
  Inbox,
  Opening,
  Waiting,
} from './ports.ts';

type Needs = {
  inbox: Inbox;
  handoffs: Handoffs;
  holds: Holds;
  decisions: Decisions;
  directory: Directory;
  crm: Crm;
  policy: () => Policy;
  clock: Clock;
  observe: Observe;
};

/**
 * Looks at a lead about which something arrived: reads it from HubSpot as it is now, decides, opens a handoff when it
 * qualifies, and records the decision on every event that was waiting. Safe to repeat at any point.
 */
export function intake(needs: Needs) {
  const { inbox, handoffs, holds, decisions, directory, crm, policy, clock, observe } = needs;
  return async (leadId: LeadId): Promise<void> => {
    const events = await inbox.undecided(leadId);
    // An attempt that decided them may have broken off before HubSpot was told.
    if (events.length === 0) return tellHeld(leadId, needs);

    const record = async (decision: Exclude<EventDecision, { decision: 'handoff' }>) => {
      await inbox.decide(events, decision, clock());
      const { decision: verdict } = decision;
      observe({ what: 'decided', leadId, decision: verdict, events: events.length, handoffId: null });
    };

    const lead = await crm.lead(leadId);
    if (!lead) {
      await holds.release(leadId);
      return record({ decision: 'ignored', reason: 'the contact is gone' });
    }
    await handoffs.saveLead(lead, clock());

    /** A contact that was merged may have been held under its old id; what follows is about the new one. */
    const forgetOldId = async () => {
      if (lead.id !== leadId) await holds.release(leadId);
    };

    const rules = policy();
    // A merged contact is read under its new id; its handoffs may be under the one that was asked for.
    const ids = [...new Set([lead.id, leadId])];
    const earlier = (await Promise.all(ids.map((id) => handoffs.earlierOf(id)))).flat().sort(latestFirst);
    const workflows = (await Promise.all(ids.map((id) => inbox.workflowRequests(id)))).flat();
    const held = (await holds.of(lead.id)) ?? (await holds.of(leadId));
    const history = { earlier, workflows, heldSince: held?.since ?? null };
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
      await forgetOldId();
      return record({ decision: verdict, reason });
    }

    const passing = { trigger: found.trigger.name, workflows };
    const presence = await presenceIn(directory, rules, clock());
    const handoffId = randomUUID();
    const outcome = await handoffs.open(lead.id, events, lead.source.original, clock(), (balance) =>
      openOrWait(handoffId, lead, found, passing, rules, { ...presence, ...balance }, clock()),
    );
    await forgetOldId();
    if (outcome === 'openAlready') {
      return record({ decision: 'ignored', reason: 'sales is already working on this lead' });
    }
    if (outcome === 'opened') {
      observe({ what: 'decided', leadId, decision: 'handoff', events: events.length, handoffId });
      return;
    }
    await tellHeld(lead.id, needs);
    observe({ what: 'decided', leadId, decision: 'held', events: events.length, handoffId: null });
  };
}

/** What is open counts first, under whichever id. */
function latestFirst(a: EarlierHandoff, b: EarlierHandoff): number {
  const open = Number(b.closedAt === null) - Number(a.closedAt === null);
  return open || b.qualifiedAt.getTime() - a.qualifiedAt.getTime();
}

/** Records that looking at a lead was given up for good, so that its events do not wait in silence. */
export function giveUpIntake({ inbox, clock, observe }: Pick<Needs, 'inbox' | 'clock' | 'observe'>) {
  return async (leadId: LeadId, why: string): Promise<void> => {
    const events = await inbox.undecided(leadId);
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
  const { missingProperties } = await crm.writeLead(id, { record: { heldBecause: because } });
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
  const offered = offer(assignment, trigger.targets, evidence, policy);
  const facts = {
    id,
    leadId: lead.id,
    trigger: trigger.name,
    targets: trigger.targets,
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
    credits,
    decision: { ...decided, verdict: 'handoff', reason: evidence, handoffId: id, reasons },
  };
}

/** Who is who, and who is there. */
export async function presenceIn(
  directory: Directory,
  policy: Policy,
  now: Date,
): Promise<Pick<Standing, 'peopleByOwner' | 'inactive' | 'absences'>> {
  const people = await directory.people();
  return {
    peopleByOwner: ownersIn(policy, people),
    inactive: inactiveOf(people),
    absences: await directory.absences(now),
  };
}
