-- The jobs get a table of our own: a row for each thing that is to be done, which is asked for inside the statement that
-- causes it and ended inside the statement that does it. A handoff has one job for all its timers, so that they keep
-- their order, and each timer notes when it has been acted on. What waits in graphile-worker moves over.
-- AlterTable
ALTER TABLE "timer" ADD COLUMN     "done_at" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "job" (
    "task" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "urgent" BOOLEAN NOT NULL DEFAULT false,
    "run_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "asked" BIGSERIAL NOT NULL,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "begun" BOOLEAN NOT NULL DEFAULT false,
    "last_error" TEXT,
    "taken_by" INTEGER,
    "taken_at" TIMESTAMPTZ(6),

    CONSTRAINT "job_pkey" PRIMARY KEY ("task","key")
);

-- CreateIndex
CREATE INDEX "job_waiting" ON "job"("task", "urgent", "run_at") WHERE (taken_by IS NULL);

-- Asks for jobs, inside the statement that causes them. What is asked for twice is done once: the request that a job
-- will answer is the last one, `asked`, a number that no other request ever has. Who works on the job meanwhile has
-- read what was before, and leaves it waiting at the end. A request begins the attempts anew, and lets a job that
-- failed run at once.
--
-- The arrays go together by place; `urgent` is false, `wait_seconds` zero, and `takers` nobody where they are missing.
-- A process that names itself as the taker of a job has it at once, without a claim, if nobody had asked for it before.
-- Returned are the jobs so taken. Who listens to the channel `job` hears, once for each task, that one can begin. The
-- rows are locked in an order that is the same for everybody.
create function ask_jobs(
  tasks text[],
  keys text[],
  urgencies boolean[] default null,
  wait_seconds double precision[] default null,
  takers integer[] default null
) returns table (task text, key text, asked bigint)
language plpgsql
as $$
#variable_conflict use_column
declare
  kept record;
  word text;
  told text[] := '{}';
begin
  for kept in
    insert into job as known (task, key, urgent, run_at, attempts, begun, taken_by, taken_at)
    select wanted.task, wanted.key, coalesce(bool_or(wanted.urgent), false),
           now() + coalesce(max(wanted.wait), 0) * interval '1 second',
           case when max(wanted.taker) is null then 0 else 1 end, max(wanted.taker) is not null,
           max(wanted.taker), case when max(wanted.taker) is not null then now() end
      from unnest(tasks, keys, urgencies, wait_seconds, takers) as wanted (task, key, urgent, wait, taker)
     group by wanted.task, wanted.key
     order by wanted.task, wanted.key
    on conflict (task, key) do update
      set asked = excluded.asked,
          urgent = known.urgent or excluded.urgent,
          run_at = case when known.taken_by is not null or excluded.run_at > now() then excluded.run_at
                        else least(known.run_at, excluded.run_at) end,
          attempts = case when known.taken_by is null then 0 else known.attempts end,
          last_error = case when known.taken_by is null then null else known.last_error end
    returning known.task, known.key, known.asked, known.urgent, known.taken_by, known.run_at <= now() as due,
              xmax = 0 as new
  loop
    if kept.taken_by is null and kept.due then
      word := kept.task || case when kept.urgent then ' urgent' else '' end;
      if word <> all (told) then
        perform pg_notify('job', word);
        told := told || word;
      end if;
    elsif kept.taken_by is not null and kept.new then
      task := kept.task;
      key := kept.key;
      asked := kept.asked;
      return next;
    end if;
  end loop;
end
$$;

-- Ends jobs that `taker` has worked on, best inside the statement that keeps what came of them. One that was asked for
-- again since it was taken waits as if it were new. One that is not the taker's any more is left alone.
-- Returns how many are over.
create function end_jobs(tasks text[], keys text[], answered bigint[], taker integer) returns integer
language plpgsql
as $$
declare
  ended integer;
  again record;
begin
  if cardinality(keys) > 1 then
    perform from job
       join unnest(tasks, keys) as own (task, key) on job.task = own.task and job.key = own.key
      where job.taken_by = taker
      order by job.task, job.key
        for update of job;
  end if;
  delete from job
   using unnest(tasks, keys, answered) as own (task, key, asked)
   where job.task = own.task and job.key = own.key and job.asked = own.asked and job.taken_by = taker;
  get diagnostics ended = row_count;
  if ended < cardinality(keys) then
    for again in
      with freed as (
        update job
           set taken_by = null, taken_at = null, attempts = 0, begun = false, last_error = null
          from unnest(tasks, keys) as own (task, key)
         where job.task = own.task and job.key = own.key and job.taken_by = taker
        returning job.task, job.urgent, job.run_at
      )
      select distinct task || case when urgent then ' urgent' else '' end as word from freed where run_at <= now()
    loop
      perform pg_notify('job', again.word);
    end loop;
  end if;
  return ended;
end
$$;

-- What waits in the former job queue. A job that a newer one had replaced has no key, and nothing left to do.
INSERT INTO "job" ("task", "key", "run_at", "attempts", "begun", "last_error")
SELECT "task", "key", CASE WHEN bool_and("exhausted") THEN 'infinity' ELSE min("run_at") END,
       max("attempts"), bool_or("attempts" > 0), max("last_error")
  FROM (
    SELECT "task"."identifier" AS "task",
           CASE "task"."identifier"
             WHEN 'intake' THEN "former"."payload"->>'leadId'
             WHEN 'find-leads' THEN ("former"."payload"->>'objectType') || ':' || ("former"."payload"->>'id')
             WHEN 'tell' THEN "former"."payload"->>'person'
             ELSE "former"."payload"->>'handoffId'
           END AS "key",
           "former"."run_at", "former"."attempts", "former"."last_error",
           "former"."attempts" >= "former"."max_attempts" AS "exhausted"
      FROM "graphile_worker"."_private_jobs" AS "former"
      JOIN "graphile_worker"."_private_tasks" AS "task" ON "task"."id" = "former"."task_id"
     WHERE "task"."identifier" IN ('intake', 'deliver', 'write-back', 'timer', 'find-leads', 'tell')
       AND NOT ("former"."key" IS NULL AND "former"."attempts" >= "former"."max_attempts")
  ) AS "waiting"
 WHERE "key" IS NOT NULL
 GROUP BY "task", "key";

-- Timers that have fired were acted on, but for those whose job waits.
UPDATE "timer" SET "done_at" = "fired_at"
 WHERE "fired_at" IS NOT NULL
   AND "id"::text NOT IN (
     SELECT "former"."payload"->>'id'
       FROM "graphile_worker"."_private_jobs" AS "former"
       JOIN "graphile_worker"."_private_tasks" AS "task" ON "task"."id" = "former"."task_id"
      WHERE "task"."identifier" = 'timer' AND "former"."payload"->>'id' IS NOT NULL);

DROP FUNCTION "enqueue_job";
DROP SCHEMA "graphile_worker" CASCADE;
