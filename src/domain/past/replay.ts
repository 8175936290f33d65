import type { Lead, LeadId, OwnerId } from '../lead/lead.ts';
import { leadAt } from '../lead/lead-at.ts';
import type { WorkflowRequest } from '../policy/facts.ts';
import type { PersonId, Policy, Targets, Trigger } from '../policy/policy.ts';
import { triggerOf } from '../policy/triggers.ts';
import { hoursOf } from '../policy/working-hours.ts';
import { type Judgement, judge } from '../routing/judge.ts';
import type { EarlierHandoff } from '../routing/qualify.ts';
import type { Credits } from '../routing/rotation.ts';
import type { Assignment, RouteReason, Standing } from '../routing/route.ts';
import { localDay } from '../time/calendar.ts';
import type { Why } from '../words/reason.ts';
import { whyForOperators } from '../words/why.ts';
import { chanceOfMiss, type Misses, type Pace } from './forecast.ts';
import { timeQueue } from './time-queue.ts';

/** A lead as it is known today, with everything that happened to it, to be judged at any moment of the past. */
export type PastLead = {
  lead: Lead;
  workflows: readonly WorkflowRequest[];
  /** What the bot really did, oldest first. */
  handoffs: readonly PastHandoff[];
};

export type PastHandoff = EarlierHandoff & {
  assignedAt: Date;
  /** Of its first assignment. */
  reasons: readonly RouteReason[];
};

/** What a replay is begun with. */
export type Beginning = {
  at: Date;
  peopleByOwner: ReadonlyMap<OwnerId, PersonId>;
  inactive: ReadonlySet<PersonId>;
  /** The real handoffs that were open at the beginning. */
  open: readonly { rep: PersonId; closedAt: Date | null }[];
  /** How long a handoff stays open. */
  openForMs: number;
  paceOf: (rep: PersonId, team: string | null) => Pace;
};

/** What a policy would have done. Counts of leads are of different leads, each by what it came to in the end. */
export type Outcome = {
  leads: number;
  handedOver: number;
  handoffs: number;
  triggers: readonly Count[];
  held: number;
  /** By missing field; a lead that lacks two counts for both. */
  lacking: readonly Count[];
  ignored: number;
  reasons: readonly Count[];
  /** Leads that had to wait for a team at some time, by team. */
  waited: readonly Count[];
  /** Those that still did at the end. */
  waiting: number;
  /** Handoffs for which no rule found anybody. */
  unroutable: number;
  people: readonly Taken[];
  teams: readonly Taken[];
  misses: Misses;
};

export type Count = { name: string; count: number };

/** What somebody, or a team, would have got. */
export type Taken = {
  name: string;
  team: string | null;
  total: number;
  /** The day, where they work, on which they got most. */
  busiest: { date: string; count: number };
  misses: Misses;
};

/** Who would have got a lead last: somebody, or whoever of a team claims it. */
export type Owner = string;

/** A policy at work on the past, with a rotation, a load and a memory of its own. */
export type Replay = {
  /** Something arrived about a lead, which stood like this then. Moments must come in the order of time. */
  look(past: PastLead, then: Lead, now: Date): void;
  /** Lets time pass for those who wait for a team. */
  passUntil(now: Date): void;
  /** The lead's last owner; null when it was not handed over. */
  ownerOf(id: LeadId): Owner | null;
  /** What it came to instead, in words. */
  fateOf(id: LeadId): string;
  seen(): Iterable<LeadId>;
  outcome(): Outcome;
};

/** Where a lead stands. There may be very many leads: those in the same place share it, handoffs are kept small. */
type Place =
  | { kind: 'handedOver'; owner: Owner; trigger: string; at: number; before: HandedOver | null }
  | { kind: 'held'; missing: readonly string[] }
  | { kind: 'waiting'; team: string }
  | { kind: 'ignored'; why: Why };

type HandedOver = Extract<Place, { kind: 'handedOver' }>;

type Tally = Omit<Taken, 'busiest' | 'name'> & { days: Map<string, number> };

/** A waiting lead is looked at again after this, at the earliest. */
const shortestWaitMs = 60_000;
/** Caps count leads since the morning at most; 48 hours cover that in every time zone. */
const rememberedMs = 48 * 3_600_000;
const forgottenAfter = 1_000;

