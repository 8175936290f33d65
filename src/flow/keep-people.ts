import type { PersonId, Policy, WorkingHours } from '../domain/policy.ts';
import { syncDirectory } from './directory.ts';
import { moveOn } from './move-on.ts';
import { inactiveOf } from './people.ts';

/** What HubSpot says of people: the hours they keep, and who is switched off. */
export type KnownPeople = {
  hours: ReadonlyMap<PersonId, WorkingHours>;
  inactive: ReadonlySet<PersonId>;
};

type Needs = Omit<Parameters<typeof syncDirectory>[0], 'policy'> &
  Parameters<typeof moveOn>[0] & {
    /** The policy before anything was learned: whoever is switched off may be back. */
    asWritten: () => Policy;
    /** Lets the policy in force heed what is known of its people. */
    learn: (known: KnownPeople) => void;
  };

/**
 * Keeps up with the people of the policy. `recall` takes what was known the last time, also while HubSpot is away;
 * `sync` asks HubSpot, and finds somebody else for the leads of those who take none any more.
 */
export function keepPeople(needs: Needs): { recall(): Promise<void>; sync(): Promise<void> } {
  const { directory, asWritten, learn } = needs;
  const ask = syncDirectory({ ...needs, policy: asWritten });
  const pass = moveOn(needs);

  const recall = async (): Promise<void> => {
    const people = await directory.people();
    const hours = people.flatMap((person) => (person.hours ? [[person.id, person.hours] as const] : []));
    learn({ hours: new Map(hours), inactive: inactiveOf(people) });
  };
  return {
    recall,
    sync: async () => {
      const leaving = await ask();
      await recall();
      for (const { id, why } of leaving) await pass(id, why);
    },
  };
}
