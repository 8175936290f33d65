import type { LeadState, PersonState } from '../protocol.ts';
import { Avatar } from './avatar.tsx';
import { type Standing, standingOf } from './standing.ts';
import type { Perform } from './use-sandbox.ts';
import { WhoReadsWhere } from './who-reads-where.tsx';
import { firstName } from './words.ts';

type LeadsProps = {
  leads: readonly LeadState[];
  people: readonly PersonState[];
  chosenKey: string | undefined;
  onChoose: (key: string) => void;
  now: number;
  zone: string;
  perform: Perform;
};

/** The leads, where each stands, and what may happen to the chosen one. */
export function Leads({ leads, people, chosenKey, onChoose, now, zone, perform }: LeadsProps) {
  return (
    <section className="panel leads" aria-label="Leads">
      <header className="panel-head">
        <h2>Leads</h2>
        <p>Choose one, let something happen</p>
      </header>
      <WhoReadsWhere people={people} />
      <ul>
        {leads.map((lead) => (
          <li key={lead.key} data-chosen={lead.key === chosenKey} data-lead={lead.key}>
            <button
              type="button"
              className="lead"
              aria-pressed={lead.key === chosenKey}
              onClick={() => onChoose(lead.key)}
            >
              <Avatar name={lead.name} size={34} shape="round" />
              <span className="lead-who">
                <strong>{lead.name}</strong>
                <Stage stage={lead.stage} />
                <span className="lead-company">{placeOf(lead)}</span>
                <span className="lead-score">{lead.score !== null && `Score ${lead.score}`}</span>
                <Status standing={standingOf(lead, { now, zone })} />
              </span>
            </button>
            {lead.key === chosenKey && (
              <div className="ways">
                {lead.ways.map((way) => (
                  <button
                    key={way.key}
                    type="button"
                    data-done={way.isDone}
                    disabled={way.isDone || !way.isPossible}
                    onClick={() => perform({ act: 'happen', lead: lead.key, way: way.key })}
                  >
                    {way.label}
                  </button>
                ))}
              </div>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** The company; and whose the lead is, unless its standing says so. */
function placeOf({ company, owner, handoff }: LeadState): string {
  const name = company ?? 'No company';
  return owner === null || handoff !== null ? name : `${name} · ${firstName(owner)}’s`;
}

/** Shorter than HubSpot's labels, as people say it. */
const stageNames: Readonly<Record<string, string>> = {
  marketingqualifiedlead: 'MQL',
  salesqualifiedlead: 'SQL',
};

function Stage({ stage: { value, label } }: { stage: LeadState['stage'] }) {
  return (
    <span className="stage" data-stage={value} title={label}>
      {stageNames[value] ?? label}
    </span>
  );
}

function Status({ standing: { tone, text } }: { standing: Standing }) {
  return (
    <span className="standing" data-tone={tone} title={text}>
      {text}
    </span>
  );
}
