import { type Attempt, consequenceOf } from '../handoff/consequences.ts';
import { type HandoffEvent, running } from '../handoff/handoff.ts';
import { hoursOf } from '../policy/working-hours.ts';
import { absenceAt } from '../routing/availability.ts';
import { isWorkingAt, nextWorkingInstant, workingMinutesBetween } from '../time/calendar.ts';
import { joined, type Line, line, person } from '../words/line.ts';
import { saidOf, whyLine } from '../words/why.ts';
import type { Words } from '../words/words.ts';
import type { CardView } from './card.ts';
import { leftAloneUntil } from './card-status.ts';
import { nearTime } from './near-time.ts';
import { channelNamed } from './story.ts';

/** What a manager must know who gets a lead in the middle, beside what was tried: who has it for how long, why it stands still. */
export function whyItWaits(view: CardView): Line {
  const { handoff } = view;
  const waits = running(handoff) !== null;
  return joined([howLong(view, waits), ...(waits ? standsStill(view) : []), ...before(view)], ' ');
}

/** Why nothing has happened and what was done about it, in a line; nothing when nothing waits. */
export function whatWasTried(view: CardView): Line {
  if (!running(view.handoff)) return [];
  return joined([...wasSeen(view), ...isAway(view), ...tried(view)], ' ');
}

/** Whether the holder knows of it, as far as the chats tell. */
function wasSeen(view: CardView): Line[] {
  const { handoff, seenAt, words, names } = view;
  const { reachedAt, assignment } = handoff;
  const who = person(assignment.rep, names);
  if (!reachedAt) return [words.line('card.notReached', { who })];
  if (handoff.status !== 'offered') return [];
  return seenAt && seenAt >= assignment.at
    ? [words.line('card.seen', { who, at: nearTime(seenAt, view) })]
    : [words.line('card.notSeen', { who })];
}

function howLong(view: CardView, waits: boolean): Line {
  const { handoff, policy, names, now, words } = view;
  const { rep, at } = handoff.assignment;
  const given = {
    qualified: nearTime(handoff.qualifiedAt, view),
    who: person(rep, names),
    since: nearTime(at, view),
  };
  if (!waits) return words.line('waits.begun', given);
  const worked = workWords(workingMinutesBetween(hoursOf(policy, rep), at, now), words);
  const wall = words.duration((now.getTime() - at.getTime()) / 60_000);
  return worked === wall
    ? words.line('waits.waited', { ...given, wall })
    : words.line('waits.worked', { ...given, worked, wall });
}

/** Of two days of work on in hours, since nobody knows whose day is meant. */
function workWords(minutes: number, words: Words): string {
  return minutes < 2880
    ? words.duration(minutes)
    : words.text('waits.hours', { hours: Math.round(minutes / 60) });
}

/** Why nothing has happened, as far as anybody can tell. */
function standsStill(view: CardView): Line[] {
  const snoozed = leftAloneUntil(view.handoff, view.now);
  return [
    ...cardReached(view),
    ...isAway(view),
    ...(snoozed ? [view.words.line('waits.snoozed', { until: nearTime(snoozed, view) })] : []),
  ];
}

function cardReached(view: CardView): Line[] {
  const { handoff, seenAt, words } = view;
  const { reachedAt, assignment } = handoff;
  if (!reachedAt) return [words.line('waits.notReached')];
  if (handoff.status !== 'offered') return [];
  const at = nearTime(reachedAt, view);
  // They may have had it before, and looked at it then.
  return seenAt && seenAt >= assignment.at
    ? [words.line('waits.opened', { at, opened: nearTime(seenAt, view) })]
    : [words.line('waits.notOpened', { at })];
}

