import type { TourState } from '../protocol.ts';
import type { Perform } from './use-sandbox.ts';

/** The way through the product in four steps, each of which can be taken here; the next one stands out. */
export function Tour({
  tour: { lead, manager, steps },
  onLead,
  onManager,
  perform,
}: {
  tour: TourState;
  onLead: (key: string) => void;
  /** Brings somebody's conversation into sight. */
  onManager: (email: string) => void;
  perform: Perform;
}) {
  const next = steps.findIndex(({ isDone }) => !isDone);
  const take: Readonly<Record<TourState['steps'][number]['key'], () => void>> = {
    asks: () => {
      onLead(lead);
      void perform({ act: 'happen', lead, way: 'demo' });
    },
    waits: () => void perform({ act: 'forward', minutes: 15 }),
    decides: () => onManager(manager),
    numbers: () => {
      onManager(manager);
      void perform({ act: 'write', who: manager, chat: 'slack', text: '/handoff stats team' });
    },
  };
  return (
    <nav className="tour" aria-label="The way through">
      <ol>
        {steps.map(({ key, label, isDone }, index) => (
          <li key={key} data-done={isDone} data-next={index === next}>
            <button type="button" aria-current={index === next ? 'step' : undefined} onClick={take[key]}>
              <span className="tour-number">{isDone ? '✓' : index + 1}</span>
              {label}
            </button>
          </li>
        ))}
      </ol>
    </nav>
  );
}
