-- Teams writes to people only through the conversation that adding the app has opened, so it has to be kept.
-- CreateTable
CREATE TABLE "teams_install" (
    "user_id" TEXT NOT NULL,
    "member_id" TEXT NOT NULL,
    "conversation_id" TEXT NOT NULL,
    "service_url" TEXT NOT NULL,
    "emails" TEXT[],
    "emails_at" TIMESTAMPTZ(3),
    "saved_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "teams_install_pkey" PRIMARY KEY ("user_id")
);

-- CreateIndex
CREATE INDEX "teams_install_conversation_id_idx" ON "teams_install"("conversation_id");

