import type { Clock } from '../../../src/flow/ports/time.ts';

/** A Monday, ten o'clock in New York and four in the afternoon in Berlin. */
const begin = Date.parse('2026-03-02T15:00:00Z');
const hourMs = 3_600_000;

/**
 * Two days in a minute, each with two hours that pass slowly: ten minutes of them last almost two seconds, so that what
 * is done is done in time. The rest flies, and with it late evenings, nights and mornings in which everything is late.
 */
const rushHours = { simulatedMs: 2 * hourMs, realMs: 22_000 };
const restOfDay = { simulatedMs: 22 * hourMs, realMs: 8_000 };
const phases = [rushHours, restOfDay, rushHours, restOfDay];

/** How long the two days last in real time. */
export const twoDaysMs = phases.reduce((sum, { realMs }) => sum + realMs, 0);

/**
 * A clock that is the same in every process, as it goes by the real time alone. It stands still before the two days and
 * after them.
 * @param startsAt real milliseconds since 1970
 */
export function fastClock(startsAt: number): Clock {
  return () => simulatedAt(Date.now() - startsAt);
}

/** The simulated time so many real milliseconds after the start. */
function simulatedAt(elapsedMs: number): Date {
  let left = Math.max(0, elapsedMs);
  let time = begin;
  for (const { simulatedMs, realMs } of phases) {
    time += simulatedMs * Math.min(1, left / realMs);
    left = Math.max(0, left - realMs);
  }
  return new Date(Math.floor(time));
}
