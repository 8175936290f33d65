-- Why something was decided, waits, or somebody is away is kept as data, and put into words when it is read, in the
-- reader's language. What is there stays what it is: words, in English.
-- AlterTable
ALTER TABLE "absence" ALTER COLUMN "why" TYPE JSONB USING to_jsonb("why");

-- AlterTable
ALTER TABLE "decision" ALTER COLUMN "reason" TYPE JSONB USING to_jsonb("reason");

-- AlterTable
ALTER TABLE "hold" ALTER COLUMN "because" TYPE JSONB USING to_jsonb("because");
