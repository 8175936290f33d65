import type { LeadStatus } from '../../domain/handoff/consequences.ts';
import type { Handoff, HandoffId, Touch } from '../../domain/handoff/handoff.ts';
import type { Lead, LeadId, OwnerId } from '../../domain/lead/lead.ts';
import type { PersonId, WorkingHours } from '../../domain/policy/policy.ts';
import type { Absence } from '../../domain/routing/availability.ts';

/** The CRM, HubSpot. Every method throws TemporaryFailure or PermanentFailure when HubSpot does not answer well. */
export type Crm = {
  /** The lead as HubSpot holds it now; null when the contact is gone. */
  lead(id: LeadId): Promise<Lead | null>;
  /** Writes the fields that are given, in one request. */
  writeLead(id: LeadId, change: LeadChange): Promise<WriteReceipt>;
  createTask(task: FollowUpTask): Promise<string>;
  /** The handoff's follow-up task, which an attempt with an unknown end may have created; found by its mark. */
  findTask(of: Pick<FollowUpTask, 'handoffId' | 'leadId'>): Promise<string | null>;
  completeTask(taskId: string): Promise<void>;
  /** Moves the task to its new owner and due time, to be done again if it was. */
  moveTask(taskId: string, change: { ownerId: OwnerId | null; dueAt: Date }): Promise<void>;
  /**
   * Logs a touch as an engagement on contact and company. With `mayExist`, that of an attempt with an unknown end is
   * looked for first, by its mark.
   */
  logTouch(touch: LoggedTouch, mayExist: boolean): Promise<string>;
  /** Everybody who can own records, with what they say there of their working time. */
  owners(): Promise<CrmOwner[]>;
  /**
   * The contacts that changed since then, in batches, the oldest change first: without company, activities, deals and
   * earlier values. HubSpot's search, by which they are found, runs some seconds behind.
   */
  leadsChangedSince(since: Date): AsyncIterable<readonly Lead[]>;
  /** The contacts under which a call, email, meeting, message or deal that changed since then is filed, in batches. */
  leadsWithNewsSince(since: Date): AsyncIterable<readonly LeadId[]>;
  /** The contacts under which a record is filed; none when it is gone. */
  leadsOf(record: CrmRecord): Promise<LeadId[]>;
  /** Those of the contacts that HubSpot no longer holds under this id: deleted, or merged into another. */
  gone(ids: readonly LeadId[]): Promise<LeadId[]>;
};

/**
 * What goes first when HubSpot's limits make the bot wait: a lead that has no card yet before everything else.
 */
export type Lane = 'card' | 'background';

/** A record that tells of leads, by HubSpot's names. */
export type CrmRecord = {
  objectType: 'calls' | 'emails' | 'meetings' | 'communications' | 'deals';
  id: string;
};

/** Custom properties of ours that the portal does not have; everything else was written. */
export type WriteReceipt = { missingProperties: readonly string[] };

/** What the bot writes on the contact, in our words; fields left out stay as they are. */
export type LeadChange = {
  ownerId?: OwnerId;
  /** Only ever forward; HubSpot ignores a step back. */
  lifecycleStage?: 'salesqualifiedlead';
  leadStatus?: LeadStatus;
  record?: HandoffRecord;
};

/** What the `handoff_…` properties tell; null clears a property, an absent field stays as it is. */
export type HandoffRecord = {
  id?: HandoffId;
  status?: Handoff['status'];
  trigger?: string;
  rep?: PersonId;
  qualifiedAt?: Date;
  respondBy?: Date;
  acknowledgedAt?: Date | null;
  firstTouchAt?: Date | null;
  closedAt?: Date | null;
  outcome?: string | null;
  disqualifyReason?: string | null;
  disqualifyNote?: string | null;
  /** Why the lead is not passed on yet. */
  heldBecause?: string | null;
};

export type FollowUpTask = {
  handoffId: HandoffId;
  leadId: LeadId;
  accountId: string | null;
  ownerId: OwnerId | null;
  subject: string;
  body: string;
  dueAt: Date;
};

export type LoggedTouch = {
  handoffId: HandoffId;
  leadId: LeadId;
  accountId: string | null;
  ownerId: OwnerId | null;
  touch: Touch;
  at: Date;
};

export type CrmOwner = {
  id: OwnerId;
  email: string;
  name: string;
  active: boolean;
  /** Null when they have set none. */
  hours: WorkingHours | null;
  absences: readonly Absence[];
};
