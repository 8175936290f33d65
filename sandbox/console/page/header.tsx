import { useState } from 'react';
import type { Act, PersonState } from '../protocol.ts';
import { ChatMark } from './chat-mark.tsx';
import { chatNames, chatsOf } from './chats.ts';
import { Logo } from './logo.tsx';
import { ThemeSwitch } from './theme-switch.tsx';
import { type Perform, useNow } from './use-sandbox.ts';
import { day, placeOf, timeWithSeconds } from './words.ts';

const days = (count: number): Act => ({ act: 'forward', minutes: count * 24 * 60 });

const journeys: readonly { label: string; act: Act; title?: string }[] = [
  { label: '+5 min', act: { act: 'forward', minutes: 5 } },
  { label: '+15 min', act: { act: 'forward', minutes: 15 } },
  { label: '+1 h', act: { act: 'forward', minutes: 60 } },
  { label: 'Next morning 9:00', act: { act: 'nextMorning' } },
  { label: '+1 d', act: days(1), title: 'A day' },
  { label: '+7 d', act: days(7), title: '7 days' },
  { label: '+30 d', act: days(30), title: '30 days' },
  { label: '+90 d', act: days(90), title: '90 days' },
];

/** The product's name, the sandbox's clock, and the buttons that let time pass. */
export function Header({
  people,
  now,
  zone,
  canBeginAnew,
  perform,
}: {
  people: readonly PersonState[];
  now: number;
  zone: string;
  canBeginAnew: boolean;
  perform: Perform;
}) {
  const [isPassing, setPassing] = useState(false);
  const ticking = useNow(now);
  const travel = async (act: Act) => {
    setPassing(true);
    await perform(act);
    setPassing(false);
  };
  return (
    <header className="header">
      <h1>
        <Logo size={26} />
        <span>
          Lead Handoff <small>Sandbox</small>
        </span>
      </h1>
      <ul className="chats-in-use" aria-label="Chats in use">
        {[...new Set(people.flatMap(chatsOf))].sort().map((chat) => (
          <li key={chat}>
            <ChatMark chat={chat} />
            {chatNames[chat]}
          </li>
        ))}
      </ul>
      <div className="clock" data-passing={isPassing}>
        <span className="clock-day">{day(ticking, zone)}</span>
        <time className="clock-time" dateTime={new Date(ticking).toISOString()}>
          {timeWithSeconds(ticking, zone)}
        </time>
        <span className="clock-zone">{placeOf(zone)}</span>
      </div>
      <fieldset className="journeys" disabled={isPassing}>
        <legend>Let time pass</legend>
        {journeys.map(({ label, act, title }) => (
          <button key={label} type="button" title={title} onClick={() => travel(act)}>
            {label}
          </button>
        ))}
      </fieldset>
      <div className="header-tools">
        <a href="/gallery">Cards</a>
        <ThemeSwitch />
        {canBeginAnew && (
          <button
            type="button"
            title="From the first day, with nothing done"
            disabled={isPassing}
            onClick={() => travel({ act: 'beginAnew' })}
          >
            Begin anew
          </button>
        )}
      </div>
    </header>
  );
}
