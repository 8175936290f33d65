import type { TimelineEntry } from '../protocol.ts';
import { when } from './words.ts';

const kinds: Readonly<Record<TimelineEntry['kind'], string>> = {
  page: 'Page view',
  form: 'Form',
  score: 'Score',
  stage: 'Stage',
  call: 'Call',
  email: 'Email',
  meeting: 'Meeting',
  note: 'Note',
  message: 'Message',
  deal: 'Deal',
};

/** What happened between the lead and the company, the newest first. */
export function Timeline({
  entries,
  now,
  zone,
}: {
  entries: readonly TimelineEntry[];
  now: number;
  zone: string;
}) {
  return (
    <ol className="timeline">
      {entries.map(({ id, at, kind, title, detail, isByBot }) => (
        <li key={id} data-kind={kind} data-by-bot={isByBot}>
          <span className="timeline-head">
            <span className="timeline-kind">{kinds[kind]}</span>
            <time dateTime={new Date(at).toISOString()}>{when(at, now, zone)}</time>
          </span>
          <span className="timeline-title">{title}</span>
          {detail && <span className="timeline-detail">{detail}</span>}
        </li>
      ))}
    </ol>
  );
}
