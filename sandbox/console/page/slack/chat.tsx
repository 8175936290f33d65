import type { PersonState, SlackMessageState, SlackState } from '../../protocol.ts';
import type { ChatProps } from '../chat-props.ts';
import { Composer } from '../composer.tsx';
import { Conversation } from '../conversation.tsx';
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
}: ChatProps & {
  slack: SlackState;
  /** Everybody that may be mentioned. */
  people: readonly PersonState[];
  now: number;
}) {
  const { email, name, zone } = person;
  return (
    <section className="chat slack" aria-label={`Slack of ${name}`} hidden={!isShown}>
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
      {slack.modal && <Modal key={slack.modal.id} modal={slack.modal} who={email} perform={perform} />}
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
