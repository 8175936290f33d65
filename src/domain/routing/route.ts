import type { Lead, OwnerId } from '../lead/lead.ts';
import { check } from '../policy/condition.ts';
import type { WorkflowRequest } from '../policy/facts.ts';
import { isSwitchedOff, takersOf, teamOf } from '../policy/people-of.ts';
import type { Destination, PersonId, Policy, RoutingRule, Team } from '../policy/policy.ts';
import type { Why } from '../words/reason.ts';
import { type Availability, absent, unavailable } from './availability.ts';
import { type Credits, type TakenTurn, takeTurn } from './rotation.ts';

/** Who holds a handoff, since when, and how it came to that. */
export type Assignment = {
  rep: PersonId;
  /** The team whose rules and manager apply; null for the fallback outside any team. */
  team: string | null;
  at: Date;
  reasons: readonly RouteReason[];
  /** Who may claim it from the holder, when it was offered to a whole team. */
  openTo?: readonly PersonId[];
};

type OwnerKind = 'contactOwner' | 'accountOwner' | 'hadBefore';

/** One thing that was looked at on the way to the assignment, in the order it was tried. */
export type RouteReason = { rule?: string } & (
  | { kind: 'notForThis'; taken: false; why: Why }
  | { kind: OwnerKind | 'rep'; person: PersonId; taken: true }
  | { kind: OwnerKind | 'rep'; ownerId: OwnerId | null; taken: false; why: Why; whom?: PersonId }
  | {
      kind: 'rotation';
      team: string;
      person: PersonId;
      taken: true;
      skipped: readonly Skip[];
      weights: Weights;
      /** The balances of those who could take the turn. */
      before?: Weights;
      after?: Weights;
    }
  | {
      kind: 'rotation' | 'pool';
      team: string;
      person: null;
      taken: false;
      why: Why;
      skipped: readonly Skip[];
    }
  | { kind: 'pool'; team: string; person: PersonId; taken: true; skipped: readonly Skip[] }
  | { kind: 'fallback'; person: PersonId; taken: true }
  /** `turn`: the turn in a rotation that first brought the lead, to whom it is now taken from. */
  | { kind: 'reassigned'; person: PersonId; taken: true; by: PersonId; turn?: TakenTurn }
  /** Somebody gave the contact to them in HubSpot. */
  | { kind: 'ownerChanged'; person: PersonId; taken: true; turn?: TakenTurn }
);

export type Skip = { person: PersonId; why: Why };

type Weights = Readonly<Record<PersonId, number>>;

/** The turn that somebody took for a lead, whoever holds it now; null when it came another way. */
export function turnOf({ reasons }: Assignment): TakenTurn | null {
  const decided = reasons.at(-1);
  if (decided?.kind === 'reassigned' || decided?.kind === 'ownerChanged') return decided.turn ?? null;
  if (decided?.kind !== 'rotation' || !decided.taken) return null;
  return { pool: decided.team, winner: decided.person, weights: decided.weights };
}

/** Why somebody must not get a lead again: they handed it back, have had it, or cannot go on with it. */
export type Exclusion = 'handedBack' | 'hadAlready' | { cannotGoOn: Why };

/** What routing must know of the moment besides the lead and the policy. */
export type Standing = Availability & {
  /** People of the policy by the HubSpot owner they are. */
  peopleByOwner: ReadonlyMap<OwnerId, PersonId>;
  /** Rotation balances by team. */
  credits: ReadonlyMap<string, Credits>;
  /** Who must not get this lead again, and why. */
  excluded: ReadonlyMap<PersonId, Exclusion>;
};

/** What a rule's conditions may ask for besides the lead. */
export type Passing = {
  trigger: string;
  workflows: readonly WorkflowRequest[];
  /** Who had the lead before it slept, and is asked first. */
  returnsTo?: PersonId | null;
};

/** An assignment and the balances of the pool that a turn was taken from; or until when the lead waits for a team. */
export type Routed =
  | { outcome: 'assigned'; assignment: Assignment; credits: { pool: string; after: Credits } | null }
  | { outcome: 'held'; team: string; until: Date; reasons: readonly RouteReason[] };

/**
 * Finds the one person accountable for a lead. Rules are tried in the policy's order; the first that yields somebody
 * wins, and the fallback person takes what no rule could place: a lead never belongs to nobody.
 */
