import type { Logged } from '../../domain/handoff/handoff.ts';
import type { PersonId } from '../../domain/policy/policy.ts';
import type { Handoffs, HandoffView } from '../ports/handoffs.ts';
import { isOutOfOffice } from './out-of-office.ts';

/** The leads that went from somebody to others because they said that they are away, since then. */
export async function movedBy(
  person: PersonId,
  since: Date,
  { handoffs }: { handoffs: Handoffs },
): Promise<HandoffView[]> {
  const views = await handoffs.views(await handoffs.takenFrom(person, since));
  return views
    .filter(({ log }) => log.some((logged) => hasMoved(logged, person, since)))
    .toSorted((a, b) => +a.handoff.qualifiedAt - +b.handoff.qualifiedAt);
}

function hasMoved({ at, event }: Logged, person: PersonId, since: Date): boolean {
  if (event.type !== 'reassigned' || event.from !== person || at < since) return false;
  return event.moved !== undefined && isOutOfOffice(event.moved.why);
}
