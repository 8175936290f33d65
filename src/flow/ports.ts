import type { Absence } from '../domain/availability.ts';
import type { Bulletin, News } from '../domain/bulletin.ts';
import type { Card, Section } from '../domain/card.ts';
import type { WorkflowRequest } from '../domain/condition.ts';
import type { Refusal } from '../domain/decide.ts';
import type { PastAnswer } from '../domain/forecast.ts';
import type { Form, FormName } from '../domain/form.ts';
import type { Handoff, HandoffEvent, HandoffId, Logged, Touch } from '../domain/handoff.ts';
import type { Lead, LeadId, OwnerId } from '../domain/lead.ts';
import type { ClockName, PersonId, Platform, Policy, WorkingHours } from '../domain/policy.ts';
import type { Considered, EarlierHandoff } from '../domain/qualify.ts';
import type { PastLead } from '../domain/replay.ts';
import type { Credits, TakenTurn } from '../domain/rotation.ts';
import type { RouteReason, Standing } from '../domain/route.ts';
import type { Timer, TimerAction } from '../domain/sla.ts';
import type { HandoffFacts } from '../domain/stats.ts';
import type { Line } from '../domain/text.ts';

export type Clock = () => Date;

/** What a handoff goes by: the rules of the policy under which it began, and today's people. */
export type PolicyOf = (handoff: Pick<Handoff, 'policyVersion'>) => Policy;

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

/** HubSpot's `hs_lead_status` options that the bot sets. */
export type LeadStatus = 'NEW' | 'OPEN' | 'OPEN_DEAL' | 'ATTEMPTED_TO_CONTACT' | 'CONNECTED' | 'UNQUALIFIED';

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

/** Tells a message of ours apart, so that an attempt with an unknown end can be found again. */
export type CardMark = { handoffId: HandoffId; revision: number };
export type LineMark = { handoffId: HandoffId; seq: number };
export type BulletinMark = { bulletinId: string };

/** Where a message lies. */
export type MessageRef = { conversationId: string; messageId: string };

/** A person's account in a chat platform, and the direct conversation in which the bot writes to them. */
export type ChatAccount = { userId: string; conversationId: string; zone: string | null };

/** One chat platform. Sends are tried once: TemporaryFailure tells whether the message may be there all the same. */
export type Chat = {
  platform: Platform;
  /** What is said of somebody who cannot be written to here, after their name: "has no account in Slack". */
  absence: string;
  /** The account behind an email, or null when there is none that can be written to. */
  findAccount(email: string): Promise<ChatAccount | null>;
  /** The emails of an account, as far as the platform tells. */
  emailsOf(userId: string): Promise<readonly string[]>;
  postCard(conversationId: string, card: Card, mark: CardMark, people: Mentions): Promise<string>;
  /** @returns false when the message is no longer there, deleted by somebody or by a retention rule. */
  updateCard(message: MessageRef, card: Card, mark: CardMark, people: Mentions): Promise<boolean>;
  /**
   * Says what happened after a card came. `notify` makes it reach the person; where messages have no threads, anything
   * else stands in the card's history alone. `loud` puts it into the conversation itself, where it cannot be overlooked.
   * `about` is the card's title.
   */
  tell(
    message: MessageRef,
    line: Line,
    mark: LineMark,
    options: { notify: boolean; loud: boolean; about: string },
    people: Mentions,
  ): Promise<void>;
  /** The card with this handoff's mark that an earlier attempt brought there; null also where nobody can look. */
  findCard(conversationId: string, handoffId: HandoffId): Promise<string | null>;
  /** The last line of the log that an earlier attempt told; 0 when none, or where nobody can look. */
  lastTold(message: MessageRef, handoffId: HandoffId): Promise<number>;
  /** Writes to somebody about more than one handoff, or none. @returns the message's id */
  postBulletin(
    conversationId: string,
    bulletin: Bulletin,
    mark: BulletinMark,
    people: Mentions,
  ): Promise<string>;
  /** Whether an earlier attempt brought a bulletin with this mark there; false also where nobody can look. */
  hasBulletin(conversationId: string, mark: BulletinMark): Promise<boolean>;
};

/** The platform's user ids of people, for mentions. */
export type Mentions = ReadonlyMap<PersonId, string>;

/** What a person does on a card or in a form; the values are as they came, by field, still to be decided on. */
export type Act =
  | { type: 'accept' }
  | { type: 'takeIt' }
  | { type: 'ping' }
  | { type: 'show' }
  | { type: 'submit'; form: FormName; values: Readonly<Record<string, string>> };

