-- A card offers its rep's own page for booking a meeting, which is read from HubSpot with the rep.
-- AlterTable
ALTER TABLE "rep" ADD COLUMN     "meeting_link" TEXT;
