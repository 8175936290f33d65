import type { ReactNode } from 'react';
import type { ChannelState, PersonState } from '../protocol.ts';
import { Avatar } from './avatar.tsx';
import { Badge } from './badge.tsx';
import { channelTitle } from './channel.tsx';
import { ChatMark } from './chat-mark.tsx';
import { chatNames, chatsOf } from './chats.ts';

type Choice = {
  isShown: boolean;
  unread: number;
};

/** Chooses whose conversations a pane shows. */
export function PersonPicker({
  person,
  onPick,
  ...choice
}: Choice & { person: PersonState; onPick: (person: PersonState) => void }) {
  const { name, team, isWorking, isInMarketing } = person;
  const chats = chatsOf(person);
  const inChats = `in ${chats.map((chat) => chatNames[chat]).join(' and ')}`;
  return (
    <Picker
      details={[name, isInMarketing ? 'Marketing' : team, inChats, isWorking ? 'working' : 'off hours']}
      onPick={() => onPick(person)}
      {...choice}
    >
      <Avatar name={name} size={26} shape="square" />
      {chats.includes('teams') && <ChatMark chat="teams" />}
      <span className="dot" data-working={isWorking} />
    </Picker>
  );
}

/** Has a pane show a channel. */
export function ChannelPicker({
  channel,
  onPick,
  ...choice
}: Choice & { channel: ChannelState; onPick: (channel: ChannelState) => void }) {
  const { platform } = channel;
  return (
    <Picker
      details={[`Channel ${channelTitle(channel)}`, `in ${chatNames[platform]}`]}
      onPick={() => onPick(channel)}
      {...choice}
    >
      <span className="channel-face" aria-hidden="true">
        #
      </span>
      {platform === 'teams' && <ChatMark chat="teams" />}
    </Picker>
  );
}

function Picker({
  details,
  isShown,
  unread,
  onPick,
  children,
}: Choice & {
  /** What is read out. */
  details: readonly (string | null)[];
  onPick: () => void;
  children: ReactNode;
}) {
  const label = [...details, unread > 0 && `${unread} unread`].filter(Boolean).join(', ');
  return (
    <button type="button" className="picker" aria-pressed={isShown} title={label} onClick={onPick}>
      <span className="read-out">{label}</span>
      <span className="picker-face" aria-hidden="true">
        {children}
        <Badge count={unread} />
      </span>
    </button>
  );
}
