import { comparable } from '../policy/compare-words.ts';
import type { Line } from '../words/line.ts';

/** Where a fact stands, for whoever doubts it: in HubSpot, in the bot's own log, or in what the policy asks for. */
export type Source =
  | { kind: 'contact' | 'company'; property: string }
  | { kind: 'form'; name: string }
  | { kind: 'page'; address: string }
  | { kind: 'activity' | 'deal'; id: string }
  | { kind: 'log'; handoffId: string }
  | { kind: 'policy'; name: string };

/** One thing that is known. */
export type Fact = {
  /** What it is about: "Role". */
  label: string;
  /** What is known, as people read it, in one language or the lead's own words. */
  value: string;
  /** When that was so, where it matters. */
  at?: Date;
  source: Source;
};

/** Facts as they are told. */
export type Told = { line: Line; facts: readonly Fact[] };

/** Lets each value through once: whoever asks first tells it. What is not known is let through never. */
export type Once = (fact: Fact | null) => Fact | null;

/** For a briefing of which nothing is told yet. */
export function toldOnce(): Once {
  const told = new Set<string>();
  return (fact) => {
    const value = comparable(fact?.value ?? '');
    if (!fact || value === '' || told.has(value)) return null;
    told.add(value);
    return fact;
  };
}

/** A property of HubSpot's; null where it is empty. */
export function property(
  kind: 'contact' | 'company',
  name: string,
  label: string,
  value: string | null | undefined,
): Fact | null {
  const filled = value?.trim();
  return filled ? { label, value: filled, source: { kind, property: name } } : null;
}

/** Those facts that are known. */
export function known<T>(facts: readonly (T | null)[]): T[] {
  return facts.filter((fact) => fact !== null);
}
