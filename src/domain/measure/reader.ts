import { type Sight as SightOfLeads, sightOf } from '../handoff/rights.ts';
import { peopleOf } from '../policy/people-of.ts';
import type { PersonId, Policy } from '../policy/policy.ts';
import type { Sight } from './tally.ts';

/**
 * As whom somebody reads the measures. Admins and the fallback read everything; marketing reads of all leads, but not who
 * of sales did what; managers read of their teams; reps of themselves; and a board on a wall tells of leads as a whole.
 */
export type Role = 'admin' | 'fallback' | 'marketing' | 'manager' | 'rep' | 'board';

/** Whose measures somebody may read, and which leads they may know by name. */
export type Reader = {
  role: Role;
  /** Null: whoever passes the wall. */
  person: PersonId | null;
  /** Of the leads of these teams; a rep reads of their own leads alone. */
  teams: 'all' | readonly string[];
  /** Of which leads they learn the names; null: of none. */
  names: SightOfLeads | null;
};

/**
 * What somebody may read as the policy is now.
 * @param inactive who is switched off in HubSpot
 * @returns null for somebody who is no part of it, or not any more
 */
export function readerOf(policy: Policy, person: PersonId, inactive: ReadonlySet<PersonId>): Reader | null {
  if (!peopleOf(policy).includes(person) || inactive.has(person)) return null;
  const { admins, routing, marketing, teams } = policy;
  const as = (role: Role, of: Reader['teams']): Reader => ({
    role,
    person,
    teams: of,
    names: sightOf(person, policy),
  });
  if (admins.includes(person)) return as('admin', 'all');
  if (routing.fallback === person) return as('fallback', 'all');
  if (marketing?.people.includes(person)) return as('marketing', 'all');
  const managed = teams.filter(({ manager }) => manager === person);
  if (managed.length > 0)
    return as(
      'manager',
      managed.map(({ name }) => name),
    );
  const taking = teams.filter(({ members }) => members.some(({ id, active }) => id === person && active));
  return taking.length > 0
    ? as(
        'rep',
        taking.map(({ name }) => name),
      )
    : null;
}

/** A board of a team, or of all. */
export function boardReader(team: string | null): Reader {
  return { role: 'board', person: null, teams: team === null ? 'all' : [team], names: null };
}

/** Tells what somebody may read from what they might before. */
export function roleKey({ role, teams }: Reader): string {
  return JSON.stringify([role, teams]);
}

/** Whether they may read what single people of sales did. */
export function readsPeople({ role }: Reader): boolean {
  return role !== 'marketing' && role !== 'board';
}

/** Whether what they read may leave the dashboard as a file. */
export function mayExport({ role }: Reader): boolean {
  return role !== 'board';
}

/** Whether they may put a board on a wall. */
export function mayMakeBoards({ role }: Reader): boolean {
  return role === 'admin' || role === 'fallback' || role === 'manager';
}

/** Which leads are measured for them, at most. */
export function reachOf({ role, person, teams }: Reader): Pick<Sight, 'reps' | 'teams'> {
  if (role === 'rep' && person) return { reps: [person] };
  return teams === 'all' ? {} : { teams };
}
