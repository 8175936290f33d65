import { useCallback, useMemo, useState } from 'react';
import type { Platform } from '../../../src/domain/policy/policy.ts';
import type { ChannelState, ConsoleState, PersonState } from '../protocol.ts';
import { Badge } from './badge.tsx';
import { Header } from './header.tsx';
import { Leads } from './leads.tsx';
import { Log } from './log.tsx';
import { type PaneChannels, PersonPane } from './person-pane.tsx';
import { Record } from './record.tsx';
import { Toasts, useToasts } from './toasts.tsx';
import { Tour } from './tour.tsx';
import { useMedia } from './use-media.ts';
import { usePeople } from './use-people.ts';
import { type Perform, usePerform, useSandbox } from './use-sandbox.ts';
import { useUnread } from './use-unread.ts';

/** On a phone one of these is shown at a time. */
const tabs = [
  { key: 'leads', label: 'Leads' },
  { key: 'rep', label: 'Rep' },
  { key: 'manager', label: 'Manager' },
  { key: 'record', label: 'HubSpot' },
  { key: 'log', label: 'Log' },
] as const;
type Tab = (typeof tabs)[number]['key'];
const roles = ['rep', 'manager'] as const;
const noChannels: PaneChannels = { all: [], front: null, show: () => {}, unreadIn: () => 0 };

export function App() {
  const { state, isConnected } = useSandbox();
  const { toasts, show, dismiss } = useToasts();
  const act = usePerform(show);
  const [isBeginningAnew, setBeginningAnew] = useState(false);
  const perform: Perform = useCallback(
    (one) => {
      if (one.act === 'beginAnew') setBeginningAnew(true);
      return act(one);
    },
    [act],
  );
  return (
    <>
      {state === null ? (
        <p className="loading">Looking for the sandbox…</p>
      ) : (
        <Console state={state} perform={perform} />
      )}
      {!isConnected && (
        <p className="banner" role="alert">
          {isBeginningAnew
            ? 'The sandbox begins anew…'
            : 'The sandbox does not answer. Start it again with “npm run sandbox”; this page finds it by itself.'}
        </p>
      )}
      <Toasts toasts={toasts} onDismiss={dismiss} />
    </>
  );
}

function Console({ state, perform }: { state: ConsoleState; perform: Perform }) {
  const { people, channels, leads, log, logTotal, tour, canBeginAnew, hasWebhooks, hasRules, now, zone } =
    state;
  const [tab, setTab] = useState<Tab>('leads');
  const isPhone = useMedia('(max-width: 819px)');
  const [channelId, setChannelId] = useState<string | null>(null);
  const onScreen = useMemo(
    () => roles.filter((role) => (!isPhone || tab === role) && (role === 'rep' || channelId === null)),
    [isPhone, tab, channelId],
  );
  const shownPeople = usePeople(people, { roles: onScreen, canSplit: !isPhone });
  const { shown, frontOf, split } = shownPeople;
  const hasManagers = isPhone ? tab === 'manager' : split !== 'rep';
  const unreadIn = useUnread(channels, hasManagers ? channelId : null);
  const managersChannels: PaneChannels = {
    all: channels,
    front: channels.find(({ id }) => id === channelId) ?? null,
    show: (channel: ChannelState | null) => setChannelId(channel?.id ?? null),
    unreadIn,
  };
  const [leadKey, setLeadKey] = useState(leads[0]?.key);
  const lead = leads.find(({ key }) => key === leadKey) ?? leads[0];

  /** The record of whose card somebody looks at. */
  const followContact = useCallback(
    (contactId: string) => {
      const followed = leads.find((one) => one.contactId === contactId);
      if (followed) setLeadKey(followed.key);
    },
    [leads],
  );
  const openContact = useCallback(
    (contactId: string) => {
      followContact(contactId);
      setTab('record');
    },
    [followContact],
  );

  /** Slack tells the bot who comes to a conversation; Teams asks for every card that comes into sight. */
  const come = (person: PersonState, chat: Platform) => {
    if (chat === 'slack') void perform({ act: 'view', who: person.email, chat });
  };
  const openTab = (key: Tab) => {
    setTab(key);
    const person = people.find(({ email, role }) => role === key && email === shown[role]);
    const isInFront = person?.role === 'rep' || channelId === null;
    if (person && isInFront) come(person, frontOf(person));
  };

  const unread = (role: PersonState['role']) => {
    const inChats = shownPeople.unreadOf(people.filter((person) => person.role === role));
    const inChannels = role === 'manager' ? channels.map(unreadIn) : [];
    return inChannels.reduce((sum, one) => sum + one, inChats);
  };
  const pane = (role: PersonState['role']) => (
    <PersonPane
      channels={role === 'manager' ? managersChannels : noChannels}
      onCome={come}
      canSplit={!isPhone}
      unreadElsewhere={unread(role === 'rep' ? 'manager' : 'rep')}
      role={role}
      people={people}
      shownPeople={shownPeople}
      now={now}
      perform={perform}
      openContact={openContact}
      followContact={followContact}
    />
  );
  return (
    <div className="console" data-tab={tab}>
      <a className="skip" href="#chats-rep">
        Skip to the chats
      </a>
      <Header people={people} now={now} zone={zone} canBeginAnew={canBeginAnew} perform={perform} />
      {tour && (
        <Tour
          tour={tour}
          onLead={setLeadKey}
          onManager={(email) => {
            const manager = people.find((person) => person.email === email);
            if (manager) shownPeople.show(manager);
            setChannelId(null);
            openTab('manager');
          }}
          perform={perform}
        />
      )}
      <nav className="tabs" aria-label="Parts of the page">
        {tabs.map(({ key, label }) => (
          <button key={key} type="button" aria-pressed={tab === key} onClick={() => openTab(key)}>
            {label}
            {(key === 'rep' || key === 'manager') && <Badge count={unread(key)} />}
          </button>
        ))}
      </nav>
      <main data-split={shownPeople.split ?? 'none'}>
        <Leads
          chosenKey={lead?.key}
          onChoose={setLeadKey}
          leads={leads}
          people={people}
          now={now}
          zone={zone}
          perform={perform}
        />
        {pane('rep')}
        {pane('manager')}
        {lead && (
          <Record
            lead={lead}
            people={people}
            hasWebhooks={hasWebhooks}
            hasRules={hasRules}
            perform={perform}
            now={now}
            zone={zone}
          />
        )}
        <Log
          // A list that is not on the screen cannot be scrolled to its end.
          key={isPhone ? tab : 'desk'}
          entries={log}
          total={logTotal}
          leads={leads}
          now={now}
          zone={zone}
          onLead={(key) => {
            setLeadKey(key);
            setTab('record');
          }}
        />
      </main>
    </div>
  );
}
