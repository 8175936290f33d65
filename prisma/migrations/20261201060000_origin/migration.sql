-- Marketing asks of which campaign the leads were that sales sends back, and what their scores were made of: it has to be
-- kept with the handoff, since the lead itself is not kept for as long, and its score moves on. Handoffs that are there
-- keep what their lead still tells of its source.
-- AlterTable
ALTER TABLE "handoff" ADD COLUMN     "origin" JSONB;

UPDATE "handoff"
   SET "origin" = jsonb_build_object(
         'source', "source",
         'campaign', CASE WHEN "source" IN ('PAID_SEARCH', 'EMAIL_MARKETING', 'OTHER_CAMPAIGNS')
                          THEN "snapshot" #> '{source,detail}' END,
         'latestSource', "snapshot" #> '{source,latest}',
         'latestCampaign', CASE WHEN "snapshot" #>> '{source,latest}' IN ('PAID_SEARCH', 'EMAIL_MARKETING', 'OTHER_CAMPAIGNS')
                                THEN "snapshot" #> '{source,latestDetail}' END,
         'score', NULL)
  FROM "lead"
 WHERE "lead"."id" = "handoff"."lead_id";
