import type { Language } from '../words/words.ts';
import type { CardRule } from './card-layout.ts';
import type { Condition } from './condition.ts';
import type { DealRule } from './deals.ts';
import type { LeadRecordRules } from './lead-records.ts';

/** A person of the policy, named by lower-case email. */
export type PersonId = string;

/** The chat platforms, in the order in which they are tried when nobody prefers another. */
export const platforms = ['slack', 'teams'] as const;
export type Platform = (typeof platforms)[number];

export const chatNames: Readonly<Record<Platform, string>> = { slack: 'Slack', teams: 'Teams' };

/**
 * Where somebody reads their cards: in both platforms, or in one, with the other in its place when it cannot reach
 * them.
 */
export type ChatChoice = Platform | 'both';

/** Local wall-clock minutes after midnight, from (inclusive) and to (exclusive, at most 1440). */
export type LocalSpan = { fromMinute: number; toMinute: number };

/** ISO weekdays: Monday is 1. */
export type Weekday = 1 | 2 | 3 | 4 | 5 | 6 | 7;

/**
 * The hours a person works in a usual week. The spans of a day are in order and apart; days without an entry are free.
 */
export type WorkingWeek = Readonly<Partial<Record<Weekday, readonly LocalSpan[]>>>;

/** When somebody works: local hours in an IANA time zone, less holidays and absences. */
export type WorkingHours = {
  zone: string;
  week: WorkingWeek;
  /** Public holidays of the place where they work, which are free; left out: none are. */
  holidays?: HolidayCalendar;
  /** When they are away all the same, `until` excluded; in any order, and they may overlap. */
  away?: readonly { from: Date; until: Date }[];
  /** The hours that were in force until an instant: somebody moved to another zone, or works other hours since. */
  before?: { until: Date; hours: WorkingHours };
};

/** The public holidays of a country, state or region. */
export type HolidayCalendar = {
  /** As the policy writes it: `DE`, `US-NY`, `DE-BY-A`. */
  place: string;
  /** The holiday's name on a local date such as `2026-12-25`; null on any other day. */
  nameOn(date: string): string | null;
};

/** A duration; `workingTime` counts only the working hours of the rep it is for. */
export type Target = { minutes: number; countedIn: 'workingTime' | 'wallClock' };

/** How long a rep has, and how often they must have tried before they give a lead up. */
export type Targets = {
  acknowledge: Target;
  touch: Target;
  /** A lead may be given up as unresponsive after `atLeast` attempts in the last `within`; null: no minimum. */
  attempts: { atLeast: number; within: Target } | null;
};

/** What makes a lead qualify. */
export type Trigger = {
  /** Stable key, stored with each handoff. */
  name: string;
  /** What people read: "Demo request". */
  label: string;
  /** Always tells since when it is met: evidence counts once, and only while it is fresh. */
  when: Condition;
  /** Tried in order: the first that is for this lead counts. The last is for every lead. */
  targets: readonly (Targets & { when: Condition | null })[];
  /** So long after the end of its last handoff the trigger does not count again; null: it does at once. */
  coolDownMinutes: number | null;
  /** The trigger hands over each lead only once. */
  once: boolean;
  /**
   * Its leads come to their rep together, in one message at these local times, in minutes after midnight; absent: each by
   * its card, at once.
   */
  digestAt?: readonly number[];
};

/** Leads that are never passed to sales, whatever they do. */
export type Exclusion = { name: string; label: string; when: Condition };

/** A language model behind OpenAI's chat completions, by its name there, and how often it is asked in a day (UTC) at most. */
export type SummaryModel = { url: string; name: string; dailyBudget: number };

/** Something that the ideal lead has, as people call it. */
export type Trait = { label: string; when: Condition };

export type Member = {
  id: PersonId;
  /** Share in the rotation, relative to the team's other members; 0 takes no turn. */
  weight: number;
  hours: WorkingHours;
  /** Whether the policy wrote these hours for this person; HubSpot's count only where it did not. */
  ownHours: boolean;
  caps: Caps;
  /** Switched off by hand: takes nothing new. */
  active: boolean;
};

/** How much a member takes at most; null is no limit. */
export type Caps = { open: number | null; perDay: number | null; perHour: number | null };

