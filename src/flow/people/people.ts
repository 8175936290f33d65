import type { OwnerId } from '../../domain/lead/lead.ts';
import { peopleOf } from '../../domain/policy/people-of.ts';
import type { PersonId, Platform, Policy } from '../../domain/policy/policy.ts';
import type { Names } from '../../domain/words/line.ts';
import type { Mentions } from '../ports/chat.ts';
import type { Person } from '../ports/people.ts';

export function namesOf(people: readonly Person[]): Names {
  return new Map(people.map(({ id, name }) => [id, name]));
}

/** Who is switched off in HubSpot, and takes no leads. */
export function inactiveOf(people: readonly Person[]): ReadonlySet<PersonId> {
  return new Set(people.filter(({ active }) => !active).map(({ id }) => id));
}

/**
 * The people of the policy by the HubSpot owner they are. Whoever is no longer in it is still known, for the handoffs
 * they had.
 */
export function ownersIn(policy: Policy, people: readonly Person[]): ReadonlyMap<OwnerId, PersonId> {
  const named = new Set(peopleOf(policy));
  return new Map(
    people.flatMap(({ id, ownerId }) => (ownerId && named.has(id) ? [[ownerId, id] as const] : [])),
  );
}

/** Everybody's user id in a platform, for mentions. */
export function mentionsIn(platform: Platform, people: readonly Person[]): Mentions {
  const pairs = people.flatMap((person) => {
    const userId = person.accounts.find((account) => account.platform === platform)?.userId;
    return userId ? [[person.id, userId] as const] : [];
  });
  return new Map(pairs);
}