/** Begins a replay: nobody has had a turn yet, and what was really open is still on people's hands. */
export function replay(policy: Policy, beginning: Beginning): Replay {
  const { openForMs, paceOf, peopleByOwner } = beginning;
  const ownerIds = new Map([...peopleByOwner].map(([ownerId, person]) => [person, ownerId]));
  const places = new Map<LeadId, Place>();
  const known = new Map<string, Place>();
  /** Those who wait for a team, and when they are looked at again. */
  const waiting = new Map<LeadId, PastLead>();
  const wakes = timeQueue<PastLead>();
  const closings = timeQueue<PersonId>();

  const credits = new Map<string, Credits>();
  const load = new Map<PersonId, { open: number; givenAt: Date[] }>();
  const standing = { peopleByOwner, inactive: beginning.inactive, absences: new Map(), credits, load };

  const people = new Map<string, Tally>();
  const teams = new Map<string, Tally>();
  const triggers = new Map<string, number>();
  const waited = new Map<string, Set<LeadId>>();
  const misses = { acknowledge: 0, touch: 0 };
  let unroutable = 0;

  const loadOf = (rep: PersonId) => {
    const theirs = load.get(rep) ?? { open: 0, givenAt: [] };
    load.set(rep, theirs);
    return theirs;
  };
  for (const { rep, closedAt } of beginning.open) {
    loadOf(rep).open += 1;
    closings.add((closedAt ?? new Date(beginning.at.getTime() + openForMs)).getTime(), rep);
  }

  function share(id: LeadId, place: Place): void {
    const key = JSON.stringify(place);
    const shared = known.get(key) ?? place;
    known.set(key, shared);
    places.set(id, shared);
  }

  function handedOver(id: LeadId): HandedOver | null {
    const place = places.get(id);
    return place?.kind === 'handedOver' ? place : null;
  }

  function look(past: PastLead, then: Lead, now: Date): void {
    const { id } = past.lead;
    for (let due = closings.takeDue(now.getTime()); due; due = closings.takeDue(now.getTime())) {
      loadOf(due.value).open -= 1;
    }
    waiting.delete(id);
    const last = handedOver(id);
    const earlier = [...handoffsUpTo(last, openForMs), ...before(past.handoffs, beginning)].map((handoff) =>
      openUntil(handoff, now),
    );
    const lead = { ...then, ownerId: ownerAt(id, past, now) };
    const workflows = past.workflows.filter(({ at }) => at <= now);
    const moment: Standing = { ...standing, excluded: nobody };
    const judged = judge(lead, policy, { earlier, workflows }, moment, now);
    if (judged.verdict !== 'handoff') {
      // What happens to a lead after a handoff does not undo it.
      if (!last) share(id, placeOf(judged, policy));
      if (judged.verdict === 'held' && judged.for === 'team') {
        waited.set(judged.team, (waited.get(judged.team) ?? new Set()).add(id));
        waiting.set(id, past);
        wakes.add(Math.max(judged.until.getTime(), now.getTime() + shortestWaitMs), past);
      }
      return;
    }
    if (judged.credits) credits.set(judged.credits.pool, judged.credits.after);
    handOver(id, judged.trigger, judged.targets, judged.assignment, last);
  }

  function handOver(
    id: LeadId,
    trigger: Trigger,
    targets: Targets,
    assignment: Assignment,
    last: HandedOver | null,
  ): void {
    const { rep, team, at, openTo, reasons } = assignment;
    const owner = openTo ? `whoever claims it in ${team}` : rep;
    places.set(id, { kind: 'handedOver', owner, trigger: trigger.name, at: at.getTime(), before: last });
    triggers.set(trigger.name, (triggers.get(trigger.name) ?? 0) + 1);
    if (reasons.at(-1)?.kind === 'fallback') unroutable += 1;
    if (!openTo) {
      const theirs = loadOf(rep);
      theirs.open += 1;
      theirs.givenAt.push(at);
      if (theirs.givenAt.length > forgottenAfter) {
        theirs.givenAt = theirs.givenAt.filter((given) => at.getTime() - given.getTime() < rememberedMs);
      }
      closings.add(at.getTime() + openForMs, rep);
    }
    const chance = chanceOfMiss(assignment, targets, policy, paceOf(rep, team));
    misses.acknowledge += chance.acknowledge;
    misses.touch += chance.touch;
    const { zone } = policy.teams.find(({ name }) => name === team)?.hours ?? hoursOf(policy, rep);
    count(people, owner, team, localDay(hoursOf(policy, rep).zone, at).date, chance);
    count(teams, team ?? 'outside any team', team, localDay(zone, at).date, chance);
  }

  /**
   * Whose contact it was. The bot itself makes reps the owners of what it hands over, so today's owner tells nothing
   * of the time before a real handoff; the decision of that time does, if the owner was asked for.
   */
  function ownerAt(id: LeadId, { lead, handoffs: real }: PastLead, now: Date): OwnerId | null {
    const last = handedOver(id);
    if (last) return ownerIds.get(last.owner) ?? lead.ownerId;
    const next = real.find(({ assignedAt }) => assignedAt >= now);
    if (!next) return lead.ownerId;
    const reason = next.reasons.find(({ kind }) => kind === 'contactOwner');
    if (reason?.kind !== 'contactOwner') return null;
    return reason.taken ? (ownerIds.get(reason.person) ?? null) : reason.ownerId;
  }

  return {
    look,
    passUntil: (now) => {
      for (let due = wakes.takeDue(now.getTime()); due; due = wakes.takeDue(now.getTime())) {
        const past = due.value;
        // If not, something arrived meanwhile: the lead waits no more, or until another time.
        if (waiting.get(past.lead.id) !== past) continue;
        const at = new Date(due.at);
        look(past, leadAt(past.lead, at), at);
      }
    },
    ownerOf: (id) => handedOver(id)?.owner ?? null,
    fateOf: (id) => fateIn(places.get(id)),
    seen: () => places.keys(),
    outcome: () => {
      const of = <K extends Place['kind']>(kind: K) =>
        [...places.values()].filter((place): place is Extract<Place, { kind: K }> => place.kind === kind);
      const held = of('held');
      const ignored = of('ignored');
      const waits = [...waited].map(([team, ids]) => [team, ids.size] as const);
      return {
        leads: places.size,
        handedOver: of('handedOver').length,
        handoffs: [...triggers.values()].reduce((sum, n) => sum + n, 0),
        triggers: policy.triggers.map(({ name }) => ({ name, count: triggers.get(name) ?? 0 })),
        held: held.length,
        lacking: counted(held.flatMap(({ missing }) => missing)),
        ignored: ignored.length,
        reasons: counted(ignored.map(({ why }) => reasonFor(why))),
        waited: waits.map(([name, n]) => ({ name, count: n })),
        waiting: of('waiting').length,
        unroutable,
        people: takenBy(people),
        teams: takenBy(teams),
        misses,
      };
    },
  };
}