export type Team = {
  name: string;
  manager: PersonId;
  /** Those of the manager, and of members without hours of their own. */
  hours: WorkingHours;
  members: readonly Member[];
};

export type RoutingRule = {
  name: string;
  /** Leads that the rule is for; null: every lead. */
  when: Condition | null;
  to: Destination;
  /**
   * What happens when nobody of a team is available: the next rule is tried, or the lead waits for the first member at
   * work.
   */
  whenNobody: 'next' | 'hold';
};

export type Destination =
  | { kind: 'contactOwner' }
  | { kind: 'accountOwner' }
  | { kind: 'rep'; person: PersonId }
  /** Weighted turns over the team's available members. */
  | { kind: 'rotation'; team: string }
  /** Offered to the whole team, its manager answering for it until somebody claims it. */
  | { kind: 'pool'; team: string };

/** How a lead without an associated company is matched to one, in this order. */
export const accountMatches = ['association', 'domain', 'name'] as const;
export type AccountMatch = (typeof accountMatches)[number];

/** One rung of the ladder around a target. */
export type LadderStep = {
  /** Minutes after the target; negative: before it. */
  offsetMinutes: number;
  action: LadderAction;
  /** When the one whom it is for is not at work: done all the same, or when they are next at work. */
  offHours: 'now' | 'wait';
  /** Done `times` more, `everyMinutes` apart, while nobody reacts. */
  repeat: { times: number; everyMinutes: number } | null;
};

/** What happens on a rung. */
export type LadderAction =
  /** A line below the card that the rep is notified of. */
  | { do: 'remind' }
  /** The same line in the conversation itself, where it cannot be overlooked. */
  | { do: 'message' }
  /** Everybody of the team who is at work may claim it; the rep keeps it until somebody does. */
  | { do: 'offerToTeam' }
  | { do: 'tellManager' }
  /** Somebody gets it who has not had it yet; `to` null: whoever the routing rules find. */
  | { do: 'reassign'; to: Destination | null }
  | { do: 'tellChannel'; platform: Platform; channel: string }
  /** A mail to whoever has the lead, to whoever decides over it, or to an address. */
  | { do: 'mail'; to: 'rep' | 'manager' | { address: string } }
  /** Another system is told: one of the policy's webhooks. */
  | { do: 'webhook'; name: string };

/** What a webhook may be told of people; of a handoff it is always told what kind it is, and by when it is due. */
export const webhookFacts = ['lead', 'company', 'rep'] as const;

/** Another system that may be told of leads that wait. */
export type Webhook = { name: string; url: string; tells: readonly (typeof webhookFacts)[number][] };

/** Another system that is told what happens to handoffs. */
export type EventDestination = {
  /** How far it was told is kept by it. */
  name: string;
  url: string;
  /** The environment variable with what it is signed with. */
  secret: string;
  /** The types of events, as they are called outside, that it hears of; null: all. */
  only: readonly string[] | null;
};

/**
 * Who may see a lead's whole story: whom it concerns, which is whoever has or had it, was offered it, or decides over it,
 * the fallback and the admins; its teams as well; or everybody of the policy.
 */
export const audiences = ['concerned', 'team', 'everybody'] as const;
export type Audience = (typeof audiences)[number];

/** The two promises a rep makes: to answer the card, and to reach out to the lead. */
export type TargetName = 'acknowledge' | 'touch';

export type DisqualifyReason = {
  name: string;
  label: string;
  /** The reason needs a word of explanation. */
  noteRequired: boolean;
  /** The rep says of which other contact the lead is a duplicate. */
  asksOther: boolean;
  /** It was no real lead: the rep gets their turn in the rotation back. */
  refundsTurn: boolean;
  /**
   * What becomes of the lead. `unresponsive`: it never answered; only after the minimum of attempts. `recycled`: it goes
   * back to nurture until a day that the rep names. `routedAnew`: it goes to somebody else at once.
   */
  outcome: 'disqualified' | 'unresponsive' | 'recycled' | 'routedAnew';
  lock: ReasonLock;
  /** Nurture does not go on right away: the pause stays until its lease is over. */
  keepsPause: boolean;
};

