import type { Lead } from '../../domain/lead/lead.ts';
import {
  type PersonId,
  type Policy,
  peopleOf,
  type Targets,
  withAbsences,
  withHours,
} from '../../domain/policy/policy.ts';
import { type Considered, type EarlierHandoff, qualify } from '../../domain/routing/qualify.ts';
import { type Assignment, type RouteReason, route, type Standing } from '../../domain/routing/route.ts';
import { targetsOf, termAfter } from '../../domain/time/sla.ts';
import { wordsOf } from '../arrive/intake.ts';
import { inactiveOf, ownersIn } from '../people/people.ts';
import type { CrmOwner } from '../ports/crm.ts';
import type { Handoffs } from '../ports/handoffs.ts';
import type { Decisions, Inbox } from '../ports/inbox.ts';
import type { Directory, Person } from '../ports/people.ts';

/** What would be decided about a lead now. */
export type Foreseen = {
  verdict: 'handoff' | 'held' | 'ignored';
  /** Evidence of a handoff, or why it does not come to one. */
  reason: string;
  considered: readonly Considered[];
  /** Empty when it does not come to routing. */
  reasons: readonly RouteReason[];
  handoff: Offer | null;
  /** A lead that waits for a team: until when. */
  waits: { team: string; until: Date } | null;
};

/** A handoff as it would begin. */
export type Offer = {
  trigger: string;
  /** Since when the evidence holds. */
  since: Date;
  assignment: Assignment;
  targets: Targets;
  respondBy: Date;
  /** If it is accepted at that time, and not sooner. */
  touchBy: Date;
};

/** Everything that a decision depends on besides the lead and the policy. */
export type Known = {
  earlier: readonly EarlierHandoff[];
  workflows: Awaited<ReturnType<Inbox['workflowRequests']>>;
  standing: Standing;
  people: readonly Person[];
};

/** Decides about a lead as intake does, and leaves it at that. */
export function foresee(
  lead: Lead,
  policy: Policy,
  { earlier, workflows, standing }: Known,
  now: Date,
): Foreseen {
  const found = qualify(lead, policy, { earlier, workflows }, now);
  const { considered } = found;
  if (found.verdict !== 'qualified') {
    const { verdict } = found;
    return { verdict, reason: wordsOf(found), considered, reasons: [], handoff: null, waits: null };
  }
  const { trigger, evidence, since } = found;
  const passing = { trigger: trigger.name, workflows };
  const routed = route(lead, passing, policy, standing, now);
  if (routed.outcome === 'held') {
    const { team, until, reasons } = routed;
    const reason = `${evidence}, but nobody of ${team} is free`;
    return { verdict: 'held', reason, considered, reasons, handoff: null, waits: { team, until } };
  }
  const { assignment } = routed;
  const targets = targetsOf(trigger, { lead, ...passing, spentUntil: null });
  const { due: respondBy } = termAfter('acknowledge', targets, policy, assignment);
  const { due: touchBy } = termAfter('touch', targets, policy, { rep: assignment.rep, at: respondBy });
  const handoff = { trigger: trigger.name, since, assignment, targets, respondBy, touchBy };
  const { reasons } = assignment;
  return { verdict: 'handoff', reason: evidence, considered, reasons, handoff, waits: null };
}

type Stores = { handoffs: Handoffs; inbox: Inbox; directory: Directory; decisions: Decisions };

/**
 * What is known at this moment: from the database, or without one as if nothing had happened yet. People whom the
 * database does not know are taken from HubSpot, when it is at hand.
 */
export async function knownNow(
  lead: Lead,
  policy: Policy,
  { stores, owners }: { stores: Stores | null; owners: (() => Promise<CrmOwner[]>) | null },
  now: Date,
): Promise<Known & { policy: Policy }> {
  const stored = (await stores?.directory.people()) ?? [];
  const read = stored.length === 0 && owners ? await owners() : [];
  const people = stored.length > 0 ? stored : peopleFrom(read, policy);
  const absences = stores ? await stores.directory.absences(now) : absencesOf(read);
  const ids = [lead.id, ...lead.formerIds];
  const workflows = await Promise.all(ids.map((id) => stores?.inbox.workflowRequests(id) ?? []));
  const balance = await stores?.handoffs.balance(lead.id);
  const hours = new Map(
    people.flatMap((person) => (person.hours ? [[person.id, person.hours] as const] : [])),
  );
  return {
    policy: withAbsences(withHours(policy, hours), absences),
    earlier: (await stores?.handoffs.earlierOf(ids)) ?? [],
    workflows: workflows.flat(),
    people,
    standing: {
      peopleByOwner: ownersIn(policy, people),
      inactive: inactiveOf(people),
      absences,
      credits: balance?.credits ?? new Map(),
      load: balance?.load ?? new Map(),
      excluded: balance?.excluded ?? new Map(),
    },
  };
}

function peopleFrom(owners: readonly CrmOwner[], policy: Policy): Person[] {
  return peopleOf(policy).map((id) => {
    const theirs = owners.filter(({ email }) => email.toLowerCase() === id);
    // An archived owner may share the email of the one who came back.
    const owner = theirs.find(({ active }) => active) ?? theirs[0];
    const { name = id, active = true, hours = null } = owner ?? {};
    return { id, name: name || id, ownerId: owner?.id ?? null, active, hours, accounts: [] };
  });
}

function absencesOf(owners: readonly CrmOwner[]): Standing['absences'] {
  const away = owners.filter(({ active }) => active);
  return new Map(
    away.map(({ email, absences }): [PersonId, typeof absences] => [email.toLowerCase(), absences]),
  );
}
