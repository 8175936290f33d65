import type { Statement } from './statement.ts';
import type { Writing } from './writing.ts';

type Parts = Omit<Writing, 'taker'>;
type Part = keyof Parts;

/** The rows of a part, as a table `given` with these columns, while nobody was faster. */
type Given = (columns: string) => string;

const handoffColumns = `id uuid, version int, state jsonb, rep text, open_to text[], escalated_to text,
       closed_at timestamptz, followed boolean`;

/** What has to be as it was when it was decided: locked where somebody else might change it. */
const guards: Partial<Record<Part, { ctes: (rows: string) => string; condition: string }>> = {
  changed: {
    ctes: (rows) => `
expected as (select * from jsonb_to_recordset(${rows}) as given (id uuid, expected int)),
unchanged as (
  select handoff.id from handoff join expected on handoff.id = expected.id and handoff.version = expected.expected
   order by handoff.id for update of handoff
)`,
    condition: '(select count(*) from unchanged) = (select count(*) from expected)',
  },
  pools: {
    ctes: (rows) => `
turn as (select * from jsonb_to_recordset(${rows}) as given (pool text, expected int, credits jsonb)),
untaken as (
  select rotation.pool from rotation join turn on rotation.pool = turn.pool and rotation.version = turn.expected
   order by rotation.pool for update of rotation
)`,
    condition: '(select count(*) from untaken) = (select count(*) from turn where expected > 0)',
  },
  unopened: {
    ctes: (rows) => `
unopened as (select array_agg(lead) as leads from jsonb_array_elements_text(${rows}) as lead)`,
    condition: `not exists (
       select from handoff where closed_at is null and lead_id = any ((select leads from unopened)::text[]))`,
  },
};

/**
 * What each part writes. Rows that others may want as well are locked in the same order by everybody: handoffs, pools,
 * people, leads and why they wait, jobs.
 */
