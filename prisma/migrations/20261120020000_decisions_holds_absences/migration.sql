-- Every decision is explained, leads can wait, and people can be away: all of that has to be kept. Leads are found by
-- name and email, of which those that are stored already get theirs at the end.
-- AlterTable
ALTER TABLE "assignment" ADD COLUMN     "open_to" TEXT[] DEFAULT ARRAY[]::TEXT[];

-- AlterTable
ALTER TABLE "lead" ADD COLUMN     "email" TEXT,
ADD COLUMN     "name" TEXT;

-- AlterTable
ALTER TABLE "rep" ADD COLUMN     "hours" JSONB;

-- CreateTable
CREATE TABLE "decision" (
    "id" BIGSERIAL NOT NULL,
    "lead_id" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "policy_version" TEXT NOT NULL,
    "verdict" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "handoff_id" UUID,
    "considered" JSONB NOT NULL,
    "reasons" JSONB NOT NULL,

    CONSTRAINT "decision_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "hold" (
    "lead_id" TEXT NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL,
    "because" TEXT NOT NULL,
    "told" BOOLEAN NOT NULL DEFAULT false,
    "until" TIMESTAMPTZ(3),

    CONSTRAINT "hold_pkey" PRIMARY KEY ("lead_id")
);

-- CreateTable
CREATE TABLE "absence" (
    "id" BIGSERIAL NOT NULL,
    "rep" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "from" TIMESTAMPTZ(3) NOT NULL,
    "until" TIMESTAMPTZ(3),
    "why" TEXT NOT NULL,

    CONSTRAINT "absence_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "decision_lead_id_idx" ON "decision"("lead_id");

-- CreateIndex
CREATE UNIQUE INDEX "decision_without_handoff_per_lead" ON "decision"("lead_id") WHERE (handoff_id IS NULL);

-- CreateIndex
CREATE INDEX "hold_until_idx" ON "hold"("until");

-- CreateIndex
CREATE INDEX "absence_rep_source_idx" ON "absence"("rep", "source");

-- CreateIndex
CREATE INDEX "assignment_at_idx" ON "assignment"("at");

-- CreateIndex
CREATE INDEX "handoff_open_per_rep" ON "handoff"("rep") WHERE (closed_at IS NULL);

-- CreateIndex
CREATE INDEX "lead_email_idx" ON "lead"("email");

-- CreateIndex
CREATE INDEX "lead_name_id_idx" ON "lead"("name", "id");

-- What was stored before
UPDATE "lead" SET
  "name" = left(lower("snapshot"->>'name'), 200),
  "email" = left(lower("snapshot"->>'email'), 200);
