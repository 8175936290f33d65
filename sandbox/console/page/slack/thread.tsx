import { useState } from 'react';
import type { PersonState, SlackMessageState } from '../../protocol.ts';
import { Avatar, BotFace } from '../avatar.tsx';
import { slackUsers } from '../chats.ts';
import { when } from '../words.ts';
import { Blocks } from './blocks.tsx';

const shownAtFirst = 3;

/** What was said below a message, the latest in sight. */
export function Thread({
  replies,
  person,
  people,
  now,
}: {
  replies: readonly SlackMessageState[];
  person: PersonState;
  people: readonly PersonState[];
  now: number;
}) {
  const [isWhole, setWhole] = useState(false);
  const hidden = isWhole ? 0 : Math.max(0, replies.length - shownAtFirst);
  return (
    <div className="thread">
      {hidden > 0 && (
        <button type="button" className="thread-more" onClick={() => setWhole(true)}>
          {hidden} earlier {hidden === 1 ? 'reply' : 'replies'}
        </button>
      )}
      {replies.slice(hidden).map((reply) => (
        <div className="reply" key={reply.ts}>
          {reply.from === 'bot' ? (
            <BotFace size={18} />
          ) : (
            <Avatar name={person.name} size={18} shape="square" />
          )}
          <div className="reply-text">
            {reply.blocks.length > 0 ? (
              <Blocks blocks={reply.blocks} reader={{ zone: person.zone, now }} users={slackUsers(people)} />
            ) : (
              reply.text
            )}
          </div>
          <time dateTime={new Date(Number(reply.ts) * 1000).toISOString()}>
            {when(Number(reply.ts) * 1000, now, person.zone)}
          </time>
        </div>
      ))}
    </div>
  );
}
