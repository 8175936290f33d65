import type { HandoffEvent } from '../../src/domain/handoff/handoff.ts';
import type { Observation } from '../../src/flow/ports/observe.ts';
import type { Decision, Decisions } from './decisions.ts';
import type { About, Journal } from './journal.ts';
import type { LogEntry } from './protocol.ts';
import type { World } from './world.ts';

export type AppNews = {
  /** The last decision about a lead, by contact id. */
  decisions: ReadonlyMap<string, Decision>;
  /** The contact that a handoff is about. */
  contactOf: (handoffId: string) => string | null;
};

type News = { text: string; about: About; tone: LogEntry['tone'] };

/** What the bot does by itself; the rest is told by what it does in HubSpot and in chat. */
const byItself: Partial<Record<HandoffEvent['type'], Omit<News, 'about'>>> = {
  reminded: { text: 'Reminds the rep', tone: 'normal' },
  breached: { text: 'The target was missed', tone: 'bad' },
  offeredToTeam: { text: 'Offers the lead to the team', tone: 'normal' },
  escalated: { text: 'Tells the manager', tone: 'normal' },
  nobodyFree: { text: 'Finds nobody who could take the lead', tone: 'bad' },
  reassigned: { text: 'The lead has another rep', tone: 'normal' },
  channelTold: { text: 'Tells the channel', tone: 'normal' },
  channelUnreachable: { text: 'The channel cannot be told', tone: 'bad' },
  alerted: { text: 'Tells somebody outside of the chats', tone: 'normal' },
  notAlerted: { text: 'Somebody outside of the chats cannot be told', tone: 'bad' },
  resumed: { text: 'The clock of the lead begins anew after a standstill', tone: 'bad' },
  snoozeEnded: { text: 'The snooze is over', tone: 'normal' },
  rescheduled: { text: 'The target moves with the rep’s working time', tone: 'normal' },
  unreachable: { text: 'The rep cannot be reached', tone: 'bad' },
  touched: { text: 'A touch counts', tone: 'good' },
  meetingCalledOff: { text: 'The meeting fell through', tone: 'bad' },
  strengthened: { text: 'The lead did something more urgent', tone: 'bad' },
  repeated: { text: 'The lead did it once more', tone: 'normal' },
  excluded: { text: 'The lead would not be handed over any more', tone: 'bad' },
  meetingBooked: { text: 'A meeting is booked', tone: 'good' },
  dealCreated: { text: 'The lead became a deal', tone: 'good' },
  dealWon: { text: 'The deal is won', tone: 'good' },
  ownerLost: { text: 'The owner in HubSpot takes no leads here', tone: 'bad' },
  withdrawn: { text: 'The handoff is withdrawn', tone: 'normal' },
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
      // What follows from news about a handoff is told by its events.
      if (decision.reason.split(', ').every((what) => what in findings)) continue;
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

/** What the bot may find in HubSpot, by its own names. */
const findings: Readonly<Record<string, string>> = {
  lead: 'a lead',
  touch: 'a touch',
  meeting: 'a meeting',
  deal: 'a deal',
  'deal won': 'a deal that is won',
  'once more': 'something that it did once more',
  owner: 'another owner',
  deletion: 'a contact that is gone',
};

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
        const told = byItself[event];
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
    case 'foundByReconciling': {
      const { leadId: contactId, found } = observation;
      const words = found.map((what) => findings[what] ?? what).join(', ');
      return [
        { text: `Found by the poll, as no webhook told: ${words}`, about: { contactId }, tone: 'good' },
      ];
    }
    case 'setAway': {
      const text = `A rep who let ${observation.missed} cards in a row pass is set away`;
      return [{ text, about: null, tone: 'bad' }];
    }
    case 'clockStood': {
      const text = `The clock stood still for ${Math.round(observation.seconds / 60)} min`;
      return [{ text, about: null, tone: 'bad' }];
    }
    case 'bulletinUndeliverable':
      return [{ text: `A message could not be delivered: ${observation.why}`, about: null, tone: 'bad' }];
    case 'propertiesRefused':
      return [
        { text: `HubSpot would not take ${observation.properties.join(', ')}`, about: null, tone: 'bad' },
      ];
    case 'rejected':
      return [{ text: `Rejected a webhook: ${observation.reason}`, about: null, tone: 'bad' }];
    default:
      return [];
  }
}
