import { type Policy, peopleOf } from '../domain/policy.ts';
import type { Observe } from './observe.ts';
import type { Clock, Crm, Directory } from './ports.ts';

type Needs = { directory: Directory; crm: Crm; policy: () => Policy; clock: Clock; observe: Observe };

/** Looks up everybody the policy names among HubSpot's owners; who is no owner there is kept, by email alone. */
export function syncDirectory({ directory, crm, policy, clock, observe }: Needs) {
  return async (): Promise<void> => {
    const owners = new Map<string, Awaited<ReturnType<Crm['owners']>>[number]>();
    for (const owner of await crm.owners()) {
      const email = owner.email.toLowerCase();
      // An archived owner may share the email of the one who came back.
      if (!owners.get(email)?.active) owners.set(email, owner);
    }
    const people = peopleOf(policy()).map((id) => {
      const owner = owners.get(id);
      return { id, name: owner?.name || id, ownerId: owner?.id ?? null, active: owner?.active ?? true };
    });
    await directory.savePeople(people, clock());
    const unknownToHubSpot = people.filter((person) => person.ownerId === null).length;
    observe({ what: 'directorySynced', people: people.length, unknownToHubSpot });
  };
}