/** Who acts, where, on what. `commandId` is the platform's id of the click: the same id has one effect. */
export type Click = { platform: Platform; userId: string; commandId: string; handoffId: HandoffId };

/** What the person is told. A refusal of a form names the field to mend, when it is one field's fault. */
export type Answer = { done: true; text: Line } | { done: false; text: Line; field: string | null };

/** Carries out what a person did on a card. */
export type Respond = (click: Click, act: Act) => Promise<Answer>;

/** The form behind a button, or why this person cannot have it now. */
export type PrepareForm = (click: Omit<Click, 'commandId'>, form: FormName) => Promise<PreparedForm>;
export type PreparedForm = { form: Form } | { refused: Line };

/** The card as it stands now, for somebody who acts on a message of it or looks at it again. */
export type LookAgain = (look: Omit<Click, 'commandId'> & { messageId: string }) => Promise<Look>;
export type Look =
  | { card: Card; mark: CardMark; people: Mentions }
  /** Their card is another message: this one was sent by an attempt whose end nobody saw. */
  | { stray: true }
  | { refused: Line };

/** Remembers that somebody has had a card in front of them; without a handoff, whatever lay in the conversation. */
export type NoteSeen = (who: {
  platform: Platform;
  userId: string;
  handoffId: HandoffId | null;
}) => Promise<void>;

/** Greets somebody who added the app where people have to, and brings them the cards that could not reach them. */
export type Welcome = (who: { platform: Platform; userId: string }) => Promise<Reply>;
/** Remembers that somebody removed the app. */
export type Farewell = (who: { platform: Platform; userId: string }) => Promise<void>;

/** An answer to words typed in chat: the sections of a card without its buttons. */
export type Reply = { title: string; sections: readonly Section[] };

/** Answers `/handoff …` in Slack and the same words as a message in Teams. */
export type AnswerCommand = (ask: { platform: Platform; userId: string; text: string }) => Promise<Reply>;

/** A webhook event about a record, stored before anybody looks at it. */
export type InboundEvent = {
  /** Tells one event from its redelivery. */
  dedupeKey: string;
  /** Null for events that are about no contact, or not yet known whom. */
  leadId: LeadId | null;
  /** The record that the event is about, whose leads have still to be found; null for all others. */
  record: CrmRecord | null;
  type: string;
  occurredAt: Date;
  payload: unknown;
  /** Set at the door for events that nobody has to look into. */
  ignored: string | null;
};

export type EventDecision =
  | { decision: 'handoff'; reason: string; handoffId: HandoffId }
  | { decision: 'held' | 'ignored' | 'failed'; reason: string };

/** Everything that was looked at for a decision about a lead, and what came of it. */
export type Decision = {
  leadId: LeadId;
  at: Date;
  policyVersion: string;
  verdict: 'handoff' | 'held' | 'ignored';
  reason: string;
  handoffId: HandoffId | null;
  considered: readonly Considered[];
  /** Empty when it did not come to routing. */
  reasons: readonly RouteReason[];
};

/** The decisions on leads; of those that led to nothing only the latest of a lead is kept. */
export type Decisions = {
  save(decision: Decision): Promise<void>;
  /** Newest first. */
  ofLead(leadId: LeadId): Promise<Decision[]>;
};

/** A lead that qualifies, and waits: for a field that is missing, or until somebody of a team is at work. */
export type Hold = { leadId: LeadId; since: Date; because: string; until: Date | null };

/** `told`: HubSpot has been told why. */
export type KeptHold = Hold & { told: boolean };

export type Holds = {
  /** Why a lead waits; null when it does not. */
  of(leadId: LeadId): Promise<KeptHold | null>;
  markTold(leadId: LeadId, because: string): Promise<void>;
  /** Since when a lead has been waiting stays as it was; a new reason has still to be told. */
  save(hold: Hold): Promise<void>;
  /** @returns whether it was held. */
  release(leadId: LeadId): Promise<boolean>;
  /** All of them, the longest waiting first. */
  list(): Promise<Hold[]>;
  /**
   * Has every lead looked at again whose time has come, and once more an hour later, should that come to nothing.
   * @returns how many.
   */
  wakeDue(now: Date): Promise<number>;
  /** Has every lead looked at again that waits, because what it waits for may have changed. */
  wakeAll(now: Date): Promise<number>;
};

