import type { LeadStatus } from '../../domain/handoff/consequences.ts';
import type { Handoff, HandoffId, HeldUpField, Touch } from '../../domain/handoff/handoff.ts';
import type { Account, Lead, LeadId, OwnerId } from '../../domain/lead/lead.ts';
import type { PortalProperty } from '../../domain/lead/portal-property.ts';
import type { PipelineObject, StageOf } from '../../domain/policy/pipelines.ts';
import type { PersonId, WorkingHours } from '../../domain/policy/policy.ts';
import type { Choices } from '../../domain/policy/portal-choices.ts';
import type { Absence } from '../../domain/routing/availability.ts';

/**
 * The CRM, HubSpot. What is read and written in lots has a result for each that was asked, in the order of asking: one
 * bad record fails alone, with TemporaryFailure or PermanentFailure, and those that shared a call with it do not. The
 * other methods throw these when HubSpot does not answer well.
 */
export type Crm = {
  /** The leads as they are in HubSpot now; null when the contact is gone. A merged one comes under its new id. */
  leads(ids: readonly LeadId[], lane: Lane): Promise<Outcome<Lead | null>[]>;
  /** Writes the fields that are given; of one lead all in one request. */
  writeLeads(writes: readonly { id: LeadId; change: LeadChange }[]): Promise<Outcome<WriteReceipt>[]>;
  /**
   * Writes what somebody filled in, by HubSpot's names of the properties, with a change that waited for it; all of it or
   * nothing. An empty value clears.
   */
  writeAnswers(
    id: LeadId,
    values: Readonly<Record<string, string>>,
    change: LeadChange,
  ): Promise<AnswersReceipt>;
  /** The values that a contact has now of these properties, by HubSpot's names; properties without a value are absent. */
  valuesOf(id: LeadId, properties: readonly string[]): Promise<Readonly<Record<string, string>>>;
  /** The properties of contacts by their names, as they were within the hour; null when the bot may not see them. */
  contactProperties(): Promise<ReadonlyMap<string, PortalProperty> | null>;
  /** With `mayExist`, that of an attempt with an unknown end is looked for first, by its mark. */
  createTasks(tasks: readonly { task: FollowUpTask; mayExist: boolean }[]): Promise<Outcome<KeptTask>[]>;
  /** The handoffs' follow-up tasks, which attempts with an unknown end may have created; null when there is none. */
  findTasks(
    of: readonly Pick<FollowUpTask, 'handoffId' | 'leadId'>[],
  ): Promise<Outcome<KeptTask['taskId'] | null>[]>;
  /** A task that somebody deleted needs no more upkeep: that is no failure. */
  updateTasks(changes: readonly TaskChange[]): Promise<Outcome<void>[]>;
  /**
   * Logs touches as engagements on contact and company, whose ids are returned. With `mayExist`, that of an attempt
   * with an unknown end is looked for first, by its mark.
   */
  logTouches(touches: readonly { touch: LoggedTouch; mayExist: boolean }[]): Promise<Outcome<string>[]>;
  /** Deletes the engagements of touches that were taken back; one that is not there is no failure. */
  removeTouches(touches: readonly UndoneTouch[]): Promise<Outcome<void>[]>;
  /** The deals of contacts and their companies that are neither won nor lost. */
  openDeals(of: readonly Pick<NewDeal, 'leadId' | 'accountId'>[]): Promise<Outcome<OpenDeal[]>[]>;
  /**
   * Creates deals with contact and company. HubSpot takes one for each handoff: an earlier attempt's is what is returned.
   * With `mayExist` that is looked for first. A PermanentFailure says in words for people why there is none.
   */
  createDeals(deals: readonly { deal: NewDeal; mayExist: boolean }[]): Promise<Outcome<KeptDeal>[]>;
  /** The deals that were made for handoffs; null where there is none. */
  findDeals(handoffs: readonly HandoffId[]): Promise<Outcome<KeptDeal | null>[]>;
  /** Changes those that are still in the stage `from`: what somebody has moved on or deleted is theirs. */
  updateDeals(changes: readonly DealChange[]): Promise<Outcome<void>[]>;
  /** Says on both contacts that they are the same; with `mayExist` only where an earlier attempt has not. */
  linkDuplicates(
    duplicates: readonly { duplicate: Duplicate; mayExist: boolean }[],
  ): Promise<Outcome<void>[]>;
  /** Puts a note on the timelines of contact and company; once, however often it is asked. */
  writeNote(note: LeadNote): Promise<void>;
  /** Everybody who can own records, with what they say there of their working time. */
  owners(): Promise<CrmOwner[]>;
  /**
   * Which lifecycle stages and lead statuses there are, and the pipelines of these objects; null where the bot may not
   * see them.
   */
  choices(withPipelinesOf: readonly PipelineObject[]): Promise<Choices>;
  /**
   * The contacts that changed since then, in batches, the oldest change first: without company, activities, deals and
   * earlier values. HubSpot's search, by which they are found, runs some seconds behind.
   * @param leftOut which of them are not to be read
   */
  leadsChangedSince(
    since: Date,
    leftOut?: (changed: readonly LeadId[]) => Promise<readonly LeadId[]>,
  ): AsyncIterable<readonly Lead[]>;
  /** The companies that changed since then, in batches, as a lead's account shows them. */
  companiesChangedSince(since: Date): AsyncIterable<readonly Company[]>;
  /** The contacts under which a call, email, meeting, message or deal that changed since then is filed, in batches. */
  leadsWithNewsSince(since: Date): AsyncIterable<readonly LeadId[]>;
  /** The contacts under which a record is filed; none when it is gone. */
  leadsOf(record: CrmRecord): Promise<LeadId[]>;
  /**
   * At most so many contacts that HubSpot finds by what somebody types of their name, email or company, or by their id;
   * none when it takes longer than whoever types would wait.
   */
  findContacts(text: string, atMost: number): Promise<FoundContact[]>;
  /** Those of the contacts that HubSpot no longer has under this id: deleted, or merged into another. */
  gone(ids: readonly LeadId[]): Promise<LeadId[]>;
  /** Whether nurture of the contacts is paused, as HubSpot shows it; those that are gone are left out. */
  nurturePaused(ids: readonly LeadId[]): Promise<ReadonlyMap<LeadId, boolean>>;
  /** All contacts that HubSpot's search, which runs some seconds behind, shows as paused. */
  pausedLeads(): Promise<LeadId[]>;
  /** Changes who is a member of a static segment: who is one already, or no more, is no failure. */
  changeSegment(
    segment: string,
    change: { add: readonly LeadId[]; remove: readonly LeadId[] },
  ): Promise<void>;
  membersOf(segment: string): Promise<LeadId[]>;
};

