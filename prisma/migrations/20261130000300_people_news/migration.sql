-- Every process keeps people and their absences in memory. Whoever listens to the channel `people` hears that they were
-- changed, by whichever process or hand. How many cards somebody let pass is nobody's to keep.
CREATE FUNCTION tell_people() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('people', '');
  RETURN NULL;
END
$$;

CREATE TRIGGER "rep_changed" AFTER INSERT OR DELETE OR TRUNCATE OR UPDATE OF "id", "name", "owner_id", "active", "hours"
  ON "rep" FOR EACH STATEMENT EXECUTE FUNCTION tell_people();
CREATE TRIGGER "absence_changed" AFTER INSERT OR DELETE OR TRUNCATE OR UPDATE
  ON "absence" FOR EACH STATEMENT EXECUTE FUNCTION tell_people();
CREATE TRIGGER "chat_account_changed" AFTER INSERT OR DELETE OR TRUNCATE OR UPDATE
  ON "chat_account" FOR EACH STATEMENT EXECUTE FUNCTION tell_people();
