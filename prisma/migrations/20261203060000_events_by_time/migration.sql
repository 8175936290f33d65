-- Which logs have grown is looked for whenever numbers are shown. A BRIN index leaves out what came since the last vacuum,
-- which is up to a fifth of the table, and knows less with each log that is erased, as new events take the place of old ones.
-- DropIndex
DROP INDEX "handoff_event_at_idx";

-- CreateIndex
CREATE INDEX "handoff_event_at_idx" ON "handoff_event"("at");
