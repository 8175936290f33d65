import type { Platform } from '../../../domain/policy.ts';
import type { PersonState } from '../protocol.ts';
import { Avatar } from './avatar.tsx';
import { ChatMark } from './chat-mark.tsx';
import type { ChatProps } from './chat-props.ts';
import { ChatTabs } from './chat-tabs.tsx';
import { chatNames, chatsOf } from './chats.ts';
import { SlackChat } from './slack/chat.tsx';
import { TeamsChat } from './teams/chat.tsx';
import type { ShownPeople } from './use-people.ts';
import { type Perform, useNow } from './use-sandbox.ts';
import { placeOf, time } from './words.ts';

interface PersonPaneProps {
  role: PersonState['role'];
  people: readonly PersonState[];
  shownPeople: ShownPeople;
  canSplit: boolean;
  now: number;
  perform: Perform;
  openContact: (contactId: string) => void;
}

const owners = { rep: 'Rep’s', manager: 'Manager’s' };
const emptyTexts = {
  rep: 'Nothing yet. When a lead qualifies, whoever is to call it gets the card here.',
  manager: 'Nothing yet. A card that is not answered in time comes here.',
};

/** One person's conversations with the bot, as they see them. */
export function PersonPane(props: PersonPaneProps) {
  const { role, people, shownPeople, canSplit, now, perform, openContact } = props;
  const { shown, show, frontOf, bringToFront, split, setSplit, isInSight, unreadIn, unreadOf } = shownPeople;
  const ofRole = people.filter((person) => person.role === role);
  const person = ofRole.find(({ email }) => email === shown[role]) ?? ofRole[0];
  const ticking = useNow(now);
  if (person === undefined) return null;
  const { email, zone, isWorking } = person;
  const { slack, teams } = person.chats;
  const chats = chatsOf(person);
  const isSplit = split === role;
  const visible = isSplit ? chats : [frontOf(person)];
  const title = `${owners[role]} ${visible.map((chat) => chatNames[chat]).join(' and ')}`;
  const chatProps = (chat: Platform): ChatProps => ({
    person,
    emptyText: emptyTexts[role],
    isInSight: isInSight(person, chat),
    isShown: visible.includes(chat),
    draft: shownPeople.draftIn(person, chat),
    onDraft: (draft) => shownPeople.setDraft(person, chat, draft),
    perform,
    openContact,
  });
  return (
    <section
      className={`panel pane pane-${role}`}
      data-chat={isSplit ? 'both' : visible[0]}
      aria-label={`${title}: ${person.name}`}
    >
      <header className="pane-bar">
        <h2>{title}</h2>
        <div className="people">
          {ofRole.map((one) => (
            <Picker
              key={one.email}
              person={one}
              isShown={one === person}
              unread={unreadOf([one])}
              onPick={show}
            />
          ))}
        </div>
      </header>
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
          onPick={(chat) => bringToFront(person, chat)}
          isSplit={isSplit}
          onSplit={canSplit ? (wanted) => setSplit(person, wanted) : null}
          unreadElsewhere={unreadOf(people.filter((one) => one.role !== role))}
        />
      )}
      <div className="chats">
        {slack && <SlackChat key={`slack ${email}`} {...{ slack, people, now }} {...chatProps('slack')} />}
        {teams && (
          <TeamsChat
            key={`teams ${email}`}
            teams={teams}
            onTyping={(isTyping) => shownPeople.setTyping(person, isTyping)}
            {...chatProps('teams')}
          />
        )}
      </div>
    </section>
  );
}

function Picker({
  person,
  isShown,
  unread,
  onPick,
}: {
  person: PersonState;
  isShown: boolean;
  unread: number;
  onPick: (person: PersonState) => void;
}) {
  const chats = chatsOf(person);
  const details = [
    person.team,
    `in ${chats.map((chat) => chatNames[chat]).join(' and ')}`,
    person.isWorking ? 'working' : 'off hours',
    unread > 0 && `${unread} unread`,
  ];
  const label = [person.name, ...details].filter(Boolean).join(', ');
  return (
    <button
      type="button"
      className="picker"
      aria-pressed={isShown}
      aria-label={label}
      title={label}
      data-person={person.email}
      onClick={() => onPick(person)}
    >
      <Avatar name={person.name} size={26} shape="square" />
      {person.chats.teams && <ChatMark chat="teams" />}
      <span className="dot" data-working={person.isWorking} />
      {unread > 0 && <span className="badge">{unread}</span>}
    </button>
  );
}
