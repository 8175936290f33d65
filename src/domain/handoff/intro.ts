import type { Lead } from '../lead/lead.ts';
import { check } from '../policy/condition.ts';
import { sequenceFor } from '../policy/intros.ts';
import type { Intro, PersonId, Policy, WorkingWeek } from '../policy/policy.ts';
import { hoursOf } from '../policy/working-hours.ts';
import { nextWorkingInstant, zoneAt } from '../time/calendar.ts';
import type { Timer } from '../time/sla.ts';
import { type Place, zoneOfPlace } from '../time/zone-of-place.ts';
import { type Handoff, type Logged, openTo, running } from './handoff.ts';
import type { IntroObstacle } from './intro-obstacle.ts';
import { settledAt } from './undo.ts';

/** Nobody is greeted again within so long, by whichever rep. */
const onceInDays = 90;

/** An intro that a lead gets from whoever has it. */
export type DueIntro = {
  rep: PersonId;
  /** The name of their sequence. */
  sequence: string;
  optedIn: Intro['optedIn'];
  daytime: WorkingWeek;
};

/** What HubSpot tells of a contact right before it is written to. */
export type IntroContact = Pick<Lead, 'email' | 'country' | 'state' | 'properties'> & {
  /** HubSpot's `hs_timezone`. */
  zone: string | null;
  optedOut: boolean;
  inSequence: boolean;
  /** When it was last enrolled in any sequence, by whoever. */
  enrolledAt: Date | null;
  repliedAt: Date | null;
  meetingBookedAt: Date | null;
};

/** What is to be done about an intro now: it is sent, waits for the lead's daytime, or is not sent, and why. */
export type IntroDecision = { do: 'send' } | { do: 'wait'; until: Date } | { do: 'skip'; why: IntroObstacle };

/**
 * When a holder has to be looked at for an intro, if the policy has one at this stage and none was decided on: at once, or
 * when what they did last cannot be taken back any more.
 */
export function introTimers(handoff: Handoff, policy: Policy, now: Date): Timer[] {
  const ticking = running(handoff);
  if (!ticking || handoff.introOver || introsNow(handoff, policy).length === 0) return [];
  return [
    {
      clock: ticking.clock,
      step: 0,
      action: 'introduce',
      run: ticking.run,
      dueAt: settledAt(handoff) ?? now,
    },
  ];
}

/** The intro that is for a lead and its holder; null when none is, or nothing is left to be decided about it. */
export function introFor(handoff: Handoff, lead: Lead, policy: Policy): DueIntro | null {
  if (!running(handoff) || handoff.introOver) return null;
  const { rep } = handoff.assignment;
  const found = introsNow(handoff, policy).find(
    (intro) => sequenceFor(intro, rep) !== null && isFor(intro.if, lead, handoff),
  );
  const sequence = found && sequenceFor(found, rep);
  return found && sequence ? { rep, sequence, optedIn: found.optedIn, daytime: found.daytime } : null;
}

function introsNow(handoff: Handoff, { intros }: Policy): readonly Intro[] {
  if (handoff.status === 'accepted') return intros;
  // Whoever claims a lead introduces themselves, not the manager who has it until then.
  return openTo(handoff).length > 0 ? [] : intros.filter(({ when }) => when === 'offer');
}

function isFor(condition: Intro['if'], lead: Lead, { trigger }: Handoff): boolean {
  if (!condition) return true;
  return check(condition, { lead, trigger, workflows: [], spentUntil: null, freshFrom: null }).met;
}

/** Whom an intro is for. `logs` are those of all handoffs of the lead. */
type Whom = { handoff: Handoff; lead: Lead; contact: IntroContact; logs: readonly Logged[] };

/**
 * Decides on an intro by what HubSpot tells of the contact right now. Nobody is written to who has not agreed to it, does
 * not want it, is being written to by another sequence, has answered, or was greeted of late.
 */
export function decideIntro(intro: DueIntro, whom: Whom, policy: Policy, now: Date): IntroDecision {
  const why = obstacle(intro, whom, now);
  if (why) return { do: 'skip', why };
  const { lead, contact } = whom;
  const zone = zoneOfPlace(placeOf(lead, contact), now) ?? zoneAt(hoursOf(policy, intro.rep), now);
  const until = nextWorkingInstant({ zone, week: intro.daytime }, now);
  return until > now ? { do: 'wait', until } : { do: 'send' };
}

function obstacle(
  { optedIn }: DueIntro,
  { handoff, lead, contact, logs }: Whom,
  now: Date,
): IntroObstacle | null {
  const { qualifiedAt } = handoff;
  const { email, country, state, properties } = contact;
  const asOfNow = { ...lead, email, country, state, properties };
  const before = lastIntro(logs, contact, qualifiedAt);
  const isSince = (at: Date | null) => at !== null && at >= qualifiedAt;
  if (contact.optedOut) return { kind: 'optedOut' };
  if (!isFor(optedIn, asOfNow, handoff)) return { kind: 'notOptedIn' };
  if (!email) return { kind: 'noEmail' };
  if (contact.inSequence) return { kind: 'inSequence' };
  if (before && now.getTime() - before.getTime() < onceInDays * 86_400_000)
    return { kind: 'recent', at: before };
  if (isSince(contact.repliedAt)) return { kind: 'answered' };
  return isSince(contact.meetingBookedAt) ? { kind: 'meeting' } : null;
}

/** When the lead was last greeted, which since it qualified any sequence does, also one that nobody has noted here. */
function lastIntro(logs: readonly Logged[], { enrolledAt }: IntroContact, qualifiedAt: Date): Date | null {
  const noted = logs.flatMap(({ event }) => (event.type === 'introSent' ? [event.at.getTime()] : []));
  const times = enrolledAt && enrolledAt >= qualifiedAt ? [...noted, enrolledAt.getTime()] : noted;
  return times.length > 0 ? new Date(Math.max(...times)) : null;
}

function placeOf({ account }: Lead, { zone, country, state }: IntroContact): Place {
  // A state says where only together with its country.
  return country
    ? { zone, country, state }
    : { zone, country: account?.country ?? null, state: account?.state ?? null };
}