/** As much of a contact as tells it from others. */
export type FoundContact = { id: LeadId; name: string | null; company: string | null; email: string | null };

/** What became of one of a lot. */
export type Outcome<T> = { ok: true; value: T } | { ok: false; error: unknown };

/** What was asked for; throws the error when it failed. */
export function resultOf<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw outcome.error;
  return outcome.value;
}

/** What was asked for in a lot of one; throws the error when it failed. */
export function only<T>(outcomes: readonly Outcome<T>[]): T {
  const [outcome] = outcomes;
  if (!outcome || outcomes.length > 1) throw new Error(`Found ${outcomes.length} outcomes: expected 1`);
  return resultOf(outcome);
}

/**
 * What goes first when HubSpot's limits make the bot wait: a lead that has no card yet before everything else.
 */
export type Lane = 'card' | 'background';

/** A record that tells of leads, by HubSpot's names. */
export type CrmRecord = {
  objectType: 'calls' | 'emails' | 'meetings' | 'communications' | 'deals' | 'companies';
  id: string;
};

/** A company by its id in HubSpot. */
export type Company = { id: string; account: Account };

/** What the CRM would not take, by its names for the properties; everything else was written. */
export type WriteReceipt = {
  refusedProperties: readonly string[];
  /** An owner was given, and is the contact's. */
  ownerTaken: boolean;
  /** What of the change it would not take that people would miss; null when that is nothing. */
  heldUp: HeldUp | null;
  /** Whether nurture is paused was given, and stands there. */
  nurtureTaken: boolean;
};

