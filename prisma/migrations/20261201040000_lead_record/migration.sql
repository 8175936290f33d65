-- A handoff knows its record of HubSpot's Lead object, so that it is moved and never made twice.
ALTER TABLE "handoff" ADD COLUMN     "crm_lead_record_id" TEXT;
