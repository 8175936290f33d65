import type { Conversion } from './conversion.ts';

/** HubSpot's contact id. */
export type LeadId = string;

/** HubSpot's owner id: whom a contact or company belongs to. Not a user id. */
export type OwnerId = string;

/** A HubSpot contact in our words, with what a rep should know before the first call. */
export type Lead = {
  id: LeadId;
  /** Ids of contacts that were merged into this one. */
  formerIds: readonly LeadId[];
  /** The record's page in HubSpot. */
  url: string;
  name: string | null;
  email: string | null;
  phone: string | null;
  jobTitle: string | null;
  country: string | null;
  state: string | null;
  city: string | null;
  postcode: string | null;
  /** As HubSpot writes it: `en`, `de-at`. */
  language: string | null;
  seniority: string | null;
  /** What the lead wrote as their company; what HubSpot knows of the company is `account`. */
  company: string | null;
  /** What the lead is interested in, when the policy names a property for it. */
  product: string | null;
  /** Deals of the lead or its company that are not closed; null when the policy does not ask. */
  openDeals: number | null;
  /** Further properties that the policy names, by HubSpot's names. */
  properties: Readonly<Record<string, string>>;
  ownerId: OwnerId | null;
  /** When the owner last changed, also to nobody; null when HubSpot does not tell. */
  ownerSince: Date | null;
  /** Who it belonged to before that, and since when; absent when HubSpot tells of nobody. */
  ownerBefore?: { ownerId: OwnerId | null; since: Date };
  /** HubSpot's internal stage name, such as `marketingqualifiedlead`. */
  lifecycleStage: string | null;
  /** When the lead last entered each stage; stages never entered are absent. */
  stageEnteredAt: Readonly<Record<string, Date>>;
  leadStatus: string | null;
  account: Account | null;
  score: Score | null;
  source: Source;
  /** Forms and meeting pages that the lead sent in, newest first, as far as HubSpot remembers them. */
  conversions: readonly Conversion[];
  /** Pages seen, newest first, as far as HubSpot names them: the last of each visit, and the first of all. */
  pages: readonly PageView[];
  visits: number | null;
  /** Calls, emails, meetings, notes and tasks on the record, newest first. */
  activities: readonly Activity[];
  /** All meetings on the record are among the activities; absent where more are filed there, or nobody can tell. */
  hasAllMeetings?: true;
  /** Deals with the lead, newest first; empty also where the bot may not see them. */
  deals: readonly Deal[];
  /** Deals of the lead's company without the lead, newest first; empty where the policy does not count open deals. */
  accountDeals: readonly Deal[];
  /** The portal's own AI summary, when the policy names a property for it. */
  summary: string | null;
  /**
   * What the lead wrote into the form that it sent in last, in the form's order, without what is known of it otherwise;
   * empty where nothing of it could be read.
   */
  formAnswers: readonly FormAnswer[];
  /** What HubSpot's pages call the values that are chosen from a list, for people to read. */
  labels: Labels;
  consent: Consent;
  /** A mail to the lead came back for good; null where HubSpot does not tell. */
  emailBounced: boolean | null;
  /** The IANA zone in which the lead is, where that is certain. */
  timeZone: string | null;
};

/** A question of a form, as the lead read it, and what they wrote. */
export type FormAnswer = { label: string; value: string };

/** What of a lead and its company HubSpot keeps as one of several values. */
export const labelled = [
  'industry',
  'lifecycleStage',
  'leadStatus',
  'seniority',
  'source',
  'product',
] as const;
export type Labelled = (typeof labelled)[number];

/**
 * Labels of those values that a lead has, of stages and sources also earlier ones; without those that the portal does not
 * have any more, and empty where the bot may not see them.
 */
export type Labels = Readonly<Partial<Record<Labelled, Readonly<Record<string, string>>>>>;

/** What the lead agreed to, as HubSpot has it; null: it does not tell. */
export type Consent = {
  /** Out of all mails. */
  optedOut: boolean | null;
  /** HubSpot counts it among those who may get marketing mails. */
  marketable: boolean | null;
  /** Why it may be written to by law, in the portal's words. */
  lawfulBasis: string | null;
};

/** The company the lead works for, and how it was found: by its association, or by the lead's domain or company name. */
export type Account = {
  /** Null for a company that was found by the lead's domain or company name: nothing is filed under it. */
  id: string | null;
  /** The company that was found that way. */
  matchedId?: string;
  name: string | null;
  domain: string | null;
  industry: string | null;
  employees: number | null;
  /** Yearly, in the portal's currency. */
  revenue: number | null;
  country: string | null;
  state: string | null;
  city: string | null;
  postcode: string | null;
  ownerId: OwnerId | null;
  /** Further properties that the policy names, by HubSpot's names. */
  properties: Readonly<Record<string, string>>;
};

export type Score = {
  value: number;
  /** What the score is made of, as the portal's component properties tell. */
  components: readonly { label: string; points: number }[];
  /** Earlier and current values, newest first; empty when the portal keeps none. */
  history: readonly { value: number; at: Date }[];
};

/** Where the lead came from, in HubSpot's traffic-source words. */
export type Source = {
  original: string | null;
  /** The drill-down: campaign, search term or referring site. */
  detail: string | null;
  /** What HubSpot tells below that, such as the campaign within a social network. */
  furtherDetail?: string | null;
  latest: string | null;
  latestDetail: string | null;
  latestFurtherDetail?: string | null;
};

export type PageView = {
  url: string;
  /** What the page is called, where HubSpot or the policy tells; absent or null: neither does. */
  title?: string | null;
  at: Date;
  /** How many pages of the same visit HubSpot counted before it, without naming them; absent: none. */
  before?: number;
  /** It is the first page of the first visit; absent: a visit ended on it. */
  opened?: true;
};

export type ActivityKind = 'call' | 'email' | 'meeting' | 'note' | 'task' | 'message';

export type Activity = {
  id: string;
  kind: ActivityKind;
  /** Outbound: we reached out. Inbound: the lead did, also by booking a meeting. Null where nobody can tell. */
  direction: 'outbound' | 'inbound' | null;
  title: string;
  /** The first words of what was written or noted, as plain text without what it quotes; null: nothing was. */
  text: string | null;
  /** When it happened, or for a meeting when it takes place. */
  at: Date;
  /** When the record was made: for a meeting, when it was booked. */
  createdAt: Date;
  ownerId: OwnerId | null;
  /** Sent by a workflow, a sequence or a marketing mail: no person reached out. */
  automated: boolean;
  /** The lead was spoken to. */
  connected: boolean;
  /** A meeting that was called off, or to which the lead did not come. */
  calledOff: boolean;
  /** A record that the bot made of what a rep told it. */
  ours: boolean;
};

/** A deal that the lead, or its company, is part of. */
export type Deal = {
  id: string;
  name: string | null;
  /** The label of its stage; null where the bot may not see the pipelines. */
  stage: string | null;
  createdAt: Date;
  /** Null while it is not won. */
  wonAt: Date | null;
  /** When it was closed without being won; null: it was not. */
  lostAt: Date | null;
  /** The bot made it; absent: somebody else did. */
  ours?: OurDeal;
};

/**
 * For which handoff the bot made a deal, and since when it is more than that: it has left the stage in which it was
 * made, and is not lost. Null: it is not.
 */
export type OurDeal = { handoffId: string; opportunitySince: Date | null };
