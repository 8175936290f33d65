import type { PersonState } from '../protocol.ts';
import { Avatar } from './avatar.tsx';
import { Composer } from './composer.tsx';
import { Conversation } from './conversation.tsx';
import { Modal } from './modal.tsx';
import { type Perform, useNow } from './use-sandbox.ts';
import { placeOf, time } from './words.ts';

interface SlackPaneProps {
  role: PersonState['role'];
  /** Those whose Slack can be looked at here. */
  people: readonly PersonState[];
  everybody: readonly PersonState[];
  shownEmail: string;
  show: (person: PersonState) => void;
  unreadOf: (person: PersonState) => number;
  drafts: Readonly<Record<string, string>>;
  setDraft: (email: string, draft: string) => void;
  now: number;
  perform: Perform;
  openContact: (contactId: string) => void;
}

const titles = { rep: 'Rep’s Slack', manager: 'Manager’s Slack' };

/** One person's conversation with the bot, as they see it. */
export function SlackPane(props: SlackPaneProps) {
  const { role, people, everybody, shownEmail, show, unreadOf, drafts, setDraft, now, perform } = props;
  const person = people.find(({ email }) => email === shownEmail) ?? people[0];
  const ticking = useNow(now);
  if (person === undefined) return null;
  const { email, zone, isWorking } = person;
  return (
    <section className={`panel slack pane-${role}`} aria-label={`${titles[role]}: ${person.name}`}>
      <header className="slack-bar">
        <h2>{titles[role]}</h2>
        <div className="people">
          {people.map((one) => (
            <Picker
              key={one.email}
              person={one}
              isShown={one === person}
              unread={unreadOf(one)}
              onPick={show}
            />
          ))}
        </div>
      </header>
      <div className="slack-head">
        <strong>{person.name}</strong>
        <span className="presence" data-working={isWorking}>
          {isWorking ? 'Working' : 'Off hours'}
        </span>
        <span className="slack-local">
          {time(ticking, zone)} in {placeOf(zone)}
        </span>
      </div>
      <Conversation
        key={email}
        person={person}
        people={everybody}
        now={now}
        perform={perform}
        openContact={props.openContact}
      />
      <Composer
        label={`Message to Lead Handoff from ${person.name}`}
        draft={drafts[email] ?? ''}
        onDraft={(draft) => setDraft(email, draft)}
        onSend={(text) => perform({ act: 'write', who: email, text })}
      />
      {person.modal && <Modal key={person.modal.id} modal={person.modal} who={email} perform={perform} />}
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
  const details = [person.team, person.isWorking ? 'working' : 'off hours', unread > 0 && `${unread} unread`];
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
      <span className="dot" data-working={person.isWorking} />
      {unread > 0 && <span className="badge">{unread}</span>}
    </button>
  );
}