export function route(lead: Lead, passing: Passing, policy: Policy, standing: Standing, now: Date): Routed {
  const reasons: RouteReason[] = [];
  const facts = { lead, ...passing, spentUntil: null, freshFrom: null };
  if (passing.returnsTo) {
    const reason = returning(passing.returnsTo, lead, policy, standing, now);
    reasons.push(reason);
    if (reason.taken) {
      const team = teamOf(policy, reason.person)?.name ?? null;
      return {
        outcome: 'assigned',
        assignment: { rep: reason.person, team, at: now, reasons },
        credits: null,
      };
    }
  }
  for (const rule of policy.routing.rules) {
    const finding = rule.when && check(rule.when, facts);
    if (finding && !finding.met) {
      reasons.push({ rule: rule.name, kind: 'notForThis', taken: false, why: finding.found });
      continue;
    }
    const tried = tryRule(rule, lead, policy, standing, now);
    const reason = { rule: rule.name, ...tried.reason };
    reasons.push(reason);
    if (reason.taken) {
      const rep = reason.person;
      const team = 'team' in reason ? reason.team : (teamOf(policy, rep)?.name ?? null);
      const openTo = tried.openTo ? { openTo: tried.openTo } : {};
      return {
        outcome: 'assigned',
        assignment: { rep, team, at: now, reasons, ...openTo },
        credits: tried.credits ?? null,
      };
    }
    if (rule.whenNobody === 'hold' && tried.until && 'team' in reason) {
      return { outcome: 'held', team: reason.team, until: tried.until, reasons };
    }
  }
  const rep = policy.routing.fallback;
  reasons.push({ kind: 'fallback', person: rep, taken: true });
  const team = teamOf(policy, rep)?.name ?? null;
  return { outcome: 'assigned', assignment: { rep, team, at: now, reasons }, credits: null };
}

/**
 * Finds another holder for a lead: at `to`, or by the routing rules when that is null. It never waits for a team.
 * @returns null when nobody is left but those who must not get it
 */
export function reroute(
  to: Destination | null,
  lead: Lead,
  passing: Passing,
  policy: Policy,
  standing: Standing,
  now: Date,
): Extract<Routed, { outcome: 'assigned' }> | null {
  const here = (rule: RoutingRule): RoutingRule => ({ ...rule, whenNobody: 'next' });
  const rules = to
    ? [{ name: 'escalation', when: null, to, whenNobody: 'next' } as const]
    : policy.routing.rules.map(here);
  const routed = route(lead, passing, { ...policy, routing: { ...policy.routing, rules } }, standing, now);
  if (routed.outcome !== 'assigned') return null;
  const isFallback = routed.assignment.reasons.at(-1)?.kind === 'fallback';
  const cannot = standing.excluded.has(routed.assignment.rep) || (isFallback && to !== null);
  return cannot ? null : routed;
}

/** The members of a team who can take a lead now, and why the others cannot. */
export function availableIn(
  team: Team,
  standing: Standing,
  now: Date,
): { available: readonly PersonId[]; skipped: readonly Skip[] } {
  const { candidates, skipped } = split(team, standing, now);
  return { available: candidates.map(({ id }) => id), skipped };
}

type Tried = {
  reason: RouteReason;
  credits?: { pool: string; after: Credits };
  openTo?: readonly PersonId[];
  /** When the first of the team can take it, as far as anybody knows. */
  until?: Date | null;
};

function tryRule({ to }: RoutingRule, lead: Lead, policy: Policy, standing: Standing, now: Date): Tried {
  switch (to.kind) {
    case 'contactOwner':
      return { reason: ownerReason('contactOwner', lead.ownerId, policy, standing, now) };
    case 'accountOwner':
      return { reason: ownerReason('accountOwner', lead.account?.ownerId ?? null, policy, standing, now) };
    case 'rep': {
      const why = cannotHold(to.person, policy, standing, now);
      return why
        ? { reason: { kind: 'rep', ownerId: null, taken: false, why, whom: to.person } }
        : { reason: { kind: 'rep', person: to.person, taken: true } };
    }
    case 'rotation':
    case 'pool': {
      const team = policy.teams.find(({ name }) => name === to.team);
      if (team) return to.kind === 'pool' ? openPool(team, standing, now) : rotate(team, standing, now);
      // The rules of an older policy may name a team that today's people are not in.
      const nobody = {
        person: null,
        taken: false,
        why: { kind: 'noSuchTeam' },
        skipped: [],
      } as const;
      return { reason: { kind: to.kind, team: to.team, ...nobody } };
    }
    default:
      return to satisfies never;
  }
}

