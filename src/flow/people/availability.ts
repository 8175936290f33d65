import type { Handoff } from '../../domain/handoff/handoff.ts';
import type { Availability } from '../../domain/routing/availability.ts';
import type { Handoffs } from '../ports/handoffs.ts';
import type { Directory, Person } from '../ports/people.ts';
import { inactiveOf } from './people.ts';

/** Who is there, and how much they have on their hands: what somebody chooses by to whom a handoff goes. */
export async function availabilityWithLoad(
  { leadId, id }: Pick<Handoff, 'leadId' | 'id'>,
  people: readonly Person[],
  { handoffs, directory }: { handoffs: Handoffs; directory: Directory },
  now: Date,
): Promise<Availability> {
  const [absences, { load }] = await Promise.all([directory.absences(now), handoffs.balance(leadId, id)]);
  return { inactive: inactiveOf(people), absences, load };
}

/** For those who choose nobody: who is switched off is all that their card needs. */
export function availabilityWithoutLoad(people: readonly Person[]): Availability {
  return { inactive: inactiveOf(people), absences: new Map(), load: new Map() };
}
