import type { Pool } from 'pg';

/** A company as large as the bot is made for. */
const company = { reps: 40, teams: 6, triggers: 8, sources: 12 };

/**
 * Fills the tables of measures with so many handoffs that qualified one after the other in the year before `until`, and of
 * the handoffs themselves with what is searched for. About 1.15 people held each; those of the last days are still open.
 * The same at every run, but for the ids.
 */
export async function seedYear(pool: Pool, { count, until }: { count: number; until: Date }): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query('begin');
    // What refers to what is right by its making; looking at millions of rows for it takes most of the time.
    await client.query('set local session_replication_role = replica');
    await client.query(`set local statement_timeout = 0`);
    await client.query('select setseed(0.5)');
    await client.query(yearTable, [count, until, company.reps, company.triggers, company.sources]);
    await client.query(timesTable, [until, company.reps]);
    await client.query(kept, [company.teams]);
    await client.query(sides);
    await client.query(days);
    await client.query('commit');
  } finally {
    client.release();
  }
  await pool.query('vacuum analyze');
}

/** Few of many: the first have more than the last. */
const oneOf = (count: string) => `(floor(${count}::int * random() ^ 1.5))::int`;

const yearTable = `
  create temporary table year on commit drop as
  select n, uuidv7() as id,
         date_trunc('milliseconds', $2::timestamptz - interval '365 days' + (n - random()) * interval '365 days' / $1::int)
           as qualified_at,
         ${oneOf('$4')} as trigger, nullif(${oneOf('$5')}, 11) as source,
         case when random() < 0.88 then 1 when random() < 0.85 then 2 else 3 end as holders,
         random() as luck, random() as ending, ${oneOf('$3')} as rep
    from generate_series(1, $1::int) as n`;

/** One after the other: whoever is not the last had not answered. */
const timesTable = `
  create temporary table held on commit drop as
  with given as (
    select year.*, place, seq, (rep + place * 7) % $2::int as holder,
           qualified_at + (place - 1) * interval '45 minutes' + interval '20 seconds' * random() as since,
           place = holders as is_last, exp(random_normal(6.3, 1.1))::int as answer, exp(random_normal(7.6, 1.2))::int as touch,
           (array[900, 900, 3600, 14400])[1 + trigger % 4] as allowed, random() < 0.93 as answers, random() < 0.85 as touches
      from year, lateral generate_series(1, holders) as place, lateral (select 1 + (place - 1) * 5 as seq) as log
  )
  select *, since + interval '3 seconds' as delivered_at,
         case when is_last and answers then since + make_interval(secs => 3 + answer) end as acknowledged_at,
         case when is_last and answers and touches then since + make_interval(secs => 3 + answer + touch) end as first_touch_at,
         since + make_interval(secs => allowed) as acknowledge_due,
         case when is_last and answers then since + make_interval(secs => answer + 4 * allowed) end as touch_due,
         case when not is_last then since + interval '45 minutes'
              when qualified_at < $1::timestamptz - ending * interval '20 days' then since + interval '3 days' * (1 + ending) end
           as until
    from given`;

const team = `'team ' || (holder % $1::int)`;
const names = `'rep-' || holder || '@example.com', ${team}, 'trigger_' || trigger, 'SOURCE_' || source`;
const closing = `case when ending < 0.3 then 'converted' when ending < 0.6 then 'disqualified' when ending < 0.8 then 'recycled'
  when ending < 0.85 then 'withdrawn' else 'unresponsive' end`;

