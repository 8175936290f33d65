-- What becomes known of a company late has its leads looked at again: they are found by it.
alter table "lead" add column "company_id" text;
update "lead" set "company_id" = "snapshot" #>> '{account,id}';
create index "lead_company_id_read_at_idx" on "lead" ("company_id", "read_at");
