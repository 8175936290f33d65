import { useState } from 'react';
import type { PersonState, SlackMessageState, SlackState } from '../../protocol.ts';
import type { ChatProps } from '../chat-props.ts';
import { slackUsers } from '../chats.ts';
import { Composer } from '../composer.tsx';
import { Conversation } from '../conversation.tsx';
import { Home } from './home.tsx';
import { SlackMessage } from './message.tsx';
import { Modal } from './modal.tsx';

/** A person's conversation with the bot in Slack. */
export function SlackChat({
  slack,
  person,
  people,
  emptyText,
  isShown,
  draft,
  onDraft,
  now,
  perform,
  openContact,
  followContact,
}: ChatProps & {
  slack: SlackState;
  /** Everybody that may be mentioned. */
  people: readonly PersonState[];
  now: number;
}) {
  const { email, name, zone } = person;
  const [isAtHome, setAtHome] = useState(false);
  const goHome = () => {
    setAtHome(true);
    void perform({ act: 'openHome', who: email });
  };
  return (
    <section className="chat slack" aria-label={`Slack of ${name}`} hidden={!isShown}>
      <nav className="slack-tabs" aria-label={`Lead Handoff in Slack of ${name}`}>
        <button type="button" aria-pressed={isAtHome} onClick={goHome}>
          Home
        </button>
        <button type="button" aria-pressed={!isAtHome} onClick={() => setAtHome(false)}>
          Messages
        </button>
        <button
          type="button"
          aria-pressed={slack.isQuiet}
          onClick={() => void perform({ act: 'doNotDisturb', who: email, on: !slack.isQuiet })}
        >
          Do Not Disturb
        </button>
      </nav>
      {isAtHome && <Home blocks={slack.home} person={person} people={people} now={now} perform={perform} />}
      <div className="slack-messages" hidden={isAtHome}>
        <Conversation
          label={`Messages of ${name} in Slack`}
          emptyText={emptyText}
          zone={zone}
          items={linesOf(slack.messages).map(({ message, parent }) => ({
            id: message.ts,
            at: Number(message.ts) * 1000,
            body: (
              <SlackMessage
                message={message}
                parent={parent}
                person={person}
                people={people}
                now={now}
                perform={perform}
                openContact={openContact}
                followContact={followContact}
              />
            ),
          }))}
        />
        <Composer
          label={`Message to Lead Handoff in Slack from ${name}`}
          placeholder="Try /handoff stats team 30d"
          draft={draft}
          onDraft={onDraft}
          onSend={(text) => perform({ act: 'write', who: email, chat: 'slack', text })}
        />
      </div>
      {slack.modal && (
        <Modal
          key={slack.modal.id}
          modal={slack.modal}
          who={email}
          reader={{ zone, now }}
          users={slackUsers(people)}
          perform={perform}
        />
      )}
    </section>
  );
}

type Line = {
  message: SlackMessageState;
  /** The message whose thread this is a reply of. */
  parent: SlackMessageState | null;
};

/** The messages, and the replies that are shown among them. */
function linesOf(messages: readonly SlackMessageState[]): Line[] {
  return messages
    .flatMap((message) => [
      { message, parent: null },
      ...message.replies
        .filter((reply) => reply.isBroadcast)
        .map((reply) => ({ message: reply, parent: message })),
    ])
    .sort((a, b) => Number(a.message.ts) - Number(b.message.ts));
}