/** An owner answers for their records also outside working hours, but not while away. */
function ownerReason(
  kind: OwnerKind,
  ownerId: OwnerId | null,
  policy: Policy,
  standing: Standing,
  now: Date,
): RouteReason {
  if (!ownerId) return { kind, ownerId, taken: false, why: { kind: 'noOwner' } };
  const person = standing.peopleByOwner.get(ownerId);
  if (!person) return { kind, ownerId, taken: false, why: { kind: 'unknownOwner', ownerId } };
  const why = cannotHold(person, policy, standing, now);
  return why ? { kind, ownerId, taken: false, why, whom: person } : { kind, person, taken: true };
}

/** Whoever knows the lead goes on with it, also outside working hours, unless it is somebody else's by now. */
function returning(
  person: PersonId,
  { ownerId }: Lead,
  policy: Policy,
  standing: Standing,
  now: Date,
): Extract<RouteReason, { kind: OwnerKind | 'rep' }> {
  const owner = ownerId && standing.peopleByOwner.get(ownerId);
  const why =
    owner && owner !== person
      ? ({ kind: 'ownedByAnother' } as const)
      : cannotHold(person, policy, standing, now);
  return why
    ? { kind: 'hadBefore', ownerId: null, taken: false, why, whom: person }
    : { kind: 'hadBefore', person, taken: true };
}

/** Why somebody cannot be given a lead at all, whatever their hours and turns are; null when they can. */
export function cannotHold(person: PersonId, policy: Policy, standing: Standing, now: Date): Why | null {
  if (isSwitchedOff(policy, person)) return { kind: 'switchedOff' };
  if (!takersOf(policy).includes(person)) return { kind: 'notInPolicy' };
  const excluded = standing.excluded.get(person);
  if (excluded) return whyExcluded(excluded);
  return absent(person, standing, now)?.why ?? null;
}

function whyExcluded(exclusion: Exclusion): Why {
  return typeof exclusion === 'string' ? { kind: exclusion } : exclusion.cannotGoOn;
}

/** The members who can take a turn, and why the others cannot. */
function split(team: Team, standing: Standing, now: Date) {
  const skipped: Skip[] = [];
  const back: number[] = [];
  const candidates = team.members.filter((member) => {
    const excluded = standing.excluded.get(member.id);
    const state = excluded ? { why: whyExcluded(excluded), until: null } : unavailable(member, standing, now);
    if (!state) return true;
    skipped.push({ person: member.id, why: state.why });
    if (state.until) back.push(state.until.getTime());
    return false;
  });
  return { candidates, skipped, until: back.length > 0 ? new Date(Math.min(...back)) : null };
}

function rotate(team: Team, standing: Standing, now: Date): Tried {
  const { candidates, skipped, until } = split(team, standing, now);
  const balances = standing.credits.get(team.name) ?? new Map();
  const turn = takeTurn(candidates, balances);
  if (!turn) {
    const nobody = { person: null, taken: false, why: { kind: 'nobodyThere' }, skipped } as const;
    return { reason: { kind: 'rotation', team: team.name, ...nobody }, until };
  }
  const per = (of: (id: PersonId) => number): Weights =>
    Object.fromEntries(candidates.map(({ id }) => [id, of(id)]));
  return {
    reason: {
      kind: 'rotation',
      team: team.name,
      person: turn.winner,
      taken: true,
      skipped,
      weights: Object.fromEntries(candidates.map(({ id, weight }) => [id, weight])),
      before: per((id) => balances.get(id) ?? 0),
      after: per((id) => turn.credits.get(id) ?? 0),
    },
    credits: { pool: team.name, after: turn.credits },
  };
}

function openPool(team: Team, standing: Standing, now: Date): Tried {
  const { manager } = team;
  const excluded = standing.excluded.get(manager);
  const cannot: Why | undefined = standing.inactive.has(manager)
    ? { kind: 'deactivated' }
    : excluded && whyExcluded(excluded);
  if (cannot) {
    const why = { kind: 'managerCannot', why: cannot } as const;
    return { reason: { kind: 'pool', team: team.name, person: null, taken: false, why, skipped: [] } };
  }
  const { candidates, skipped, until } = split(team, standing, now);
  if (candidates.length === 0) {
    const nobody = { person: null, taken: false, why: { kind: 'nobodyThere' }, skipped } as const;
    return { reason: { kind: 'pool', team: team.name, ...nobody }, until };
  }
  return {
    reason: { kind: 'pool', team: team.name, person: team.manager, taken: true, skipped },
    openTo: candidates.map(({ id }) => id),
  };
}
