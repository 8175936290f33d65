import type { Platform } from '../../../src/domain/policy/policy.ts';

/** A small sign for a chat: its colour and a letter. */
export function ChatMark({ chat }: { chat: Platform }) {
  return (
    <span className="chat-mark" data-chat={chat} aria-hidden="true">
      {chat === 'slack' ? '#' : 'T'}
    </span>
  );
}
