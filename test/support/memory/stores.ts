import type { Arrivals } from '../../../src/flow/ports/arrivals.ts';
import type { Cards, Outbox } from '../../../src/flow/ports/cards.ts';
import type { Installs } from '../../../src/flow/ports/chat.ts';
import type { Erasures } from '../../../src/flow/ports/erasures.ts';
import type { EventCursors } from '../../../src/flow/ports/event-cursors.ts';
import type { Handoffs } from '../../../src/flow/ports/handoffs.ts';
import type { Homes } from '../../../src/flow/ports/homes.ts';
import type { Decisions, Holds, Inbox } from '../../../src/flow/ports/inbox.ts';
import type { ModelBudget } from '../../../src/flow/ports/model.ts';
import type { Passes } from '../../../src/flow/ports/passes.ts';
import type { Directory } from '../../../src/flow/ports/people.ts';
import type { Suppressions } from '../../../src/flow/ports/suppressions.ts';
import type { Runs, Timers } from '../../../src/flow/ports/time.ts';
import { memoryArrivals } from './arrivals.ts';
import { memoryCards } from './cards.ts';
import { memoryDecisions } from './decisions.ts';
import { memoryDirectory } from './directory.ts';
import { memoryErasures } from './erasures.ts';
import { memoryEventCursors } from './event-cursors.ts';
import { memoryHandoffs } from './handoffs.ts';
import { memoryHolds } from './holds.ts';
import { memoryHomes } from './homes.ts';
import { memoryInbox } from './inbox.ts';
import { memoryInstalls } from './installs.ts';
import { type MemoryJobs, memoryJobs } from './jobs.ts';
import type { Kept } from './kept.ts';
import { memoryModelBudget } from './model.ts';
import { memoryOutbox } from './outbox.ts';
import { memoryPasses } from './passes.ts';
import { memoryRuns } from './runs.ts';
import { memorySuppressions } from './suppressions.ts';
import { memoryTimers } from './timers.ts';

export type MemoryStores = {
  arrivals: Arrivals;
  handoffs: Handoffs;
  inbox: Inbox;
  decisions: Decisions;
  holds: Holds;
  homes: Homes;
  cards: Cards;
  timers: Timers;
  directory: Directory;
  installs: Installs;
  modelBudget: ModelBudget;
  outbox: Outbox;
  erasures: Erasures;
  passes: Passes;
  eventCursors: EventCursors;
  runs: Runs;
  suppressions: Suppressions;
  jobs: MemoryJobs;
};

/** The stores without a database, for tests of the steps. */
export function memoryStores(): MemoryStores {
  const kept: Kept = {
    leads: new Map(),
    readAt: new Map(),
    handoffs: new Map(),
    credits: new Map(),
    turns: new Map(),
    events: [],
    decisions: [],
    holds: new Map(),
    missed: new Map(),
    news: [],
    said: [],
    forms: new Map(),
    erased: new Set(),
    retractions: [],
    pauses: [],
    nurture: new Map(),
    homes: new Map(),
    cursors: new Map(),
    jobs: memoryJobs(),
  };
  return {
    arrivals: memoryArrivals(kept),
    handoffs: memoryHandoffs(kept),
    inbox: memoryInbox(kept),
    decisions: memoryDecisions(kept),
    holds: memoryHolds(kept),
    homes: memoryHomes(kept),
    cards: memoryCards(kept),
    timers: memoryTimers(kept),
    directory: memoryDirectory(kept),
    installs: memoryInstalls(),
    modelBudget: memoryModelBudget(),
    outbox: memoryOutbox(kept),
    erasures: memoryErasures(kept),
    passes: memoryPasses(),
    eventCursors: memoryEventCursors(kept),
    runs: memoryRuns(kept.jobs),

    suppressions: memorySuppressions(kept),
    jobs: kept.jobs,
  };
}
