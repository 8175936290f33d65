import type { PersonId, Policy } from '../../domain/policy/policy.ts';
import type { Holds } from '../ports/inbox.ts';
import type { RoutingNeeds } from '../with-routing.ts';

/** What it takes to let somebody go away, and come back. */
export type AbsenceNeeds = RoutingNeeds & {
  holds: Holds;
  policy: () => Policy;
  /** Called when somebody's absences have changed; sees to the leads they have. */
  heed: (person: PersonId) => Promise<void>;
};
