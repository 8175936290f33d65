import { isWorkingAt } from './calendar.ts';
import type { Lead, OwnerId } from './lead.ts';
import { type PersonId, type Policy, type RoutingRule, type Team, teamOf } from './policy.ts';
import { type Credits, takeTurn } from './rotation.ts';

/** Who holds a handoff, since when, and how it came to that. */
export type Assignment = {
  rep: PersonId;
  /** The team whose rules and manager apply; null for the fallback outside any team. */
  team: string | null;
  at: Date;
  reasons: readonly RouteReason[];
};

/** One thing that was looked at on the way to the assignment, in the order it was tried. */
export type RouteReason =
  | { kind: 'contactOwner' | 'accountOwner'; person: PersonId; taken: true }
  | { kind: 'contactOwner' | 'accountOwner'; ownerId: OwnerId | null; taken: false; why: string }
  | {
      kind: 'rotation';
      team: string;
      person: PersonId;
      taken: true;
      skipped: readonly Skip[];
      weights: Weights;
    }
  | { kind: 'rotation'; team: string; person: null; taken: false; why: string; skipped: readonly Skip[] }
  | { kind: 'fallback'; person: PersonId; taken: true }
  | { kind: 'reassigned'; person: PersonId; taken: true; by: PersonId };

export type Skip = { person: PersonId; why: string };

type Weights = Readonly<Record<PersonId, number>>;

/** What routing must know of the moment besides the lead and the policy. */
export type Standing = {
  /** People of the policy by the HubSpot owner they are. */
  peopleByOwner: ReadonlyMap<OwnerId, PersonId>;
  /** People whose HubSpot user was deactivated. */
  inactive: ReadonlySet<PersonId>;
  /** Rotation balances by team. */
  credits: ReadonlyMap<string, Credits>;
};

/** An assignment, and the balances of the pool that a turn was taken from. */
export type Routed = { assignment: Assignment; credits: { pool: string; after: Credits } | null };

/**
 * Finds the one person accountable for a lead. Rules are tried in the policy's order; the first that yields somebody
 * wins, and the fallback person takes what no rule could place: a lead never belongs to nobody.
 */
export function route(lead: Lead, policy: Policy, standing: Standing, now: Date): Routed {
  const reasons: RouteReason[] = [];
  for (const rule of policy.routing.rules) {
    const tried = tryRule(rule, lead, policy, standing, now);
    reasons.push(tried.reason);
    if (tried.reason.taken) {
      const rep = tried.reason.person;
      const team = tried.reason.kind === 'rotation' ? tried.reason.team : (teamOf(policy, rep)?.name ?? null);
      return { assignment: { rep, team, at: now, reasons }, credits: tried.credits };
    }
  }
  const rep = policy.routing.fallback;
  reasons.push({ kind: 'fallback', person: rep, taken: true });
  return { assignment: { rep, team: teamOf(policy, rep)?.name ?? null, at: now, reasons }, credits: null };
}

type Tried = { reason: RouteReason; credits: Routed['credits'] };

function tryRule(rule: RoutingRule, lead: Lead, policy: Policy, standing: Standing, now: Date): Tried {
  switch (rule.kind) {
    case 'contactOwner':
      return { reason: ownerReason('contactOwner', lead.ownerId, standing), credits: null };
    case 'accountOwner':
      return {
        reason: ownerReason('accountOwner', lead.account?.ownerId ?? null, standing),
        credits: null,
      };
    case 'rotation': {
      const team = policy.teams.find((candidate) => candidate.name === rule.team);
      if (!team)
        throw new RangeError(`rotation over the team "${rule.team}", which the policy does not define`);
      return rotate(team, standing, now);
    }
    default:
      return rule satisfies never;
  }
}

function ownerReason(
  kind: 'contactOwner' | 'accountOwner',
  ownerId: OwnerId | null,
  standing: Standing,
): RouteReason {
  if (!ownerId) return { kind, ownerId, taken: false, why: 'none is set' };
  const person = standing.peopleByOwner.get(ownerId);
  if (!person) return { kind, ownerId, taken: false, why: `owner ${ownerId} is not in the policy` };
  if (standing.inactive.has(person))
    return { kind, ownerId, taken: false, why: 'their HubSpot user is deactivated' };
  return { kind, person, taken: true };
}

function rotate(team: Team, standing: Standing, now: Date): Tried {
  const skipped: Skip[] = [];
  const candidates = team.members.filter((member) => {
    const why = unavailable(member, standing, now);
    if (why) skipped.push({ person: member.id, why });
    return !why;
  });
  const turn = takeTurn(candidates, standing.credits.get(team.name) ?? new Map());
  if (!turn) {
    const reason = {
      kind: 'rotation',
      team: team.name,
      person: null,
      taken: false,
      why: 'nobody is available',
      skipped,
    } as const;
    return { reason, credits: null };
  }
  const weights = Object.fromEntries(candidates.map(({ id, weight }) => [id, weight]));
  return {
    reason: { kind: 'rotation', team: team.name, person: turn.winner, taken: true, skipped, weights },
    credits: { pool: team.name, after: turn.credits },
  };
}

function unavailable(member: Team['members'][number], standing: Standing, now: Date): string | null {
  if (standing.inactive.has(member.id)) return 'HubSpot user deactivated';
  if (member.weight <= 0) return 'takes no turns (weight 0)';
  if (!isWorkingAt(member.hours, now)) return `outside working hours in ${member.hours.zone}`;
  return null;
}
