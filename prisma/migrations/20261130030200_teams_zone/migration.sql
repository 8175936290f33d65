-- Teams' clients write a time in their reader's zone in some places only, so that the bot has to do it: it knows the zone
-- from whatever somebody did last.
ALTER TABLE "teams_install" ADD COLUMN "zone" TEXT;
