-- A person may ask to be forgotten: what is known of their lead goes, and is not kept again, whoever had read it a moment
-- before. What the bot has said of a lead beside its cards is noted, so that it can be taken back from the chats.
-- CreateTable
CREATE TABLE "said" (
    "platform" TEXT NOT NULL,
    "conversation_id" TEXT NOT NULL,
    "message_id" TEXT NOT NULL,
    "lead_id" TEXT NOT NULL,

    CONSTRAINT "said_pkey" PRIMARY KEY ("platform","conversation_id","message_id","lead_id")
);

-- CreateTable
CREATE TABLE "erasure" (
    "lead_id" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "erasure_pkey" PRIMARY KEY ("lead_id")
);

-- CreateTable
CREATE TABLE "retraction" (
    "id" BIGSERIAL NOT NULL,
    "lead_id" TEXT NOT NULL,
    "platform" TEXT NOT NULL,
    "conversation_id" TEXT NOT NULL,
    "message_id" TEXT NOT NULL,
    "is_card" BOOLEAN NOT NULL,
    "done_at" TIMESTAMPTZ(3),
    "refused" TEXT,

    CONSTRAINT "retraction_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "said_lead_id_idx" ON "said"("lead_id");

-- CreateIndex
CREATE INDEX "retraction_lead_id_idx" ON "retraction"("lead_id");

-- CreateIndex
CREATE UNIQUE INDEX "retraction_platform_conversation_id_message_id_key" ON "retraction"("platform", "conversation_id", "message_id");

-- Whoever erases a lead holds its lock alone, and waits for those who are just keeping it; who comes later is refused.
CREATE FUNCTION lead_lock(lead_id text) RETURNS bigint LANGUAGE sql IMMUTABLE AS $$
  SELECT hashtextextended('lead ' || lead_id, 0)
$$;

CREATE FUNCTION refuse_erased() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_advisory_xact_lock_shared(lead_lock(NEW.id));
  IF EXISTS (SELECT FROM erasure WHERE lead_id = NEW.id) THEN
    RAISE EXCEPTION 'the lead % was erased', NEW.id USING ERRCODE = 'HE001';
  END IF;
  RETURN NEW;
END
$$;

CREATE TRIGGER "lead_not_erased" BEFORE INSERT ON "lead" FOR EACH ROW EXECUTE FUNCTION refuse_erased();
