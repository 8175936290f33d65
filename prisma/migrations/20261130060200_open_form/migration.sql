-- In Teams a form is a message. Somebody who opened one twice had two, and one that could no longer be sent in stood there
-- all the same: now it is known where it is.
-- CreateTable
CREATE TABLE "open_form" (
    "handoff_id" UUID NOT NULL,
    "platform" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "form" TEXT NOT NULL,
    "conversation_id" TEXT NOT NULL,
    "message_id" TEXT NOT NULL,

    CONSTRAINT "open_form_pkey" PRIMARY KEY ("handoff_id","platform","user_id","form")
);

-- AddForeignKey
ALTER TABLE "open_form" ADD CONSTRAINT "open_form_handoff_id_fkey" FOREIGN KEY ("handoff_id") REFERENCES "handoff"("id") ON DELETE CASCADE ON UPDATE CASCADE;
