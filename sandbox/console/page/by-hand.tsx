import type { Deed, LeadState, PersonState } from '../protocol.ts';
import type { Perform } from './use-sandbox.ts';

const deeds: readonly { deed: Deed; label: string; title: string }[] = [
  { deed: 'call', label: 'Call', title: 'The owner logs a call' },
  { deed: 'email', label: 'Email', title: 'The owner sends an email' },
  { deed: 'message', label: 'Message', title: 'The owner logs a message' },
  { deed: 'meeting', label: 'Meeting', title: 'The owner books a meeting' },
  { deed: 'booking', label: 'Lead books', title: 'The lead books a meeting on the owner’s page' },
  { deed: 'deal', label: 'Deal', title: 'The owner creates a deal' },
  { deed: 'win', label: 'Win deal', title: 'The open deal is won' },
];

/** What people do in HubSpot itself, past the bot, which has to find out. */
export function ByHand({
  lead,
  people,
  perform,
}: {
  lead: LeadState;
  people: readonly PersonState[];
  perform: Perform;
}) {
  const { owner, hasOpenDeal } = lead.record;
  const isPossible = (deed: Deed) => (deed === 'win' ? hasOpenDeal : owner !== null);
  return (
    <section className="group by-hand">
      <h4>By hand, past the bot</h4>
      <label className="owner">
        Owner
        <select
          value={owner ?? ''}
          onChange={(event) => perform({ act: 'own', lead: lead.key, who: event.target.value || null })}
        >
          <option value="">No owner</option>
          {people.map(({ email, name }) => (
            <option key={email} value={email}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <div className="deeds">
        {deeds.map(({ deed, label, title }) => (
          <button
            key={deed}
            type="button"
            title={title}
            disabled={!isPossible(deed)}
            onClick={() => perform({ act: 'deed', lead: lead.key, deed })}
          >
            {label}
          </button>
        ))}
      </div>
    </section>
  );
}
