import type { Platform } from '../../../src/domain/policy/policy.ts';
import type { ChannelState, PersonState } from '../protocol.ts';
import { Channel, channelTitle } from './channel.tsx';
import type { ChatProps } from './chat-props.ts';
import { ChatTabs } from './chat-tabs.tsx';
import { chatNames, chatsOf } from './chats.ts';
import { ChannelPicker, PersonPicker } from './pickers.tsx';
import { SlackChat } from './slack/chat.tsx';
import { TeamsChat } from './teams/chat.tsx';
import type { ShownPeople } from './use-people.ts';
import { type Perform, useNow } from './use-sandbox.ts';
import { placeOf, time } from './words.ts';

/** The channels that may stand in the place of a pane's chats. */
export type PaneChannels = {
  all: readonly ChannelState[];
  front: ChannelState | null;
  show: (channel: ChannelState | null) => void;
  unreadIn: (channel: ChannelState) => number;
};

type PersonPaneProps = {
  role: PersonState['role'];
  people: readonly PersonState[];
  shownPeople: ShownPeople;
  channels: PaneChannels;
  /** Hears that somebody comes to a conversation of theirs. */
  onCome: (person: PersonState, chat: Platform) => void;
  canSplit: boolean;
  /** In the pane that makes room for both chats of somebody. */
  unreadElsewhere: number;
  now: number;
  perform: Perform;
  openContact: (contactId: string) => void;
  followContact: (contactId: string) => void;
};

const owners = { rep: 'Rep’s', manager: 'Manager’s', marketing: 'Marketing’s' };
const emptyTexts = {
  rep: 'Nothing yet. When a lead qualifies, whoever is to call it gets the card here.',
  manager: 'Nothing yet. A card that is not answered in time comes here.',
  marketing: 'Nothing yet. What sales learns of the leads comes here.',
};

/** One person's conversations with the bot, as they see them. */
export function PersonPane(props: PersonPaneProps) {
  const { role, people, shownPeople, channels, onCome, canSplit, unreadElsewhere } = props;
  const { now, perform, openContact, followContact } = props;
  const { shown, show, frontOf, bringToFront, split, setSplit, isInSight, unreadIn, unreadOf } = shownPeople;
  const ofRole = people.filter((person) => person.role === role);
  const person = ofRole.find(({ email }) => email === shown[role]) ?? ofRole[0];
  const ticking = useNow(now);
  if (person === undefined) return null;
  const { email, zone, isWorking, isInMarketing } = person;
  const job = isInMarketing ? 'marketing' : role;
  const { slack, teams } = person.chats;
  const chats = chatsOf(person);
  const isSplit = split === role;
  const visible = isSplit ? chats : [frontOf(person)];
  const { front: channel } = channels;
  const title = channel
    ? `Channel in ${chatNames[channel.platform]}`
    : `${owners[job]} ${visible.map((chat) => chatNames[chat]).join(' and ')}`;
  const chatProps = (chat: Platform): ChatProps => ({
    person,
    emptyText: emptyTexts[job],
    isInSight: isInSight(person, chat),
    isShown: visible.includes(chat),
    draft: shownPeople.draftIn(person, chat),
    onDraft: (draft) => shownPeople.setDraft(person, chat, draft),
    perform,
    openContact,
    followContact,
  });
  const pick = (one: PersonState) => {
    channels.show(null);
    show(one);
    onCome(one, frontOf(one));
  };
  const splitChats = (wanted: boolean) => {
    setSplit(person, wanted);
    if (!wanted) return;
    for (const chat of chats) if (chat !== frontOf(person)) onCome(person, chat);
  };
  return (
    <section
      id={`chats-${role}`}
      // Where the page's skip link leads.
      tabIndex={-1}
      className={`panel pane pane-${role}`}
      data-chat={channel?.platform ?? (isSplit ? 'both' : visible[0])}
      aria-label={`${title}: ${channel ? channelTitle(channel) : person.name}`}
    >
      <header className="pane-bar">
        <h2>{title}</h2>
        <div className="people">
          {ofRole.map((one) => (
            <PersonPicker
              key={one.email}
              person={one}
              isShown={one === person && channel === null}
              unread={unreadOf([one])}
              onPick={pick}
            />
          ))}
          {channels.all.map((one) => (
            <ChannelPicker
              key={one.id}
              channel={one}
              isShown={one === channel}
              unread={channels.unreadIn(one)}
              onPick={channels.show}
            />
          ))}
        </div>
      </header>
      {channel && (
        <Channel
          channel={channel}
          people={people}
          now={now}
          perform={perform}
          openContact={openContact}
          followContact={followContact}
        />
      )}
      {/* Behind the channel, what is being typed stays. */}
      <div className="pane-person" hidden={channel !== null}>
        <div className="pane-head">
          <strong>{person.name}</strong>
          <span className="presence" data-working={isWorking}>
            {isWorking ? 'Working' : 'Off hours'}
          </span>
          <span className="pane-local">
            {time(ticking, zone)} in {placeOf(zone)}
          </span>
        </div>
        {chats.length > 1 && (
          <ChatTabs
            chats={chats}
            front={frontOf(person)}
            unreadIn={(chat) => unreadIn(person, chat)}
            onPick={(chat) => {
              bringToFront(person, chat);
              onCome(person, chat);
            }}
            isSplit={isSplit}
            onSplit={canSplit ? splitChats : null}
            unreadElsewhere={unreadElsewhere}
          />
        )}
        <div className="chats">
          {slack && (
            <SlackChat
              key={`slack ${email}`}
              slack={slack}
              people={people}
              now={now}
              {...chatProps('slack')}
            />
          )}
          {teams && (
            <TeamsChat
              key={`teams ${email}`}
              teams={teams}
              onTyping={(isTyping) => shownPeople.setTyping(person, isTyping)}
              {...chatProps('teams')}
            />
          )}
        </div>
      </div>
    </section>
  );
}
