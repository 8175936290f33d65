import fc from 'fast-check';
import { decide } from '../../src/domain/handoff/decide.ts';
import { evolve, type Handoff, type HandoffEvent, type Logged } from '../../src/domain/handoff/handoff.ts';
import type { DisqualifyReason, Policy } from '../../src/domain/policy/policy.ts';
import { managerOf } from '../../src/domain/policy/who-decides.ts';
import { withAbsences } from '../../src/domain/policy/working-hours.ts';
import {
  ada,
  assignedAt,
  assignment,
  ben,
  chloe,
  dario,
  farah,
  minutesAfter,
  offered,
  target,
  targets,
} from './examples.ts';
import { history, type Move, play, rules } from './histories.ts';
import { uuid } from './stories.ts';

/** A handoff that went through a history, and its whole log. */
export type Made = { handoff: Handoff; log: readonly Logged[]; source: string | null };

const weekMs = 7 * 86_400_000;
const sources = ['PAID_SEARCH', 'ORGANIC_SEARCH', 'EMAIL_MARKETING', null];

const recycledReasons = (reasons: readonly DisqualifyReason[]) =>
  reasons.map((one) => (one.name === 'timing' ? { ...one, outcome: 'recycled' as const } : one));
const withRecycling = (policy: Policy): Policy => ({
  ...policy,
  disqualifyReasons: recycledReasons(policy.disqualifyReasons),
});

/** The people as they are when the handoffs are measured: two of them were away. */
export const measuredUnder: Policy = withAbsences(
  withRecycling(rules),
  new Map([
    [ada, [{ from: minutesAfter(assignedAt, 2_000), until: minutesAfter(assignedAt, 5_000) }]],
    [farah, [{ from: minutesAfter(assignedAt, 10), until: minutesAfter(assignedAt, 2_880) }]],
  ]),
);

/** So many handoffs with all that can happen to them, over several weeks; some are of leads that came back. */
export function madeHandoffs(count: number, seed: number): Made[] {
  const random = randomFrom(seed);
  const histories = fc.sample(history, { numRuns: count, seed });
  const made: Made[] = [];
  let former: Made | null = null;
  for (const [place, moves] of histories.entries()) {
    const one = makeOne(place, moves, random);
    // A lead that was recycled comes back to sales more often than not, and perhaps again.
    const next: Made = former && random() < 0.7 ? comingBack(one, former) : one;
    made.push(next);
    const isRecycled = next.handoff.status === 'closed' && next.handoff.outcome === 'recycled';
    former = isRecycled ? next : former && next.handoff.leadId !== former.handoff.leadId ? former : null;
  }
  return made;
}

function makeOne(place: number, moves: readonly Move[], random: () => number): Made {
  const rep = [ada, ben, chloe, dario][Math.floor(random() * 4)] ?? ada;
  const team = rep === dario ? 'International' : 'Americas';
  const start = offered({
    ...{ id: uuid(place), leadId: `${10_000 + place}` },
    trigger: random() < 0.3 ? 'score' : 'demo_request',
    targets: targets({
      attempts: { atLeast: 2, within: target(600) },
      ...(random() < 0.2 && { acknowledge: target(240), touch: target(60, 'wallClock') }),
    }),
    assignment: assignment({ rep, team }),
    ...(random() < 0.1 ? waitsUntil(minutesAfter(assignedAt, 45)) : {}),
  });
  // Whoever has a lead mostly has its card, and people mostly do what the card is for.
  const lively = moves.flatMap((move): Move[] => {
    if (move.what === 'withdraw' || move.what === 'exclude') return random() < 0.3 ? [move] : [];
    const under = { ...move, rules: withRecycling(move.rules) };
    const card: Move = { ...under, what: 'markDelivered', who: null, minutes: Math.floor(random() * 3) };
    const sends = random() < 0.5 ? [card] : [];
    const works =
      random() < 0.12
        ? [{ ...under, what: random() < 0.6 ? ('accept' as const) : ('logTouch' as const) }]
        : [];
    const waits: Move = { ...under, what: 'disqualify', who: null, reason: 'timing', note: 'said no' };
    const ends = random() < 0.03 ? [waits] : [];
    const wrong = random() < 0.1 ? [{ ...under, what: 'undo' as const }] : [];
    return [...sends, ...works, under, ...ends, ...wrong];
  });
  const first = played(start, lively, assignedAt);
  const second = overturned(first, random);
  const again = second === first ? first : andThen(second, lively.slice(0, 5));
  const weeks = Math.floor(random() * 8) * weekMs;
  const source = sources[Math.floor(random() * sources.length)] ?? null;
  return later({ handoff: again.handoff, log: again.log, source }, weeks);
}

