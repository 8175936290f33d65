import type { Platform } from '../../src/domain/policy/policy.ts';

/** What the page and its server tell each other. Times are milliseconds since 1970, on the sandbox's clock. */

export type ConsoleState = {
  /** Tells one sandbox from the next at the same address. */
  run: number;
  now: number;
  /** In which the page tells times, except in people's chats. */
  zone: string;
  people: readonly PersonState[];
  channels: readonly ChannelState[];
  leads: readonly LeadState[];
  /** The latest; there may have been more. */
  log: readonly LogEntry[];
  logTotal: number;
  /** Null where the company has nobody for it. */
  tour: TourState | null;
  /** Whether the sandbox can begin anew. */
  canBeginAnew: boolean;
  /** Whether HubSpot tells the bot of changes. */
  hasWebhooks: boolean;
  /** Whether HubSpot's admin demands that more is filled in. */
  hasRules: boolean;
};

/** The way through the product, for whoever sees it first. */
export type TourState = {
  /** Who asks for a demo. */
  lead: string;
  /** Who decides, by their email. */
  manager: string;
  steps: readonly { key: 'asks' | 'waits' | 'decides' | 'numbers'; label: string; isDone: boolean }[];
};

export type PersonState = {
  email: string;
  name: string;
  /** In whose pane they are: whoever takes no leads is beside the managers. */
  role: 'rep' | 'manager';
  isInMarketing: boolean;
  team: string | null;
  zone: string;
  /** At the time of `now`. */
  isWorking: boolean;
  /** Their conversations with the bot; null where they do not read their cards. */
  chats: { slack: SlackState | null; teams: TeamsState | null };
};

export type SlackState = {
  userId: string;
  /** Oldest first. */
  messages: readonly SlackMessageState[];
  /** The modal in front of them. */
  modal: ModalState | null;
  /** Their Home tab; null before the bot has published it. */
  home: readonly BlockState[] | null;
  /** They want no notifications now. */
  isQuiet: boolean;
};

/** A block as Slack keeps it; the page's renderer knows what is in it. */
export type BlockState = Readonly<Record<string, unknown>> & { type: string; block_id: string };

export type SlackMessageState = {
  ts: string;
  from: 'bot' | 'person';
  text: string;
  blocks: readonly BlockState[];
  isEdited: boolean;
  /** Only the person can see it. */
  isEphemeral: boolean;
  /** A reply that the conversation shows too. */
  isBroadcast: boolean;
  /** Oldest first. */
  replies: readonly SlackMessageState[];
};

export type ModalState = {
  id: string;
  title: string;
  submit: string | null;
  close: string;
  blocks: readonly BlockState[];
};

export type TeamsState = {
  /** Oldest first. */
  messages: readonly TeamsMessageState[];
};

/** An Adaptive Card as Teams keeps it; the page's renderer knows what is in it. */
export type CardState = Readonly<Record<string, unknown>>;

export type TeamsMessageState = {
  /** A number that grows from message to message. */
  id: string;
  from: 'bot' | 'person';
  at: number;
  text: string;
  /** As this person sees it, which may differ from what others would see. */
  card: CardState | null;
  isEdited: boolean;
};

/** A channel as its members see it. */
export type ChannelState = {
  id: string;
  name: string;
  /** Emails. */
  members: readonly string[];
} & (
  | { platform: 'slack'; messages: readonly SlackMessageState[] }
  | { platform: 'teams'; messages: readonly TeamsMessageState[] }
);

export type LeadState = {
  key: string;
  contactId: string;
  name: string;
  jobTitle: string | null;
  company: string | null;
  /** The contact owner's name. */
  owner: string | null;
  score: number | null;
  stage: { value: string; label: string };
  handoff: HandoffState | null;
  /** What the bot decided last, unless that was a handoff. */
  decision: { kind: string; reason: string } | null;
  ways: readonly WayState[];
  record: RecordState;
};

export type HandoffState = {
  status: string;
  /** How it ended. */
  outcome: string | null;
  /** A person's name. */
  holder: string;
  /** When the next thing is due of them. */
  dueAt: number | null;
};

export type WayState = {
  key: string;
  label: string;
  /** There is nothing left to happen, such as a stage that is reached. */
  isDone: boolean;
  /** False without a mail that could be opened. */
  isPossible: boolean;
};

