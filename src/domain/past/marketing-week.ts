import type { Outcome } from '../handoff/handoff.ts';
import type { Origin } from '../lead/origin.ts';
import type { PersonId, WorkingHours } from '../policy/policy.ts';
import { workingMinutesBetween } from '../time/calendar.ts';
import type { Compared, Period } from '../time/reported-period.ts';

/** What marketing asks of one handoff. */
export type MarketingFacts = {
  handoffId: string;
  leadId: string;
  trigger: string;
  /** Null for one that began before it was kept. */
  origin: Origin | null;
  team: string | null;
  qualifiedAt: Date;
  /** The last acceptance, also when the lead went to somebody else after it. */
  acceptedAt: Date | null;
  closedAt: Date | null;
  outcome: Outcome | null;
  reason: string | null;
  /** What the rep wrote when they sent it back, which may be personal. */
  note: string;
  /** Who had it, one after the other; `until` null: to the end. */
  held: readonly { rep: PersonId; from: Date; until: Date | null }[];
  touches: number;
  /** How often a manager was told, as nothing had happened. */
  escalations: number;
  /** Sales had sent it back to nurture before, and what woke it. */
  back: { wokenBy: string } | null;
};

/** How many, and how many in the period before. */
export type Figure = { count: number; before: number };

export type MarketingWeek = {
  period: Period;
  handedOver: Figure;
  accepted: Figure;
  sentBack: Figure;
  /** What was sent back, most frequent first. */
  reasons: readonly SentBackCount[];
  /** How often leads with so many points of a part of the score were sent back, of those that sales had decided on. */
  components: readonly { label: string; band: Band; decided: number; sentBack: number }[];
  /** Of those that sales answered for the first time, most first. */
  acceptance: readonly { by: Side; name: string | null; answered: number; accepted: number }[];
  /** What cost sales most working time for leads that came to nothing, three at most. */
  costliest: readonly Cost[];
  /** Sent back until later; come back since; and what woke those, most frequent first. */
  recycled: { asleep: number; back: number; wokenBy: readonly { trigger: string; count: number }[] };
};

export type SentBackCount = {
  outcome: Outcome;
  reason: string | null;
  source: string | null;
  campaign: string | null;
  count: number;
};

/** By what leads are told apart. */
export type Side = 'trigger' | 'source';

export type Cost = {
  by: Side;
  name: string | null;
  leads: number;
  workingMinutes: number;
  touches: number;
  escalations: number;
};

/** Points from, and up to; null: without end. */
export type Band = { from: number | null; to: number | null };

/** Narrow where most portals have their leads: nobody tells how many points a part may have at most. */
const bands: readonly Band[] = [
  { from: null, to: 0 },
  { from: 1, to: 9 },
  { from: 10, to: 24 },
  { from: 25, to: 49 },
  { from: 50, to: 74 },
  { from: 75, to: null },
];

const costliestMax = 3;

/** How handoffs end when sales sends the lead back. */
const sentBackAs: readonly (Outcome | null)[] = ['disqualified', 'unresponsive', 'recycled'];

/**
 * What became of marketing's leads in a period, against the one before it. A handoff counts where something happened to
 * it in the period: that it qualified, was accepted, or ended.
 * @param facts of both periods
 * @param hoursOf when somebody works: only that time was spent
 */
export function marketingWeek(
  facts: readonly MarketingFacts[],
  { period, before }: Compared,
  hoursOf: (rep: PersonId) => WorkingHours,
): MarketingWeek {
  const figure = (momentOf: (fact: MarketingFacts) => Date | null): Figure => {
    const within = (one: Period) => facts.filter((fact) => isIn(one, momentOf(fact))).length;
    return { count: within(period), before: within(before) };
  };
  const sentBack = facts.filter((fact) => isIn(period, sentBackAt(fact)));
  const answered = facts.filter((fact) => isIn(period, answeredAt(fact)));
  const back = facts.filter((fact) => fact.back && isIn(period, fact.qualifiedAt));
  return {
    period,
    handedOver: figure(({ qualifiedAt }) => qualifiedAt),
    accepted: figure(({ acceptedAt }) => acceptedAt),
    sentBack: figure(sentBackAt),
    reasons: reasonsOf(sentBack),
    components: componentsOf(
      facts.filter((fact) => isDecided(fact, period)),
      period,
    ),
    acceptance: sides.flatMap((by) =>
      grouped(answered, (fact) => nameOf(fact, by)).map(([name, group]) => ({
        by,
        name,
        answered: group.length,
        accepted: group.filter(({ acceptedAt }) => acceptedAt).length,
      })),
    ),
    costliest: costsOf(sentBack, hoursOf),
    recycled: {
      asleep: sentBack.filter(({ outcome }) => outcome === 'recycled').length,
      back: back.length,
      wokenBy: grouped(back, (fact) => fact.back?.wokenBy ?? '').map(([trigger, group]) => ({
        trigger,
        count: group.length,
      })),
    },
  };
}