const kept = `
  with whole as (
    insert into handoff (id, lead_id, version, state, rep, qualified_at, closed_at, followed)
    select id, n, 6, '{}', 'rep-' || holder || '@example.com', qualified_at, until, until is null from held where is_last
  ),
  measured as (
    insert into measured_handoff (
      handoff_id, version, rep, team, trigger, source, campaign, qualified_at, received_at, decided_at, offered_at,
      delivered_at, accepted_at, first_touch_at, meeting_at, opportunity_at, won_at, closed_at, outcome, reason, touches, escalations,
      is_rescued, is_fallback, is_back, to_meeting, to_opportunity, system, off_hours, by_rep)
    select id, 6, ${names}, 'Campaign ' || n % 30, qualified_at, qualified_at, qualified_at + interval '1 second', since,
           delivered_at, case when ending < 0.9 then acknowledged_at end, first_touch_at,
           case when luck < 0.3 then first_touch_at + interval '1 day' * ending end,
           case when ending < 0.3 then until end, case when ending < 0.1 then until + interval '30 days' * luck end,
           until, case when until is not null then ${closing} end, case when ending between 0.3 and 0.8 then 'reason_' || n % 9 end,
           (first_touch_at is not null)::int * (1 + n % 4), (holders > 1)::int, holders > 1 and acknowledged_at is not null,
           luck > 0.97, luck between 0.5 and 0.55, case when luck < 0.3 then touch + (86400 * ending)::int end,
           case when ending < 0.3 then (86400 * 3 * (1 + ending))::int end,
           case when first_touch_at is not null then 4 + n % 20 end, case when first_touch_at is not null then answer / 2 end,
           case when first_touch_at is not null then answer / 2 + touch end
      from held where is_last order by qualified_at
  )
  insert into measured_assignment (
    handoff_id, seq, qualified_at, rep, team, trigger, source, since, way, is_fallback, delivered_at, seen_at,
    acknowledged_at, accepted_at, first_touch_at, acknowledge_due, acknowledge_missed, touch_due, touch_missed,
    acknowledge_wall, acknowledge_working, touch_wall, touch_working, touches, reminders, snoozes, escalations, is_rescue,
    until, ended_as, outcome, reason)
  select id, seq, qualified_at, ${names}, since, case when place = 1 then 'routing' else 'movedOn' end, luck > 0.97,
         delivered_at, delivered_at + interval '1 minute', acknowledged_at,
         case when ending < 0.9 then acknowledged_at end, first_touch_at, acknowledge_due,
         case when acknowledged_at > acknowledge_due or until > acknowledge_due and acknowledged_at is null then acknowledge_due end,
         touch_due, case when first_touch_at > touch_due then touch_due end,
         case when acknowledged_at is not null then answer end,
         case when acknowledged_at is not null then least(answer, answer / 2 + n % 60) end,
         case when first_touch_at is not null then answer + touch end,
         case when first_touch_at is not null then (answer + touch) / 2 end,
         (first_touch_at is not null)::int * (1 + n % 4), n % 2, n % 3 / 2, (place > 1)::int,
         place > 1 and acknowledged_at is not null, until,
         case when not is_last then 'movedOn' when until is not null then 'closed' end,
         case when is_last and until is not null then ${closing} end, null
    from held order by qualified_at, seq`;

const sides = `
  insert into measured_sides (rep, team, trigger, source)
  select distinct rep, team, trigger, coalesce(source, '') from measured_assignment`;

const days = `
  insert into measured_day (day, stamp)
  select day, gen_random_uuid() from (select distinct qualified_at::date as day from measured_handoff) as days`;

/** Eight events of each handoff until a moment, in the order of their time. */
export async function seedLogs(pool: Pool, until: Date): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query('begin');
    await client.query('set local session_replication_role = replica');
    await client.query('set local statement_timeout = 0');
    await client.query(
      `insert into handoff_event (handoff_id, seq, type, at, data)
       select id, seq, 'reminded', qualified_at + seq * interval '7 hours' as at, '{"clock": "acknowledge"}'
         from handoff, generate_series(1, 8) as seq where qualified_at + seq * interval '7 hours' < $1::timestamptz order by at`,
      [until],
    );
    await client.query('commit');
  } finally {
    client.release();
  }
  await pool.query('analyze handoff_event');
}
