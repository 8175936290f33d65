-- Summaries come by themselves when the policy says so; whoever wants none may switch theirs off.
ALTER TABLE "rep" ADD COLUMN "summary_off" BOOLEAN NOT NULL DEFAULT false;
