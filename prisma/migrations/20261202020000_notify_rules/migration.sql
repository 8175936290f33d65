-- People may have themselves told again, by mail or through another system when they have not answered a card: how, they say
-- themselves, each as the policy allows.
ALTER TABLE "rep" ADD COLUMN "notify" JSONB;
