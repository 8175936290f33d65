import type { Platform } from '../../domain/policy.ts';

/** What the page and its server tell each other. Times are milliseconds since 1970, on the sandbox's clock. */

export interface ConsoleState {
  now: number;
  /** In which the page tells times, except in people's chats. */
  zone: string;
  people: readonly PersonState[];
  leads: readonly LeadState[];
  log: readonly LogEntry[];
}

export interface PersonState {
  email: string;
  name: string;
  role: 'rep' | 'manager';
  team: string | null;
  zone: string;
  /** At the time of `now`. */
  isWorking: boolean;
  /** Their conversations with the bot; null where they do not read their cards. */
  chats: { slack: SlackState | null; teams: TeamsState | null };
}

export interface SlackState {
  userId: string;
  /** Oldest first. */
  messages: readonly SlackMessageState[];
  /** The modal in front of them. */
  modal: ModalState | null;
}

/** A block as Slack keeps it; the page's renderer knows what is in it. */
export type BlockState = Readonly<Record<string, unknown>> & { type: string; block_id: string };

export interface SlackMessageState {
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
}

export interface ModalState {
  id: string;
  title: string;
  submit: string | null;
  close: string;
  blocks: readonly BlockState[];
}

export interface TeamsState {
  /** Oldest first. */
  messages: readonly TeamsMessageState[];
}

/** An Adaptive Card as Teams keeps it; the page's renderer knows what is in it. */
export type CardState = Readonly<Record<string, unknown>>;

export interface TeamsMessageState {
  /** A number that grows from message to message. */
  id: string;
  from: 'bot' | 'person';
  at: number;
  text: string;
  /** As this person sees it, which may differ from what others would see. */
  card: CardState | null;
  isEdited: boolean;
}

export interface LeadState {
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
}

export interface HandoffState {
  status: string;
  /** How it ended. */
  outcome: string | null;
  /** A person's name. */
  holder: string;
  /** When the next thing is due of them. */
  dueAt: number | null;
}

export interface WayState {
  key: string;
  label: string;
  /** There is nothing left to happen, such as a stage that is reached. */
  isDone: boolean;
}

/** A contact as its page in HubSpot shows it. */
export interface RecordState {
  groups: readonly { title: string; fields: readonly FieldState[] }[];
  tasks: readonly TaskState[];
  timeline: readonly TimelineEntry[];
}

export interface FieldState {
  name: string;
  label: string;
  value: string;
  /** For a value that is a time. */
  at: number | null;
  /** When the bot wrote the present value; null when it was not the bot. */
  writtenByBotAt: number | null;
}

export interface TaskState {
  id: string;
  subject: string;
  owner: string | null;
  dueAt: number | null;
  isDone: boolean;
}

export interface TimelineEntry {
  id: string;
  at: number;
  kind: 'page' | 'form' | 'score' | 'stage' | 'call' | 'email' | 'meeting' | 'note' | 'message' | 'deal';
  title: string;
  detail: string;
  isByBot: boolean;
}

export type LogSource = 'HubSpot' | 'Bot' | 'Slack' | 'Teams' | 'Clock';

export interface LogEntry {
  id: number;
  at: number;
  source: LogSource;
  text: string;
  /** The lead that it is about. */
  leadKey: string | null;
  tone: 'normal' | 'good' | 'bad';
}

/** What the person at the page does; `who` is somebody's email. */
export type Act =
  | { act: 'happen'; lead: string; way: string }
  | { act: 'forward'; minutes: number }
  | { act: 'nextMorning' }
  | { act: 'click'; who: string; ts: string; blockId: string; actionId: string }
  | { act: 'submit'; who: string; entries: Record<string, Record<string, string | null>> }
  | { act: 'closeModal'; who: string }
  /** A button of a card in Teams; `inputs` are the values by input id. */
  | { act: 'press'; who: string; messageId: string; verb: string; inputs: Record<string, string> }
  /** The person looks at their conversation in Teams. */
  | { act: 'view'; who: string }
  | { act: 'write'; who: string; chat: Platform; text: string };

/** One kind of these. */
export type ActOf<Kind extends Act['act']> = Extract<Act, { act: Kind }>;

export interface Outcome {
  ok: boolean;
  /** What the chat tells the person when the app did not answer as it should. */
  problem: string | null;
  /** Beside the inputs of a modal, by block id. */
  errors: Readonly<Record<string, string>>;
  /** What Teams shows below a card after an action. */
  note: string | null;
}
