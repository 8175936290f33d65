-- Other systems may be told what happens to handoffs: how far in its log each of them was told, from where it was when the
-- first event came that it is to hear of. Who says that they are gone hears nothing more of the handoff.
CREATE TABLE "event_cursor" (
    "handoff_id" UUID NOT NULL,
    "destination" TEXT NOT NULL,
    "seq" INTEGER NOT NULL,
    "gone" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "event_cursor_pkey" PRIMARY KEY ("handoff_id","destination")
);

-- AddForeignKey
ALTER TABLE "event_cursor" ADD CONSTRAINT "event_cursor_handoff_id_fkey" FOREIGN KEY ("handoff_id") REFERENCES "handoff"("id") ON DELETE CASCADE ON UPDATE CASCADE;
