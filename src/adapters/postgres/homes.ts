import type { Outcome } from '../../domain/handoff/handoff.ts';
import { type HomeFacts, type HomeScope, homeWeekMs } from '../../domain/home/home-facts.ts';
import type { Lead } from '../../domain/lead/lead.ts';
import type { PersonId } from '../../domain/policy/policy.ts';
import { type Homes, homeFreshMs, type KeptHome } from '../../flow/ports/homes.ts';
import type { Connection } from './connection.ts';
import type { Prisma } from './generated/client.ts';
import { type HandoffRow, handoffOf } from './handoff-row.ts';
import { didAll, lateAt } from './kept-in-time.ts';
import { run } from './statement.ts';
import { fromJson } from './stored-json.ts';
import { write } from './write.ts';

/** People's homes in PostgreSQL. */
export function postgresHomes({ pool }: Pick<Connection, 'pool'>): Homes {
  const read = async (scope: HomeScope, now: Date, userId: string | null) => {
    const { reader, watches, teams, members } = scope;
    const weekAgo = new Date(now.getTime() - homeWeekMs);
    const values = [reader, watches, teams, members, now, weekAgo, userId];
    const [row] = await run<HomeRow>(pool, statement, values);
    if (!row) throw new Error('PostgreSQL read a home without a row: expected one.');
    return { facts: homeOf(row), kept: row.kept };
  };
  return {
    read: (scope, now) => read(scope, now, null),

    open: (scope, userId, now) => read(scope, now, userId),

    published: async (person, { hash, shown, leadIds }) => {
      await run(pool, publishedStatement, [person, hash, shown, leadIds]);
    },

    refresh: async (person, now) => {
      const since = new Date(now.getTime() - homeFreshMs);
      await write(pool, { homes: [{ people: [person], since, by: person }] });
    },

    giveUp: async (person) => {
      await pool.query('delete from home where person = $1', [person]);
    },
  };
}

type HomeRow = {
  kept: KeptHome | null;
  open: (HandoffRow & { snapshot: Prisma.JsonValue })[];
  closed: { outcome: Outcome; count: number }[];
  sleeping: number;
  had_any: boolean;
  past: HomeFacts['past'];
  load: { rep: PersonId; open: number; given: string[] }[];
  pools: { pool: string; credits: Record<PersonId, number> }[];
  turns: { team: string; rep: PersonId; turns: number }[];
};

function homeOf(row: HomeRow): HomeFacts {
  const byTeam = Map.groupBy(row.turns, ({ team }) => team);
  return {
    open: row.open.map((one) => ({ handoff: handoffOf(one), lead: fromJson<Lead>(one.snapshot) })),
    closed: row.closed,
    sleeping: row.sleeping,
    hadAny: row.had_any,
    past: row.past,
    load: new Map(
      row.load.map(({ rep, open, given }) => [rep, { open, givenAt: given.map((at) => new Date(at)) }]),
    ),
    credits: new Map(row.pools.map(({ pool, credits }) => [pool, new Map(Object.entries(credits))])),
    turns: new Map(
      [...byTeam].map(([team, turns]) => [team, new Map(turns.map(({ rep, turns }) => [rep, turns]))]),
    ),
  };
}

const late = `coalesce(${lateAt('$5::timestamptz').acknowledge} or ${lateAt('$5::timestamptz').touch}, false)`;

/**
 * $1 the reader, $2 who is watched, $3 teams, $4 their members, $5 now, $6 a week before, $7 the reader's account when they
 * open their home.
 */
const statement = {
  name: 'read a home',
  text: `
with noted as (
  insert into home (person, user_id, opened_at, watches)
  select $1, $7, $5, $2 where $7::text is not null
  on conflict (person) do update
    set user_id = excluded.user_id, opened_at = excluded.opened_at, watches = excluded.watches
),
waiting as (
  select id from handoff where closed_at is null and rep = any ($2::text[])
   union
  select id from handoff where closed_at is null and escalated_to is not null and escalated_to = $1
   union
  select id from handoff where closed_at is null and open_to <> '{}'::text[] and open_to @> array[$1]
)
select
  (select jsonb_build_object('userId', user_id, 'hash', hash, 'shown', shown) from home where person = $1) as kept,
  (select coalesce(jsonb_agg(jsonb_build_object(
            'id', handoff.id, 'lead_id', lead_id, 'version', version, 'state', state, 'snapshot', snapshot)), '[]')
     from waiting join handoff using (id) join lead on lead.id = lead_id) as open,
  (select coalesce(jsonb_agg(jsonb_build_object('outcome', outcome, 'count', count)), '[]')
     from (select state ->> 'outcome' as outcome, count(*)::int as count from handoff
            where rep = $1 and closed_at >= $6 group by 1 order by 1) as ended) as closed,
  (select count(*)::int from handoff
    where rep = $1 and followed and closed_at is not null
      and state -> 'sentBack' -> 'revisitAt' ->> '$date' is not null
      and not exists (select from handoff as later
                       where later.lead_id = handoff.lead_id and later.qualified_at > handoff.closed_at)) as sleeping,
  exists (select from handoff where rep = $1 and closed_at is not null)
    or exists (select from handoff where rep = $1 and closed_at is null) as had_any,
  (select coalesce(jsonb_agg(jsonb_build_object(
            'rep', rep, 'isLate', ${late}, 'isDone', ${didAll}, 'secondsToTouch', touch_working)), '[]')
     from measured_assignment where qualified_at >= $6 and rep = any ($4::text[])) as past,
  (select coalesce(jsonb_agg(jsonb_build_object('rep', rep, 'open', coalesce(open, 0), 'given', coalesce(given, '[]'))), '[]')
     from (select rep, count(*)::int as open from handoff
            where closed_at is null and rep = any ($4::text[]) group by rep) as held
     full join (select rep, jsonb_agg(at order by at) as given from assignment
                 where at > $5::timestamptz - interval '48 hours' and rep = any ($4::text[]) group by rep) as given
     using (rep)) as load,
  (select coalesce(jsonb_agg(jsonb_build_object('pool', pool, 'credits', credits)), '[]')
     from rotation where pool = any ($3::text[])) as pools,
  (select coalesce(jsonb_agg(jsonb_build_object('team', team, 'rep', rep, 'turns', turns)), '[]')
     from (select team, rep, count(*)::int as turns from assignment
            where at >= $6 and team = any ($3::text[]) and reasons -> -1 ->> 'kind' = 'rotation'
            group by team, rep) as taken) as turns`,
};

/** Of a lead that was erased while its home was being published nobody would take the name out again. */
const publishedStatement = {
  name: 'note a published home',
  text: `
with published as (
  update home set hash = $2, shown = $3, lead_ids = $4 where person = $1 returning person
),
outdated as (
  select person from published
   where exists (select from unnest($4::text[]) as told (id)
                  where not exists (select from lead where lead.id = told.id))
)
select from ask_jobs(array(select 'home' from outdated), array(select person from outdated))`,
};