/** Events from outside, kept until each has its decision. */
export type Inbox = {
  /**
   * Stores what is new and sees to it that each lead is looked at, and that the leads of each record are found;
   * resolves after the commit. @returns how many were new.
   */
  store(events: readonly InboundEvent[], now: Date): Promise<number>;
  /**
   * Gives the undecided events about a record to its leads, each of which is then looked at; to none, they are ignored
   * for the reason that is given.
   */
  address(record: CrmRecord, leads: readonly LeadId[], otherwise: string, now: Date): Promise<void>;
  /** The lead's events that are still undecided. */
  undecided(leadId: LeadId): Promise<{ id: bigint; type: string }[]>;
  decide(ids: readonly bigint[], decision: EventDecision, now: Date): Promise<void>;
  /** The workflows that handed the lead over, newest first. */
  workflowRequests(leadId: LeadId): Promise<WorkflowRequest[]>;
};

/** Who caused a change, when, and by which click; the clock and the system are nobody. */
export type Cause = { by: PersonId | null; at: Date; commandId: string | null };

/** A handoff after a change, with the events that led there and the timers that run from now on. */
export type Change = {
  handoff: Handoff;
  events: readonly HandoffEvent[];
  timers: readonly Timer[];
  /** A turn that does not count. */
  refund: TakenTurn | null;
  /** What people have to be told outside of the card. */
  news: readonly { person: PersonId; news: News }[];
};

/** A new handoff, the decision behind it, and the rotation balances that its assignment leaves behind. */
export type Opening = Change & { credits: Balances | null; decision: Decision };
/** Nobody of a team is at work: the lead waits. */
export type Waiting = { hold: Hold; decision: Decision };

/** The balances of a pool after a turn was taken or given back. */
export type Balances = { pool: string; after: Credits };

/** What assigning depends on and must not change meanwhile. */
export type Balance = Pick<Standing, 'credits' | 'load' | 'excluded'>;

/** Everything about one handoff that its card and its write-back are made from. */
export type HandoffView = {
  handoff: Handoff;
  lead: Lead;
  log: readonly Logged[];
  cards: readonly CardRecord[];
  crm: WrittenBack;
};

/** Handoffs and all that belongs to them. Changes are atomic; each brings the card and HubSpot up to date through jobs. */
export type Handoffs = {
  /** Saves the latest snapshot of a lead. */
  saveLead(lead: Lead, now: Date): Promise<void>;
  /** The bot has made them the owner: the snapshot says so too. */
  noteOwner(leadId: LeadId, ownerId: OwnerId): Promise<void>;
  /** The handoffs of a lead under any of its ids, newest first. */
  earlierOf(leadIds: readonly LeadId[]): Promise<EarlierHandoff[]>;
  /**
   * The handoffs of a lead about which HubSpot may have news, under any of its ids: the open one, and those that ended
   * with a deal which is not won yet.
   */
  followed(leadIds: readonly LeadId[]): Promise<HandoffId[]>;
  /** Those of the leads that have such a handoff. */
  followedLeads(among: readonly LeadId[]): Promise<LeadId[]>;
  /** All leads with an open handoff. */
  openLeads(): Promise<LeadId[]>;
  /** The snapshots of those leads that are known. */
  snapshots(ids: readonly LeadId[]): Promise<ReadonlyMap<LeadId, Lead>>;
  /**
   * Gives a merged contact's handoffs to the one it goes on as. Of two that are open the one that began later is left to
   * be withdrawn. @returns those
   */
  adopt(former: readonly LeadId[], leadId: LeadId): Promise<HandoffId[]>;
  /**
   * Opens a handoff, or lets the lead wait, and marks the events that led to it, in one transaction that holds the
   * rotation balances. A lead that has an open handoff already, under any of its ids, changes nothing.
   * @param leadIds today's id first
   */
  open(
    leadIds: readonly LeadId[],
    inbox: readonly bigint[],
    source: string | null,
    at: Date,
    decide: (balance: Balance) => Opening | Waiting,
  ): Promise<'opened' | 'openAlready' | Waiting>;
  /** Ids of the leads that somebody may mean: by contact id, email or name. */
  findLeads(text: string): Promise<LeadId[]>;
  /** The open handoffs that somebody holds. */
  heldBy(person: PersonId): Promise<HandoffId[]>;
  /** What routing depends on at this moment, to try it without effect; for a handoff, without those who have had it. */
  balance(leadId: LeadId, handoffId?: HandoffId): Promise<Balance>;
  /**
   * Changes a handoff under a lock on it. `decide` sees the current state; its refusal, like an unknown handoff (null)
   * or a command that was carried out before (`repeated`), leaves everything as it was.
   */
  change(
    id: HandoffId,
    cause: Cause,
    decide: (handoff: Handoff) => Change | Refusal,
  ): Promise<Changed | null>;
  /** Changes a handoff whose lead is assigned anew by routing, while the rotation balances are held. */
  reassign(
    id: HandoffId,
    cause: Cause,
    decide: (handoff: Handoff, balance: Balance) => (Change & { credits: Balances | null }) | Refusal,
  ): Promise<Changed | null>;
  view(id: HandoffId): Promise<HandoffView | null>;
  /** Handoffs that qualified in [from, to), for the measures. */
  facts(from: Date, to: Date): Promise<HandoffFacts[]>;
  saveWriteBack(id: HandoffId, written: Partial<Omit<WrittenBack, 'touchIds'>>): Promise<void>;
  saveTouchWritten(touchId: string, crmId: string): Promise<void>;
  /** Has the cards of every open handoff that concerns somebody brought up to date. */
  deliverAgain(person: PersonId): Promise<void>;
};

