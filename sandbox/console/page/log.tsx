import { type KeyboardEvent, useLayoutEffect, useRef, useState } from 'react';
import type { LeadState, LogEntry } from '../protocol.ts';
import { shortDay, timeWithSeconds } from './words.ts';

type LogProps = {
  entries: readonly LogEntry[];
  /** Also of those that are not among them. */
  total: number;
  leads: readonly LeadState[];
  now: number;
  zone: string;
  onLead: (key: string) => void;
};

/** What happened, by whom, in words. */
export function Log(props: LogProps) {
  const [isTall, setTall] = useState(false);
  const { entries, total } = props;
  const shown = `${entries.length} ${entries.length === 1 ? 'entry' : 'entries'}`;
  return (
    <section className="panel log" aria-label="What happened" data-tall={isTall}>
      <header className="panel-head">
        <h2>What happened</h2>
        <p>{total > entries.length ? `The latest ${entries.length} of ${total} entries` : shown}</p>
        <button type="button" className="log-size" aria-pressed={isTall} onClick={() => setTall(!isTall)}>
          {isTall ? 'Smaller' : 'Larger'}
        </button>
      </header>
      <Entries key={String(isTall)} {...props} />
    </section>
  );
}

/** The list stays at its end unless somebody scrolls back. */
function Entries({ entries, leads, now, zone, onLead }: Omit<LogProps, 'total'>) {
  const list = useRef<HTMLOListElement>(null);
  const isAtEnd = useRef(true);
  const newest = entries.at(-1)?.id;

  useLayoutEffect(() => {
    if (newest !== undefined && isAtEnd.current && list.current)
      list.current.scrollTop = list.current.scrollHeight;
  }, [newest]);

  /** One of the leads' names is a tab stop; from there the arrows lead to the others. */
  const step = (event: KeyboardEvent<HTMLOListElement>) => {
    const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    const links = [...event.currentTarget.querySelectorAll('button')];
    const at = links.indexOf(event.target as HTMLButtonElement);
    if (by === undefined || at === -1) return;
    event.preventDefault();
    links[at + by]?.focus();
  };
  const lastLinked = entries.findLast(({ leadKey }) => leads.some(({ key }) => key === leadKey))?.id;

  return (
    <ol
      ref={list}
      onKeyDown={step}
      onScroll={({ currentTarget: { scrollTop, clientHeight, scrollHeight } }) => {
        isAtEnd.current = scrollTop + clientHeight > scrollHeight - 24;
      }}
    >
      {entries.map((entry) => (
        <li key={entry.id} data-tone={entry.tone}>
          <time dateTime={new Date(entry.at).toISOString()}>
            {shortDay(entry.at, zone) !== shortDay(now, zone) && <b>{shortDay(entry.at, zone)} </b>}
            {timeWithSeconds(entry.at, zone)}
          </time>
          <span className="source" data-source={entry.source}>
            {entry.source}
          </span>
          <span className="log-text">{entry.text}</span>
          <LeadLink
            lead={leads.find(({ key }) => key === entry.leadKey)}
            isTabStop={entry.id === lastLinked}
            onLead={onLead}
          />
        </li>
      ))}
    </ol>
  );
}

function LeadLink({
  lead,
  isTabStop,
  onLead,
}: {
  lead: LeadState | undefined;
  isTabStop: boolean;
  onLead: (key: string) => void;
}) {
  if (lead === undefined) return null;
  return (
    <button type="button" className="log-lead" tabIndex={isTabStop ? 0 : -1} onClick={() => onLead(lead.key)}>
      {lead.name}
    </button>
  );
}