const nobody: Standing['excluded'] = new Map();

/** The handoffs of a replay, newest first. */
function handoffsUpTo(last: HandedOver | null, openForMs: number): EarlierHandoff[] {
  const handoffs: EarlierHandoff[] = [];
  for (let one = last; one; one = one.before) {
    const { trigger, at } = one;
    handoffs.push({ trigger, qualifiedAt: new Date(at), closedAt: new Date(at + openForMs) });
  }
  return handoffs;
}

/** The real handoffs from before the beginning, newest first. */
function before(real: readonly PastHandoff[], { at, openForMs }: Beginning): EarlierHandoff[] {
  if (real.length === 0) return [];
  return real
    .filter(({ assignedAt }) => assignedAt < at)
    .map(({ trigger, qualifiedAt, closedAt }) => ({
      trigger,
      qualifiedAt,
      closedAt: closedAt ?? new Date(at.getTime() + openForMs),
    }))
    .reverse();
}

function openUntil(handoff: EarlierHandoff, now: Date): EarlierHandoff {
  return handoff.closedAt && handoff.closedAt > now ? { ...handoff, closedAt: null } : handoff;
}

function placeOf(judged: Exclude<Judgement, { verdict: 'handoff' }>, policy: Policy): Place {
  if (judged.verdict === 'held') {
    return judged.for === 'team'
      ? { kind: 'waiting', team: judged.team }
      : { kind: 'held', missing: judged.missing };
  }
  const excluded = judged.considered.find(({ kind, met }) => kind === 'never' && met);
  if (excluded) {
    const exclusion = policy.qualification.never.find(({ name }) => name === excluded.name);
    return { kind: 'ignored', why: exclusion?.label ?? excluded.name };
  }
  const but = judged.considered.find((one) => one.met && one.but !== null)?.but;
  return { kind: 'ignored', why: but ?? judged.reason };
}

/** Without the time until which it cools down, which differs from lead to lead: the reasons are counted. */
function reasonFor(why: Why): string {
  return whyForOperators(why).replace(/ until .*/, '');
}

function fateIn(place: Place | undefined): string {
  switch (place?.kind) {
    case undefined:
      return 'not looked at';
    case 'handedOver':
      return place.owner;
    case 'held':
      return `held: lacks ${place.missing.join(', ')}`;
    case 'waiting':
      return `waiting for ${place.team}`;
    case 'ignored':
      return `not handed over: ${reasonFor(place.why)}`;
    default:
      return place satisfies never;
  }
}

function count(
  tallies: Map<string, Tally>,
  name: string,
  team: string | null,
  date: string,
  chance: Misses,
): void {
  const none = { team, total: 0, days: new Map(), misses: { acknowledge: 0, touch: 0 } };
  const tally = tallies.get(name) ?? none;
  tally.total += 1;
  tally.days.set(date, (tally.days.get(date) ?? 0) + 1);
  tally.misses.acknowledge += chance.acknowledge;
  tally.misses.touch += chance.touch;
  tallies.set(name, tally);
}

function takenBy(tallies: ReadonlyMap<string, Tally>): Taken[] {
  return [...tallies].map(([name, { days, ...taken }]) => {
    const [date, most] = [...days].reduce((best, day) => (day[1] > best[1] ? day : best), ['', 0]);
    return { name, ...taken, busiest: { date, count: most } };
  });
}

function counted(names: readonly string[]): Count[] {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].map(([name, n]) => ({ name, count: n }));
}

/** What people call a trigger of one of the policies. */
export function triggerLabel(name: string, policies: readonly Policy[]): string {
  return policies.map((policy) => triggerOf(policy, name)?.label).find((label) => label) ?? name;
}
