import type { News } from '../../../src/domain/card/bulletin.ts';
import type { Handoff, Logged } from '../../../src/domain/handoff/handoff.ts';
import type { Nurture } from '../../../src/domain/handoff/nurture.ts';
import type { Lead, LeadId } from '../../../src/domain/lead/lead.ts';
import type { PersonId } from '../../../src/domain/policy/policy.ts';
import type { Timer } from '../../../src/domain/time/sla.ts';
import type { CallsIn, CardRecord, OpenForm } from '../../../src/flow/ports/cards.ts';
import type { Said } from '../../../src/flow/ports/chat.ts';
import type { Retraction } from '../../../src/flow/ports/erasures.ts';
import type { WrittenBack } from '../../../src/flow/ports/handoffs.ts';
import type { KeptHome, Published } from '../../../src/flow/ports/homes.ts';
import type { Decision, EventDecision, InboundEvent, KeptHold } from '../../../src/flow/ports/inbox.ts';
import type { PauseEntry } from '../../../src/flow/ports/suppressions.ts';
import type { MemoryJobs } from './jobs.ts';

export type KeptHandoff = {
  handoff: Handoff;
  source: string | null;
  log: Logged[];
  commandIds: Set<string>;
  acceptedAt: Date | null;
  timers: (Timer & { id: string; state: 'pending' | 'fired' | 'done' | 'cancelled' })[];
  cards: Map<string, CardRecord>;
  /** The cards of it that were counted as let pass: whose, and when they fell due. */
  missed: { rep: PersonId; due: Date }[];
  written: WrittenBack & { touchIds: Map<string, string> };
};

export type KeptPause = {
  id: string;
  leadId: LeadId;
  handoffId: string | null;
  who: string;
  why: string;
  since: Date;
  until: Date;
  lifted: PauseEntry['lifted'];
};

export type KeptNews = {
  id: string;
  person: PersonId;
  at: Date;
  news: News;
  /** The message in which somebody is called, and whether nothing is left to be done about it. */
  message: CallsIn['message'] | null;
  isSettled: boolean;
  bulletin: string | null;
  told: boolean;
};

export type KeptEvent = InboundEvent & { id: bigint; receivedAt: Date; decision: EventDecision | null };

/** What the stores hold in common, as they hold one database in production. */
export type Kept = {
  leads: Map<LeadId, Lead>;
  /** When each was read last. */
  readAt: Map<LeadId, Date>;
  handoffs: Map<string, KeptHandoff>;
  credits: Map<string, ReadonlyMap<string, number>>;
  /** How many turns of a pool were taken or given back. */
  turns: Map<string, number>;
  events: KeptEvent[];
  decisions: Decision[];
  holds: Map<LeadId, KeptHold>;
  /** How many cards in a row somebody let pass. */
  missed: Map<PersonId, number>;
  news: KeptNews[];
  said: Said[];
  /** Forms that are messages, by whose they are, which, and about what. */
  forms: Map<string, OpenForm>;
  /** The leads that are never to be kept again. */
  erased: Set<LeadId>;
  retractions: (Retraction & { leadId: LeadId; gone: boolean; refused: string | null })[];
  pauses: KeptPause[];
  /** What was written of it to HubSpot, and seen there. */
  nurture: Map<LeadId, Pick<Nurture, 'written' | 'seen'>>;
  /** The homes that people have opened. */
  homes: Map<
    PersonId,
    KeptHome & Pick<Published, 'leadIds'> & { openedAt: Date; watches: readonly PersonId[] }
  >;
  /** How far destinations of events were told, by the keys of their jobs. */
  cursors: Map<string, { seq: number; gone: boolean }>;
  jobs: MemoryJobs;
};
