import type { MessageRef } from '../../flow/ports/chat.ts';

/** Teams' ids of channels; in teams of its first years they end in the second way. */
const channelForm = /^19:[^@;\s]+@thread\.(tacv2|skype)$/;

export function isChannel(conversationId: string): boolean {
  return channelForm.test(conversationId);
}

/** Where a message is changed and answered: a post in a channel has a conversation of its own below it. */
export function conversationAt({ conversationId, messageId }: MessageRef): string {
  return isChannel(conversationId) ? `${conversationId};messageid=${messageId}` : conversationId;
}
