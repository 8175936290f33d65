-- A message that calls somebody to leads is brought up to date until nothing is left to be done about them.
-- AlterTable
ALTER TABLE "news" ADD COLUMN     "conversation_id" TEXT,
ADD COLUMN     "handoff_id" UUID,
ADD COLUMN     "message_id" TEXT,
ADD COLUMN     "platform" TEXT,
ADD COLUMN     "settled_at" TIMESTAMPTZ(3);

-- CreateIndex
CREATE INDEX "news_open" ON "news"("handoff_id") WHERE (message_id IS NOT NULL AND settled_at IS NULL);

-- CreateIndex
CREATE INDEX "news_bulletin" ON "news"("bulletin") WHERE (message_id IS NOT NULL);
