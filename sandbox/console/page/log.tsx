import { useLayoutEffect, useRef, useState } from 'react';
import type { LeadState, LogEntry } from '../protocol.ts';
import { shortDay, timeWithSeconds } from './words.ts';

type LogProps = {
  entries: readonly LogEntry[];
  leads: readonly LeadState[];
  now: number;
  zone: string;
  onLead: (key: string) => void;
};

/** What happened, by whom, in words. */
export function Log(props: LogProps) {
  const [isTall, setTall] = useState(false);
  const { length } = props.entries;
  return (
    <section className="panel log" aria-label="What happened" data-tall={isTall}>
      <header className="panel-head">
        <h2>What happened</h2>
        <p>
          {length} {length === 1 ? 'entry' : 'entries'}
        </p>
        <button type="button" className="log-size" aria-pressed={isTall} onClick={() => setTall(!isTall)}>
          {isTall ? 'Smaller' : 'Larger'}
        </button>
      </header>
      <Entries key={String(isTall)} {...props} />
    </section>
  );
}

/** The list stays at its end unless somebody scrolls back. */
function Entries({ entries, leads, now, zone, onLead }: LogProps) {
  const list = useRef<HTMLOListElement>(null);
  const isAtEnd = useRef(true);
  const newest = entries.at(-1)?.id;

  useLayoutEffect(() => {
    if (newest !== undefined && isAtEnd.current && list.current)
      list.current.scrollTop = list.current.scrollHeight;
  }, [newest]);

  return (
    <ol
      ref={list}
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
          <LeadLink lead={leads.find(({ key }) => key === entry.leadKey)} onLead={onLead} />
        </li>
      ))}
    </ol>
  );
}

function LeadLink({ lead, onLead }: { lead: LeadState | undefined; onLead: (key: string) => void }) {
  if (lead === undefined) return null;
  return (
    <button type="button" className="log-lead" onClick={() => onLead(lead.key)}>
      {lead.name}
    </button>
  );
}
