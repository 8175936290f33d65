import type { Clock } from '../../../src/flow/ports/time.ts';

/** A Monday, ten o'clock in New York and four in the afternoon in Berlin. */
const begin = Date.parse('2026-03-02T15:00:00Z');
const hourMs = 3_600_000;

/**
 * A day in half a minute, with two hours that pass slowly: ten minutes of them last almost two seconds, so that what is
 * done is done in time. The rest flies, and with it late evenings, nights and mornings in which everything is late.
 */
const rushHours = { simulatedMs: 2 * hourMs, realMs: 22_000 };
const restOfDay = { simulatedMs: 22 * hourMs, realMs: 8_000 };

/** How long a day lasts in real time. */
export const dayMs = rushHours.realMs + restOfDay.realMs;

/** When the clock begins to run, in real milliseconds since 1970, and for how many days. */
export type FastDays = { startsAt: number; days: number };

/**
 * A clock that is the same in every process, as it goes by the real time alone. Before its days and after them it stands
 * still, unless they are changed.
 */
export function fastClock(time: FastDays): Clock {
  return () => simulatedAt(Math.min(Date.now() - time.startsAt, time.days * dayMs));
}

/** The simulated time so many real milliseconds after the start. */
function simulatedAt(elapsedMs: number): Date {
  const elapsed = Math.max(0, elapsedMs);
  const ofDay = elapsed % dayMs;
  const rushed = Math.min(1, ofDay / rushHours.realMs) * rushHours.simulatedMs;
  const flown = (Math.max(0, ofDay - rushHours.realMs) / restOfDay.realMs) * restOfDay.simulatedMs;
  return new Date(Math.floor(begin + Math.floor(elapsed / dayMs) * 24 * hourMs + rushed + flown));
}
