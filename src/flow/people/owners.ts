import type { OwnerId } from '../../domain/lead/lead.ts';
import type { PersonId } from '../../domain/policy/policy.ts';
import type { Person } from '../ports/people.ts';

/** HubSpot's owners of records, without the deactivated: it refuses those, and with them all else in the same request. */
export type Owners = ReadonlyMap<PersonId, OwnerId>;

export function ownersOf(people: readonly Person[]): Owners {
  return new Map(
    people.flatMap(({ id, ownerId, active }) => (ownerId && active ? [[id, ownerId] as const] : [])),
  );
}
