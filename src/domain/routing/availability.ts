import type { Caps, Member, PersonId, WorkingHours } from '../policy/policy.ts';
import { isWorkingAt, localDay, nextWorkingInstant, zoneAt } from '../time/calendar.ts';
import type { Why } from '../words/reason.ts';

/** Somebody is away, from then on and until then; null: until they say that they are back. */
export type Absence = { from: Date; until: Date | null; why: Why };

/** What somebody has on their hands. */
export type Load = {
  open: number;
  /** When they were given leads, since yesterday morning at least. */
  givenAt: readonly Date[];
};

/** What is known of people at the moment of routing. */
export type Availability = {
  /** People whose HubSpot user was deactivated. */
  inactive: ReadonlySet<PersonId>;
  absences: ReadonlyMap<PersonId, readonly Absence[]>;
  load: ReadonlyMap<PersonId, Load>;
};

/** Why a lead cannot be given to somebody just now, and when that may be over; `until` null when nobody knows. */
export type Unavailable = { why: Why; until: Date | null };

/** Whether a person can be given a lead at all: not switched off, and not away. Working hours do not matter here. */
export function absent(id: PersonId, { inactive, absences }: Availability, now: Date): Unavailable | null {
  if (inactive.has(id)) return { why: { kind: 'deactivated' }, until: null };
  const away = absenceAt(now, absences.get(id));
  if (!away) return null;
  const { why, until } = away;
  return { why: until ? { kind: 'awayUntil', why, until } : why, until };
}

/** The absence that somebody has then, if any. */
export function absenceAt(at: Date, absences: readonly Absence[] = []): Absence | null {
  return absences.find(({ from, until }) => from <= at && (!until || at < until)) ?? null;
}

/** So long after somebody's day has begun HubSpot may still have them away. */
const lateMs = 15 * 60_000;

/**
 * Whether somebody whom HubSpot has set to away chose that: HubSpot does it by itself when their working hours end, and
 * an evening is no absence.
 * @param hours those they keep in HubSpot, or when they have none there those of the policy
 */
export function isAwayByHand(hours: WorkingHours, now: Date): boolean {
  return isWorkingAt(hours, now) && isWorkingAt(hours, new Date(now.getTime() - lateMs));
}

/** Whether a member can take a turn now: there, at work, and below their caps. */
export function unavailable(member: Member, availability: Availability, now: Date): Unavailable | null {
  if (!member.active) return { why: { kind: 'switchedOff' }, until: null };
  if (member.weight <= 0) return { why: { kind: 'takesNoTurns' }, until: null };
  const away = absent(member.id, availability, now);
  if (away) return away.until ? { ...away, until: nextWorkingInstant(member.hours, away.until) } : away;
  if (!isWorkingAt(member.hours, now)) {
    const startsAt = nextWorkingInstant(member.hours, now);
    const zone = zoneAt(member.hours, startsAt);
    return { why: { kind: 'outsideHours', startsAt, zone }, until: startsAt };
  }
  return capped(member, availability.load.get(member.id), now);
}

function capped(member: Member, load: Load | undefined, now: Date): Unavailable | null {
  if (!load) return null;
  const { open, perDay, perHour }: Caps = member.caps;
  if (open !== null && load.open >= open)
    return { why: { kind: 'hasOpen', count: load.open, most: open }, until: null };
  const since = (start: number) => load.givenAt.filter((at) => at.getTime() >= start && at <= now);
  if (perHour !== null) {
    const given = since(now.getTime() - 3_600_000);
    const first = Math.min(...given.map((at) => at.getTime()));
    if (given.length >= perHour) {
      return {
        why: { kind: 'gotThisHour', count: given.length, most: perHour },
        until: new Date(first + 3_600_001),
      };
    }
  }
  if (perDay === null) return null;
  const today = localDay(zoneAt(member.hours, now), now);
  const given = since(today.from);
  if (given.length < perDay) return null;
  return {
    why: { kind: 'gotToday', count: given.length, most: perDay },
    until: nextWorkingInstant(member.hours, new Date(today.to)),
  };
}