/** How far HubSpot has been told. */
export type WrittenBack = {
  /** The last event written back. */
  writtenSeq: number;
  /** What is being written up to; beyond `writtenSeq` after a crash, when records may exist that nobody noted. */
  writingSeq: number;
  /** The last event whose meaning for the contact was written. */
  contactSeq: number;
  taskId: string | null;
  /** Engagements in HubSpot by touch. */
  touchIds: ReadonlyMap<string, string>;
};

export type Changed =
  | { outcome: 'changed'; handoff: Handoff; events: readonly HandoffEvent[] }
  | { outcome: 'refused'; refusal: Refusal; handoff: Handoff }
  | { outcome: 'repeated'; handoff: Handoff };

/** One message about one handoff to one person, or in a channel. */
export type CardRecord = {
  handoffId: HandoffId;
  /** For a channel its id. */
  person: PersonId;
  platform: Platform;
  conversationId: string;
  /** Null until the platform has confirmed the message. */
  messageId: string | null;
  /** The handoff's version that the message shows. */
  revision: number;
  /** The last event told in the thread. */
  toldSeq: number;
  /** The event that is being told; beyond `toldSeq` after a crash, when somebody must look before telling it again. */
  tellingSeq: number;
  /** When the person last had it in front of them, as far as the platform tells. */
  seenAt: Date | null;
};

/** `toldSeq`: what happened up to now stands on the card itself and needs no line in its thread. */
export type UnsentCard = Omit<CardRecord, 'messageId' | 'revision' | 'tellingSeq' | 'seenAt'>;

export type Cards = {
  /** Notes that a card is about to be sent, so that after a crash somebody looks before sending again. */
  beginSend(card: UnsentCard, at: Date): Promise<void>;
  /** Everything but when it was seen. */
  save(card: Omit<CardRecord, 'seenAt'>): Promise<void>;
  /** Notes that somebody has seen their card of a handoff in a platform, or of every open one. */
  noteSeen(person: PersonId, platform: Platform, handoffId: HandoffId | null, at: Date): Promise<void>;
  /**
   * Makes a message the card that was about to be sent. @returns false when the card has got a message meanwhile, which
   * stays as it is.
   */
  adopt(card: Omit<CardRecord, 'messageId' | 'seenAt'>, messageId: string): Promise<boolean>;
};

/** A fired timer, to be acted on unless the handoff has moved on. Its job may run again: the same id has one effect. */
export type DueTimer = {
  id: string;
  handoffId: HandoffId;
  clock: ClockName;
  action: TimerAction;
  step: number;
  run: number;
  dueAt: Date;
};

export type Timers = {
  /** Hands every due timer to a job, once, whoever else is sweeping. @returns how many. */
  fireDue(now: Date): Promise<number>;
  /** Lets a timer that was fired before its time, by a clock that ran ahead, wait again. */
  putBack(id: string): Promise<void>;
};

/** News that wait to be told. */
export type Outbox = {
  /** Keeps news for people and sees to it that they are told, together with whatever else waits for them. */
  add(news: readonly { person: PersonId; news: News }[], at: Date): Promise<void>;
  /** What waits for somebody, oldest first; of an attempt that broke off only what it was to tell. */
  waiting(person: PersonId): Promise<{ id: string; at: Date; news: News }[]>;
  /**
   * Notes that these are about to be told in one bulletin, so that after a crash somebody looks before telling them
   * again. @returns the mark of an earlier attempt with just these, or a new one
   */
  beginTelling(ids: readonly string[]): Promise<{ mark: BulletinMark; again: boolean }>;
  told(ids: readonly string[], at: Date): Promise<void>;
};

