-- Two of the migrations that follow were written when graphile-worker kept the jobs, and refer to its tables. Where it
-- never was, as in a new database, they find these. The migration of our own jobs takes over what is in them.
CREATE SCHEMA IF NOT EXISTS "graphile_worker";

CREATE TABLE IF NOT EXISTS "graphile_worker"."_private_tasks" (
    "id" INTEGER GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    "identifier" TEXT NOT NULL UNIQUE
);

CREATE TABLE IF NOT EXISTS "graphile_worker"."_private_jobs" (
    "id" BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    "task_id" INTEGER NOT NULL,
    "payload" JSON NOT NULL DEFAULT '{}',
    "run_at" TIMESTAMPTZ NOT NULL DEFAULT now(),
    "attempts" SMALLINT NOT NULL DEFAULT 0,
    "max_attempts" SMALLINT NOT NULL DEFAULT 25,
    "last_error" TEXT,
    "key" TEXT UNIQUE
);
