import { useCallback, useMemo, useState } from 'react';
import type { ConsoleState, PersonState } from '../protocol.ts';
import { Header } from './header.tsx';
import { Leads } from './leads.tsx';
import { Log } from './log.tsx';
import { PersonPane } from './person-pane.tsx';
import { Record } from './record.tsx';
import { Toasts, useToasts } from './toasts.tsx';
import { useMedia } from './use-media.ts';
import { usePeople } from './use-people.ts';
import { type Perform, usePerform, useSandbox } from './use-sandbox.ts';

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

export function App() {
  const { state, isConnected } = useSandbox();
  const { toasts, show, dismiss } = useToasts();
  const perform = usePerform(show);
  return (
    <>
      {state === null ? (
        <p className="loading">Looking for the sandbox…</p>
      ) : (
        <Console {...{ state, perform }} />
      )}
      {!isConnected && (
        <p className="banner" role="alert">
          The sandbox does not answer. Start it again with “npm run sandbox”; this page finds it by itself.
        </p>
      )}
      <Toasts toasts={toasts} onDismiss={dismiss} />
    </>
  );
}

function Console({ state, perform }: { state: ConsoleState; perform: Perform }) {
  const { people, leads, log, now, zone } = state;
  const [tab, setTab] = useState<Tab>('leads');
  const isPhone = useMedia('(max-width: 819px)');
  const onScreen = useMemo(() => roles.filter((role) => !isPhone || tab === role), [isPhone, tab]);
  const shownPeople = usePeople(people, { roles: onScreen, canSplit: !isPhone });
  const [leadKey, setLeadKey] = useState(leads[0]?.key);
  const lead = leads.find(({ key }) => key === leadKey) ?? leads[0];

  const openContact = useCallback(
    (contactId: string) => {
      const opened = leads.find((one) => one.contactId === contactId);
      if (opened) setLeadKey(opened.key);
      setTab('record');
    },
    [leads],
  );

  const pane = (role: PersonState['role']) => (
    <PersonPane canSplit={!isPhone} {...{ role, people, shownPeople, now, perform, openContact }} />
  );
  const unread = (role: PersonState['role']) =>
    shownPeople.unreadOf(people.filter((person) => person.role === role));

  return (
    <div className="console" data-tab={tab}>
      <Header {...{ people, now, zone, perform }} />
      <nav className="tabs" aria-label="Parts of the page">
        {tabs.map(({ key, label }) => (
          <button key={key} type="button" aria-pressed={tab === key} onClick={() => setTab(key)}>
            {label}
            {(key === 'rep' || key === 'manager') && unread(key) > 0 && (
              <span className="badge">{unread(key)}</span>
            )}
          </button>
        ))}
      </nav>
      <main data-split={shownPeople.split ?? 'none'}>
        <Leads chosenKey={lead?.key} onChoose={setLeadKey} {...{ leads, people, now, zone, perform }} />
        {pane('rep')}
        {pane('manager')}
        {lead && <Record lead={lead} now={now} zone={zone} />}
        <Log
          entries={log}
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