const writes: Record<Exclude<Part, 'unopened'>, (given: Given) => string> = {
  begun: (given) => `
begun as (
  insert into handoff (id, lead_id, version, state, rep, open_to, escalated_to, qualified_at, closed_at, followed, source,
                       origin)
  select id, lead_id, version, state, rep, open_to, escalated_to, qualified_at, closed_at, followed, source, origin
    from ${given(`${handoffColumns}, lead_id text, qualified_at timestamptz, source text, origin jsonb`)}
)`,
  changed: (given) => `
changed as (
  update handoff
     set version = given.version, state = given.state, rep = given.rep, open_to = given.open_to,
         escalated_to = given.escalated_to, closed_at = given.closed_at, followed = given.followed,
         accepted_at = case when not given.unaccepted then coalesce(given.accepted_at, handoff.accepted_at) end
    from ${given(`${handoffColumns}, accepted_at timestamptz, unaccepted boolean`)}
   where handoff.id = given.id
)`,
  pools: () => `
first_turn as (
  insert into rotation (pool, version, credits)
  select pool, 1, credits from turn cross join free where expected = 0
),
next_turn as (
  update rotation set version = rotation.version + 1, credits = turn.credits
    from turn cross join free where rotation.pool = turn.pool and turn.expected > 0
)`,
  events: (given) => `
happened as (
  insert into handoff_event (handoff_id, seq, type, at, by, data, command_id)
  select handoff_id, seq, type, at, by, data, command_id
    from ${given(`handoff_id uuid, seq int, type text, at timestamptz, by text, data jsonb, command_id text`)}
)`,
  cursors: (given) => `
heard as (
  insert into event_cursor (handoff_id, destination, seq)
  select handoff_id, destination, seq from ${given('handoff_id uuid, destination text, seq int')}
  on conflict do nothing
)`,
  restarted: (given) => `
cancelled as (
  update timer set cancelled_at = given.at
    from ${given('handoff_id uuid, at timestamptz')}
   where timer.handoff_id = given.handoff_id and fired_at is null and cancelled_at is null
)`,
  timers: (given) => `
scheduled as (
  insert into timer (handoff_id, clock, step, action, run, due_at)
  select handoff_id, clock, step, action, run, due_at
    from ${given('handoff_id uuid, clock text, step int, action text, run int, due_at timestamptz')}
)`,
  handed: (given) => `
let_go as (
  update assignment set until = given.at
    from ${given('handoff_id uuid, at timestamptz')}
   where assignment.handoff_id = given.handoff_id and assignment.until is null
)`,
  assignments: (given) => `
assigned as (
  insert into assignment (handoff_id, seq, rep, team, at, until, reasons, open_to)
  select handoff_id, seq, rep, team, at, until, reasons, open_to
    from ${given(`handoff_id uuid, seq int, rep text, team text, at timestamptz, until timestamptz, reasons jsonb,
       open_to text[]`)}
)`,
  touches: (given) => `
touched as (
  insert into touch (id, handoff_id, rep, kind, outcome, note, at, crm_id)
  select id, handoff_id, rep, kind, outcome, note, at, crm_id
    from ${given('id uuid, handoff_id uuid, rep text, kind text, outcome text, note text, at timestamptz, crm_id text')}
)`,
  // Whose it is by now is known by the handoff, unless that begins with it.
  paused: (given) => `
paused as (
  insert into suppression (lead_id, handoff_id, who, why, since, until)
  select coalesce((select lead_id from handoff where handoff.id = given.handoff_id), given.lead_id),
         handoff_id, who, why, since, until
    from ${given('lead_id text, handoff_id uuid, who text, why text, since timestamptz, until timestamptz')}
  on conflict (handoff_id) where lifted_at is null do update set who = excluded.who, until = excluded.until
)`,
  lifted: (given) => `
lifted as (
  update suppression set lifted_at = given.at, lifted_why = given.why
    from ${given('handoff_id uuid, at timestamptz, why text')}
   where suppression.handoff_id = given.handoff_id and suppression.lifted_at is null
)`,
  missed: (given) => `
reader as (
  select rep.id, given.answered, given.due,
         given.due is not null and (rep.missed_at is null or rep.missed_at < given.reached_at) as counts
    from rep join (select * from ${given('rep text, reached_at timestamptz, due timestamptz, answered boolean')}) as given
      on rep.id = given.rep
   where given.due is not null or rep.missed_in_row > 0
   order by rep.id for update of rep
),
missed as (
  update rep
     set missed_in_row = case when reader.answered then 0 else rep.missed_in_row + 1 end,
         missed_at = case when reader.counts then reader.due else rep.missed_at end
    from reader where rep.id = reader.id and (reader.answered or reader.counts)
  returning 1
)`,
  cards: (given) => `
shown as (
  insert into card (handoff_id, person, platform, conversation_id, message_id, attempt, revision, told_seq, telling_seq)
  select handoff_id, person, platform, conversation_id, message_id, attempt, revision, told_seq, telling_seq
    from ${given(`handoff_id uuid, person text, platform text, conversation_id text, message_id text, attempt int,
       revision int, told_seq int, telling_seq int`)}
  on conflict (handoff_id, person, platform) do update
    set conversation_id = excluded.conversation_id, message_id = excluded.message_id, attempt = excluded.attempt,
        revision = excluded.revision, told_seq = excluded.told_seq, telling_seq = excluded.telling_seq
)`,
  said: (given) => `
noted as (
  insert into said (platform, conversation_id, message_id, lead_id)
  select platform, conversation_id, message_id, lead_id
    from ${given('platform text, conversation_id text, message_id text, lead_id text')}
  on conflict do nothing
)`,
  leads: (given) => `
leads as (
  insert into lead (id, snapshot, name, email, company_id, read_at)
  select id, snapshot, name, email, company_id, read_at
    from ${given('id text, snapshot jsonb, name text, email text, company_id text, read_at timestamptz')}
   order by id
  on conflict (id) do update
    set snapshot = excluded.snapshot, name = excluded.name, email = excluded.email,
        company_id = excluded.company_id, read_at = excluded.read_at
  returning 1
)`,
  decisions: (given) => `
decisions as (
  insert into decision (lead_id, at, policy_version, verdict, reason, handoff_id, considered, reasons)
  select lead_id, at, policy_version, verdict, reason, handoff_id, considered, reasons
    from ${given(`lead_id text, at timestamptz, policy_version text, verdict text, reason jsonb, handoff_id uuid,
       considered jsonb, reasons jsonb`)}
   order by lead_id
  on conflict (lead_id) where handoff_id is null do update
    set id = excluded.id, at = excluded.at, policy_version = excluded.policy_version, verdict = excluded.verdict,
        reason = excluded.reason, considered = excluded.considered, reasons = excluded.reasons
)`,
  released: (given) => `
released as (
  delete from hold using ${given('lead_id text')} where hold.lead_id = given.lead_id
  returning 1
)`,
  holds: (given) => `
holds as (
  insert into hold (lead_id, since, because, until)
  select lead_id, since, because, until
    from ${given('lead_id text, since timestamptz, because jsonb, until timestamptz')}
   order by lead_id
  on conflict (lead_id) do update
    set because = excluded.because, until = excluded.until, told = hold.told and hold.because = excluded.because
  returning 1
)`,
  decided: (given) => `
decided as (
  update inbound_event
     set decision = given.decision, reason = given.reason, handoff_id = given.handoff_id, decided_at = given.decided_at
    from ${given('id bigint, decision text, reason text, handoff_id uuid, decided_at timestamptz')}
   where inbound_event.id = given.id and inbound_event.decided_at is null
  returning 1
)`,
  news: (given) => `
told as (
  insert into news (person, at, data, handoff_id)
  select person, at, data, handoff_id
    from ${given('person text, at timestamptz, data jsonb, handoff_id uuid')}
)`,
  // A home that waits for its turn keeps it, so that changes that follow each other soon do not put it off.
  homes: (given) => `
homes as (
  select 'home' as task, home.person as key, bool_or(given.by is not distinct from home.person) as urgent,
         (case when bool_or(given.by is not distinct from home.person) then 0
               when min(run_at) is null then ${homeEverySeconds}
               else greatest(extract(epoch from min(run_at) - now()), 0) end)::float8 as wait,
         null::int as taker
    from ${given('people text[], since timestamptz, by text')}
    join home on home.watches && given.people and home.opened_at >= given.since
    left join job on job.task = 'home' and job.key = home.person and taken_by is null and attempts = 0
   cross join others
   group by home.person
)`,
  jobs: (given) => `
jobs as (
  select task, key, coalesce(urgent, false) as urgent, coalesce(wait, 0) as wait, taker
    from ${given('task text, key text, urgent boolean, wait float8, taker int')} cross join others
)`,
  ended: (given) => `
over as (select task, key, asked from ${given('task text, key text, asked bigint')} cross join others)`,
};

