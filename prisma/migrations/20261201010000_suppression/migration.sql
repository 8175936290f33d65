-- While sales has a lead, nurture pauses: a ledger says because of what, since when and until when at most, and what HubSpot
-- was told and seen to say. Handoffs that began before pause nothing.
UPDATE "handoff" SET "state" = "state" || '{"pause": null}' WHERE NOT "state" ? 'pause';

-- CreateTable
CREATE TABLE "suppression" (
    "id" BIGSERIAL NOT NULL,
    "lead_id" TEXT NOT NULL,
    "handoff_id" UUID,
    "who" TEXT NOT NULL,
    "why" TEXT NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL,
    "until" TIMESTAMPTZ(3) NOT NULL,
    "lifted_at" TIMESTAMPTZ(3),
    "lifted_why" TEXT,

    CONSTRAINT "suppression_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "nurture_state" (
    "lead_id" TEXT NOT NULL,
    "written" BOOLEAN,
    "written_at" TIMESTAMPTZ(3),
    "seen" BOOLEAN,
    "seen_at" TIMESTAMPTZ(3),

    CONSTRAINT "nurture_state_pkey" PRIMARY KEY ("lead_id")
);

-- CreateIndex
CREATE INDEX "suppression_open" ON "suppression"("until") WHERE (lifted_at IS NULL);

-- CreateIndex
CREATE INDEX "suppression_lead_id_idx" ON "suppression"("lead_id");

-- CreateIndex
CREATE UNIQUE INDEX "suppression_open_per_handoff" ON "suppression"("handoff_id") WHERE (lifted_at IS NULL);

-- AddForeignKey
ALTER TABLE "suppression" ADD CONSTRAINT "suppression_handoff_id_fkey" FOREIGN KEY ("handoff_id") REFERENCES "handoff"("id") ON DELETE CASCADE ON UPDATE CASCADE;
