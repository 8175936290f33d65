import { Fragment } from 'react';
import type { MessageState, PersonState } from '../protocol.ts';
import { SlackMessage } from './slack-message.tsx';
import { useNewestInSight } from './use-newest-in-sight.ts';
import type { Perform } from './use-sandbox.ts';
import { day } from './words.ts';

interface Line {
  message: MessageState;
  /** The message whose thread this is a reply of. */
  parent: MessageState | null;
}

/** The messages between a person and the bot, the newest in sight. */
export function Conversation({
  person,
  people,
  now,
  perform,
  openContact,
}: {
  person: PersonState;
  people: readonly PersonState[];
  now: number;
  perform: Perform;
  openContact: (contactId: string) => void;
}) {
  const lines = linesOf(person.messages);
  const { place, content, onScroll } = useNewestInSight(lines.at(-1)?.message.ts);

  return (
    <div
      className="conversation"
      ref={place}
      role="log"
      aria-label={`Messages of ${person.name}`}
      onScroll={onScroll}
    >
      <div ref={content}>
        {lines.length === 0 && (
          <p className="empty">
            {person.role === 'rep'
              ? 'Nothing yet. When a lead qualifies, whoever is to call it gets the card here.'
              : 'Nothing yet. A card that is not answered in time comes here.'}
          </p>
        )}
        {lines.map(({ message, parent }, index) => {
          const today = day(Number(message.ts) * 1000, person.zone);
          const before = lines[index - 1];
          const isNewDay = !before || day(Number(before.message.ts) * 1000, person.zone) !== today;
          return (
            <Fragment key={message.ts}>
              {isNewDay && <div className="day">{today}</div>}
              <SlackMessage {...{ message, parent, person, people, now, perform, openContact }} />
            </Fragment>
          );
        })}
      </div>
    </div>
  );
}

/** The messages, and the replies that are shown among them. */
function linesOf(messages: readonly MessageState[]): Line[] {
  return messages
    .flatMap((message) => [
      { message, parent: null },
      ...message.replies
        .filter((reply) => reply.isBroadcast)
        .map((reply) => ({ message: reply, parent: message })),
    ])
    .sort((a, b) => Number(a.message.ts) - Number(b.message.ts));
}
