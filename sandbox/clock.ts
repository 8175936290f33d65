import { setTimeout as delay } from 'node:timers/promises';
import { Temporal } from 'temporal-polyfill';

/** Where the sandbox's company has its headquarters: the page shows this zone's time. */
export const sandboxZone = 'America/New_York';

const lookAgainMs = 50;

/** A time of our choice that can be moved. */
export type MovableClock = {
  now: () => Date;
  moveTo: (at: Date) => void;
};

/** One that runs at real speed. */
export function movableClock(start: Date): MovableClock {
  let aheadMs = start.getTime() - Date.now();
  return {
    now: () => new Date(Date.now() + aheadMs),
    moveTo: (at) => {
      aheadMs = at.getTime() - Date.now();
    },
  };
}

/** A time that stands still until it is moved. */
export function stillClock(start: Date): MovableClock {
  let now = start;
  return {
    now: () => now,
    moveTo: (at) => {
      now = at;
    },
  };
}

/** For what is paced: a wait is over as soon as the clock is moved past its end. */
export function paceTimeOf({ now }: Pick<MovableClock, 'now'>) {
  const time = () => now().getTime();
  return {
    now: time,
    waitUntil: async (at: number) => {
      for (let left = at - time(); left > 0; left = at - time()) await delay(Math.min(left, lookAgainMs));
    },
  };
}

/** The latest Monday 09:03 in New York: a demo begins in working hours, whenever it is shown. */
export function lastMondayMorning(realNow: Date): Date {
  const now = local(realNow);
  const monday = now.subtract({ days: now.dayOfWeek - 1 }).withPlainTime({ hour: 9, minute: 3 });
  const past = Temporal.ZonedDateTime.compare(monday, now) <= 0 ? monday : monday.subtract({ weeks: 1 });
  return new Date(past.epochMilliseconds);
}

/** The next time that it is nine in the morning in New York. */
export function nextMorning(at: Date): Date {
  const now = local(at);
  const nine = now.withPlainTime({ hour: 9 });
  const next = Temporal.ZonedDateTime.compare(nine, now) > 0 ? nine : nine.add({ days: 1 });
  return new Date(next.epochMilliseconds);
}

/**
 * The moment `days` before `start`, at a time of day in New York.
 * @param timeOfDay such as `14:20`
 */
export function daysBefore(start: Date, days: number, timeOfDay: string): Date {
  const day = local(start).subtract({ days });
  return new Date(day.withPlainTime(Temporal.PlainTime.from(timeOfDay)).epochMilliseconds);
}

function local(at: Date): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(sandboxZone);
}
