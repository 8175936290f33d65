import type { PersonId, Platform } from '../domain/policy.ts';
import type { Names } from '../domain/text.ts';
import type { Mentions, Person } from './ports.ts';

export function namesOf(people: readonly Person[]): Names {
  return new Map(people.map(({ id, name }) => [id, name]));
}

/** Who is switched off in HubSpot, and takes no leads. */
export function inactiveOf(people: readonly Person[]): ReadonlySet<PersonId> {
  return new Set(people.filter(({ active }) => !active).map(({ id }) => id));
}

/** Everybody's user id in a platform, for mentions. */
export function mentionsIn(platform: Platform, people: readonly Person[]): Mentions {
  const pairs = people.flatMap((person) => {
    const userId = person.accounts.find((account) => account.platform === platform)?.userId;
    return userId ? [[person.id, userId] as const] : [];
  });
  return new Map(pairs);
}
