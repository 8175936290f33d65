-- A language model costs money for each call: what may be spent in a day is counted for all processes together.
CREATE TABLE "model_use" (
  "day" DATE NOT NULL,
  "calls" INTEGER NOT NULL,
  CONSTRAINT "model_use_pkey" PRIMARY KEY ("day")
);
