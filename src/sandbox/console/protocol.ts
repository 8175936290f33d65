/** What the page and its server tell each other. Times are milliseconds since 1970, on the sandbox's clock. */

export interface ConsoleState {
  now: number;
  /** In which the page tells times, except in people's Slack. */
  zone: string;
  people: readonly PersonState[];
  leads: readonly LeadState[];
  log: readonly LogEntry[];
}

export interface PersonState {
  email: string;
  slackId: string;
  name: string;
  role: 'rep' | 'manager';
  team: string | null;
  zone: string;
  /** At the time of `now`. */
  isWorking: boolean;
  /** Oldest first. */
  messages: readonly MessageState[];
  /** The modal in front of them. */
  modal: ModalState | null;
}

/** A block as Slack keeps it; the page's renderer knows what is in it. */
export type BlockState = Readonly<Record<string, unknown>> & { type: string; block_id: string };

export interface MessageState {
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
  replies: readonly MessageState[];
}

export interface ModalState {
  id: string;
  title: string;
  submit: string | null;
  close: string;
  blocks: readonly BlockState[];
}

export interface LeadState {
  key: string;
  contactId: string;
  name: string;
  jobTitle: string | null;
  company: string | null;
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

export type LogSource = 'HubSpot' | 'Bot' | 'Slack' | 'Clock';

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
  | { act: 'write'; who: string; text: string };

export interface Outcome {
  ok: boolean;
  /** What Slack tells the person when the app did not answer as it should. */
  problem: string | null;
  /** Beside the inputs of a modal, by block id. */
  errors: Readonly<Record<string, string>>;
}
