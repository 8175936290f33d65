-- Everybody has a Home tab in Slack with what waits for them. Whoever has opened theirs lately has it brought up to date:
-- who that is, whose leads stand in it and what it shows is kept here, so that a change of a handoff asks for just those
-- homes, within its own statement. The indexes find what somebody's home is made from, also after years of handoffs.
-- CreateTable
CREATE TABLE "home" (
    "person" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "opened_at" TIMESTAMPTZ(3) NOT NULL,
    "watches" TEXT[],
    "hash" TEXT,
    "shown" TEXT,
    "lead_ids" TEXT[],

    CONSTRAINT "home_pkey" PRIMARY KEY ("person")
);

-- CreateIndex
CREATE INDEX "handoff_escalated" ON "handoff"("escalated_to") WHERE (closed_at IS NULL AND escalated_to IS NOT NULL);

-- CreateIndex
CREATE INDEX "handoff_open_to" ON "handoff" USING GIN ("open_to") WHERE (closed_at IS NULL AND open_to <> '{}'::text[]);

-- CreateIndex
CREATE INDEX "handoff_closed_per_rep" ON "handoff"("rep", "closed_at") WHERE (closed_at IS NOT NULL);

-- CreateIndex
CREATE INDEX "handoff_followed_per_rep" ON "handoff"("rep") WHERE (followed AND closed_at IS NOT NULL);
