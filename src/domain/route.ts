import { absent, type Presence, unavailable } from './availability.ts';
import { check, type WorkflowRequest } from './condition.ts';
import type { Lead, OwnerId } from './lead.ts';
import { isSwitchedOff, type PersonId, type Policy, type RoutingRule, type Team, teamOf } from './policy.ts';
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

type OwnerKind = 'contactOwner' | 'accountOwner';

/** One thing that was looked at on the way to the assignment, in the order it was tried. */
export type RouteReason = { rule?: string } & (
  | { kind: 'notForThis'; taken: false; why: string }
  | { kind: OwnerKind | 'rep'; person: PersonId; taken: true }
  | { kind: OwnerKind | 'rep'; ownerId: OwnerId | null; taken: false; why: string }
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
      why: string;
      skipped: readonly Skip[];
    }
  | { kind: 'pool'; team: string; person: PersonId; taken: true; skipped: readonly Skip[] }
  | { kind: 'fallback'; person: PersonId; taken: true }
  /** `turn`: the one that led to whom it was taken from. */
  | { kind: 'reassigned'; person: PersonId; taken: true; by: PersonId; turn?: TakenTurn }
);

export type Skip = { person: PersonId; why: string };

/** Of a team none of whose members can take a lead now. */
export const nobodyThere = 'nobody is available';

type Weights = Readonly<Record<PersonId, number>>;

/** The turn that somebody took for a lead, whoever holds it now; null when it came another way. */
export function turnOf({ reasons }: Assignment): TakenTurn | null {
  const decided = reasons.at(-1);
  if (decided?.kind === 'reassigned') return decided.turn ?? null;
  if (decided?.kind !== 'rotation' || !decided.taken) return null;
  return { pool: decided.team, winner: decided.person, weights: decided.weights };
}

/** What routing must know of the moment besides the lead and the policy. */
export type Standing = Presence & {
  /** People of the policy by the HubSpot owner they are. */
  peopleByOwner: ReadonlyMap<OwnerId, PersonId>;
  /** Rotation balances by team. */
  credits: ReadonlyMap<string, Credits>;
  /** Who handed this lead back, and must not get it again. */
  gaveBack: ReadonlySet<PersonId>;
};

/** What a rule's conditions may ask for besides the lead. */
export type Passing = { trigger: string; workflows: readonly WorkflowRequest[] };

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
  const facts = { lead, ...passing, spentUntil: null };
  for (const rule of policy.routing.rules) {
    const finding = rule.when && check(rule.when, facts);
    if (finding && !finding.met) {
      reasons.push({ rule: rule.name, kind: 'notForThis', taken: false, why: finding.words });
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
        ? { reason: { kind: 'rep', ownerId: null, taken: false, why } }
        : { reason: { kind: 'rep', person: to.person, taken: true } };
    }
    case 'rotation':
      return rotate(teamNamed(to.team, policy), standing, now);
    case 'pool':
      return openPool(teamNamed(to.team, policy), standing, now);
    default:
      return to satisfies never;
  }
}

function teamNamed(name: string, policy: Policy): Team {
  const team = policy.teams.find((candidate) => candidate.name === name);
  if (!team) throw new RangeError(`routing to the team "${name}", which the policy does not define`);
  return team;
}

/** An owner answers for their records also outside working hours, but not while away. */
function ownerReason(
  kind: OwnerKind,
  ownerId: OwnerId | null,
  policy: Policy,
  standing: Standing,
  now: Date,
): RouteReason {
  if (!ownerId) return { kind, ownerId, taken: false, why: 'none is set' };
  const person = standing.peopleByOwner.get(ownerId);
  if (!person) return { kind, ownerId, taken: false, why: `owner ${ownerId} is not in the policy` };
  const why = cannotHold(person, policy, standing, now);
  return why ? { kind, ownerId, taken: false, why } : { kind, person, taken: true };
}

function cannotHold(person: PersonId, policy: Policy, standing: Standing, now: Date): string | null {
  if (isSwitchedOff(policy, person)) return 'switched off in the policy';
  if (standing.gaveBack.has(person)) return 'handed this lead back';
  return absent(person, standing, now)?.why ?? null;
}

/** The members who can take a turn, and why the others cannot. */
function split(team: Team, standing: Standing, now: Date) {
  const skipped: Skip[] = [];
  const back: number[] = [];
  const candidates = team.members.filter((member) => {
    const gaveBack = standing.gaveBack.has(member.id);
    const state = gaveBack
      ? { why: 'handed this lead back', until: null }
      : unavailable(member, standing, now);
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
    const nobody = { person: null, taken: false, why: nobodyThere, skipped } as const;
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
  if (standing.inactive.has(team.manager)) {
    const why = 'its manager, who would answer for it, is deactivated in HubSpot';
    return { reason: { kind: 'pool', team: team.name, person: null, taken: false, why, skipped: [] } };
  }
  const { candidates, skipped, until } = split(team, standing, now);
  if (candidates.length === 0) {
    const nobody = { person: null, taken: false, why: nobodyThere, skipped } as const;
    return { reason: { kind: 'pool', team: team.name, ...nobody }, until };
  }
  return {
    reason: { kind: 'pool', team: team.name, person: team.manager, taken: true, skipped },
    openTo: candidates.map(({ id }) => id),
  };
}