/** The working time that everybody who had a lead had it for, in minutes. */
export function workingMinutesOf(
  { held, closedAt }: Pick<MarketingFacts, 'held' | 'closedAt'>,
  hoursOf: (rep: PersonId) => WorkingHours,
): number {
  if (!closedAt) return 0;
  const minutes = held.map(({ rep, from, until }) =>
    workingMinutesBetween(hoursOf(rep), from, until && until < closedAt ? until : closedAt),
  );
  return minutes.reduce((sum, one) => sum + one, 0);
}

/** Whether something that counts happened to a handoff in a period. */
export function happenedIn(
  period: Period,
  { qualifiedAt, acceptedAt, closedAt }: Pick<MarketingFacts, 'qualifiedAt' | 'acceptedAt' | 'closedAt'>,
): boolean {
  return [qualifiedAt, acceptedAt, closedAt].some((at) => isIn(period, at));
}

const sides: readonly Side[] = ['trigger', 'source'];

function nameOf({ trigger, origin }: MarketingFacts, by: Side): string | null {
  return by === 'trigger' ? trigger : (origin?.source ?? null);
}

function isIn({ from, until }: Period, at: Date | null): boolean {
  return at !== null && at >= from && at < until;
}

function sentBackAt({ outcome, closedAt }: MarketingFacts): Date | null {
  return sentBackAs.includes(outcome) ? closedAt : null;
}

/** When sales first said yes or no. */
function answeredAt(fact: MarketingFacts): Date | null {
  return fact.acceptedAt ?? sentBackAt(fact);
}

/** It was sent back in the period; or accepted, and that still held at its end. */
function isDecided(fact: MarketingFacts, period: Period): boolean {
  const at = sentBackAt(fact);
  if (at && at < period.until) return at >= period.from;
  return isIn(period, fact.acceptedAt);
}

function reasonsOf(sentBack: readonly MarketingFacts[]): SentBackCount[] {
  const key = ({ outcome, reason, origin }: MarketingFacts) =>
    JSON.stringify([outcome, reason, origin?.source ?? null, origin?.campaign ?? null]);
  return grouped(sentBack, key).flatMap(([, group]) => {
    const [{ outcome = null, reason = null, origin = null } = {}] = group;
    if (!outcome) return [];
    const { source = null, campaign = null } = origin ?? {};
    return { outcome, reason, source, campaign, count: group.length };
  });
}

function componentsOf(decided: readonly MarketingFacts[], period: Period): MarketingWeek['components'] {
  const parts = decided.flatMap((fact) =>
    (fact.origin?.score?.components ?? []).map((part) => ({ ...part, fact })),
  );
  const labels = [...new Set(parts.map(({ label }) => label))];
  return labels.flatMap((label) =>
    bands.flatMap((band) => {
      const within = parts.filter((part) => part.label === label && bandOf(part.points) === band);
      if (within.length === 0) return [];
      const sentBack = within.filter(({ fact }) => isIn(period, sentBackAt(fact))).length;
      return { label, band, decided: within.length, sentBack };
    }),
  );
}

function bandOf(points: number): Band | undefined {
  return bands.findLast(({ from }) => from === null || points >= from);
}

/** A lead that sleeps cost nothing for nothing: it comes back. */
function costsOf(
  sentBack: readonly MarketingFacts[],
  hoursOf: (rep: PersonId) => WorkingHours,
): readonly Cost[] {
  const forNothing = sentBack
    .filter(({ outcome }) => outcome !== 'recycled')
    .map((fact) => ({ fact, minutes: workingMinutesOf(fact, hoursOf) }));
  const costs = sides.flatMap((by) =>
    grouped(forNothing, ({ fact }) => nameOf(fact, by)).map(([name, group]): Cost => {
      const sum = (of: (one: (typeof group)[number]) => number) =>
        group.reduce((total, one) => total + of(one), 0);
      return {
        by,
        name,
        leads: group.length,
        workingMinutes: sum(({ minutes }) => minutes),
        touches: sum(({ fact }) => fact.touches),
        escalations: sum(({ fact }) => fact.escalations),
      };
    }),
  );
  return costs
    .filter(({ workingMinutes }) => workingMinutes > 0)
    .sort((a, b) => b.workingMinutes - a.workingMinutes)
    .slice(0, costliestMax);
}

/** In groups of the same key, the largest first, and otherwise in the order of their first. */
function grouped<T, K>(all: readonly T[], keyOf: (one: T) => K): [K, T[]][] {
  const groups = new Map<K, T[]>();
  for (const one of all) {
    const key = keyOf(one);
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return [...groups].sort(([, a], [, b]) => b.length - a.length);
}
