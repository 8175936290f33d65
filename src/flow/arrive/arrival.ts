import type { Lead, LeadId } from '../../domain/lead/lead.ts';
import type { Policy } from '../../domain/policy/policy.ts';
import type { Why } from '../../domain/words/reason.ts';
import type { Arrivals, KnownLead, Opened } from '../ports/arrivals.ts';
import type { Crm } from '../ports/crm.ts';
import type { Erasures } from '../ports/erasures.ts';
import type { Handoffs, HandoffView } from '../ports/handoffs.ts';
import type { Holds, Inbox } from '../ports/inbox.ts';
import type { JobRef } from '../ports/jobs.ts';
import type { Observe } from '../ports/observe.ts';
import type { Directory } from '../ports/people.ts';
import type { Clock, PolicyOf } from '../ports/time.ts';
import type { AppliedNews } from './apply-news.ts';

/** What looking at leads takes. */
export type IntakeNeeds = {
  arrivals: Arrivals;
  inbox: Inbox;
  handoffs: Handoffs;
  holds: Holds;
  directory: Directory;
  crm: Crm;
  erasures: Erasures;
  policy: () => Policy;
  policyOf: PolicyOf;
  clock: Clock;
  observe: Observe;
  /** Has the first card of a new handoff shown by this process, if it has the job. */
  show: (opened: Opened & { view: HandoffView }) => void;
};

/** A lead about which something arrived, and the job of looking at it. */
export type Arrival = { leadId: LeadId; job: JobRef | null };

/** What came of an arrival: its job is over with what was kept, still to be ended, or it failed. */
export type Looked = 'ended' | 'done' | { failed: unknown };

/** The same, or HubSpot has still to be told why the lead waits. */
export type Settled = Looked | { tell: { leadId: LeadId; because: Why } };

/** A lead that was read, to be judged. */
export type Candidate = {
  arrival: Arrival;
  lead: Lead;
  /** Those under which it is known here, today's first. */
  ids: readonly LeadId[];
  known: KnownLead;
  /** What was carried over to a handoff that it has. */
  carried: AppliedNews | null;
};

/** Events that the bot made itself when it compared what it knows with what HubSpot has. */
export const reconciled = 'reconcile.';

/** Somebody wants what a lead did before the bot began to count. */
export const adopted = 'adopt.';

/** Events that the bot made itself: those, and when the time has come to look at a lead again. */
export const ownEvents = [reconciled, adopted, 'hold.', 'revisit.'];

/** When the first webhook came of those that led to looking at a lead; null when none did. */
export function heardAt(events: KnownLead['events']): Date | null {
  const told = events.filter(({ type }) => !ownEvents.some((kind) => type.startsWith(kind)));
  return told.length > 0 ? new Date(Math.min(...told.map(({ receivedAt }) => receivedAt.getTime()))) : null;
}

/** Tells whoever watches what nobody had told of, and the bot found when it looked by itself. */
export function noteFound(
  { leadId }: Arrival,
  { events }: Pick<KnownLead, 'events'>,
  handoffId: string,
  found: readonly string[],
  { observe }: Pick<IntakeNeeds, 'observe'>,
): void {
  const nobodyTold = events.every(({ type }) => type.startsWith(reconciled));
  if (nobodyTold) observe({ what: 'foundByReconciling', leadId, handoffId, found });
}