/** When nurture pauses, so that no prospect gets its mails while sales is at work on them. */
export type Suppression = {
  /** What begins the pause. */
  from: 'offer' | 'accept';
  /** It ends so long after the last acceptance, touch or reassignment, should nothing else end it. */
  leaseMinutes: number;
  /** And so long after the lead became a deal. */
  afterDealMinutes: number;
  /** Id of a static segment in HubSpot of which everybody is a member who is paused; null: none. */
  segment: string | null;
};

/**
 * For how long a reason keeps a lead from coming back, and what brings it back all the same: triggers more urgent than the
 * one that it was handed over for, or only these. `minutes` null: for good.
 */
export type ReasonLock = { minutes: number | null; unless: LockExceptions };
export type LockExceptions = 'stronger' | readonly string[];

/** Why a rep may pass a lead back to the routing. */
export type HandBackReason = Pick<DisqualifyReason, 'name' | 'label' | 'noteRequired' | 'refundsTurn'>;

/** A greeting from the mailbox of whoever has the lead, by a HubSpot sequence of their own. It is no touch. */
export type Intro = {
  /** Leads that it is for; null: every lead. */
  if: Condition | null;
  /** As soon as somebody has the lead, or when they accept it. */
  when: 'offer' | 'accept';
  /** What the sequences are called; null: only who is among `of` has one. */
  sequence: { usual: string | null; of: ReadonlyMap<PersonId, string> };
  /** What must be so of a lead that may be written to; null: everybody may. */
  optedIn: Condition | null;
  /** The lead's local hours in which it goes out. */
  daytime: WorkingWeek;
};

/** What becomes of a lead whose time has not come. */
export type Recycle = {
  /** The lifecycle stage and lead status that it goes back to; null: it keeps what it has. */
  lifecycle: string | null;
  leadStatus: string | null;
  /** So many days from now it comes back: what the rep chooses from, and what is chosen unless they say otherwise. */
  days: { choices: readonly number[]; usual: number };
  /** Nothing wakes it sooner than so long after it went back. */
  restMinutes: number;
  /** After so many times it comes back on a stronger sign alone. */
  atMost: number;
  /** What wakes it before its day, in order; with the targets of the handoff that begins then. */
  wake: readonly Trigger[];
  /** Its day has come. */
  revisit: Trigger;
};

/** How much longer a manager may give: minutes of the target's time, or until the rep's next morning at work. */
export type Grace = number | 'untilMorning';

/** Who of marketing learns what becomes of their leads, and when. */
export type Marketing = {
  people: readonly PersonId[];
  /** Where the report of a week goes; null: to each of the people. */
  channel: { platform: Platform; id: string } | null;
  /** When it comes: local wall-clock minutes after midnight. */
  weekly: { weekday: Weekday; minute: number };
  /** The IANA zone of its weeks. */
  zone: string;
};

/** When what waits, or what a week was like, comes by itself, in everybody's own zone; null: it does not. */
export type Summaries = {
  /** To whoever takes leads, on the days on which they work: local wall-clock minutes after midnight. */
  reps: number | null;
  /** To managers, of their teams. */
  managers: { weekday: Weekday; minute: number } | null;
};

/** How somebody has themselves told again when they have not answered a card after so many minutes of its target's time. */
export type NotifyRule = { afterMinutes: number } & (
  | { kind: 'again' | 'mail' }
  | { kind: 'webhook'; name: string }
);

export const notifyKinds = ['again', 'mail', 'webhook'] as const;

/** What people may choose for themselves. */
export type NotifyBounds = {
  allow: readonly NotifyRule['kind'][];
  earliestMinutes: number;
  /** So many rules a person. */
  atMost: number;
};

/**
 * How much of what happened to a lead is told below its card, or where a chat has no threads by messages: all of it, what
 * somebody must act on or changes who must, or only what is asked of them. Everything stands on the card.
 */
export const threads = ['none', 'important', 'all'] as const;
export type Threads = (typeof threads)[number];

