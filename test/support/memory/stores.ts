import type { News } from '../../../src/domain/bulletin.ts';
import type { Handoff, Logged } from '../../../src/domain/handoff.ts';
import type { Lead, LeadId } from '../../../src/domain/lead.ts';
import type { PersonId } from '../../../src/domain/policy.ts';
import type { Timer } from '../../../src/domain/sla.ts';
import type {
  CardRecord,
  Cards,
  Decision,
  Decisions,
  Directory,
  EventDecision,
  Handoffs,
  Holds,
  InboundEvent,
  Inbox,
  Installs,
  KeptHold,
  Outbox,
  Runs,
  Timers,
  WrittenBack,
} from '../../../src/flow/ports.ts';
import { memoryCards } from './cards.ts';
import { memoryDecisions } from './decisions.ts';
import { memoryDirectory } from './directory.ts';
import { memoryHandoffs } from './handoffs.ts';
import { memoryHolds } from './holds.ts';
import { memoryInbox } from './inbox.ts';
import { memoryInstalls } from './installs.ts';
import { type MemoryJobs, memoryJobs } from './jobs.ts';
import { memoryOutbox } from './outbox.ts';
import { memoryRuns } from './runs.ts';
import { memoryTimers } from './timers.ts';

export type KeptHandoff = {
  handoff: Handoff;
  source: string | null;
  log: Logged[];
  commandIds: Set<string>;
  acceptedAt: Date | null;
  timers: (Timer & { id: string; state: 'pending' | 'fired' | 'cancelled' })[];
  cards: Map<string, CardRecord>;
  /** The cards of it that were counted as let pass: whose, and when they fell due. */
  missed: { rep: PersonId; due: Date }[];
  written: WrittenBack & { touchIds: Map<string, string> };
};

export type KeptNews = {
  id: string;
  person: PersonId;
  at: Date;
  news: News;
  bulletin: string | null;
  told: boolean;
};

export type KeptEvent = InboundEvent & { id: bigint; decision: EventDecision | null };

/** What the stores hold in common, as they hold one database in production. */
export type Kept = {
  leads: Map<LeadId, Lead>;
  handoffs: Map<string, KeptHandoff>;
  credits: Map<string, ReadonlyMap<string, number>>;
  events: KeptEvent[];
  decisions: Decision[];
  holds: Map<LeadId, KeptHold>;
  /** How many cards in a row somebody let pass. */
  missed: Map<PersonId, number>;
  news: KeptNews[];
  jobs: MemoryJobs;
};

export type MemoryStores = {
  handoffs: Handoffs;
  inbox: Inbox;
  decisions: Decisions;
  holds: Holds;
  cards: Cards;
  timers: Timers;
  directory: Directory;
  installs: Installs;
  outbox: Outbox;
  runs: Runs;
  jobs: MemoryJobs;
};

/** The stores without a database, for tests of the steps. */
export function memoryStores(): MemoryStores {
  const kept: Kept = {
    leads: new Map(),
    handoffs: new Map(),
    credits: new Map(),
    events: [],
    decisions: [],
    holds: new Map(),
    missed: new Map(),
    news: [],
    jobs: memoryJobs(),
  };
  return {
    handoffs: memoryHandoffs(kept),
    inbox: memoryInbox(kept),
    decisions: memoryDecisions(kept),
    holds: memoryHolds(kept),
    cards: memoryCards(kept),
    timers: memoryTimers(kept),
    directory: memoryDirectory(kept),
    installs: memoryInstalls(),
    outbox: memoryOutbox(kept),
    runs: memoryRuns(),
    jobs: kept.jobs,
  };
}
