import type { PersonId, Policy } from '../policy/policy.ts';
import type { Absence } from '../routing/availability.ts';
import type { Names } from '../words/line.ts';
import type { Words } from '../words/words.ts';
import type { HomeFacts } from './home-facts.ts';

/** Everything that somebody's home is made from. */
export type HomeView = {
  reader: PersonId;
  facts: HomeFacts;
  policy: Policy;
  names: Names;
  words: Words;
  /** Whose user was deactivated in HubSpot. */
  inactive: ReadonlySet<PersonId>;
  absences: ReadonlyMap<PersonId, readonly Absence[]>;
  now: Date;
};
