import type { Platform } from '../../../src/domain/policy/policy.ts';
import { Badge } from './badge.tsx';
import { ChatMark } from './chat-mark.tsx';
import { chatNames } from './chats.ts';

/** The chats of somebody who reads their cards in both: one of them in front, or both side by side. */
export function ChatTabs({
  chats,
  front,
  unreadIn,
  onPick,
  isSplit,
  onSplit,
  unreadElsewhere,
}: {
  chats: readonly Platform[];
  front: Platform;
  unreadIn: (chat: Platform) => number;
  onPick: (chat: Platform) => void;
  isSplit: boolean;
  /** Null where there is no room for both. */
  onSplit: ((isSplit: boolean) => void) | null;
  /** In the pane that has made room. */
  unreadElsewhere: number;
}) {
  return (
    <div className="chat-tabs" data-split={isSplit}>
      {chats.map((chat) => {
        const unread = unreadIn(chat);
        return (
          <button
            key={chat}
            type="button"
            className="chat-tab"
            data-chat={chat}
            aria-pressed={isSplit || front === chat}
            onClick={() => {
              onPick(chat);
              onSplit?.(false);
            }}
          >
            <ChatMark chat={chat} />
            {chatNames[chat]}
            <Badge count={unread} />
          </button>
        );
      })}
      {onSplit && (
        <button type="button" className="chat-split" aria-pressed={isSplit} onClick={() => onSplit(!isSplit)}>
          <svg viewBox="0 0 16 16" width="13" height="13" aria-hidden="true">
            <rect
              x="1.5"
              y="2.5"
              width="13"
              height="11"
              rx="2"
              fill="none"
              stroke="currentColor"
              strokeWidth="1.4"
            />
            <path d="M8 2.5v11" stroke="currentColor" strokeWidth="1.4" />
          </svg>
          Side by side
          {isSplit && <Badge count={unreadElsewhere} />}
        </button>
      )}
    </div>
  );
}
