import type { CardView } from '../card/card.ts';
import type { Outcome } from '../handoff/handoff.ts';
import { teamsOf } from '../policy/people-of.ts';
import type { PersonId, Policy } from '../policy/policy.ts';
import type { Availability } from '../routing/availability.ts';
import type { Credits } from '../routing/rotation.ts';

/** What somebody's home is to be made from. */
export type HomeScope = {
  reader: PersonId;
  /** Whose open leads stand in it, besides those that wait for the reader alone. */
  watches: readonly PersonId[];
  /** The teams of which it tells, by name. */
  teams: readonly string[];
  /** Whose week and whose load is asked for. */
  members: readonly PersonId[];
};

/** A lead that sales has. */
export type OpenLead = Pick<CardView, 'handoff' | 'lead'>;

/** One time that somebody held a lead. `isDone`: they did all that there was to do; `secondsToTouch`: of their working time. */
export type HeldInWeek = { rep: PersonId; isLate: boolean; isDone: boolean; secondsToTouch: number | null };

/** What there is to know for somebody's home. */
export type HomeFacts = {
  /** The open handoffs of whoever is watched, those that the reader may claim, and those on which they are to decide. */
  open: readonly OpenLead[];
  /** What became of the reader's handoffs that ended in the last week. */
  closed: readonly { outcome: Outcome; count: number }[];
  /** How many leads come back to the reader on a day. */
  sleeping: number;
  /** Whether the reader has ever had a lead. */
  hadAny: boolean;
  /** The times that a member held a lead that qualified in the last week, as they were measured last. */
  past: readonly HeldInWeek[];
  load: Availability['load'];
  /** Balances of the teams' rotations. */
  credits: ReadonlyMap<string, Credits>;
  /** How many turns each member had in the last week, by team. */
  turns: ReadonlyMap<string, ReadonlyMap<PersonId, number>>;
};

/** How far the past is looked at, in milliseconds. */
export const homeWeekMs = 7 * 86_400_000;

/** Of whom somebody's home tells: of themselves, and of the teams that they manage. */
export function homeScope(reader: PersonId, policy: Policy): HomeScope {
  const teams = teamsOf(policy, reader);
  const managed = managedBy(policy, reader).flatMap(({ members }) => members.map(({ id }) => id));
  const members = teams.flatMap((team) => team.members.map(({ id }) => id));
  return {
    reader,
    watches: [...new Set([reader, ...managed])],
    teams: teams.map(({ name }) => name),
    members: [...new Set([reader, ...members])],
  };
}

/** The teams that somebody manages. */
export function managedBy({ teams }: Policy, person: PersonId): Policy['teams'] {
  return teams.filter(({ manager }) => manager === person);
}
