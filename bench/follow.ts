import { setTimeout as delay } from 'node:timers/promises';
import type { SlackMessage } from '../sandbox/slack/workspace.ts';
import type { Platforms } from './platforms.ts';

/** What the platforms see of the leads, in milliseconds of `performance.now`. */
export type Follow = {
  /** Leads with a card, and when the first one arrived. */
  cardAt: ReadonlyMap<string, number>;
  /** Leads of which HubSpot knows their lead status and has the follow-up task, and since when. */
  writtenAt: ReadonlyMap<string, number>;
  /** All cards of reps, also a second one about the same lead. */
  cards(): number;
  /** A rep's card about the lead, and who has it. */
  cardOf(lead: string): { rep: string; message: SlackMessage } | undefined;
  /** How often each was called since the start, and how often it refused because of its limits. */
  calls(): { hubspot: number; slack: number; refused: number };
  /** When HubSpot was called last. */
  lastHubSpotCall(): number;
  /**
   * Waits for something that becomes true when something happens at HubSpot or in Slack.
   * @throws with the words of `otherwise` when it is not true in time
   */
  until(isTrue: () => boolean, withinMs: number, otherwise: () => string): Promise<void>;
  /** Waits until neither was called for so long. */
  calm(forMs: number, withinMs?: number): Promise<void>;
};

const pollMs = 10;
/** The card links to the lead's record. */
const recordLink = /\/record\/0-1\/(\d+)/;

/** Watches; the servers call back in the very moment in which something happens. */
export function followLeads({ hubspot, slack, reps }: Pick<Platforms, 'hubspot' | 'slack' | 'reps'>): Follow {
  const cardAt = new Map<string, number>();
  const cardOf = new Map<string, { rep: string; message: SlackMessage }>();
  const writtenAt = new Map<string, number>();
  const withStatus = new Set<string>();
  const withTask = new Set<string>();
  const seen = new Map(reps.map((rep) => [rep, 0]));
  const waiting = new Set<() => void>();
  let hubspotCalls = 0;
  let refused = 0;
  let lastSlackRequest: object | undefined;
  let lastHubSpotCall = 0;

  const wake = () => {
    for (const look of waiting) look();
  };
  /** Slack keeps the latest calls only, so they are looked through as they come. */
  const lookForRefusals = () => {
    for (let at = slack.requests.length - 1; at >= 0 && slack.requests[at] !== lastSlackRequest; at -= 1) {
      if (slack.requests[at]?.status === 429) refused += 1;
    }
    lastSlackRequest = slack.requests.at(-1);
  };
  slack.onChange(() => {
    lookForRefusals();
    for (const rep of reps) {
      const messages = slack.messages(rep);
      const known = seen.get(rep) ?? 0;
      if (messages.length <= known) continue;
      seen.set(rep, messages.length);
      for (const message of messages.slice(known)) {
        const [, lead] = recordLink.exec(`${message.text} ${JSON.stringify(message.blocks)}`) ?? [];
        if (!lead || cardAt.has(lead)) continue;
        cardAt.set(lead, performance.now());
        cardOf.set(lead, { rep, message });
      }
    }
    wake();
  });
  hubspot.onChange((news) => {
    if (news.kind === 'request') {
      hubspotCalls += 1;
      lastHubSpotCall = performance.now();
      if (news.request.status === 429) refused += 1;
    }
    if (news.kind === 'change') {
      const { change } = news;
      const contact = change.kind === 'associated' ? contactWithTask(change) : null;
      if (contact) withTask.add(contact);
      const lead =
        contact ??
        (change.kind === 'property' && change.property === 'hs_lead_status' ? change.record.id : null);
      if (lead && !contact) withStatus.add(lead);
      if (lead && withStatus.has(lead) && withTask.has(lead) && !writtenAt.has(lead)) {
        writtenAt.set(lead, performance.now());
      }
    }
    wake();
  });

  const slackCalls = () => Object.values(slack.callCounts()).reduce((total, count) => total + count, 0);
  return {
    cardAt,
    writtenAt,
    cards: () => [...seen.values()].reduce((sum, count) => sum + count, 0),
    cardOf: (lead) => cardOf.get(lead),
    calls: () => {
      lookForRefusals();
      return { hubspot: hubspotCalls, slack: slackCalls(), refused };
    },
    lastHubSpotCall: () => lastHubSpotCall,
    until: (isTrue, withinMs, otherwise) =>
      new Promise((resolve, reject) => {
        const end = (settle: () => void) => {
          clearTimeout(deadline);
          waiting.delete(look);
          settle();
        };
        const look = () => {
          if (isTrue()) end(resolve);
        };
        const deadline = setTimeout(
          () => end(() => reject(new Error(`after ${withinMs / 1000} s ${otherwise()}`))),
          withinMs,
        );
        waiting.add(look);
        look();
      }),
    calm: async (forMs, withinMs = 60_000) => {
      const begun = performance.now();
      let calls = -1;
      let since = begun;
      while (performance.now() - since < forMs) {
        const now = hubspotCalls + slackCalls();
        if (now !== calls) {
          calls = now;
          since = performance.now();
        }
        if (since - begun > withinMs)
          throw new Error(`HubSpot or Slack is still called after ${withinMs} ms`);
        await delay(pollMs);
      }
    },
  };
}

type End = { id: string; type: string };

/** The contact that a task is associated with by this change. */
function contactWithTask({ from, to }: { from: End; to: End }): string | null {
  if (from.type === 'tasks' && to.type === 'contacts') return to.id;
  return from.type === 'contacts' && to.type === 'tasks' ? from.id : null;
}
