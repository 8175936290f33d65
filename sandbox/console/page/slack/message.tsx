import { type MouseEvent, useState } from 'react';
import type { PersonState, SlackMessageState } from '../../protocol.ts';
import { Avatar, BotFace } from '../avatar.tsx';
import { slackUsers } from '../chats.ts';
import { contactIn } from '../contact-link.ts';
import type { Perform } from '../use-sandbox.ts';
import { time } from '../words.ts';
import { Blocks } from './blocks.tsx';
import { textIn } from './elements.ts';
import { PressContext, type Pressed } from './press.ts';
import { Thread } from './thread.tsx';

type SlackMessageProps = {
  message: SlackMessageState;
  parent: SlackMessageState | null;
  person: PersonState;
  people: readonly PersonState[];
  now: number;
  perform: Perform;
  openContact: (contactId: string) => void;
  followContact: (contactId: string) => void;
};

/** A message with its buttons, which do what they would do in Slack. */
export function SlackMessage(props: SlackMessageProps) {
  const { message, parent, person, people, now, perform, openContact, followContact } = props;
  const [isPending, setPending] = useState(false);
  const isBot = message.from === 'bot';
  const at = Number(message.ts) * 1000;

  const press = async ({ ids, value, url }: Pressed) => {
    if (isPending) return;
    const contactId = url === null ? null : contactIn(url);
    if (contactId !== null) openContact(contactId);
    setPending(true);
    await perform({ act: 'click', who: person.email, ts: message.ts, ...ids, value });
    setPending(false);
  };
  /** HubSpot is on the same page: a link into it leads there, and a card has its record beside it. */
  const follow = (event: MouseEvent) => {
    const about = contactIn(JSON.stringify(message.blocks));
    if (about !== null) followContact(about);
    const link = event.target instanceof Element ? event.target.closest('a') : null;
    const contactId = link && contactIn(link.href);
    if (!contactId) return;
    event.preventDefault();
    openContact(contactId);
  };

  return (
    <article className="message" data-message={message.ts} data-ephemeral={message.isEphemeral}>
      {isBot ? <BotFace size={30} /> : <Avatar name={person.name} size={30} shape="square" />}
      <div className="message-body">
        <p className="message-head">
          <strong>{isBot ? 'Lead Handoff' : person.name}</strong>
          {isBot && <span className="app-badge">APP</span>}
          <time dateTime={new Date(at).toISOString()}>{time(at, person.zone)}</time>
          {message.isEphemeral && <span className="whisper">Only visible to you</span>}
        </p>
        {parent && <p className="replied-to">replied to a thread: {headlineOf(parent) ?? 'a message'}</p>}
        {/* What is in it is reached and pressed with the keyboard; this only hears of it. */}
        <div className="message-content" aria-busy={isPending} onClickCapture={follow}>
          {message.blocks.length > 0 ? (
            <PressContext value={press}>
              <Blocks
                blocks={message.blocks}
                reader={{ zone: person.zone, now }}
                users={slackUsers(people)}
              />
            </PressContext>
          ) : (
            <p className="plain">{message.text}</p>
          )}
          {message.isEdited && <span className="edited">(edited)</span>}
        </div>
        {message.replies.length > 0 && (
          <Thread replies={message.replies} person={person} people={people} now={now} />
        )}
      </div>
    </article>
  );
}

/** What stands above a message. */
function headlineOf({ blocks }: SlackMessageState): string | null {
  const header = blocks.find(({ type }) => type === 'header');
  return header ? textIn(header) : null;
}
