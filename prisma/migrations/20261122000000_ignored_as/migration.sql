-- Why an event was ignored at the door was known by its words only; what asks for it asks for a code from now on.
-- AlterTable
ALTER TABLE "inbound_event" ADD COLUMN     "ignored_as" TEXT;

-- What was decided at the door is decided as it arrives; the words of later decisions may be anything.
UPDATE "inbound_event" SET "ignored_as" = CASE
    WHEN "reason" = 'our own echo' THEN 'ownEcho'
    WHEN "reason" LIKE 'unknown event type %' THEN 'unknownType'
    WHEN "reason" LIKE 'from portal %' THEN 'foreignPortal'
    WHEN "reason" LIKE 'about a %' THEN 'otherRecord'
    WHEN "reason" LIKE 'names no %' THEN 'nameless'
  END
 WHERE "decision" = 'ignored' AND "decided_at" = "received_at";
