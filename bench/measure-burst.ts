import type { Databases } from './databases.ts';
import type { Figure } from './figure.ts';
import { createLeads, requestDemo } from './leads.ts';
import { reps } from './platforms.ts';
import { untilQuiet } from './quiet.ts';
import { type Stage, stageBot } from './stage.ts';

const repetitions = 3;
const leads = 200;
const doneWithinMs = 120_000;
const most = { hubspotCalls: 3, slackCalls: 2.2 };

/** What the documentation allows one app; Slack names no number for a short burst, the local one takes three. */
const hubspotAllows = { calls: 190, perSeconds: 10 };
const slackAllows = { messagesAtOnce: 3, thenPerSecond: 1 };

/**
 * Many leads at once, while the platforms enforce their limits. The repetitions run side by side, each with platforms
 * and a database of its own: nearly all of their time is waiting.
 */
export async function measureBurst(databases: Databases): Promise<Figure[]> {
  await using unwinding = new AsyncDisposableStack();
  const stages: Stage[] = [];
  while (stages.length < repetitions) {
    const stage = await stageBot(databases, { limits: 'documented' });
    unwinding.defer(stage.close);
    stages.push(stage);
  }
  const bursts = await Promise.all(stages.map(burst));
  const of = (pick: (measured: Burst) => number) => bursts.map(pick);
  const atMost = 1.15;
  return [
    { name: `burst of ${leads}, until the last card`, unit: 's', values: of(({ card }) => card.seconds) },
    {
      ...{ name: 'burst, last card against the limits’ minimum', unit: '×', target: { atMost } },
      values: of(({ card }) => card.seconds / card.least),
    },
    {
      name: `burst of ${leads}, until all is in HubSpot too`,
      unit: 's',
      values: of(({ all }) => all.seconds),
    },
    {
      ...{ name: 'burst, all against the limits’ minimum', unit: '×', target: { atMost } },
      values: of(({ all }) => all.seconds / all.least),
    },
    {
      ...{ name: 'burst, HubSpot calls per handoff', unit: '', target: { atMost: most.hubspotCalls } },
      values: of(({ hubspotCalls }) => hubspotCalls / leads),
    },
    {
      ...{ name: 'burst, Slack calls per handoff', unit: '', target: { atMost: most.slackCalls } },
      values: of(({ slackCalls }) => slackCalls / leads),
    },
    {
      ...{ name: 'burst, refused with 429', unit: '', target: { atMost: 0, every: true } },
      values: of(({ refused }) => refused),
    },
  ];
}

/** `least`: seconds that nobody could do it in. */
type Span = { seconds: number; least: number };
type Burst = { card: Span; all: Span; hubspotCalls: number; slackCalls: number; refused: number };

async function burst({ hubspot, slack, cards, databaseUrl }: Stage): Promise<Burst> {
  for (const lead of createLeads(hubspot, leads)) requestDemo(hubspot, lead);
  const callsBefore = { hubspot: hubspot.requests.length, slack: sum(slack.callCounts()) };
  let lastCall = 0;
  hubspot.onChange(({ kind }) => {
    if (kind === 'request') lastCall = performance.now();
  });

  const begun = performance.now();
  hubspot.resumeWebhooks();
  const lastCard = await cards.reach(leads, doneWithinMs);
  await untilQuiet(databaseUrl, doneWithinMs);

  const requests = hubspot.requests.slice(callsBefore.hubspot);
  const refused = [...requests, ...slack.requests].filter(({ status }) => status === 429).length;
  const slackCalls = sum(slack.callCounts()) - callsBefore.slack;
  const seconds = (until: number) => (until - begun) / 1000;
  const forMessages = leastForMessages(leads / reps.length);
  // A bot that calls more often than it should is not given more time for it.
  const calls = Math.min(requests.length, most.hubspotCalls * leads);
  return {
    // For its card each lead must be read.
    card: { seconds: seconds(lastCard), least: Math.max(forMessages, leastForCalls(leads)) },
    all: {
      seconds: seconds(Math.max(lastCard, lastCall)),
      least: Math.max(forMessages, leastForCalls(calls)),
    },
    ...{ hubspotCalls: requests.length, slackCalls, refused },
  };
}

/** Until the last of so many calls may begin; a whole window's worth may go out at once. */
function leastForCalls(calls: number): number {
  return Math.floor((calls - 1) / hubspotAllows.calls) * hubspotAllows.perSeconds;
}

/** Until the last of so many messages may be sent in the busiest of equally busy conversations. */
function leastForMessages(perConversation: number): number {
  const { messagesAtOnce, thenPerSecond } = slackAllows;
  return (Math.ceil(perConversation) - messagesAtOnce) / thenPerSecond;
}

function sum(counts: Readonly<Record<string, number>>): number {
  return Object.values(counts).reduce((total, count) => total + count, 0);
}
