import type { MessageRef } from '../../flow/ports/chat.ts';
import { type Log, traceOf } from '../log.ts';

/** A link and its key take some 150 bytes; a card is seldom written about after a thousand others. */
const keptAtMost = 1000;

/**
 * Links to messages. A link never changes, so that of a message that is linked to again is not asked for again. Null
 * when Slack gives none: what was to be said can be said without.
 */
export function createPermalinks(
  ask: (message: MessageRef) => Promise<string>,
  log: Log,
): (message: MessageRef) => Promise<string | null> {
  const kept = new Map<string, string>();

  return async (message) => {
    const key = `${message.conversationId} ${message.messageId}`;
    const known = kept.get(key);
    if (known !== undefined) return known;
    try {
      kept.set(key, await ask(message));
    } catch (error) {
      log.warn({ platform: 'slack', ...traceOf(error) }, 'Slack gave no link to a card');
    }
    const [oldest] = kept.keys();
    if (kept.size > keptAtMost && oldest !== undefined) kept.delete(oldest);
    return kept.get(key) ?? null;
  };
}