function isAway(view: CardView): Line[] {
  const { handoff, policy, presence, names, words, now } = view;
  const { rep } = handoff.assignment;
  const absence = absenceAt(now, presence.absences.get(rep));
  if (absence) {
    const { why, until } = absence;
    const away = until ? ({ kind: 'awayUntil', why, until } as const) : why;
    return [line`${saidOf(person(rep, names), away, words)}.`];
  }
  const hours = hoursOf(policy, rep);
  return isWorkingAt(hours, now)
    ? []
    : [words.line('waits.offHours', { at: nearTime(nextWorkingInstant(hours, now), view) })];
}

/** What was done about it since the holder has it. */
function tried(view: CardView): Line[] {
  const { log, words } = view;
  const since = log.findLastIndex(({ event }) => 'assignment' in event);
  const events = log.slice(since + 1).map(({ event }) => event);
  const steps = attempts.flatMap((attempt) => {
    const made = events.filter((event) => consequenceOf(event).tried === attempt);
    return made.length > 0 ? attemptWords[attempt](made, events, view) : [];
  });
  return steps.length > 0 ? [words.line('waits.tried', { steps: joined(steps, ', ') })] : [];
}

/** The attempts of a kind, one at least, among everything that happened. */
type AttemptWords = (made: readonly HandoffEvent[], all: readonly HandoffEvent[], view: CardView) => Line[];

/** In the order in which they are told. */
const attemptWords: Readonly<Record<Attempt, AttemptWords>> = {
  reminder: (made, _all, { words }) => {
    const isLoud = (event: HandoffEvent) => event.type === 'reminded' && event.loud === true;
    const loud = made.filter(isLoud);
    return [
      ...times(made.length - loud.length, 'waits.reminders', words),
      ...times(loud.length, 'waits.messages', words),
    ];
  },
  ping: (made, _all, { words }) => times(made.length, 'waits.nudges', words),
  teamOffer: (made, _all, { words }) =>
    made.flatMap((event) =>
      event.type === 'offeredToTeam'
        ? [words.line('waits.offered', { count: event.openTo.length, team: event.team })]
        : [],
    ),
  grace: (made, _all, view) =>
    made
      .slice(-1)
      .flatMap((event) =>
        event.type === 'graceGiven'
          ? [view.words.line('waits.moreTime', { until: nearTime(event.until, view) })]
          : [],
      ),
  channel: (made, all, { words }) => {
    const lost = all.flatMap((event) => (event.type === 'channelUnreachable' ? [event.channel] : []));
    const told = made.flatMap((event) =>
      event.type === 'channelTold' && !lost.includes(event.channel) ? [event.channel] : [],
    );
    return [...new Set(told)].map((id) =>
      words.line('waits.channelTold', { channel: channelNamed(id, words) }),
    );
  },
  alert: (made, _all, { words }) => {
    const mails = made.filter((event) => event.type === 'alerted' && event.alert.kind === 'mail').length;
    return [...times(mails, 'waits.mails', words), ...times(made.length - mails, 'waits.webhooks', words)];
  },
  nobodyFree: (made, _all, { words }) =>
    made.slice(-1).flatMap((event) => (event.type === 'nobodyFree' ? [whyLine(event.why, words)] : [])),
};
const attempts = Object.keys(attemptWords) as Attempt[];

type Counted = 'reminders' | 'messages' | 'nudges' | 'mails' | 'webhooks';

function times(count: number, key: `waits.${Counted}`, words: Words): Line[] {
  return count === 0 ? [] : [words.line(key, { count })];
}

/** Who has had it before, and why no longer. */
function before({ log, names, words }: CardView): Line[] {
  const holders = log.flatMap(({ event }, index) => {
    if (event.type !== 'reassigned') return [];
    const handedBack = log[index - 1]?.event.type === 'handedBack';
    const why = event.moved?.why ?? (handedBack ? ({ kind: 'handedBack' } as const) : null);
    const who = person(event.from, names);
    return [why ? saidOf(who, why, words) : [who]];
  });
  return holders.length > 0 ? [words.line('waits.before', { people: joined(holders, '; ') })] : [];
}
