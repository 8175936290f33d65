import { type PersonId, type Policy, peopleOf } from '../domain/policy.ts';
import type { Observe } from './observe.ts';
import type { Clock, Crm, Directory } from './ports.ts';

type Needs = { directory: Directory; crm: Crm; policy: () => Policy; clock: Clock; observe: Observe };

/**
 * Looks up everybody the policy names among HubSpot's owners, with their hours and absences; who is no owner there is
 * kept, by email alone.
 * @returns who takes no leads any more, and why: switched off there, or no longer in the policy
 */
export function syncDirectory({ directory, crm, policy, clock, observe }: Needs) {
  return async (): Promise<{ id: PersonId; why: string }[]> => {
    const owners = new Map<string, Awaited<ReturnType<Crm['owners']>>[number]>();
    for (const owner of await crm.owners()) {
      const email = owner.email.toLowerCase();
      // An archived owner may share the email of the one who came back.
      if (!owners.get(email)?.active) owners.set(email, owner);
    }
    const people = peopleOf(policy()).map((id) => {
      const owner = owners.get(id);
      const { hours = null, active = true, absences = [] } = owner ?? {};
      return { id, name: owner?.name || id, ownerId: owner?.id ?? null, active, hours, absences };
    });
    await directory.savePeople(
      people.map(({ absences: _, ...person }) => person),
      clock(),
    );
    for (const { id, absences } of people) await directory.saveAbsences(id, 'hubspot', absences);
    const unknownToHubSpot = people.filter((person) => person.ownerId === null).length;
    observe({ what: 'directorySynced', people: people.length, unknownToHubSpot });
    const named = new Set(people.map(({ id }) => id));
    const gone = (await directory.people()).filter(({ id }) => !named.has(id));
    return [
      ...people.filter(({ active }) => !active).map(({ id }) => ({ id, why: 'switched off in HubSpot' })),
      ...gone.map(({ id }) => ({ id, why: 'no longer in the policy' })),
    ];
  };
}
