import { InvalidArgumentError } from 'commander';

/** The policy in force. */
export function usualPolicy(environment: NodeJS.ProcessEnv): string {
  return environment['HANDOFF_POLICY']?.trim() || 'policy.yaml';
}

export function readTime(text: string): Date {
  const at = new Date(text);
  // A time without a zone would be another one on every machine.
  if (Number.isNaN(at.getTime()) || !/^\d{4}-\d\d-\d\dT.*(Z|[+-]\d\d:?\d\d)$/.test(text)) {
    throw new InvalidArgumentError('Expected a time with its zone, such as 2026-11-20T10:15:00Z.');
  }
  return at;
}

/** Anything else would be kept for good as the id of nobody. */
export function readContact(text: string): string {
  const contact = text.trim();
  if (!/^(\d+|[^\s@]+@[^\s@]+)$/.test(contact)) {
    throw new InvalidArgumentError('Expected a contact id in HubSpot, which is a number, or an email.');
  }
  return contact;
}

const mostDays = 3_650;

export function readDays(text: string): number {
  const days = Number(text);
  if (!Number.isInteger(days) || days < 1 || days > mostDays) {
    throw new InvalidArgumentError(`Expected a number of days from 1 to ${mostDays}.`);
  }
  return days;
}

const hourMs = 3_600_000;
const msPer = { h: hourMs, d: 24 * hourMs, w: 7 * 24 * hourMs };

/** A span of time, in milliseconds. */
export function readSpan(text: string): number {
  const [, amount, unit] = /^([1-9]\d{0,3})([hdw])$/.exec(text.trim()) ?? [];
  const ms = Number(amount) * (msPer[unit as keyof typeof msPer] ?? Number.NaN);
  if (!(ms <= 366 * msPer.d)) {
    throw new InvalidArgumentError('Expected a time such as 12h, 14d or 6w, at most 366d.');
  }
  return ms;
}
