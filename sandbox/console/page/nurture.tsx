import type { NurtureState } from '../protocol.ts';
import { when } from './words.ts';

const statusWords: Readonly<Record<NurtureState['status'], string>> = {
  enrolled: 'Enrolled',
  suppressed: 'Paused by the suppression list',
  left: 'Not enrolled any more',
  completed: 'Got every mail',
  never: 'Not enrolled',
};

/** What marketing's workflow does with the lead, and the mails that went out, the newest first. */
export function Nurture({
  nurture: { workflow, status, since, next, mails },
  now,
  zone,
}: {
  nurture: NurtureState;
  now: number;
  zone: string;
}) {
  return (
    <section className="group nurture" aria-label="Nurture">
      <h4>Nurture</h4>
      <p>
        <span className="nurture-status" data-status={status}>
          {statusWords[status]}
        </span>{' '}
        {workflow}
        {since !== null && ` since ${when(since, now, zone)}`}
      </p>
      {next && (
        <p className="nurture-next">
          Next: “{next.name}”, {when(next.at, now, zone)}
        </p>
      )}
      {mails.length === 0 ? (
        <p className="empty">No mails.</p>
      ) : (
        // Whoever has a keyboard scrolls what has the focus.
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a list that scrolls
        <ul className="mails" aria-label="Mails of nurture" tabIndex={0}>
          {mails.map(({ name, at }) => (
            <li key={`${name} ${at}`}>
              <span>{name}</span>
              <time dateTime={new Date(at).toISOString()}>{when(at, now, zone)}</time>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
