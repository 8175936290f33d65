-- A handoff becomes one row that is read and written as a whole: its state as JSON, beside the columns by which rows are
-- searched for. The balances of a pool become one row with a version, so that an assignment is saved only if nobody
-- else took a turn of the pool since it was decided, and nobody waits for a lock.

-- A time as the state keeps it.
CREATE FUNCTION pg_temp.kept(instant TIMESTAMPTZ) RETURNS JSONB LANGUAGE sql AS $$
  SELECT CASE WHEN instant IS NOT NULL THEN jsonb_build_object(
    '$date', to_char(instant AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) END
$$;

-- AlterTable
ALTER TABLE "handoff" ADD COLUMN     "followed" BOOLEAN NOT NULL DEFAULT true,
ADD COLUMN     "state" JSONB;

UPDATE "handoff" AS "h"
   SET "followed" = "closed_at" IS NULL OR "opportunity_at" IS NOT NULL AND "won_at" IS NULL,
       "state" = jsonb_build_object(
         'trigger', "trigger",
         'policyVersion', "policy_version",
         'targets', "targets",
         'qualifiedAt', pg_temp.kept("qualified_at"),
         'assignment', (
           SELECT jsonb_build_object('rep', "a"."rep", 'team', "a"."team", 'at', pg_temp.kept("a"."at"),
                                     'reasons', "a"."reasons")
                  || CASE WHEN "a"."open_to" = '{}' THEN '{}' ELSE jsonb_build_object('openTo', "a"."open_to") END
             FROM "assignment" AS "a" WHERE "a"."handoff_id" = "h"."id" AND "a"."until" IS NULL),
         'openTo', to_jsonb("open_to"),
         'deliveredAt', pg_temp.kept("delivered_at"),
         'reachedAt', pg_temp.kept("reached_at"),
         'acknowledgedAt', pg_temp.kept("acknowledged_at"),
         'attempts', coalesce((
           SELECT jsonb_agg(pg_temp.kept("t"."at") ORDER BY "t"."at") FROM "touch" AS "t" WHERE "t"."handoff_id" = "h"."id"),
           '[]'),
         'firstTouchAt', pg_temp.kept("first_touch_at"),
         'meetingAt', pg_temp.kept("meeting_at"),
         'opportunityAt', pg_temp.kept("opportunity_at"),
         'wonAt', pg_temp.kept("won_at"),
         'ackBreachedAt', pg_temp.kept("ack_breached_at"),
         'touchBreachedAt', pg_temp.kept("touch_breached_at"))
         || jsonb_build_object(
         'escalatedTo', "escalated_to",
         'unreachable', "unreachable",
         'snoozes', "snoozes",
         'snoozedUntil', pg_temp.kept("snoozed_until"),
         'asked', CASE WHEN "asked_until" IS NOT NULL AND "asked_due" IS NOT NULL THEN jsonb_build_object(
           'until', pg_temp.kept("asked_until"), 'due', pg_temp.kept("asked_due")) END,
         'pingedAt', pg_temp.kept("pinged_at"),
         'granted', CASE WHEN "granted_from" IS NOT NULL AND "granted_minutes" IS NOT NULL THEN jsonb_build_object(
           'from', pg_temp.kept("granted_from"), 'minutes', "granted_minutes") END,
         'clockRun', "clock_run",
         'status', "status",
         'respondBy', pg_temp.kept("respond_by"))
         || CASE
              WHEN "status" IN ('accepted', 'working') THEN jsonb_build_object(
                'acceptedAt', pg_temp.kept("accepted_at"), 'touchBy', pg_temp.kept("touch_by"))
              WHEN "status" = 'closed' THEN jsonb_build_object(
                'closedAt', pg_temp.kept("closed_at"), 'outcome', "outcome", 'reason', "reason")
              ELSE '{}'
            END;

-- An attempt that broke off says so on its job.
UPDATE "job" SET "begun" = true
  FROM "handoff" AS "h"
 WHERE "task" = 'write-back' AND "key" = "h"."id"::text AND "h"."writing_seq" > "h"."written_seq";

-- DropIndex
DROP INDEX "handoff_followed";

-- AlterTable
ALTER TABLE "handoff" ALTER COLUMN "state" SET NOT NULL,
ALTER COLUMN "followed" DROP DEFAULT,
DROP COLUMN "ack_breached_at",
DROP COLUMN "acknowledged_at",
DROP COLUMN "asked_due",
DROP COLUMN "asked_until",
DROP COLUMN "clock_run",
DROP COLUMN "delivered_at",
DROP COLUMN "first_touch_at",
DROP COLUMN "granted_from",
DROP COLUMN "granted_minutes",
DROP COLUMN "meeting_at",
DROP COLUMN "opportunity_at",
DROP COLUMN "outcome",
DROP COLUMN "pinged_at",
DROP COLUMN "policy_version",
DROP COLUMN "reached_at",
DROP COLUMN "reason",
DROP COLUMN "respond_by",
DROP COLUMN "snoozed_until",
DROP COLUMN "snoozes",
DROP COLUMN "status",
DROP COLUMN "targets",
DROP COLUMN "team",
DROP COLUMN "touch_breached_at",
DROP COLUMN "touch_by",
DROP COLUMN "trigger",
DROP COLUMN "unreachable",
DROP COLUMN "won_at",
DROP COLUMN "writing_seq";

-- CreateIndex
CREATE INDEX "handoff_followed" ON "handoff"("lead_id") WHERE followed;

-- CreateTable
CREATE TABLE "rotation" (
    "pool" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "credits" JSONB NOT NULL,

    CONSTRAINT "rotation_pkey" PRIMARY KEY ("pool")
);

INSERT INTO "rotation" ("pool", "version", "credits")
SELECT "pool", 1, jsonb_object_agg("rep", "credit") FROM "rotation_credit" GROUP BY "pool";

-- DropTable
DROP TABLE "rotation_credit";
