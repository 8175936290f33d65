-- A handoff keeps what HubSpot would not take of it, so that whoever asks why finds more than a line in the log.
ALTER TABLE "handoff" ADD COLUMN     "crm_refused" TEXT[] DEFAULT ARRAY[]::TEXT[];
