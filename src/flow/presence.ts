import type { Presence } from '../domain/availability.ts';
import type { Handoff } from '../domain/handoff.ts';
import { inactiveOf } from './people.ts';
import type { Directory, Handoffs, Person } from './ports.ts';

/** Who is there, and how much they have on their hands: what somebody chooses by to whom a handoff goes. */
export async function presenceWithLoad(
  { leadId, id }: Pick<Handoff, 'leadId' | 'id'>,
  people: readonly Person[],
  { handoffs, directory }: { handoffs: Handoffs; directory: Directory },
  now: Date,
): Promise<Presence> {
  const [absences, { load }] = await Promise.all([directory.absences(now), handoffs.balance(leadId, id)]);
  return { inactive: inactiveOf(people), absences, load };
}

/** For those who choose nobody: who is switched off is all that their card needs. */
export function presenceWithoutLoad(people: readonly Person[]): Presence {
  return { inactive: inactiveOf(people), absences: new Map(), load: new Map() };
}
