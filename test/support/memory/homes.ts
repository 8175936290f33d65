import { type HomeFacts, type HomeScope, homeWeekMs } from '../../../src/domain/home/home-facts.ts';
import type { PersonId } from '../../../src/domain/policy/policy.ts';
import type { Homes } from '../../../src/flow/ports/homes.ts';
import { closedAtOf, loadOf } from './handoffs.ts';
import type { Kept, KeptHandoff } from './kept.ts';
import { refreshHomes } from './refresh-homes.ts';

export function memoryHomes(kept: Kept): Homes {
  const read: Homes['read'] = async (scope, now) => {
    const home = kept.homes.get(scope.reader);
    return {
      facts: factsFor(kept, scope, now),
      kept: home ? { userId: home.userId, hash: home.hash, shown: home.shown } : null,
    };
  };
  return {
    read,

    open: async (scope, userId, now) => {
      const before = await read(scope, now);
      const { reader, watches } = scope;
      const known = kept.homes.get(reader) ?? { hash: null, shown: null, leadIds: [] };
      kept.homes.set(reader, { ...known, userId, openedAt: now, watches });
      return before;
    },

    published: async (reader, home) => {
      const known = kept.homes.get(reader);
      if (!known) return;
      kept.homes.set(reader, { ...known, ...home });
      if (home.leadIds.some((id) => !kept.leads.has(id))) kept.jobs.add('home', reader);
    },

    refresh: async (person, now) => refreshHomes(kept, [person], now),

    giveUp: async (reader) => {
      kept.homes.delete(reader);
    },
  };
}

function factsFor(kept: Kept, { reader, watches, teams, members }: HomeScope, now: Date): HomeFacts {
  const all = [...kept.handoffs.values()];
  const weekAgo = new Date(now.getTime() - homeWeekMs);
  const mine = all.filter(({ handoff }) => handoff.assignment.rep === reader);
  const waits = ({ handoff: { assignment, escalatedTo, openTo } }: KeptHandoff) =>
    watches.includes(assignment.rep) || escalatedTo === reader || openTo.includes(reader);
  const outcomes = mine.flatMap(({ handoff }) =>
    handoff.status === 'closed' && handoff.closedAt >= weekAgo ? [handoff.outcome] : [],
  );
  return {
    open: all.flatMap((one) => {
      const lead = kept.leads.get(one.handoff.leadId);
      return lead && !closedAtOf(one) && waits(one) ? [{ handoff: one.handoff, lead }] : [];
    }),
    closed: [...Map.groupBy(outcomes, (outcome) => outcome)]
      .map(([outcome, those]) => ({ outcome, count: those.length }))
      .sort((a, b) => (a.outcome < b.outcome ? -1 : 1)),
    sleeping: mine.filter((one) => sleeps(one, all)).length,
    hadAny: mine.length > 0,
    // Nothing is measured here.
    past: [],
    load: new Map([...loadOf(kept, now)].filter(([rep]) => members.includes(rep))),
    credits: new Map([...kept.credits].filter(([pool]) => teams.includes(pool))),
    turns: turnsOf(all, teams, weekAgo),
  };
}

function sleeps({ handoff }: KeptHandoff, all: readonly KeptHandoff[]): boolean {
  if (handoff.status !== 'closed' || !handoff.sentBack?.revisitAt) return false;
  const { leadId, closedAt } = handoff;
  return !all.some(({ handoff: later }) => later.leadId === leadId && later.qualifiedAt > closedAt);
}

function turnsOf(all: readonly KeptHandoff[], teams: readonly string[], since: Date): HomeFacts['turns'] {
  const assignments = all.flatMap(({ log }) =>
    log.flatMap(({ event }) => ('assignment' in event ? [event.assignment] : [])),
  );
  const turns = new Map<string, Map<PersonId, number>>();
  for (const { rep, team, at, reasons } of assignments) {
    if (team === null || !teams.includes(team) || at < since || reasons.at(-1)?.kind !== 'rotation') continue;
    const ofTeam = turns.get(team) ?? new Map<PersonId, number>();
    turns.set(team, ofTeam.set(rep, (ofTeam.get(rep) ?? 0) + 1));
  }
  return turns;
}
