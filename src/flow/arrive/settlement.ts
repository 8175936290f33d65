import { randomUUID } from 'node:crypto';
import { digestOf } from '../../domain/handoff/digest.ts';
import { begin, offer } from '../../domain/handoff/handoff.ts';
import { destinationsOf } from '../../domain/handoff/outside-events.ts';
import type { Lead } from '../../domain/lead/lead.ts';
import type { Policy } from '../../domain/policy/policy.ts';
import type { Judgement } from '../../domain/routing/judge.ts';
import { whyForOperators } from '../../domain/words/why.ts';
import { timersFor } from '../change.ts';
import type { Settlement } from '../ports/arrivals.ts';
import type { Opening } from '../ports/handoffs.ts';
import type { Decision, EventDecision } from '../ports/inbox.ts';
import { type Candidate, heardAt } from './arrival.ts';

/**
 * What is kept of a lead that was looked at.
 * @param judgement null: what HubSpot told was carried over to a handoff that it has, and that is all
 */
export function settlementOf(
  candidate: Candidate,
  judgement: Judgement | null,
  policy: Policy,
  now: Date,
): Settlement {
  const { arrival, lead, ids, known, carried } = candidate;
  const events = known.events.map(({ id }) => id);
  const common = { lead, events, job: arrival.job };
  const carriedOver: EventDecision | null = carried && {
    decision: 'handoff',
    reason: carried.found.join(', '),
    handoffId: carried.handoffId,
  };
  if (!judgement) {
    const decided = carriedOver ?? { decision: 'ignored', reason: 'sales is already working on this lead' };
    return { ...common, ids: ids.slice(1), decided, decision: null, outcome: { released: true } };
  }
  const decision = decisionOn(lead, judgement, policy, now);
  const reason = whyForOperators(judgement.reason);
  switch (judgement.verdict) {
    case 'ignored': {
      const decided = carriedOver ?? { decision: 'ignored', reason };
      return { ...common, ids, decided, decision, outcome: { released: true } };
    }
    case 'held': {
      const hold = {
        leadId: lead.id,
        since: now,
        because: judgement.because,
        until: lookAgainAt(judgement, now),
      };
      // The job has still to tell HubSpot.
      return {
        ...common,
        ids,
        decided: { decision: 'held', reason },
        decision,
        outcome: { hold },
        job: null,
      };
    }
    case 'handoff': {
      const opening = openingOf(lead, judgement, policy, heardAt(known.events), now);
      const { id: handoffId } = opening.handoff;
      return {
        ...common,
        ids,
        decided: { decision: 'handoff', reason, handoffId },
        decision: { ...decision, handoffId },
        outcome: { opening },
      };
    }
    default:
      return judgement satisfies never;
  }
}

function decisionOn(lead: Lead, judgement: Judgement, policy: Policy, now: Date): Decision {
  const { verdict, reason, considered } = judgement;
  return {
    leadId: lead.id,
    at: now,
    policyVersion: policy.version,
    verdict,
    reason,
    handoffId: null,
    considered,
    reasons: routeOf(judgement),
  };
}

/** Empty when it did not come to routing. */
function routeOf(judgement: Judgement): Decision['reasons'] {
  if (judgement.verdict === 'handoff') return judgement.assignment.reasons;
  return judgement.verdict === 'held' && judgement.for === 'team' ? judgement.reasons : [];
}

/** Somebody of a team may be free earlier than anybody could tell: after a cap, or an absence that ends. */
const lookAgainMs = 3_600_000;

/** Null: when something arrives about it. */
function lookAgainAt(judgement: Extract<Judgement, { verdict: 'held' }>, now: Date): Date | null {
  if (judgement.for === 'fields') return null;
  return new Date(Math.min(judgement.until.getTime(), now.getTime() + lookAgainMs));
}

function openingOf(
  { id: leadId, ownerId, ownerSince }: Lead,
  { trigger, since, targets, assignment, back, reason }: Extract<Judgement, { verdict: 'handoff' }>,
  policy: Policy,
  heard: Date | null,
  now: Date,
): Opening {
  const digestAt = digestOf(trigger.name, assignment, policy);
  const offered = {
    ...offer(assignment, targets, reason, policy, { ownerId, since: ownerSince }, digestAt),
    ...(back && { back }),
  };
  const facts = {
    id: randomUUID(),
    leadId,
    trigger: trigger.name,
    targets,
    policyVersion: policy.version,
    qualifiedAt: since,
    ...(heard && { heardAt: heard }),
  };
  const handoff = begin(facts, offered);
  const heardBy = destinationsOf([offered], policy);
  return { handoff, events: [offered], timers: timersFor(handoff, policy, now), news: [], heardBy };
}
