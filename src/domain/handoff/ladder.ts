import type { Lead } from '../lead/lead.ts';
import type { Destination, LadderAction, PersonId, Policy } from '../policy/policy.ts';
import { escalatesTo, managerOf } from '../policy/who-decides.ts';
import { absent } from '../routing/availability.ts';
import type { Credits } from '../routing/rotation.ts';
import { availableIn, type Passing, reroute, type Standing } from '../routing/route.ts';
import { type RunningTarget, type Timer, timersOf } from '../time/sla.ts';
import type { Why } from '../words/reason.ts';
import { decide, type Refusal } from './decide.ts';
import { type Handoff, type HandoffEvent, openTo, running } from './handoff.ts';

/** A rung whose time has come, at `dueAt`. `late`: long after, because nothing ran. */
export type DueRung = Pick<Timer, 'clock' | 'step' | 'run' | 'dueAt'> & { late: boolean };

/** What a rung may depend on besides the handoff and the policy. */
export type Surroundings = { lead: Lead; passing: Passing; standing: Standing };

/** What happened on a rung, and the balances that assigning somebody left behind. */
export type Climbed = { events: readonly HandoffEvent[]; credits: { pool: string; after: Credits } | null };

/** Climbs a rung of the ladder: the events that follow, or why nothing does. */
export function climb(
  handoff: Handoff,
  rung: DueRung,
  around: Surroundings,
  policy: Policy,
  now: Date,
): Climbed | Refusal {
  const ticking = running(handoff);
  const step = policy.ladders[rung.clock][rung.step - 1];
  if (!step || ticking?.run !== rung.run || ticking.clock !== rung.clock) return stale;
  if (rung.late) {
    // A reminder ahead of the due time is useless by now; for anything else that was missed its time starts anew.
    const events = step.offsetMinutes < 0 ? stale : decide(handoff, { ...rung, type: 'resume' }, policy, now);
    return 'refused' in events ? events : { events, credits: null };
  }
  const since = climbsSince(rung, ticking, policy, now);
  const isOvertaken = since.length > 0;
  // Of repetitions that come together, as after a pause, the last says it all.
  if (step.repeat && since.some((timer) => timer.step === rung.step)) return stale;
  const only = (event: HandoffEvent): Climbed => ({ events: [event], credits: null });
  const { clock, due, rep } = ticking;
  const { action } = step;
  switch (action.do) {
    case 'remind':
    case 'message': {
      // A reminder is useless after the due time, or after a later rung.
      const tooLate = step.offsetMinutes < 0 && now >= due;
      // Whoever has asked for time waits for the answer.
      const isAsked = handoff.asked !== null && handoff.asked.until > now;
      if (tooLate || isOvertaken || isAsked) return stale;
      return only({ type: 'reminded', clock, rep, due, ...(action.do === 'message' && { loud: true }) });
    }
    case 'offerToTeam':
      if (openTo(handoff).length > 0 || isOvertaken) return stale;
      return only(offerToTeam(ticking, around.standing, policy, now));
    case 'tellManager': {
      const manager = whoDecides(handoff, around.standing, policy, now);
      return manager ? only({ type: 'escalated', clock, manager }) : stale;
    }
    case 'reassign': {
      const why = { kind: clock === 'acknowledge' ? 'hasNotAnswered' : 'hasNotReachedOut' } as const;
      const passed = passOn(handoff, action.to, { why, quiet: false }, around, policy, now);
      return (
        passed ?? only({ type: 'nobodyFree', clock, wanted: 'reassign', why: { kind: 'everybodyHadIt' } })
      );
    }
    case 'mail': {
      const to = mailedTo(action.to, handoff, () => whoDecides(handoff, around.standing, policy, now));
      return to ? only({ type: 'alerted', clock, rep, due, alert: { kind: 'mail', to } }) : stale;
    }
    case 'webhook':
      return only({ type: 'alerted', clock, rep, due, alert: { kind: 'webhook', name: action.name } });
    case 'tellChannel':
      return only({ type: 'channelTold', clock, platform: action.platform, channel: action.channel });
    default:
      return action satisfies never;
  }
}

const stale = { refused: 'stale' } as const;

/** The later rungs whose time has come as well: with them, what this one would say is only noise. */
function climbsSince({ dueAt }: DueRung, ticking: RunningTarget, policy: Policy, now: Date): Timer[] {
  return timersOf({ ...ticking, snoozedUntil: null }, policy, dueAt).filter(
    (timer) => timer.action === 'climb' && timer.dueAt > dueAt && timer.dueAt <= now,
  );
}

function offerToTeam(
  { clock, rep, team: name }: RunningTarget,
  standing: Standing,
  policy: Policy,
  now: Date,
): HandoffEvent {
  const team = policy.teams.find((candidate) => candidate.name === name);
  if (!team) return { type: 'nobodyFree', clock, wanted: 'offerToTeam', why: { kind: 'noTeam' } };
  const { available } = availableIn(team, standing, now);
  const others = available.filter((id) => id !== rep);
  if (others.length > 0) return { type: 'offeredToTeam', clock, team: team.name, openTo: others };
  return { type: 'nobodyFree', clock, wanted: 'offerToTeam', why: { kind: 'nobodyElseOf', team: team.name } };
}

/** The manager, or whoever decides in their place while they are away. */
function whoDecides({ assignment }: Handoff, standing: Standing, policy: Policy, now: Date): PersonId | null {
  const { fallback } = policy.routing;
  const isThere = (person: PersonId) => person !== assignment.rep && !absent(person, standing, now);
  return [managerOf(policy, assignment), fallback].find(isThere) ?? escalatesTo(policy, assignment);
}

/** People are named by the address of their mailbox. */
function mailedTo(
  to: Extract<LadderAction, { do: 'mail' }>['to'],
  { assignment }: Handoff,
  decider: () => PersonId | null,
): string | null {
  if (typeof to === 'object') return to.address;
  return to === 'rep' ? assignment.rep : decider();
}

/** Gives a lead to somebody who has not had it. @returns null when there is nobody */
export function passOn(
  handoff: Handoff,
  to: Destination | null,
  { why, quiet }: { why: Why; quiet: boolean },
  { lead, passing, standing }: Surroundings,
  policy: Policy,
  now: Date,
): Climbed | Refusal | null {
  const { rep } = handoff.assignment;
  const excluded = new Map([...standing.excluded, [rep, { cannotGoOn: why }] as const]);
  const routed = reroute(to, lead, passing, policy, { ...standing, excluded }, now);
  if (!routed) return null;
  const { assignment, credits } = routed;
  const events = decide(handoff, { type: 'moveOn', from: rep, assignment, why, quiet }, policy, now);
  return 'refused' in events ? events : { events, credits };
}