const allParts: Part[] = ['unopened', ...(Object.keys(writes) as (keyof typeof writes)[])];
/** Everybody locks jobs last. */
const ofJobs: readonly Part[] = ['homes', 'jobs', 'ended'];
const asking = ['homes', 'jobs'] as const;

/** So often somebody's home is brought up to date for what others do. */
const homeEverySeconds = 2;
/** PostgreSQL would come to what nothing else reads last of all: the jobs, which everybody locks last, wait for these. */
const lockedBeforeJobs = ['missed', 'leads', 'released', 'holds', 'decided'] as const;

const taken = `
       (select coalesce(json_agg(json_build_object('task', taken.task, 'key', taken.key, 'asked', taken.asked)), '[]')
          from ask_jobs(array(select task from asked), array(select key from asked), array(select urgent from asked),
                        array(select wait from asked), array(select taker from asked)) as taken)`;
const ended = `case when exists (select from over) then
         end_jobs(array(select task from over), array(select key from over), array(select asked from over), $1)
       end`;

const statements = new Map<string, Statement>();

/** The statement that writes those parts that have rows, and its parameters behind the taker of jobs, the first. */
export function statementFor(writing: Parts): { statement: Statement; values: string[] } {
  const parts = allParts.filter((part) => (writing[part]?.length ?? 0) > 0);
  // The names of prepared statements must not be longer than 63 bytes.
  const bits = parts.reduce((sum, part) => sum + 2 ** allParts.indexOf(part), 0);
  const name = `write ${bits.toString(36)}`;
  const statement = statements.get(name) ?? { name, text: textFor(parts) };
  statements.set(name, statement);
  return { statement, values: parts.map((part) => JSON.stringify(writing[part])) };
}

function textFor(parts: readonly Part[]): string {
  const rowsOf = (part: Part) => `$${parts.indexOf(part) + 2}::jsonb`;
  const guarded = parts.flatMap((part) => {
    const guard = guards[part];
    return guard ? [{ ctes: guard.ctes(rowsOf(part)), condition: guard.condition }] : [];
  });
  const conditions = guarded.map(({ condition }) => condition);
  const free = `
free as (select ${conditions.length > 0 ? `where ${conditions.join('\n   and ')}` : ''})`;
  const writesOf = (some: readonly Part[]) =>
    some.flatMap((part) => {
      const given: Given = (columns) =>
        `jsonb_to_recordset(${rowsOf(part)}) as given (${columns}) cross join free`;
      return part === 'unopened' ? [] : [writes[part](given)];
    });
  const jobs = writesOf(parts.filter((part) => ofJobs.includes(part)));
  const asked = asking.filter((part) => parts.includes(part));
  const others = writesOf(parts.filter((part) => !ofJobs.includes(part)));
  const ctes = [
    ...guarded.map((guard) => guard.ctes),
    free,
    ...others,
    waitFor(parts),
    ...jobs,
    ...(asked.length > 0
      ? [`\nasked as (${asked.map((part) => `select * from ${part}`).join(' union all ')})`]
      : []),
  ];
  // The taker is given back only so that it has a type where no job ends.
  return `with ${ctes.join(',')}
select exists (select from free) as free,
       ${asked.length > 0 ? taken : `'[]'::json`} as taken,
       ${parts.includes('ended') ? ended : 'null'} as ended,
       $1::int as taker`;
}

function waitFor(parts: readonly Part[]): string {
  const locked = lockedBeforeJobs.filter((part) => parts.includes(part));
  if (locked.length === 0)
    return `
others as (select)`;
  return `
others as (
  select from (${locked.map((part) => `select * from ${part}`).join(' union all ')}) as one having count(*) >= 0
)`;
}