/** A contact as its page in HubSpot shows it. */
export type RecordState = {
  groups: readonly { title: string; fields: readonly FieldState[] }[];
  tasks: readonly TaskState[];
  /** The owner's email; null without one. */
  owner: string | null;
  hasOpenDeal: boolean;
  nurture: NurtureState;
  timeline: readonly TimelineEntry[];
};

/** A lead in marketing's workflow. */
export type NurtureState = {
  workflow: string;
  status: 'enrolled' | 'suppressed' | 'left' | 'completed' | 'never';
  since: number | null;
  next: { name: string; at: number } | null;
  /** Newest first. */
  mails: readonly { name: string; at: number }[];
};

export type FieldState = {
  name: string;
  label: string;
  value: string;
  /** For a value that is a time. */
  at: number | null;
  /** When the bot wrote the present value; null when it was not the bot. */
  writtenByBotAt: number | null;
};

export type TaskState = {
  id: string;
  subject: string;
  owner: string | null;
  dueAt: number | null;
  isDone: boolean;
};

export type TimelineEntry = {
  id: string;
  at: number;
  kind: 'page' | 'form' | 'score' | 'stage' | 'call' | 'email' | 'meeting' | 'note' | 'message' | 'deal';
  title: string;
  detail: string;
  isByBot: boolean;
};

export type LogSource = 'HubSpot' | 'Bot' | 'Slack' | 'Teams' | 'Mail' | 'Clock';

export type LogEntry = {
  id: number;
  at: number;
  source: LogSource;
  text: string;
  /** The lead that it is about. */
  leadKey: string | null;
  tone: 'normal' | 'good' | 'bad';
};

/** What is done with a lead in HubSpot itself: by its owner, or by the lead on the owner's booking page. */
export type Deed = 'call' | 'email' | 'message' | 'meeting' | 'booking' | 'deal' | 'win';

/** What the person at the page does; `who` is somebody's email. */
export type Act =
  | { act: 'happen'; lead: string; way: string }
  | { act: 'deed'; lead: string; deed: Deed }
  /** Somebody gives the contact to another owner in HubSpot, or to nobody. */
  | { act: 'own'; lead: string; who: string | null }
  | { act: 'webhooks'; on: boolean }
  | { act: 'rules'; on: boolean }
  | { act: 'forward'; minutes: number }
  | { act: 'nextMorning' }
  | { act: 'beginAnew' }
  /** A button, or in a menu of a message one of its options by its value. */
  | { act: 'click'; who: string; ts: string; blockId: string; actionId: string; value: string | null }
  /** The person comes to their Home tab. */
  | { act: 'openHome'; who: string }
  /** They want no notifications for an hour, or want them again. */
  | { act: 'doNotDisturb'; who: string; on: boolean }
  /** A button there, or in the modal in front. */
  | { act: 'pressInView'; who: string; view: 'home' | 'modal'; blockId: string; actionId: string }
  /** An answer of the modal in front that the bot hears of at once, and what else was entered. */
  | { act: 'choose'; who: string; blockId: string; actionId: string; entries: Entries }
  /** Letters typed into a menu of the modal in front. */
  | { act: 'suggest'; who: string; blockId: string; text: string }
  | { act: 'submit'; who: string; entries: Entries }
  | { act: 'closeModal'; who: string }
  | PressAct
  /** Letters typed into an input of a card in Teams. */
  | { act: 'search'; who: string; messageId: string; inputId: string; text: string }
  /** The person comes to their conversation with the bot. */
  | { act: 'view'; who: string; chat: Platform }
  | { act: 'write'; who: string; chat: Platform; text: string };

/** What is in the inputs of a modal, by block id, then action id. */
export type Entries = Record<string, Record<string, Entered>>;

/** What an input holds; several in one that takes several. */
export type Entered = string | string[] | null;

/** A button of a card in Teams. */
export type PressAct = {
  act: 'press';
  who: string;
  messageId: string;
  verb: string;
  /** What the button carries, which tells it from others with its verb. */
  data: Record<string, unknown>;
  /** The values by input id. */
  inputs: Record<string, string>;
};

export type FoundOption = { value: string; label: string };

/** One kind of these. */
export type ActOf<Kind extends Act['act']> = Extract<Act, { act: Kind }>;

export type Outcome = {
  ok: boolean;
  /** What the chat tells the person when the app did not answer as it should. */
  problem: string | null;
  /** Beside the inputs of a modal, by block id. */
  errors: Readonly<Record<string, string>>;
  /** What Teams shows below a card after an action. */
  note: string | null;
  /** What there is to choose after a search. */
  found?: readonly FoundOption[];
};
