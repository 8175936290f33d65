import { z } from 'zod';
import type { Sender } from './accounts.ts';

/** Words that somebody wrote to the bot, and where. */
export type Typed = { from: Sender; text: string; channel: string; threadTs: string | null };

const written = z.object({
  channel_type: z.literal('im'),
  channel: z.string().min(1).max(255),
  user: z.string().min(1).max(255),
  text: z.string(),
  thread_ts: z.string().max(64).nullish(),
  // The bot's own messages have one, as those of every app have.
  bot_id: z.never().optional(),
  // Not what was changed, deleted, or joined.
  subtype: z.never().optional(),
});

/** More is none of the words that the bot understands. */
const wordsMaxLength = 2000;

/** A `message` event of the conversation with the bot; null for everything that nobody wrote just now. */
export function parseTyped(event: unknown, teamId: string | null): Typed | null {
  const parsed = written.safeParse(event);
  if (!parsed.success) return null;
  const { user: userId, channel, text, thread_ts: threadTs = null } = parsed.data;
  if (text.trim() === '') return null;
  const from = { userId, teamId, appTeamId: null };
  return { from, text: typedWords(text), channel, threadTs };
}

const mention = /<[@#!][^<>]*>/g;
const link = /<(?:mailto:|tel:)?([^<>|]+)(?:\|([^<>]+))?>/g;

/**
 * What somebody typed, as it is typed elsewhere: without mentions, and without the command. Slack writes addresses as links
 * and three signs as entities ("Formatting text for app surfaces").
 */
function typedWords(text: string): string {
  return text
    .slice(0, wordsMaxLength)
    .replaceAll(mention, ' ')
    .replaceAll(link, (_, address: string, label?: string) => label ?? address)
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
    .replaceAll(/\s+/g, ' ')
    .trim()
    .replace(/^\/?handoff(?= |$)/i, '')
    .trim();
}