/** What runs again and again, in whichever process. */
export type Routine = 'sweep' | 'reconcile';

/** When each routine last ran, whichever process ran it. */
export type Runs = {
  last(routine: Routine): Promise<Date | null>;
  /** Notes a run. @returns the run before; null when there was none, or one later than this is noted already. */
  note(routine: Routine, at: Date): Promise<Date | null>;
};

/** A person of the policy, as far as HubSpot and the chats know them. */
export type Person = {
  id: PersonId;
  name: string;
  ownerId: OwnerId | null;
  active: boolean;
  /** As HubSpot has them; null when it has none. */
  hours: WorkingHours | null;
  accounts: readonly PersonAccount[];
};

export type PersonAccount = {
  platform: Platform;
  userId: string | null;
  conversationId: string | null;
  checkedAt: Date;
};

/** Where an absence comes from: HubSpot, the person in chat, or cards that nobody answered. */
export type AbsenceSource = 'hubspot' | 'chat' | 'silence';

/** The people of the policy. */
export type Directory = {
  people(): Promise<Person[]>;
  byAccount(platform: Platform, userId: string): Promise<PersonId | null>;
  savePeople(people: readonly Omit<Person, 'accounts'>[], now: Date): Promise<void>;
  /** Who is away now, was lately, or will be: whatever a due time that is still to come may depend on. */
  absences(now: Date): Promise<ReadonlyMap<PersonId, readonly Absence[]>>;
  /**
   * Replaces what one source says from now on about somebody's absences: what is over stays, and one that lasts until
   * now and is not among them any more ends now. One that has no end and goes on for the same reason keeps its beginning.
   */
  saveAbsences(
    person: PersonId,
    source: AbsenceSource,
    absences: readonly Absence[],
    now: Date,
  ): Promise<void>;
  /** How many cards somebody has let pass in a row, of which those that ran at the same time count once. */
  missedInRow(person: PersonId): Promise<number>;
  /** Counts them from nothing again. */
  startAfresh(person: PersonId): Promise<void>;
  /** `account` null: the person has none on this platform. */
  saveAccount(
    person: PersonId,
    platform: Platform,
    account: { userId: string; conversationId: string | null; zone: string | null } | null,
    now: Date,
  ): Promise<void>;
};

/** The app as one person added it in Teams: the only way to write to them. Refreshed by everything they send. */
export type Install = {
  /** Microsoft Entra object id. */
  userId: string;
  /** Teams' own id of the person, `29:…`. */
  memberId: string;
  conversationId: string;
  /** The server through which this conversation is reached. */
  serviceUrl: string;
  /** Lower-case; empty until Teams has told them. */
  emails: readonly string[];
  /** When they were told; null until then. People change their addresses, and a company gives old ones to others. */
  emailsAt: Date | null;
};

/** Who has added the app in Teams. */
export type Installs = {
  /** Saves where somebody is reached, and emails as told now; empty `emails` leave those that are known. */
  save(install: Omit<Install, 'emailsAt'>, now: Date): Promise<void>;
  byUser(userId: string): Promise<Install | null>;
  byConversation(conversationId: string): Promise<Install | null>;
  /** Of several, the one of whom it was told last. */
  byEmail(email: string): Promise<Install | null>;
  /** Those whose emails nobody has told, or not since then. */
  toAskAgain(before: Date): Promise<Install[]>;
  remove(userId: string): Promise<void>;
};

/** What is stored of the past, to try policies on it. Nothing here writes. */
export type Past = {
  /**
   * The moments in [from, to) at which something arrived about a lead that is known, in their order and in batches of
   * which each is gone through once; each lead as it was read last.
   */
  moments(from: Date, to: Date): AsyncIterable<Iterable<{ at: Date; past: PastLead }>>;
  /** The newest handoffs from [from, to) of every rep that were never reassigned and had to be answered by now. */
  answers(from: Date, to: Date): Promise<PastAnswer[]>;
  /** The handoffs that were open at a moment, with who holds them now or held them last. */
  openAt(at: Date): Promise<{ rep: PersonId; closedAt: Date | null }[]>;
  /** How long handoffs were open that are closed by now: the median, and of how many. */
  timeToClose(): Promise<{ medianMs: number; count: number } | null>;
  /** Names, or else emails, of leads by id. */
  names(ids: readonly LeadId[]): Promise<ReadonlyMap<LeadId, string>>;
};
