import type { FieldState, LeadState, PersonState, TaskState } from '../protocol.ts';
import { Avatar } from './avatar.tsx';
import { ByHand } from './by-hand.tsx';
import { Nurture } from './nurture.tsx';
import { Timeline } from './timeline.tsx';
import type { Perform } from './use-sandbox.ts';
import { when } from './words.ts';

type Reader = {
  now: number;
  zone: string;
};

/** What was written so recently lights up. */
const freshMs = 3000;

/** The lead's page in HubSpot; what the bot wrote is marked. */
export function Record({
  lead,
  people,
  hasWebhooks,
  hasRules,
  perform,
  now,
  zone,
}: {
  lead: LeadState;
  people: readonly PersonState[];
  hasWebhooks: boolean;
  hasRules: boolean;
  perform: Perform;
} & Reader) {
  const { name, jobTitle, company, record } = lead;
  const reader = { now, zone };
  return (
    <section className="panel record" aria-label={`HubSpot record of ${name}`}>
      <header className="record-bar">
        <h2>HubSpot</h2>
        <label className="switch" title="Off: the bot has to find changes itself, every five minutes">
          <input
            type="checkbox"
            checked={hasWebhooks}
            onChange={(event) => perform({ act: 'webhooks', on: event.target.checked })}
          />
          Webhooks
        </label>
        <label
          className="switch"
          title="On: no lead is sales qualified without a budget and a timeline, or unqualified without what was lost on"
        >
          <input
            type="checkbox"
            checked={hasRules}
            onChange={(event) => perform({ act: 'rules', on: event.target.checked })}
          />
          Rules
        </label>
        <span className="legend">
          <i /> by the bot
        </span>
      </header>
      <div className="record-scroll" key={lead.key}>
        <div className="record-head">
          <Avatar name={name} size={42} shape="round" />
          <div>
            <h3>{name}</h3>
            <p>{[jobTitle, company].filter(Boolean).join(' at ') || 'Nothing known yet'}</p>
          </div>
        </div>
        <ByHand lead={lead} people={people} perform={perform} />
        <Nurture nurture={record.nurture} {...reader} />
        {record.groups.map(({ title, fields }) => (
          <section className="group" key={title}>
            <h4>{title}</h4>
            {fields.length === 0 ? (
              <p className="empty">Nothing yet.</p>
            ) : (
              <dl>
                {fields.map((field) => (
                  <Field key={field.name} field={field} reader={reader} />
                ))}
              </dl>
            )}
          </section>
        ))}
        <section className="group">
          <h4>Tasks</h4>
          {record.tasks.length === 0 && <p className="empty">No tasks.</p>}
          <ul className="tasks">
            {record.tasks.map((task) => (
              <Task key={task.id} task={task} reader={reader} />
            ))}
          </ul>
        </section>
        <section className="group">
          <h4>Activity</h4>
          <Timeline entries={record.timeline} {...reader} />
        </section>
      </div>
    </section>
  );
}

function Field({ field, reader }: { field: FieldState; reader: Reader }) {
  const { name, label, value, at, writtenByBotAt } = field;
  const shown = at === null ? value : when(at, reader.now, reader.zone);
  const isFresh = writtenByBotAt !== null && reader.now - writtenByBotAt < freshMs;
  return (
    <div className="field" data-property={name} data-by-bot={writtenByBotAt !== null} data-fresh={isFresh}>
      <dt>{label}</dt>
      {/* A new value is a new element, so that it lights up again. */}
      <dd key={`${shown}-${writtenByBotAt}`}>{shown || '–'}</dd>
    </div>
  );
}

function Task({ task: { subject, owner, dueAt, isDone }, reader }: { task: TaskState; reader: Reader }) {
  const isLate = !isDone && dueAt !== null && dueAt < reader.now;
  const due = dueAt === null ? null : `due ${when(dueAt, reader.now, reader.zone)}`;
  return (
    <li data-done={isDone} data-late={isLate}>
      <svg viewBox="0 0 16 16" width="15" height="15" role="img" aria-label={isDone ? 'Done' : 'Open'}>
        <circle
          cx="8"
          cy="8"
          r="6.6"
          fill={isDone ? '#0b6b5d' : 'none'}
          stroke={isDone ? '#0b6b5d' : '#8a94a0'}
        />
        {isDone && <path d="m5 8.2 2.1 2.1L11 6" fill="none" stroke="#fff" strokeWidth="1.6" />}
      </svg>
      <span>
        <strong>{subject}</strong>
        <small>{[isDone ? 'Done' : due, owner].filter(Boolean).join(' · ')}</small>
      </span>
    </li>
  );
}
