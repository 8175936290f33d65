import type { Pool } from 'pg';
import { TemporaryFailure } from '../../flow/ports/failure.ts';
import type { TaskName } from '../../flow/ports/jobs.ts';
import { run } from './statement.ts';

/**
 * What one statement writes, table by table, all of it or nothing. Times are dates, JSON and texts are as PostgreSQL can
 * keep them.
 */
export type Writing = {
  /** `expected`: the version on which it was decided; null for a handoff that begins. */
  handoffs?: readonly HandoffWrite[];
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
  /** Cards that people let pass or answered. */
  missed?: readonly { rep: string; reached_at: Date | null; due: Date | null; answered: boolean }[];
  cards?: readonly CardWrite[];
  leads?: readonly LeadWrite[];
  decisions?: readonly DecisionWrite[];
  holds?: readonly { lead_id: string; since: Date; because: string; until: Date | null }[];
  /** Leads that wait no longer. */
  released?: readonly string[];
  /** Events from outside that have their decision. */
  decided?: readonly DecidedWrite[];
  news?: readonly { person: string; at: Date; data: unknown }[];
  /** Jobs that are asked for; a taker has them at once if nobody asked for them before. */
  jobs?: readonly JobWrite[];
  /** The jobs that this does, which are over with it. */
  ended?: readonly { task: TaskName; key: string; asked: number }[];
  /** Whose those are. */
  taker?: number;
};

