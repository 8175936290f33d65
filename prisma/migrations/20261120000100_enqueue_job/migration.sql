-- Adds a job without losing it. When a worker takes the waiting job of the same key just while it is being replaced,
-- graphile_worker.add_job adds nothing and returns null; the change that wanted the job may be later than what the
-- worker reads. Asking again makes a new job, because by then the taken one is known to run. This needs the isolation
-- level READ COMMITTED.

create function enqueue_job(
  task text,
  payload json,
  job_key text,
  run_at timestamptz default null
) returns bigint
language plpgsql
as $$
declare
  added bigint;
begin
  for attempt in 1 .. 1000 loop
    select job.id into added
      from graphile_worker.add_job(task, payload, run_at => run_at, max_attempts => 25, job_key => job_key) as job;
    if added is not null then
      return added;
    end if;
  end loop;
  raise exception 'job % was not added in 1000 attempts: expected a transaction at READ COMMITTED', job_key;
end
$$;