function waitsUntil(digestAt: Date) {
  return { digestAt, respondBy: minutesAfter(digestAt, 15), granted: { from: digestAt, minutes: 15 } };
}

type Told = { handoff: Handoff; log: readonly Logged[]; at: Date };

function played(start: Handoff, moves: readonly Move[], from: Date): Told {
  const { assignment: given, respondBy, granted, digestAt } = start;
  const event: HandoffEvent = {
    ...{ type: 'offered', assignment: given, respondBy, granted, evidence: '' },
    ...(digestAt && { digestAt }),
  };
  return andThen({ handoff: start, log: [{ seq: 1, at: from, by: null, event }], at: from }, moves);
}

function andThen({ handoff: start, log: before, at }: Told, moves: readonly Move[]): Told {
  const log = [...before];
  let told: Told = { handoff: start, log, at };
  for (const { events, now, by, after } of play(start, moves, at)) {
    for (const event of events) log.push({ seq: log.length + 1, at: now, by, event });
    told = { handoff: after, log, at: now };
  }
  return told;
}

/** Some managers think otherwise of what was sent back. */
function overturned(told: Told, random: () => number): Told {
  const { handoff, log } = told;
  if (handoff.status !== 'closed' || !handoff.sentBack || random() < 0.6) return told;
  const at = minutesAfter(told.at, Math.floor(random() * 600));
  const by = managerOf(rules, handoff.assignment);
  const events = decide(handoff, { type: 'overturn', by, isElsewhere: false }, rules, at);
  if ('refused' in events) return told;
  const after = events.reduce<Handoff>((state, event) => evolve(state, event, at, by), handoff);
  const more = events.map((event, index) => ({ seq: log.length + 1 + index, at, by, event }));
  return { handoff: after, log: [...log, ...more], at };
}

/** The same lead, some weeks after sales had it before. */
function comingBack(made: Made, { handoff: before }: Made): Made {
  if (before.status !== 'closed' || !before.sentBack) return made;
  const gap = Math.ceil((before.closedAt.getTime() - made.handoff.qualifiedAt.getTime()) / weekMs + 1);
  const { handoff, log, source } = later(made, Math.max(0, gap) * weekMs);
  const back = {
    ...{
      handoffId: before.id,
      rep: before.assignment.rep,
      at: before.closedAt,
      outcome: 'recycled' as const,
    },
    ...{ reason: before.reason, note: '', by: before.sentBack.by },
    recycled: (before.back?.recycled ?? 0) + 1,
  };
  return {
    handoff: Object.assign({}, handoff, { leadId: before.leadId, back }),
    log: log.map((one) => (one.event.type === 'offered' ? { ...one, event: { ...one.event, back } } : one)),
    source,
  };
}

/** The same with every date so much later. */
function later<T>(value: T, ms: number): T {
  if (value instanceof Date) return new Date(value.getTime() + ms) as T;
  if (Array.isArray(value)) return value.map((part) => later(part, ms)) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, later(part, ms)])) as T;
}

/** Numbers from 0 to 1 that are the same for the same seed. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** What has to have happened for the numbers to say something: how often it did. */
export function edgesOf(made: readonly Made[]): Record<string, number> {
  const count = (isMeant: (one: Made) => boolean) => made.filter(isMeant).length;
  const has = (type: HandoffEvent['type'], isMeant: (event: HandoffEvent) => boolean = () => true) =>
    count(({ log }) => log.some(({ event }) => event.type === type && isMeant(event)));
  return {
    reassigned: has('reassigned'),
    'handed back': has('handedBack'),
    'recycled twice': count(({ handoff: { back } }) => (back?.recycled ?? 0) >= 2),
    'moved for an absence': has('rescheduled'),
    standstill: has('resumed'),
    'taken back': has('undone'),
    'sent back and overturned': has('overturned'),
    'more time allowed': has('graceGiven'),
    'meeting fell through': has('meetingCalledOff'),
    'found in HubSpot later': has(
      'touched',
      (event) => event.type === 'touched' && event.found !== undefined,
    ),
    'more urgent': has('strengthened'),
    'in a digest': has('offered', (event) => event.type === 'offered' && event.digestAt !== undefined),
    'no card': count(({ log }) => !log.some(({ event }) => event.type === 'delivered')),
  };
}
