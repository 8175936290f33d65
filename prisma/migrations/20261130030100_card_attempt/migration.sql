-- Of a card that was sent twice, as the end of its first sending was unknown, each message says which attempt it was: the
-- id of the message that Teams sends along with a click may be missing, or that of another message. Nobody ever read when
-- a sending had begun.
ALTER TABLE "card" DROP COLUMN "sending_at", ADD COLUMN "attempt" INTEGER NOT NULL DEFAULT 0;
