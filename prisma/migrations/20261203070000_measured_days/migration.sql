-- Numbers are counted in the process that shows them, from columns of whole days (in UTC) that it keeps in memory: which of
-- these are still right is told by a stamp that changes with the day. By what leads are told apart stands once, under a number.
-- CreateTable
CREATE TABLE "measured_day" (
    "day" DATE NOT NULL,
    "stamp" UUID NOT NULL,

    CONSTRAINT "measured_day_pkey" PRIMARY KEY ("day")
);

-- CreateTable
CREATE TABLE "measured_sides" (
    "id" SERIAL NOT NULL,
    "rep" TEXT NOT NULL,
    "team" TEXT NOT NULL,
    "trigger" TEXT NOT NULL,
    "source" TEXT NOT NULL,

    CONSTRAINT "measured_sides_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "measured_sides_rep_team_trigger_source_key" ON "measured_sides"("rep", "team", "trigger", "source");

INSERT INTO "measured_sides" ("rep", "team", "trigger", "source")
SELECT "rep", coalesce("team", ''), "trigger", coalesce("source", '') FROM "measured_handoff"
UNION SELECT "rep", coalesce("team", ''), "trigger", coalesce("source", '') FROM "measured_assignment";

INSERT INTO "measured_day" ("day", "stamp")
SELECT "day", gen_random_uuid()
  FROM (SELECT DISTINCT ("qualified_at" AT TIME ZONE 'UTC')::date AS "day" FROM "measured_handoff") AS "days";
