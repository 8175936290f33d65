import type { Content } from '../../src/adapters/slack/card.ts';
import { slackReply } from '../../src/adapters/slack/reply.ts';
import type { Drawn } from '../../src/adapters/slack/section.ts';
import type { AdaptiveCard } from '../../src/adapters/teams/adaptive-card.ts';
import { teamsReply } from '../../src/adapters/teams/reply.ts';
import { noAssignments, noHandoffs, type Spread, type Tally } from '../../src/domain/measure/tally.ts';
import { wordsIn } from '../../src/domain/words/words.ts';
import { stats } from '../../src/flow/answer/stats.ts';
import type { Measures } from '../../src/flow/ports/measures.ts';
import type { Office } from './office.ts';

/** An answer in both chats. */
export type DrawnAnswer = {
  key: string;
  title: string;
  now: Date;
  zone: string;
  slack: Content;
  teams: AdaptiveCard;
};

/** How an answer with a chart looks, and in Slack where it takes none. */
const drawings: readonly { key: string; title: string; drawn?: Drawn }[] = [
  { key: 'stats', title: 'Stats of a team', drawn: 'withCharts' },
  { key: 'stats-uncharted', title: 'Where Slack takes no charts' },
];

/** What the manager of the first team is answered. */
export async function drawnAnswers({
  policy,
  names,
  decidedAt: now,
  zoneOf,
}: Office): Promise<DrawnAnswer[]> {
  const manager = policy.teams[0]?.manager ?? '';
  const reply = await stats(manager, '', wordsIn('en'), {
    ...{ measures, policy: () => policy, clock: () => now },
    runs: { last: async () => now, note: async () => null },
    directory: {
      people: async () =>
        [...names].map(([id, name]) => ({
          id,
          name,
          ownerId: null,
          active: true,
          hours: null,
          accounts: [],
        })),
    },
  });
  if ('wrong' in reply) throw new Error(reply.wrong);
  const zone = zoneOf(manager);
  return drawings.map(({ key, title, drawn }) => ({
    ...{ key, title, now, zone },
    slack: slackReply(reply, 'stats', drawn),
    teams: teamsReply(reply, zone, { answer: 'gallery', turn: 0, again: 'stats' }),
  }));
}

/** Of a team of three, over four weeks. */
const measures: Measures = {
  unmeasured: async () => [],
  keep: async () => {},
  forget: async () => {},
  tallies: async (_sight, by) => {
    if (by === 'week') return new Map(weeks);
    return new Map(by === 'rep' ? reps : [[null, tally(34, 7, 41)]]);
  },
  sources: async () => [],
  speed: async () => [],
  sentBack: async () => [
    { outcome: 'disqualified', reason: 'no_budget', count: 4 },
    { outcome: 'recycled', reason: 'timing', count: 2 },
  ],
};

const weeks: [string, Tally][] = [
  ['2026-10-26', tally(5, 4, 9)],
  ['2026-11-02', tally(9, 2, 11)],
  ['2026-11-09', tally(8, 1, 9)],
  ['2026-11-16', tally(12, 0, 12)],
];

const reps: [string, Tally][] = [
  ['ada.okafor@example.com', tally(13, 1, 14)],
  ['ben.castillo@example.com', tally(11, 5, 16)],
  ['chloe.nguyen@example.com', tally(10, 1, 11)],
];

function tally(inTime: number, late: number, handoffs: number): Tally {
  const spread: Spread = { count: handoffs, median: 31 * 60, p90: 144 * 60 };
  return {
    ...{ ...noAssignments, ...noHandoffs, handoffs, assignments: handoffs },
    acknowledge: { inTime, late, open: 0 },
    touch: { inTime, late, open: 0 },
    toTouch: { wall: spread, working: spread },
    met: { count: Math.floor(handoffs / 3), of: handoffs },
    spent: { system: 41 * 12, offHours: 41 * 1800, rep: 41 * 2400, count: handoffs },
  };
}
