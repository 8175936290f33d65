import type { NotifyRule, PersonId, Policy, WorkingHours } from '../../domain/policy/policy.ts';
import { hoursOf } from '../../domain/policy/working-hours.ts';
import type { Absence } from '../../domain/routing/availability.ts';
import { inactiveOf } from '../people/people.ts';
import { syncDirectory } from '../people/sync-directory.ts';
import type { Directory } from '../ports/people.ts';
import { type CoverNeeds, cover } from './cover.ts';
import { findSuccessors } from './find-successor.ts';

/** What is known of people: the hours they keep, when they are away, and who is switched off in HubSpot. */
export type KnownPeople = {
  hours: ReadonlyMap<PersonId, WorkingHours>;
  absences: ReadonlyMap<PersonId, readonly Absence[]>;
  inactive: ReadonlySet<PersonId>;
  /** How they have themselves told again. */
  notify: ReadonlyMap<PersonId, readonly NotifyRule[]>;
};

/** What the database remembers of people. */
export async function knownPeople(
  directory: Pick<Directory, 'people' | 'absences'>,
  now: Date,
): Promise<KnownPeople> {
  const [people, absences] = await Promise.all([directory.people(), directory.absences(now)]);
  const hours = new Map(people.flatMap(({ id, hours }) => (hours ? [[id, hours] as const] : [])));
  const notify = new Map(people.flatMap(({ id, notify }) => (notify ? [[id, notify] as const] : [])));
  return { hours, absences, inactive: inactiveOf(people), notify };
}

type Needs = Omit<Parameters<typeof syncDirectory>[0], 'policy'> &
  CoverNeeds & {
    policy: () => Policy;
    /** The policy before anything was learned: whoever is switched off may be back. */
    asWritten: () => Policy;
    /** Lets the policy in force heed what is known of its people. */
    learn: (known: KnownPeople) => void;
  };

type KeepPeople = {
  recall(): Promise<void>;
  sync(): Promise<void>;
  heed(person: PersonId): Promise<void>;
};

/**
 * Keeps up with the people of the policy. `recall` takes what was known the last time, also while HubSpot is away;
 * `sync` asks HubSpot, and sees to the leads of those who take none any more, are away, or work other hours; `heed` does
 * so for somebody of whom something was learned here.
 */
export function watchPeople(needs: Needs): KeepPeople {
  const { directory, asWritten, policy, learn, clock } = needs;
  const ask = syncDirectory({ ...needs, policy: asWritten });
  const pass = findSuccessors(needs);
  const seeTo = cover(needs);
  /** When each person works and is away, as their leads were last seen to. */
  const seenTo = new Map<PersonId, string>();

  const recall = async (): Promise<void> => learn(await knownPeople(directory, clock()));
  /** Sees to everybody whose hours or absences have changed, and to those whose absence has begun. */
  const seeToChanged = async (): Promise<void> => {
    const now = clock();
    const [people, absences] = await Promise.all([directory.people(), directory.absences(now)]);
    for (const { id } of people) {
      const all = (absences.get(id) ?? []).map((one) => ({ ...one, begun: one.from <= now }));
      const { away: _, ...hours } = hoursOf(policy(), id);
      const times = JSON.stringify([hours, all]);
      if (seenTo.get(id) === times) continue;
      await seeTo(id);
      seenTo.set(id, times);
    }
  };

  return {
    recall,
    sync: async () => {
      try {
        const leaving = await ask();
        await recall();
        for (const { id, why } of leaving) await pass(id, why);
      } finally {
        // An absence begins also while HubSpot is away.
        await seeToChanged();
      }
    },
    heed: async (person) => {
      await recall();
      await seeTo(person);
    },
  };
}
