import { randomUUID } from 'node:crypto';
import { begin, offer } from '../domain/handoff.ts';
import type { Lead, LeadId } from '../domain/lead.ts';
import type { Policy } from '../domain/policy.ts';
import { type Qualification, qualify } from '../domain/qualify.ts';
import { route, type Standing } from '../domain/route.ts';
import { timersFor } from './change.ts';
import type { Observe } from './observe.ts';
import type { Clock, Crm, Directory, EventDecision, Handoffs, Inbox, Opening } from './ports.ts';

type Needs = {
  inbox: Inbox;
  handoffs: Handoffs;
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
export function intake({ inbox, handoffs, directory, crm, policy, clock, observe }: Needs) {
  return async (leadId: LeadId): Promise<void> => {
    const events = await inbox.undecided(leadId);
    if (events.length === 0) return;

    const record = async (decision: EventDecision) => {
      await inbox.decide(events, decision, clock());
      observe({
        what: 'decided',
        leadId,
        decision: decision.decision,
        events: events.length,
        handoffId: null,
      });
    };

    const lead = await crm.lead(leadId);
    if (!lead) return record({ decision: 'ignored', reason: 'the contact is gone' });
    await handoffs.saveLead(lead, clock());

    const rules = policy();
    // A merged contact is read under its new id; its handoffs may be under the one that was asked for.
    const earlier = (await handoffs.lastOf(lead.id)) ?? (await handoffs.lastOf(leadId));
    const found = qualify(lead, rules, earlier, clock());
    if (found.verdict === 'ignored') return record({ decision: 'ignored', reason: found.why });
    if (found.verdict === 'held') {
      return record({ decision: 'held', reason: `${found.evidence}, but lacks ${found.missing.join(', ')}` });
    }

    const { peopleByOwner, inactive } = await whoIsWho(directory);
    const handoffId = randomUUID();
    const opened = await handoffs.open(events, lead.source.original, clock(), (credits) =>
      opening(handoffId, lead, found, rules, { peopleByOwner, inactive, credits }, clock()),
    );
    if (!opened) return record({ decision: 'ignored', reason: 'sales is already working on this lead' });
    observe({ what: 'decided', leadId, decision: 'handoff', events: events.length, handoffId });
  };
}

/** Records that looking at a lead was given up for good, so that its events do not wait in silence. */
export function giveUpIntake({ inbox, clock, observe }: Pick<Needs, 'inbox' | 'clock' | 'observe'>) {
  return async (leadId: LeadId, why: string): Promise<void> => {
    const events = await inbox.undecided(leadId);
    await inbox.decide(events, { decision: 'failed', reason: why }, clock());
    observe({ what: 'decided', leadId, decision: 'failed', events: events.length, handoffId: null });
  };
}

function opening(
  id: string,
  lead: Lead,
  found: Extract<Qualification, { verdict: 'qualified' }>,
  policy: Policy,
  standing: Standing,
  now: Date,
): Opening {
  const { assignment, credits } = route(lead, policy, standing, now);
  const { name: trigger, targets } = found.trigger;
  const offered = offer(assignment, targets, found.evidence, policy);
  const facts = {
    id,
    leadId: lead.id,
    trigger,
    targets,
    policyVersion: policy.version,
    qualifiedAt: found.since,
  };
  const handoff = begin(facts, offered);
  return { handoff, events: [offered], timers: timersFor(handoff, policy, now), credits };
}

async function whoIsWho(directory: Directory): Promise<Omit<Standing, 'credits'>> {
  const people = await directory.people();
  const owned = people.flatMap((person) => (person.ownerId ? [[person.ownerId, person.id] as const] : []));
  return {
    peopleByOwner: new Map(owned),
    inactive: new Set(people.filter((person) => !person.active).map((person) => person.id)),
  };
}
