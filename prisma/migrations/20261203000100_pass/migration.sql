-- People come into the dashboard by a link from chat: of links, of the sessions that they begin and of boards for a wall
-- a hash is kept, and until when they are good.
-- CreateTable
CREATE TABLE "pass" (
    "id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "hash" BYTEA NOT NULL,
    "person" TEXT NOT NULL,
    "role" TEXT,
    "team" TEXT,
    "made_at" TIMESTAMPTZ(3) NOT NULL,
    "until" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),
    "ended_by" TEXT,

    CONSTRAINT "pass_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "pass_kind_until_idx" ON "pass"("kind", "until");
