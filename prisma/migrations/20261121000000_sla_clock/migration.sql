-- The clock needs to know more: who may claim a handoff, when its card reached its rep, snoozes, what a due time was
-- worked out from, found meetings and deals, what the contact in HubSpot has been told, missed cards, news to tell, and
-- when each routine last ran. What is stored already gets the shape of today at the end.
-- AlterTable
ALTER TABLE "card" ADD COLUMN     "seen_at" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "handoff" ADD COLUMN     "asked_due" TIMESTAMPTZ(3),
ADD COLUMN     "asked_until" TIMESTAMPTZ(3),
ADD COLUMN     "contact_seq" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "granted_from" TIMESTAMPTZ(3),
ADD COLUMN     "granted_minutes" DOUBLE PRECISION,
ADD COLUMN     "meeting_at" TIMESTAMPTZ(3),
ADD COLUMN     "open_to" TEXT[] DEFAULT ARRAY[]::TEXT[],
ADD COLUMN     "opportunity_at" TIMESTAMPTZ(3),
ADD COLUMN     "pinged_at" TIMESTAMPTZ(3),
ADD COLUMN     "reached_at" TIMESTAMPTZ(3),
ADD COLUMN     "snoozed_until" TIMESTAMPTZ(3),
ADD COLUMN     "snoozes" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "won_at" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "inbound_event" ADD COLUMN     "record_id" TEXT,
ADD COLUMN     "record_type" TEXT;

-- AlterTable
ALTER TABLE "rep" ADD COLUMN     "missed_at" TIMESTAMPTZ(3),
ADD COLUMN     "missed_in_row" INTEGER NOT NULL DEFAULT 0;

-- CreateTable
CREATE TABLE "news" (
    "id" BIGSERIAL NOT NULL,
    "person" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "data" JSONB NOT NULL,
    "bulletin" UUID,
    "told_at" TIMESTAMPTZ(3),

    CONSTRAINT "news_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "run" (
    "routine" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "before" TIMESTAMPTZ(3),

    CONSTRAINT "run_pkey" PRIMARY KEY ("routine")
);

-- CreateIndex
CREATE INDEX "news_untold" ON "news"("person") WHERE (told_at IS NULL);

-- CreateIndex
CREATE INDEX "handoff_followed" ON "handoff"("lead_id") WHERE (closed_at IS NULL OR opportunity_at IS NOT NULL AND won_at IS NULL);

-- CreateIndex
CREATE INDEX "inbound_event_without_lead" ON "inbound_event"("record_type", "record_id") WHERE (decided_at IS NULL AND lead_id IS NULL);

-- What was stored before: of due times nobody knows what they were worked out from, so that nothing moves them
UPDATE "handoff" SET
  "targets" = jsonb_build_object(
    'acknowledge', jsonb_build_object(
      'minutes', "targets"->'acknowledgeWithinMinutes', 'countedIn', "targets"->'countedIn'),
    'touch', jsonb_build_object(
      'minutes', "targets"->'touchWithinMinutes', 'countedIn', "targets"->'countedIn'),
    'attempts', NULL)
WHERE "targets" ? 'acknowledgeWithinMinutes';

UPDATE "handoff" SET "contact_seq" = "written_seq";

UPDATE "handoff" SET "reached_at" = "delivered_at" WHERE "delivered_at" IS NOT NULL;

UPDATE "handoff" SET "open_to" = "assignment"."open_to"
  FROM "assignment"
 WHERE "assignment"."handoff_id" = "handoff"."id" AND "assignment"."until" IS NULL AND "handoff"."status" = 'offered';

UPDATE "handoff" SET "meeting_at" = "booked"."at"
  FROM (SELECT "handoff_id", min("at") AS "at" FROM "touch" WHERE "outcome" = 'booked' GROUP BY "handoff_id") AS "booked"
 WHERE "booked"."handoff_id" = "handoff"."id";

UPDATE "handoff_event" SET "data" = "data" || '{"granted": null}'
 WHERE "type" IN ('offered', 'delivered', 'accepted', 'reassigned', 'graceGiven');

UPDATE "timer" SET "action" = 'climb' WHERE "action" IN ('remind', 'tellManager');

-- Timers that have fired and wait in the queue
UPDATE "graphile_worker"."_private_jobs" AS "job"
   SET "payload" = ("job"."payload"::jsonb || jsonb_build_object(
         'action', "timer"."action", 'step', "timer"."step", 'dueAt', "timer"."due_at"))::json
  FROM "timer", "graphile_worker"."_private_tasks" AS "task"
 WHERE "task"."identifier" = 'timer' AND "job"."task_id" = "task"."id" AND "job"."payload"->>'id' = "timer"."id"::text;

UPDATE "lead" SET "snapshot" = '{"formerIds": [], "ownerSince": null, "deals": []}' || "snapshot" || jsonb_build_object(
  'activities', (
    SELECT coalesce(jsonb_agg(
             "activity" || jsonb_build_object('createdAt', "activity"->'at')
               || '{"ownerId": null, "automated": false, "connected": false, "calledOff": false, "ours": false}'
             ORDER BY "place"), '[]')
      FROM jsonb_array_elements("snapshot"->'activities') WITH ORDINALITY AS "one" ("activity", "place")));
