import { useEffect } from 'react';
import type { TeamsState } from '../../protocol.ts';
import type { ChatProps } from '../chat-props.ts';
import { Composer } from '../composer.tsx';
import { Conversation } from '../conversation.tsx';
import { TeamsMessage } from './message.tsx';

/** A person's conversation with the bot in Teams. */
export function TeamsChat({
  teams,
  person,
  emptyText,
  isShown,
  isInSight,
  draft,
  onDraft,
  onTyping,
  perform,
  openContact,
  followContact,
}: ChatProps & {
  teams: TeamsState;
  /** Hears whether a card is being filled in. */
  onTyping: (isTyping: boolean) => void;
}) {
  const { email, name, zone } = person;
  const newest = teams.messages.at(-1)?.id;

  // Teams asks the bot for its cards anew when somebody comes to the conversation, or something comes to them.
  useEffect(() => {
    if (isInSight && newest !== undefined) void perform({ act: 'view', who: email, chat: 'teams' });
  }, [isInSight, newest, email, perform]);

  return (
    <section className="chat teams" aria-label={`Teams of ${name}`} hidden={!isShown}>
      <Conversation
        label={`Messages of ${name} in Teams`}
        emptyText={emptyText}
        zone={zone}
        items={teams.messages.map((message) => ({
          id: message.id,
          at: message.at,
          body: (
            <TeamsMessage
              message={message}
              person={person}
              perform={perform}
              openContact={openContact}
              followContact={followContact}
              onTyping={onTyping}
            />
          ),
        }))}
      />
      <Composer
        label={`Message to Lead Handoff in Teams from ${name}`}
        placeholder="Type a message, such as stats team 30d"
        draft={draft}
        onDraft={onDraft}
        onSend={(text) => perform({ act: 'write', who: email, chat: 'teams', text })}
      />
    </section>
  );
}
