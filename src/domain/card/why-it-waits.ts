import { type Attempt, consequenceOf } from '../handoff/consequences.ts';
import { type HandoffEvent, running } from '../handoff/handoff.ts';
import { hoursOf } from '../policy/working-hours.ts';
import { absenceAt } from '../routing/availability.ts';
import { isWorkingAt, nextWorkingInstant, workingMinutesBetween } from '../time/calendar.ts';
import { inWords, workInWords } from '../time/duration.ts';
import { dateTime, joined, type Line, line, person } from '../words/line.ts';
import { saidOf, whyLine } from '../words/why.ts';
import type { Words } from '../words/words.ts';
import type { CardView } from './card.ts';
import { leftAloneUntil } from './card-status.ts';
import { nearTime } from './near-time.ts';

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

function howLong({ handoff, policy, names, now }: CardView, waits: boolean): Line {
  const { rep, at } = handoff.assignment;
  const begun = line`Qualified ${dateTime(handoff.qualifiedAt)}, with ${person(rep, names)} since ${dateTime(at)}`;
  if (!waits) return line`${begun}.`;
  const worked = workInWords(workingMinutesBetween(hoursOf(policy, rep), at, now));
  const wall = inWords((now.getTime() - at.getTime()) / 60_000);
  return worked === wall
    ? line`${begun}: ${wall}.`
    : line`${begun}: ${worked} of their working time (${wall}).`;
}

/** Why nothing has happened, as far as anybody can tell. */
function standsStill(view: CardView): Line[] {
  const snoozed = leftAloneUntil(view.handoff, view.now);
  return [
    ...cardReached(view),
    ...isAway(view),
    ...(snoozed ? [line`Snoozed until ${dateTime(snoozed)}.`] : []),
  ];
}

function cardReached({ handoff, seenAt }: CardView): Line[] {
  const { reachedAt, assignment } = handoff;
  if (!reachedAt) return [line`The card has not reached them.`];
  if (handoff.status !== 'offered') return [];
  // They may have had it before, and looked at it then.
  const opened = seenAt && seenAt >= assignment.at ? seenAt : null;
  return opened
    ? [
        line`The card reached them ${dateTime(reachedAt)}; they opened it ${dateTime(opened)}, but have not answered.`,
      ]
    : [
        line`The card reached them ${dateTime(reachedAt)}; they have not opened it, as far as the chat tells.`,
      ];
}

function isAway({ handoff, policy, presence, names, words, now }: CardView): Line[] {
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
    : [line`They are not at work until ${dateTime(nextWorkingInstant(hours, now))}.`];
}

/** What was done about it since the holder has it. */
function tried({ log, words }: CardView): Line[] {
  const since = log.findLastIndex(({ event }) => 'assignment' in event);
  const events = log.slice(since + 1).map(({ event }) => event);
  const steps = attempts.flatMap((attempt) => {
    const made = events.filter((event) => consequenceOf(event).tried === attempt);
    return made.length > 0 ? attemptWords[attempt](made, events, words) : [];
  });
  return steps.length > 0 ? [line`Tried: ${joined(steps, ', ')}.`] : [];
}

/** The attempts of a kind, one at least, among everything that happened. */
type AttemptWords = (made: readonly HandoffEvent[], all: readonly HandoffEvent[], words: Words) => Line[];

/** In the order in which they are told. */
const attemptWords: Readonly<Record<Attempt, AttemptWords>> = {
  reminder: (made) => {
    const isLoud = (event: HandoffEvent) => event.type === 'reminded' && event.loud === true;
    const loud = made.filter(isLoud);
    return [...times(made.length - loud.length, 'reminder'), ...times(loud.length, 'message')];
  },
  ping: (made) => times(made.length, 'nudge'),
  teamOffer: (made) =>
    made.flatMap((event) =>
      event.type === 'offeredToTeam' ? [line`offered to ${event.openTo.length} of ${event.team}`] : [],
    ),
  grace: (made) =>
    made
      .slice(-1)
      .flatMap((event) =>
        event.type === 'graceGiven' ? [line`more time until ${dateTime(event.until)}`] : [],
      ),
  channel: (made, all) => {
    const lost = all.flatMap((event) => (event.type === 'channelUnreachable' ? [event.channel] : []));
    const wasTold = made.some((event) => event.type === 'channelTold' && !lost.includes(event.channel));
    return wasTold ? [line`a channel was told`] : [];
  },
  alert: (made) => {
    const mails = made.filter((event) => event.type === 'alerted' && event.alert.kind === 'mail').length;
    return [...times(mails, 'mail'), ...times(made.length - mails, 'webhook')];
  },
  nobodyFree: (made, _all, words) =>
    made.slice(-1).flatMap((event) => (event.type === 'nobodyFree' ? [whyLine(event.why, words)] : [])),
};
const attempts = Object.keys(attemptWords) as Attempt[];

function times(count: number, name: string): Line[] {
  if (count === 0) return [];
  return [count === 1 ? line`a ${name}` : line`${count} ${name}s`];
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
  return holders.length > 0 ? [line`Before: ${joined(holders, '; ')}.`] : [];
}
