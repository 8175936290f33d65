-- Teams tells of some people nothing, or fails to: of them nobody knew that they had been asked about, so that they came
-- before everybody else again and again.
ALTER TABLE "teams_install" ADD COLUMN "asked_at" TIMESTAMPTZ(3);

UPDATE "teams_install" SET "asked_at" = "emails_at";
