import { type HandoffEvent, running } from '../handoff/handoff.ts';
import { hoursOf } from '../policy/policy.ts';
import { absenceAt } from '../routing/availability.ts';
import { isWorkingAt, nextWorkingInstant, workingMinutesBetween } from '../time/calendar.ts';
import { inWords, workInWords } from '../time/duration.ts';
import type { CardView } from './card.ts';
import { snoozedUntil } from './card-status.ts';
import { dateTime, joined, type Line, line, person } from './text.ts';

/** What a manager must know who gets a lead in the middle: who has it for how long, why it stands still, what was tried. */
export function whyItWaits(view: CardView): Line {
  const { handoff } = view;
  const waits = running(handoff) !== null;
  return joined(
    [howLong(view, waits), ...(waits ? [...standsStill(view), ...tried(view)] : []), ...before(view)],
    ' ',
  );
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
  const snoozed = snoozedUntil(view.handoff, view.now);
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

function isAway({ handoff, policy, presence, now }: CardView): Line[] {
  const { rep } = handoff.assignment;
  const absence = absenceAt(now, presence.absences.get(rep));
  if (absence) {
    const until = absence.until ? line` until ${dateTime(absence.until)}` : [];
    return [line`They are away${until}: ${absence.why}.`];
  }
  const hours = hoursOf(policy, rep);
  return isWorkingAt(hours, now)
    ? []
    : [line`They are not at work until ${dateTime(nextWorkingInstant(hours, now))}.`];
}

/** What was done about it since the holder has it. */
function tried({ log }: CardView): Line[] {
  const since = log.findLastIndex(({ event }) => 'assignment' in event);
  const events = log.slice(since + 1).map(({ event }) => event);
  const steps = [
    times(events, (event) => event.type === 'reminded' && !event.loud, 'reminder'),
    times(events, (event) => event.type === 'reminded' && event.loud === true, 'message'),
    times(events, (event) => event.type === 'pinged', 'ping'),
    ...events.flatMap((event) => (event.type === 'offeredToTeam' ? [offered(event)] : [])),
    ...lastGrace(events),
    ...(wasChannelTold(events) ? [line`a channel was told`] : []),
    ...events.flatMap((event) => (event.type === 'nobodyFree' ? [line`${event.why}`] : [])).slice(-1),
  ].filter(({ length }) => length > 0);
  return steps.length > 0 ? [line`Tried: ${joined(steps, ', ')}.`] : [];
}

function wasChannelTold(events: readonly HandoffEvent[]): boolean {
  const lost = events.flatMap((event) => (event.type === 'channelUnreachable' ? [event.channel] : []));
  return events.some((event) => event.type === 'channelTold' && !lost.includes(event.channel));
}

function times(events: readonly HandoffEvent[], what: (event: HandoffEvent) => boolean, name: string): Line {
  const count = events.filter(what).length;
  if (count === 0) return [];
  return count === 1 ? line`a ${name}` : line`${count} ${name}s`;
}

function offered({ openTo, team }: Extract<HandoffEvent, { type: 'offeredToTeam' }>): Line {
  return line`offered to ${openTo.length} of ${team}`;
}

function lastGrace(events: readonly HandoffEvent[]): Line[] {
  const given = events.findLast((event) => event.type === 'graceGiven');
  return given?.type === 'graceGiven' ? [line`grace until ${dateTime(given.until)}`] : [];
}

/** Who has had it before, and why no longer. */
function before({ log, names }: CardView): Line[] {
  const holders = log.flatMap(({ event }, index) => {
    if (event.type !== 'reassigned') return [];
    const handedBack = log[index - 1]?.event.type === 'handedBack';
    const why = event.moved?.why ?? (handedBack ? 'handed it back' : null);
    return [line`${person(event.from, names)}${why ? ` (${why})` : ''}`];
  });
  return holders.length > 0 ? [line`Before: ${joined(holders, ', ')}.`] : [];
}
