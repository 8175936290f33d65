-- People may choose the language in which they are written to, whatever their chat's is.
ALTER TABLE "rep" ADD COLUMN "language" TEXT;