type HandoffWrite = {
  id: string;
  lead_id: string;
  expected: number | null;
  version: number;
  state: unknown;
  rep: string;
  open_to: readonly string[];
  escalated_to: string | null;
  qualified_at: Date;
  closed_at: Date | null;
  followed: boolean;
  source: string | null;
  accepted_at: Date | null;
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

export type CardWrite = {
  handoff_id: string;
  person: string;
  platform: string;
  conversation_id: string;
  message_id: string | null;
  revision: number;
  told_seq: number;
  telling_seq: number;
};

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
  reason: string;
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

/** A job that its asker has at once, without a claim. */
export type TakenAtOnce = { task: TaskName; key: string; asked: number };

/**
 * Writes all of it in one statement and one commit.
 * @returns the jobs that `taker` has with it; null when somebody was faster, and nothing was written
 */
export async function write(pool: Pool, writing: Writing): Promise<TakenAtOnce[] | null> {
  try {
    const [row] = await run<{ free: boolean; taken: TakenAtOnce[] }>(pool, statement, [
      JSON.stringify(writing),
    ]);
    return row?.free ? row.taken : null;
  } catch (error) {
    if (wasOvertaken(error)) return null;
    if (isAway(error)) {
      throw new TemporaryFailure('the database does not answer', { outcome: 'unknown', cause: error });
    }
    throw error;
  }
}

/** The same row was inserted by somebody else since: a second open handoff of a lead, a pool's first turn, a command. */
function wasOvertaken(error: unknown): boolean {
  const { code, constraint } = error as { code?: string; constraint?: string };
  const unique = '23505';
  return code === unique && constraint !== undefined && firstComeFirstServed.includes(constraint);
}

/** No answer, or one that says nothing of what was written: PostgreSQL's classes for connections, resources, operators. */
function isAway(error: unknown): boolean {
  const { code } = error as { code?: string };
  return code === undefined || !/^[0-9A-Z]{5}$/.test(code) || /^(08|53|57|58)/.test(code);
}

const firstComeFirstServed = [
  'handoff_open_per_lead',
  'rotation_pkey',
  'handoff_event_pkey',
  'handoff_event_handoff_id_command_id_key',
];

/** The rows of a part, while nobody was faster. */
function given(part: keyof Writing, columns: string): string {
  return `jsonb_to_recordset($1::jsonb -> '${part}') as given (${columns}) cross join free`;
}

function texts(part: keyof Writing): string {
  return `jsonb_array_elements_text($1::jsonb -> '${part}') as given cross join free`;
}

/**
 * Rows that others may want as well are locked in the same order by everybody: handoffs, pools, people, leads and why
 * they wait, jobs. PostgreSQL would come to what nothing else reads last of all, so that the jobs wait for `others`. A
 * changed version is seen by whoever waited for the lock, too.
 */
const statement = {
  name: 'write',
  text: `
with expected as (
  select * from jsonb_to_recordset($1::jsonb -> 'handoffs') as given (id uuid, expected int) where expected is not null
),
unchanged as (
  select handoff.id from handoff join expected on handoff.id = expected.id and handoff.version = expected.expected
   order by handoff.id for update of handoff
),
turn as (
  select * from jsonb_to_recordset($1::jsonb -> 'pools') as given (pool text, expected int, credits jsonb)
),
untaken as (
  select rotation.pool from rotation join turn on rotation.pool = turn.pool and rotation.version = turn.expected
   order by rotation.pool for update of rotation
),
free as (
  select where (select count(*) from unchanged) = (select count(*) from expected)
     and (select count(*) from untaken) = (select count(*) from turn where expected > 0)
     and not exists (
       select from handoff
        where closed_at is null
          and lead_id = any (array(select jsonb_array_elements_text($1::jsonb -> 'unopened'))))
),
begun as (
  insert into handoff (id, lead_id, version, state, rep, open_to, escalated_to, qualified_at, closed_at, followed,
                       source, accepted_at)
  select id, lead_id, version, state, rep, open_to, escalated_to, qualified_at, closed_at, followed, source, accepted_at
    from ${given(
      'handoffs',
      `id uuid, lead_id text, expected int, version int, state jsonb, rep text, open_to text[], escalated_to text,
       qualified_at timestamptz, closed_at timestamptz, followed boolean, source text, accepted_at timestamptz`,
    )}
   where expected is null
),
changed as (
  update handoff
     set version = given.version, state = given.state, rep = given.rep, open_to = given.open_to,
         escalated_to = given.escalated_to, closed_at = given.closed_at, followed = given.followed,
         accepted_at = coalesce(given.accepted_at, handoff.accepted_at)
    from ${given(
      'handoffs',
      `id uuid, expected int, version int, state jsonb, rep text, open_to text[], escalated_to text,
       closed_at timestamptz, followed boolean, accepted_at timestamptz`,
    )}
   where handoff.id = given.id and given.expected is not null
),
first_turn as (
  insert into rotation (pool, version, credits)
  select pool, 1, credits from turn cross join free where expected = 0
),
next_turn as (
  update rotation set version = rotation.version + 1, credits = turn.credits
    from turn cross join free where rotation.pool = turn.pool and turn.expected > 0
),
happened as (
  insert into handoff_event (handoff_id, seq, type, at, by, data, command_id)
  select handoff_id, seq, type, at, by, data, command_id
    from ${given(
      'events',
      `handoff_id uuid, seq int, type text, at timestamptz, by text, data jsonb, command_id text`,
    )}
),
cancelled as (
  update timer set cancelled_at = given.at
    from ${given('restarted', 'handoff_id uuid, at timestamptz')}
   where timer.handoff_id = given.handoff_id and fired_at is null and cancelled_at is null
),
scheduled as (
  insert into timer (handoff_id, clock, step, action, run, due_at)
  select handoff_id, clock, step, action, run, due_at
    from ${given('timers', 'handoff_id uuid, clock text, step int, action text, run int, due_at timestamptz')}
),
let_go as (
  update assignment set until = given.at
    from ${given('handed', 'handoff_id uuid, at timestamptz')}
   where assignment.handoff_id = given.handoff_id and assignment.until is null
),
assigned as (
  insert into assignment (handoff_id, seq, rep, team, at, until, reasons, open_to)
  select handoff_id, seq, rep, team, at, until, reasons, open_to
    from ${given(
      'assignments',
      `handoff_id uuid, seq int, rep text, team text, at timestamptz, until timestamptz, reasons jsonb, open_to text[]`,
    )}
),
touched as (
  insert into touch (id, handoff_id, rep, kind, outcome, note, at, crm_id)
  select id, handoff_id, rep, kind, outcome, note, at, crm_id
    from ${given(
      'touches',
      'id uuid, handoff_id uuid, rep text, kind text, outcome text, note text, at timestamptz, crm_id text',
    )}
),
reader as (
  select rep.id, given.answered, given.due,
         given.due is not null and (rep.missed_at is null or rep.missed_at < given.reached_at) as counts
    from rep join (select * from ${given(
      'missed',
      'rep text, reached_at timestamptz, due timestamptz, answered boolean',
    )}) as given on rep.id = given.rep
   where given.due is not null or rep.missed_in_row > 0
   order by rep.id for update of rep
),
counted as (
  update rep
     set missed_in_row = case when reader.answered then 0 else rep.missed_in_row + 1 end,
         missed_at = case when reader.counts then reader.due else rep.missed_at end
    from reader where rep.id = reader.id and (reader.answered or reader.counts)
  returning 1
),
shown as (
  insert into card (handoff_id, person, platform, conversation_id, message_id, revision, told_seq, telling_seq)
  select handoff_id, person, platform, conversation_id, message_id, revision, told_seq, telling_seq
    from ${given(
      'cards',
      `handoff_id uuid, person text, platform text, conversation_id text, message_id text, revision int, told_seq int,
       telling_seq int`,
    )}
  on conflict (handoff_id, person, platform) do update
    set conversation_id = excluded.conversation_id, message_id = excluded.message_id, revision = excluded.revision,
        told_seq = excluded.told_seq, telling_seq = excluded.telling_seq, sending_at = null
),
snapshots as (
  insert into lead (id, snapshot, name, email, read_at)
  select id, snapshot, name, email, read_at
    from ${given('leads', 'id text, snapshot jsonb, name text, email text, read_at timestamptz')}
   order by id
  on conflict (id) do update
    set snapshot = excluded.snapshot, name = excluded.name, email = excluded.email, read_at = excluded.read_at
  returning 1
),
decisions as (
  insert into decision (lead_id, at, policy_version, verdict, reason, handoff_id, considered, reasons)
  select lead_id, at, policy_version, verdict, reason, handoff_id, considered, reasons
    from ${given(
      'decisions',
      `lead_id text, at timestamptz, policy_version text, verdict text, reason text, handoff_id uuid, considered jsonb,
       reasons jsonb`,
    )}
   order by lead_id
  on conflict (lead_id) where handoff_id is null do update
    set id = excluded.id, at = excluded.at, policy_version = excluded.policy_version, verdict = excluded.verdict,
        reason = excluded.reason, considered = excluded.considered, reasons = excluded.reasons
),
released as (
  delete from hold using ${texts('released')} where lead_id = given
  returning 1
),
held as (
  insert into hold (lead_id, since, because, until)
  select lead_id, since, because, until
    from ${given('holds', 'lead_id text, since timestamptz, because text, until timestamptz')}
   order by lead_id
  on conflict (lead_id) do update
    set because = excluded.because, until = excluded.until, told = hold.told and hold.because = excluded.because
  returning 1
),
decided as (
  update inbound_event
     set decision = given.decision, reason = given.reason, handoff_id = given.handoff_id, decided_at = given.decided_at
    from ${given('decided', 'id bigint, decision text, reason text, handoff_id uuid, decided_at timestamptz')}
   where inbound_event.id = given.id and inbound_event.decided_at is null
  returning 1
),
told as (
  insert into news (person, at, data)
  select person, at, data from ${given('news', 'person text, at timestamptz, data jsonb')}
),
others as (
  select from (
    select * from counted union all select * from snapshots union all select * from released union all select * from held
     union all select * from decided
  ) as one having count(*) >= 0
),
asked as (
  select task, key, coalesce(urgent, false) as urgent, coalesce(wait, 0) as wait, taker
    from ${given('jobs', 'task text, key text, urgent boolean, wait float8, taker int')} cross join others
),
over as (
  select task, key, asked from ${given('ended', 'task text, key text, asked bigint')} cross join others
)
select exists (select from free) as free,
       case when exists (select from asked) then (
         select coalesce(json_agg(json_build_object('task', taken.task, 'key', taken.key, 'asked', taken.asked)), '[]')
           from ask_jobs(array(select task from asked), array(select key from asked),
                         array(select urgent from asked), array(select wait from asked),
                         array(select taker from asked)) as taken
       ) else '[]' end as taken,
       case when exists (select from over) then
         end_jobs(array(select task from over), array(select key from over), array(select asked from over),
                  ($1::jsonb ->> 'taker')::int)
       end as ended`,
};
