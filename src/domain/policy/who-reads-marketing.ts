import type { PersonId, Policy } from './policy.ts';

/**
 * Of whose leads somebody may read what became of them: of everybody's, as marketing, the fallback and the admins do, or
 * of those of the teams that they manage, by name.
 * @returns null when of nobody's, which is so for reps
 */
export function readsOf(policy: Policy, person: PersonId): 'everybody' | readonly string[] | null {
  const { marketing, admins, routing, teams } = policy;
  if ([...(marketing?.people ?? []), ...admins, routing.fallback].includes(person)) return 'everybody';
  const managed = teams.filter(({ manager }) => manager === person).map(({ name }) => name);
  return managed.length > 0 ? managed : null;
}
