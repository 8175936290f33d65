import type { Handoff, Logged } from '../handoff/handoff.ts';
import type { Memory } from '../handoff/memory.ts';
import type { Lead, OwnerId } from '../lead/lead.ts';
import type { PersonId, Policy } from '../policy/policy.ts';
import type { Names } from '../words/line.ts';
import type { Words } from '../words/words.ts';

/** Everything that a briefing is made from. */
export type BriefingView = {
  /** Who reads it, and is "you" in it; null: more than one. */
  reader: PersonId | null;
  handoff: Handoff;
  lead: Lead;
  log: readonly Logged[];
  memory: Memory;
  policy: Policy;
  names: Names;
  /** Whose records in HubSpot are whose. */
  owners: ReadonlyMap<OwnerId, PersonId>;
  words: Words;
  now: Date;
};

/** What of it is about the lead alone, and reads the same for everybody. */
export type LeadView = Omit<BriefingView, 'reader' | 'names' | 'owners'>;
