import type { HandoffEvent } from '../../domain/handoff.ts';
import type { Observation } from '../../flow/observe.ts';
import type { Decision, Decisions } from './decisions.ts';
import type { About, Journal } from './journal.ts';
import type { LogEntry } from './protocol.ts';
import type { World } from './world.ts';

export interface AppNews {
  /** The last decision about a lead, by contact id. */
  decisions: ReadonlyMap<string, Decision>;
  /** The contact that a handoff is about. */
  contactOf: (handoffId: string) => string | null;
}

type News = { text: string; about: About; tone: LogEntry['tone'] };

/** What nobody's click caused; the rest is told by what it does in HubSpot and Slack. */
const byTheClock: Partial<Record<HandoffEvent['type'], Omit<News, 'about'>>> = {
  reminded: { text: 'Reminds the rep', tone: 'normal' },
  breached: { text: 'The target was missed', tone: 'bad' },
  escalated: { text: 'Tells the manager', tone: 'normal' },
  unreachable: { text: 'The rep cannot be reached', tone: 'bad' },
};

/** Tells the journal what the bot decides and what falls due. */
export function followApp(world: World, journal: Journal, record: Decisions): AppNews {
  const decisions = new Map<string, Decision>();
  const contacts = new Map<string, string>();
  let reading = Promise.resolve();

  const readDecisions = async () => {
    for (const decision of await record.news()) {
      decisions.set(decision.leadId, decision);
      if (decision.handoffId !== null) contacts.set(decision.handoffId, decision.leadId);
      journal.add('Bot', decisionWords(decision), {
        about: { contactId: decision.leadId },
        tone: decision.decision === 'handoff' ? 'good' : 'normal',
      });
    }
  };

  world.onObservation((observation) => {
    if (observation.what === 'decided') {
      // One after the other, or both would tell the same. After the stop there is nothing to read from.
      reading = reading.then(readDecisions).catch(() => {});
      return;
    }
    for (const { text, ...more } of tell(observation)) journal.add('Bot', text, more);
  });

  return { decisions, contactOf: (handoffId) => contacts.get(handoffId) ?? null };
}

function decisionWords({ decision, reason }: Decision): string {
  switch (decision) {
    case 'handoff':
      return `Qualified: ${reason}`;
    case 'held':
      return `Held back: ${reason}`;
    case 'ignored':
      return `Left alone: ${reason}`;
    default:
      return `${decision}: ${reason}`;
  }
}

function tell(observation: Observation): News[] {
  switch (observation.what) {
    case 'delivered': {
      const seconds = observation.secondsFromQualified.toFixed(1);
      const { handoffId } = observation;
      return [
        { text: `Card delivered ${seconds} s after the lead qualified`, about: { handoffId }, tone: 'good' },
      ];
    }
    case 'changed': {
      const { handoffId, events } = observation;
      return events.flatMap((event) => {
        const told = byTheClock[event];
        return told === undefined ? [] : [{ ...told, about: { handoffId } }];
      });
    }
    case 'fellBack': {
      const { handoffId, why } = observation;
      return [{ text: `A card came to the other chat: ${why}`, about: { handoffId }, tone: 'bad' }];
    }
    case 'undeliverable': {
      const { handoffId, why } = observation;
      return [{ text: `A card could not be delivered: ${why}`, about: { handoffId }, tone: 'bad' }];
    }
    case 'propertiesMissing':
      return [{ text: `HubSpot lacks ${observation.properties.join(', ')}`, about: null, tone: 'bad' }];
    case 'rejected':
      return [{ text: `Rejected a webhook: ${observation.reason}`, about: null, tone: 'bad' }];
    default:
      return [];
  }
}
