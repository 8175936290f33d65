-- Everybody reads the bot in the language of their chat.
-- AlterTable
ALTER TABLE "chat_account" ADD COLUMN     "locale" TEXT;

-- AlterTable
ALTER TABLE "teams_install" ADD COLUMN     "locale" TEXT;
