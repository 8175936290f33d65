import type { MessageRef } from '../../flow/ports/chat.ts';
import { type Log, traceOf } from '../log.ts';
import { remembered } from './remembered.ts';

/**
 * Links to messages. A link never changes, so that of a message that is linked to again is not asked for again. Null
 * when Slack gives none: what was to be said can be said without.
 */
export function createPermalinks(
  ask: (message: MessageRef) => Promise<string>,
  log: Log,
): (message: MessageRef) => Promise<string | null> {
  const linkTo = remembered(
    (key) => {
      const [conversationId = '', messageId = ''] = key.split(' ');
      return ask({ conversationId, messageId });
    },
    { forMs: Number.POSITIVE_INFINITY, now: () => 0 },
  );

  return async ({ conversationId, messageId }) => {
    try {
      return await linkTo(`${conversationId} ${messageId}`);
    } catch (error) {
      log.warn({ platform: 'slack', ...traceOf(error) }, 'Slack gave no link to a card');
      return null;
    }
  };
}
