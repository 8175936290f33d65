import type { Target } from '../policy/policy.ts';

/** So many minutes in words, to the minute: `42 min`, `1 h 10 min`, `2 days 3 h` from two days on. */
export function inWords(minutes: number): string {
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return workInWords(minutes);
  return parts([`${Math.floor(hours / 24)} days`, hours % 24 > 0 && `${hours % 24} h`]);
}

/** So many minutes of work in words: hours, since nobody knows whose day is meant. */
export function workInWords(minutes: number): string {
  const whole = Math.floor(minutes);
  if (whole < 1) return 'less than a minute';
  return parts([whole >= 60 && `${Math.floor(whole / 60)} h`, whole % 60 > 0 && `${whole % 60} min`]);
}

/** A duration as the policy means it: a working day is eight hours of work. */
export function targetInWords({ minutes, countedIn }: Target): string {
  const isWork = countedIn === 'workingTime';
  const days = minutes / (isWork ? 480 : 1440);
  if (!Number.isInteger(days)) return isWork ? `${workInWords(minutes)} of working time` : inWords(minutes);
  return `${days} ${isWork ? 'working ' : ''}${days === 1 ? 'day' : 'days'}`;
}

function parts(words: readonly (string | false)[]): string {
  return words.filter(Boolean).join(' ');
}
