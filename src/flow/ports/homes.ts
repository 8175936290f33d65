import type { HomeFacts, HomeScope } from '../../domain/home/home-facts.ts';
import type { LeadId } from '../../domain/lead/lead.ts';
import type { PersonId } from '../../domain/policy/policy.ts';

/** Somebody's home where a platform keeps it beside the conversation, as it was published last. */
export type KeptHome = {
  userId: string;
  /** The platform's word for its state, as far as it is known. */
  hash: string | null;
  /** Tells what it shows from anything else that it could show; null until it was published. */
  shown: string | null;
};

/** What a home shows since it was published. */
export type Published = Pick<KeptHome, 'hash' | 'shown'> & { leadIds: readonly LeadId[] };

/** So long after somebody has opened their home it is brought up to date when something of it changes. */
export const homeFreshMs = 24 * 3_600_000;

/**
 * What people's homes are made from, and which of them are open. Every change of a handoff asks, within itself, for the
 * homes in which it stands: those that were opened lately, each once in two seconds, but for whoever made the change.
 */
export type Homes = {
  /** Null: they have never opened it, or it was given up. */
  read(scope: HomeScope, now: Date): Promise<{ facts: HomeFacts; kept: KeptHome | null }>;
  /** The same for somebody who opens theirs, which is noted at once; what is told of it is how it was before. */
  open(scope: HomeScope, userId: string, now: Date): Promise<{ facts: HomeFacts; kept: KeptHome | null }>;
  published(reader: PersonId, home: Published): Promise<void>;
  /** Has the homes in which somebody stands brought up to date, as far as they were opened lately: their own at once. */
  refresh(person: PersonId, now: Date): Promise<void>;
  /** Forgets somebody's home: the platform shows none. */
  giveUp(reader: PersonId): Promise<void>;
};
