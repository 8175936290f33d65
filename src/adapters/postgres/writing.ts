import type { TaskName } from '../../flow/ports/jobs.ts';

/**
 * What one statement writes, table by table, all of it or nothing. Times are dates, JSON and texts are as PostgreSQL can
 * keep them.
 */
export type Writing = {
  /** Handoffs that begin. */
  begun?: readonly (HandoffWrite & {
    lead_id: string;
    qualified_at: Date;
    source: string | null;
    origin: unknown;
  })[];
  /** `expected`: the version on which a change was decided. */
  changed?: readonly (HandoffWrite & { expected: number; accepted_at: Date | null; unaccepted: boolean })[];
  /** Leads that must have no open handoff. */
  unopened?: readonly string[];
  /** `expected`: the version on which the turn was decided; 0 where nobody has had one. */
  pools?: readonly { pool: string; expected: number; credits: Record<string, number> }[];
  events?: readonly EventWrite[];
  /** Handoffs whose pending timers are no more. */
  restarted?: readonly { handoff_id: string; at: Date }[];
  timers?: readonly TimerWrite[];
  /** Handoffs whose holder until now holds them no more. */
  handed?: readonly { handoff_id: string; at: Date }[];
  assignments?: readonly AssignmentWrite[];
  touches?: readonly TouchWrite[];
  /** Handoffs because of which nurture is paused, as they are from now on. */
  paused?: readonly PauseWrite[];
  /** Handoffs because of which it is paused no longer. */
  lifted?: readonly { handoff_id: string; at: Date; why: string }[];
  /** Cards that people let pass or answered. */
  missed?: readonly { rep: string; reached_at: Date | null; due: Date | null; answered: boolean }[];
  cards?: readonly CardWrite[];
  said?: readonly SaidWrite[];
  leads?: readonly LeadWrite[];
  decisions?: readonly DecisionWrite[];
  holds?: readonly { lead_id: string; since: Date; because: unknown; until: Date | null }[];
  /** Leads that wait no longer. */
  released?: readonly { lead_id: string }[];
  /** Events from outside that have their decision. */
  decided?: readonly DecidedWrite[];
  news?: readonly { person: string; at: Date; data: unknown; handoff_id: string | null }[];
  /** In whose homes something changed that were opened since then; whoever did it sees it at once. */
  homes?: readonly { people: readonly string[]; since: Date; by: string | null }[];
  /** From where on destinations of events hear of a handoff, unless they do already. */
  cursors?: readonly { handoff_id: string; destination: string; seq: number }[];
  /** Jobs that are asked for; a taker has them at once if nobody asked for them before. */
  jobs?: readonly JobWrite[];
  /** The jobs that this does, which are over with it. */
  ended?: readonly { task: TaskName; key: string; asked: number }[];
  /** Whose those are. */
  taker?: number | null;
};

type HandoffWrite = {
  id: string;
  version: number;
  state: unknown;
  rep: string;
  open_to: readonly string[];
  escalated_to: string | null;
  closed_at: Date | null;
  followed: boolean;
};

type EventWrite = {
  handoff_id: string;
  seq: number;
  type: string;
  at: Date;
  by: string | null;
  data: unknown;
  command_id: string | null;
};

type TimerWrite = {
  handoff_id: string;
  clock: string;
  step: number;
  action: string;
  run: number;
  due_at: Date;
};

type AssignmentWrite = {
  handoff_id: string;
  seq: number;
  rep: string;
  team: string | null;
  at: Date;
  until: Date | null;
  reasons: unknown;
  open_to: readonly string[];
};

type TouchWrite = {
  id: string;
  handoff_id: string;
  rep: string;
  kind: string;
  outcome: string;
  note: string;
  at: Date;
  crm_id: string | null;
};

type PauseWrite = {
  lead_id: string;
  handoff_id: string;
  who: string;
  why: string;
  since: Date;
  until: Date;
};

export type CardWrite = {
  handoff_id: string;
  person: string;
  platform: string;
  conversation_id: string;
  message_id: string | null;
  revision: number;
  told_seq: number;
  telling_seq: number;
  attempt: number;
};

export type SaidWrite = { platform: string; conversation_id: string; message_id: string; lead_id: string };

export type LeadWrite = {
  id: string;
  snapshot: unknown;
  name: string | null;
  email: string | null;
  read_at: Date;
};

type DecisionWrite = {
  lead_id: string;
  at: Date;
  policy_version: string;
  verdict: string;
  reason: unknown;
  handoff_id: string | null;
  considered: unknown;
  reasons: unknown;
};

type DecidedWrite = {
  id: string;
  decision: string;
  reason: string;
  handoff_id: string | null;
  decided_at: Date;
};

type JobWrite = { task: TaskName; key: string; urgent?: boolean; wait?: number; taker?: number | null };
