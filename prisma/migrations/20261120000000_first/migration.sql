-- The first tables: inbox, leads, people, handoffs with their history, timers and cards, policies.

-- CreateTable
CREATE TABLE "inbound_event" (
    "id" BIGSERIAL NOT NULL,
    "dedupe_key" TEXT NOT NULL,
    "lead_id" TEXT,
    "type" TEXT NOT NULL,
    "payload" JSONB NOT NULL,
    "occurred_at" TIMESTAMPTZ(3) NOT NULL,
    "received_at" TIMESTAMPTZ(3) NOT NULL,
    "decision" TEXT,
    "reason" TEXT,
    "handoff_id" UUID,
    "decided_at" TIMESTAMPTZ(3),

    CONSTRAINT "inbound_event_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "lead" (
    "id" TEXT NOT NULL,
    "snapshot" JSONB NOT NULL,
    "read_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "lead_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "rep" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "owner_id" TEXT,
    "active" BOOLEAN NOT NULL DEFAULT true,
    "synced_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "rep_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "chat_account" (
    "rep" TEXT NOT NULL,
    "platform" TEXT NOT NULL,
    "user_id" TEXT,
    "conversation_id" TEXT,
    "zone" TEXT,
    "checked_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "chat_account_pkey" PRIMARY KEY ("rep","platform")
);

-- CreateTable
CREATE TABLE "rotation_credit" (
    "pool" TEXT NOT NULL,
    "rep" TEXT NOT NULL,
    "credit" DOUBLE PRECISION NOT NULL,

    CONSTRAINT "rotation_credit_pkey" PRIMARY KEY ("pool","rep")
);

-- CreateTable
CREATE TABLE "handoff" (
    "id" UUID NOT NULL,
    "lead_id" TEXT NOT NULL,
    "trigger" TEXT NOT NULL,
    "policy_version" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "status" TEXT NOT NULL,
    "outcome" TEXT,
    "reason" TEXT,
    "rep" TEXT NOT NULL,
    "team" TEXT,
    "source" TEXT,
    "targets" JSONB NOT NULL,
    "clock_run" INTEGER NOT NULL,
    "escalated_to" TEXT,
    "unreachable" TEXT,
    "qualified_at" TIMESTAMPTZ(3) NOT NULL,
    "delivered_at" TIMESTAMPTZ(3),
    "respond_by" TIMESTAMPTZ(3) NOT NULL,
    "acknowledged_at" TIMESTAMPTZ(3),
    "accepted_at" TIMESTAMPTZ(3),
    "touch_by" TIMESTAMPTZ(3),
    "first_touch_at" TIMESTAMPTZ(3),
    "ack_breached_at" TIMESTAMPTZ(3),
    "touch_breached_at" TIMESTAMPTZ(3),
    "closed_at" TIMESTAMPTZ(3),
    "written_seq" INTEGER NOT NULL DEFAULT 0,
    "writing_seq" INTEGER NOT NULL DEFAULT 0,
    "crm_task_id" TEXT,

    CONSTRAINT "handoff_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "handoff_event" (
    "handoff_id" UUID NOT NULL,
    "seq" INTEGER NOT NULL,
    "type" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "by" TEXT,
    "data" JSONB NOT NULL,
    "command_id" TEXT,

    CONSTRAINT "handoff_event_pkey" PRIMARY KEY ("handoff_id","seq")
);

-- CreateTable
CREATE TABLE "assignment" (
    "handoff_id" UUID NOT NULL,
    "seq" INTEGER NOT NULL,
    "rep" TEXT NOT NULL,
    "team" TEXT,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "until" TIMESTAMPTZ(3),
    "reasons" JSONB NOT NULL,

    CONSTRAINT "assignment_pkey" PRIMARY KEY ("handoff_id","seq")
);

-- CreateTable
CREATE TABLE "timer" (
    "id" BIGSERIAL NOT NULL,
    "handoff_id" UUID NOT NULL,
    "clock" TEXT NOT NULL,
    "step" INTEGER NOT NULL,
    "action" TEXT NOT NULL,
    "run" INTEGER NOT NULL,
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "fired_at" TIMESTAMPTZ(3),
    "cancelled_at" TIMESTAMPTZ(3),

    CONSTRAINT "timer_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "card" (
    "handoff_id" UUID NOT NULL,
    "person" TEXT NOT NULL,
    "platform" TEXT NOT NULL,
    "conversation_id" TEXT NOT NULL,
    "message_id" TEXT,
    "revision" INTEGER NOT NULL,
    "told_seq" INTEGER NOT NULL,
    "telling_seq" INTEGER NOT NULL,
    "sending_at" TIMESTAMPTZ(3),

    CONSTRAINT "card_pkey" PRIMARY KEY ("handoff_id","person","platform")
);

-- CreateTable
CREATE TABLE "touch" (
    "id" UUID NOT NULL,
    "handoff_id" UUID NOT NULL,
    "rep" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "outcome" TEXT NOT NULL,
    "note" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "crm_id" TEXT,

    CONSTRAINT "touch_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "policy_version" (
    "hash" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "policy_version_pkey" PRIMARY KEY ("hash")
);

-- CreateIndex
CREATE UNIQUE INDEX "inbound_event_dedupe_key_key" ON "inbound_event"("dedupe_key");

-- CreateIndex
CREATE INDEX "inbound_event_lead_id_decided_at_idx" ON "inbound_event"("lead_id", "decided_at");

-- CreateIndex
CREATE UNIQUE INDEX "rep_owner_id_key" ON "rep"("owner_id");

-- CreateIndex
CREATE UNIQUE INDEX "chat_account_platform_user_id_key" ON "chat_account"("platform", "user_id");

-- CreateIndex
CREATE INDEX "handoff_lead_id_qualified_at_idx" ON "handoff"("lead_id", "qualified_at");

-- CreateIndex
CREATE INDEX "handoff_qualified_at_idx" ON "handoff"("qualified_at");

-- CreateIndex
CREATE UNIQUE INDEX "handoff_open_per_lead" ON "handoff"("lead_id") WHERE (closed_at IS NULL);

-- CreateIndex
CREATE UNIQUE INDEX "handoff_event_handoff_id_command_id_key" ON "handoff_event"("handoff_id", "command_id");

-- CreateIndex
CREATE INDEX "timer_pending" ON "timer"("due_at") WHERE (fired_at IS NULL AND cancelled_at IS NULL);

-- CreateIndex
CREATE INDEX "timer_handoff_id_idx" ON "timer"("handoff_id");

-- CreateIndex
CREATE INDEX "touch_handoff_id_idx" ON "touch"("handoff_id");

-- AddForeignKey
ALTER TABLE "handoff_event" ADD CONSTRAINT "handoff_event_handoff_id_fkey" FOREIGN KEY ("handoff_id") REFERENCES "handoff"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "assignment" ADD CONSTRAINT "assignment_handoff_id_fkey" FOREIGN KEY ("handoff_id") REFERENCES "handoff"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "timer" ADD CONSTRAINT "timer_handoff_id_fkey" FOREIGN KEY ("handoff_id") REFERENCES "handoff"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "card" ADD CONSTRAINT "card_handoff_id_fkey" FOREIGN KEY ("handoff_id") REFERENCES "handoff"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "touch" ADD CONSTRAINT "touch_handoff_id_fkey" FOREIGN KEY ("handoff_id") REFERENCES "handoff"("id") ON DELETE CASCADE ON UPDATE CASCADE;