/** The company's rules, as RevOps wrote them. */
export type Policy = {
  /** Hash of the text it was read from. */
  version: string;
  /** How this portal names what we read. */
  properties: {
    score: string | null;
    scoreComponents: readonly { label: string; property: string }[];
    summary: string | null;
    product: string | null;
    /** Further properties that conditions ask for. */
    contact: readonly string[];
    company: readonly string[];
    /** Whether open deals have to be counted. */
    openDeals: boolean;
  };
  qualification: {
    /** Without these a lead is held. */
    required: readonly RequiredField[];
    never: readonly Exclusion[];
    /** Older evidence is history, not a reason to call today. */
    freshWithinDays: number;
    /** So much of what was before the bot first ran counts all the same; absent: none. */
    beforeStartMinutes?: number;
    /** What happened before is history, which people have dealt with without the bot; absent: nothing is. */
    startedAt?: Date;
  };
  /** In order of urgency: the first that applies names the handoff. */
  triggers: readonly Trigger[];
  routing: { rules: readonly RoutingRule[]; fallback: PersonId; accountBy: readonly AccountMatch[] };
  /** Of what is for nobody in particular, and for people in whose own there are no words. */
  language: Language;
  /** How much of what happened is told by messages. */
  threads: Threads;
  /** Where people read their cards; who is not among `people` reads them as `usual` says. */
  chat: { usual: ChatChoice; people: ReadonlyMap<PersonId, ChatChoice> };
  /** The lower-case emails, or ids, of accounts in chat, where they are not those by which the policy names people. */
  chatAddresses: ReadonlyMap<PersonId, Readonly<Partial<Record<Platform, string | undefined>>>>;
  teams: readonly Team[];
  ladders: Readonly<Record<TargetName, readonly LadderStep[]>>;
  /** What people may choose for themselves; null: nothing. */
  notify: NotifyBounds | null;
  /** What they have chosen, once that is learned. */
  notifyRules?: ReadonlyMap<PersonId, readonly NotifyRule[]>;
  /** Whether a reminder waits while its rep wants no notifications in their chat. */
  respectsQuiet: boolean;
  /** These and `events` are the only systems that are ever told of anything. */
  webhooks: readonly Webhook[];
  events: readonly EventDestination[];
  /** The choices of Allow More Time. */
  grace: readonly Grace[];
  /** A rep who lets so many cards in a row pass is set away; null: nobody is. */
  silentAfter: number | null;
  /** Null: nurture is never paused, and nothing about it is written to HubSpot. */
  suppression: Suppression | null;
  disqualifyReasons: readonly DisqualifyReason[];
  /** So long after a lead was sent back its manager may have it go on where it was. */
  overturnWithinMinutes: number;
  recycle: Recycle;
  handBackReasons: readonly HandBackReason[];
  /** For which handoffs the bot makes deals; none: for no one's. */
  deals: readonly DealRule[];
  /** The first that is for a lead and its holder counts; none: nobody is written to. */
  intros: readonly Intro[];
  /** How HubSpot's Lead object is kept; null: it is not. */
  leadRecords: LeadRecordRules | null;
  /** Whether what leads wrote into their newest forms is read. */
  briefing: { formAnswers: boolean };
  /** What pages of the company's website are called, by their paths. */
  pages: ReadonlyMap<string, string>;
  /** What people may set from the card: contact properties by HubSpot's names, or by what its pages call them. */
  update: readonly string[];
  /** Who is told when the bot itself was in trouble. */
  admins: readonly PersonId[];
  whoSees: { why: Audience };
  /** How cards look; the first that is for a handoff counts. None: as ever. */
  cards: readonly CardRule[];
  /** Absent: nobody of marketing is told anything. */
  marketing?: Marketing;
  /** Absent: no summary comes by itself. */
  summaries?: Summaries;
  /** The language model that summarises leads; absent: none does, and nothing is sent to any. */
  summaryModel?: SummaryModel;
  /** What the ideal lead is like, to which others are compared on the card. Absent: nobody said. */
  idealProfile?: readonly Trait[];
  /** How many days what is known is kept. */
  retention: {
    /** What HubSpot told, since it was decided on. */
    events: number;
    /** Leads that sales never had, since they were last read. */
    neverHandedOver: number;
    /** Since the last handoff of a lead ended. */
    handedOver: number;
  };
};

export const requiredFields = ['email', 'name', 'phone', 'jobTitle', 'country', 'company'] as const;

/** What the policy may ask a lead to have before it is passed on: a field of ours, or a contact property. */
export type RequiredField = (typeof requiredFields)[number] | { property: string };
