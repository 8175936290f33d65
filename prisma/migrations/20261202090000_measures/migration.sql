-- What stats and the dashboard count stands in columns of its own, made from the logs of handoffs: one row a handoff, and
-- one for each time that somebody held it. Which logs have grown is found by the time of their events.
-- CreateTable
CREATE TABLE "measured_handoff" (
    "handoff_id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "rep" TEXT NOT NULL,
    "team" TEXT,
    "trigger" TEXT NOT NULL,
    "source" TEXT,
    "campaign" TEXT,
    "qualified_at" TIMESTAMPTZ(3) NOT NULL,
    "received_at" TIMESTAMPTZ(3),
    "decided_at" TIMESTAMPTZ(3),
    "offered_at" TIMESTAMPTZ(3) NOT NULL,
    "delivered_at" TIMESTAMPTZ(3),
    "accepted_at" TIMESTAMPTZ(3),
    "first_touch_at" TIMESTAMPTZ(3),
    "meeting_at" TIMESTAMPTZ(3),
    "opportunity_at" TIMESTAMPTZ(3),
    "won_at" TIMESTAMPTZ(3),
    "closed_at" TIMESTAMPTZ(3),
    "outcome" TEXT,
    "reason" TEXT,
    "touches" INTEGER NOT NULL,
    "escalations" INTEGER NOT NULL,
    "is_rescued" BOOLEAN NOT NULL,
    "is_fallback" BOOLEAN NOT NULL,
    "is_back" BOOLEAN NOT NULL,
    "to_meeting" INTEGER,
    "to_opportunity" INTEGER,
    "system" INTEGER,
    "off_hours" INTEGER,
    "by_rep" INTEGER,

    CONSTRAINT "measured_handoff_pkey" PRIMARY KEY ("handoff_id")
);

-- CreateTable
CREATE TABLE "measured_assignment" (
    "handoff_id" UUID NOT NULL,
    "seq" INTEGER NOT NULL,
    "qualified_at" TIMESTAMPTZ(3) NOT NULL,
    "rep" TEXT NOT NULL,
    "team" TEXT,
    "trigger" TEXT NOT NULL,
    "source" TEXT,
    "since" TIMESTAMPTZ(3) NOT NULL,
    "way" TEXT NOT NULL,
    "is_fallback" BOOLEAN NOT NULL,
    "delivered_at" TIMESTAMPTZ(3),
    "seen_at" TIMESTAMPTZ(3),
    "acknowledged_at" TIMESTAMPTZ(3),
    "accepted_at" TIMESTAMPTZ(3),
    "first_touch_at" TIMESTAMPTZ(3),
    "acknowledge_due" TIMESTAMPTZ(3),
    "acknowledge_missed" TIMESTAMPTZ(3),
    "touch_due" TIMESTAMPTZ(3),
    "touch_missed" TIMESTAMPTZ(3),
    "acknowledge_wall" INTEGER,
    "acknowledge_working" INTEGER,
    "touch_wall" INTEGER,
    "touch_working" INTEGER,
    "touches" INTEGER NOT NULL,
    "reminders" INTEGER NOT NULL,
    "snoozes" INTEGER NOT NULL,
    "escalations" INTEGER NOT NULL,
    "is_rescue" BOOLEAN NOT NULL,
    "until" TIMESTAMPTZ(3),
    "ended_as" TEXT,
    "outcome" TEXT,
    "reason" TEXT,

    CONSTRAINT "measured_assignment_pkey" PRIMARY KEY ("handoff_id","seq")
);

-- CreateIndex
CREATE INDEX "measured_handoff_qualified_at_idx" ON "measured_handoff"("qualified_at");

-- CreateIndex
CREATE INDEX "measured_handoff_source_idx" ON "measured_handoff"("source");

-- CreateIndex
CREATE INDEX "measured_assignment_qualified_at_idx" ON "measured_assignment"("qualified_at");

-- CreateIndex
CREATE INDEX "handoff_event_at_idx" ON "handoff_event" USING BRIN ("at");

-- AddForeignKey
ALTER TABLE "measured_handoff" ADD CONSTRAINT "measured_handoff_handoff_id_fkey" FOREIGN KEY ("handoff_id") REFERENCES "handoff"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "measured_assignment" ADD CONSTRAINT "measured_assignment_handoff_id_fkey" FOREIGN KEY ("handoff_id") REFERENCES "measured_handoff"("handoff_id") ON DELETE CASCADE ON UPDATE CASCADE;

