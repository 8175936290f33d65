import type { Handoff } from '../../domain/handoff/handoff.ts';
import type { Policy } from '../../domain/policy/policy.ts';
import type { Availability } from '../../domain/routing/availability.ts';
import type { Standing } from '../../domain/routing/route.ts';
import type { Handoffs } from '../ports/handoffs.ts';
import type { Directory, Person } from '../ports/people.ts';
import { inactiveOf, ownersIn } from './people.ts';

/** Who is there, and how much they have on their hands: what a handoff is given to somebody by. */
export async function standingAround(
  { leadId, id }: Pick<Handoff, 'leadId' | 'id'>,
  { people, policy }: { people: readonly Person[]; policy: Policy },
  { handoffs, directory }: { handoffs: Handoffs; directory: Directory },
  now: Date,
): Promise<Standing> {
  const [absences, balance] = await Promise.all([directory.absences(now), handoffs.balance(leadId, id)]);
  return { inactive: inactiveOf(people), peopleByOwner: ownersIn(policy, people), absences, ...balance };
}

/** For those who choose nobody: who is switched off is all that their card needs. */
export function availabilityWithoutLoad(people: readonly Person[]): Availability {
  return { inactive: inactiveOf(people), absences: new Map(), load: new Map() };
}
