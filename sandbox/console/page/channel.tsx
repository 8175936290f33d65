import type { ReactNode } from 'react';
import type { ChannelState, PersonState } from '../protocol.ts';
import { Conversation } from './conversation.tsx';
import { SlackMessage } from './slack/message.tsx';
import { TeamsMessage } from './teams/message.tsx';
import type { Perform } from './use-sandbox.ts';

type ChannelProps = {
  channel: ChannelState;
  people: readonly PersonState[];
  now: number;
  perform: Perform;
  openContact: (contactId: string) => void;
  followContact: (contactId: string) => void;
};

/** A channel that the policy has told something, as the first of its members sees it. */
export function Channel({ channel, people, ...more }: ChannelProps) {
  const readers = people.filter(({ email }) => channel.members.includes(email));
  const [reader] = readers;
  if (reader === undefined) return null;
  return (
    <>
      <div className="pane-head">
        <strong>{channelTitle(channel)}</strong>
        <span className="pane-local">{readers.map(({ name }) => name).join(' and ')}</span>
      </div>
      <section className={`chat ${channel.platform}`} aria-label={channelTitle(channel)}>
        <Conversation
          label={`Messages in ${channelTitle(channel)}`}
          emptyText="Nothing yet. What the policy has told here comes by itself."
          zone={reader.zone}
          items={itemsOf(channel, { reader, people, ...more })}
        />
      </section>
    </>
  );
}

/** `# lead-alarms`; in Teams the name alone. */
export function channelTitle({ platform, name }: ChannelState): string {
  return platform === 'slack' ? `# ${name}` : name;
}

function itemsOf(
  channel: ChannelState,
  { reader: person, ...more }: Omit<ChannelProps, 'channel'> & { reader: PersonState },
): { id: string; at: number; body: ReactNode }[] {
  if (channel.platform === 'slack') {
    return channel.messages.map((message) => ({
      id: message.ts,
      at: Number(message.ts) * 1000,
      body: <SlackMessage parent={null} message={message} person={person} {...more} />,
    }));
  }
  const { perform, openContact, followContact } = more;
  return channel.messages.map((message) => ({
    id: message.id,
    at: message.at,
    body: (
      <TeamsMessage
        message={message}
        person={person}
        perform={perform}
        openContact={openContact}
        followContact={followContact}
        onTyping={() => {}}
      />
    ),
  }));
}
