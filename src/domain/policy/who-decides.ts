import type { PersonId, Policy } from './policy.ts';

/** Who decides over a handoff that is not answered: the manager of its team, or the fallback person outside any. */
export function managerOf(policy: Policy, assignment: { team: string | null }): PersonId {
  return policy.teams.find(({ name }) => name === assignment.team)?.manager ?? policy.routing.fallback;
}

/** Whether somebody may move a handoff: its manager, or the fallback person, who answers for whatever is left over. */
export function decidesOver(policy: Policy, assignment: { team: string | null }, person: PersonId): boolean {
  return person === managerOf(policy, assignment) || person === policy.routing.fallback;
}

/** Who is told when the holder does not answer: the manager, or for a manager's own handoff the fallback person. */
export function escalatesTo(
  policy: Policy,
  assignment: { team: string | null; rep: PersonId },
): PersonId | null {
  const { fallback } = policy.routing;
  return [managerOf(policy, assignment), fallback].find((person) => person !== assignment.rep) ?? null;
}

/**
 * The policy with somebody in the place of managers and a fallback who are switched off: the fallback for a manager, the
 * first manager who is there for the fallback. A decision that nobody can take would leave a lead to nobody.
 */
export function withSubstitutes(policy: Policy, inactive: ReadonlySet<PersonId>): Policy {
  const there = (person: PersonId) => !inactive.has(person);
  const { fallback: named } = policy.routing;
  const managers = policy.teams.map(({ manager }) => manager);
  const fallback = [named, ...managers].find(there) ?? named;
  const teams = policy.teams.map((team) => ({
    ...team,
    manager: there(team.manager) ? team.manager : fallback,
  }));
  return { ...policy, teams, routing: { ...policy.routing, fallback } };
}