/** What became of what somebody filled in. */
export type AnswersReceipt =
  | { taken: true }
  /**
   * Nothing was written. `faults`: the values that HubSpot will not have, with its sentence about each, which may quote it
   * and is for whoever filled it in alone; `wants`: what has to be filled in besides.
   */
  | { taken: false; faults: readonly { property: string; why: string | null }[]; wants: readonly string[] };

/** What HubSpot would not take of a change, and which properties, by its names, it wants before it does. */
export type HeldUp = { fields: readonly HeldUpField[]; wants: readonly string[] };

/** What the bot writes on the contact, in our words; fields left out stay as they are. */
export type LeadChange = {
  ownerId?: OwnerId;
  /** Only ever forward; HubSpot ignores a step back. */
  lifecycleStage?: 'salesqualifiedlead';
  /** One of the bot's own, or of the policy's. */
  leadStatus?: LeadStatus | string;
  /** An earlier stage; HubSpot goes back only from none at all. */
  lifecycleBack?: string;
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
  disqualifiedBy?: PersonId | null;
  disqualifiedAt?: Date | null;
  /** When a recycled lead comes back. */
  revisitAt?: Date | null;
  timesRecycled?: number;
  /** Why the lead is not passed on yet. */
  heldBecause?: string | null;
  nurturePaused?: boolean;
  /** Each new one enrols the lead in nurture again. */
  nurtureResumedAt?: Date;
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

/** `found`: an earlier attempt had created it, perhaps for another rep and time. */
export type KeptTask = { taskId: string; found: boolean };

/** Marks a task as done; or gives it an owner and a due time, and opens it again if it was done. */
export type TaskChange = { taskId: string } & ({ done: true } | { ownerId: OwnerId | null; dueAt: Date });

export type LoggedTouch = {
  handoffId: HandoffId;
  leadId: LeadId;
  accountId: string | null;
  ownerId: OwnerId | null;
  touch: Touch;
  /** What was done, as it is called on the timeline. */
  title: string;
  at: Date;
};

/** `recordId`: its engagement; null: an attempt with an unknown end may have created it, and it is looked for by its mark. */
export type UndoneTouch = Pick<LoggedTouch, 'handoffId' | 'leadId'> & {
  touch: Pick<Touch, 'id' | 'kind'>;
  recordId: string | null;
};

export type NewDeal = {
  handoffId: HandoffId;
  leadId: LeadId;
  accountId: string | null;
  ownerId: OwnerId | null;
  name: string;
  at: StageOf;
  /** It is an opportunity in its first stage already. */
  countsAtOnce: boolean;
};

/** `url`: its page in HubSpot; `found`: an earlier attempt had created it, perhaps for another rep. */
export type KeptDeal = { dealId: string; url: string; found: boolean };

/** `madeFor`: the handoff for which the bot made it; null: somebody else did. */
export type OpenDeal = Pick<KeptDeal, 'dealId' | 'url'> & { madeFor: HandoffId | null };

/** Gives a deal to an owner, or moves it to a stage; stages are named by their ids. */
export type DealChange = { dealId: string; from: string } & ({ ownerId: OwnerId } | { stage: string });

/** A lead that somebody of sales says is the same as another contact. */
export type Duplicate = {
  handoffId: HandoffId;
  leadId: LeadId;
  otherId: LeadId;
  ownerId: OwnerId | null;
  at: Date;
};

/** What somebody wrote about a lead. `id`: the same each time that it is asked. */
export type LeadNote = {
  id: string;
  handoffId: HandoffId;
  leadId: LeadId;
  accountId: string | null;
  ownerId: OwnerId | null;
  text: string;
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
  /** By hand or, outside of their hours, by HubSpot itself, which tells neither since when nor until when. */
  setAway: boolean;
  /** Their page for booking a meeting; absent: they have none, or the bot may not see it. */
  meetingLink?: string;
};
