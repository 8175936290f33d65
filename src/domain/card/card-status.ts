import type { Briefing } from '../briefing/briefing.ts';
import { attemptsMissing } from '../handoff/attempts.ts';
import { type Handoff, type HandoffEvent, openTo, running } from '../handoff/handoff.ts';
import { lastTouchIn, meetingStartIn } from '../handoff/touches-in.ts';
import type { Destination } from '../policy/policy.ts';
import { escalatesTo } from '../policy/who-decides.ts';
import { timersOf } from '../time/sla.ts';
import { type Line, oneLine, person, type Span } from '../words/line.ts';
import { whyLine } from '../words/why.ts';
import type { CardView } from './card.ts';
import { nearPast, nearTime } from './near-time.ts';
import { reasonLabel } from './reasons.ts';
import type { Tone } from './tone.ts';

type In<Status extends Handoff['status']> = Extract<Handoff, { status: Status }>;

/** How a card looks, whoever reads it. */
export function toneOf(handoff: Handoff, now: Date): Tone {
  if (handoff.status === 'closed') return closedTones[handoff.outcome](handoff);
  if (hasMeeting(handoff)) return 'meeting';
  if (isLate(handoff)) return 'late';
  if (askedUntil(handoff, now)) return 'waiting';
  if (leftAloneUntil(handoff, now)) return 'asleep';
  return handoff.status === 'offered' ? 'new' : 'active';
}

const closedTones: Readonly<Record<In<'closed'>['outcome'], (handoff: Handoff) => Tone>> = {
  converted: ({ wonAt }) => (wonAt ? 'won' : 'done'),
  recycled: () => 'recycled',
  disqualified: () => 'done',
  unresponsive: () => 'done',
  withdrawn: () => 'done',
};

/** Whether the lead has a meeting since its holder has it, so that nothing is due any more. */
export function hasMeeting(handoff: Handoff): boolean {
  return handoff.status !== 'closed' && handoff.meetingAt !== null && running(handoff) === null;
}

/** Whether the due time that runs now was missed; a breach before grace, or under another rep, is past. */
export function isLate(handoff: Handoff): boolean {
  if (hasMeeting(handoff)) return false;
  switch (handoff.status) {
    case 'offered':
      return handoff.ackBreachedAt !== null && handoff.respondBy <= handoff.ackBreachedAt;
    case 'accepted':
      return handoff.touchBreachedAt !== null && handoff.touchBy <= handoff.touchBreachedAt;
    case 'working':
    case 'closed':
      return false;
    default:
      return handoff satisfies never;
  }
}

/** Until when the holder wants to be left alone, as long as that is to come. */
export function askedUntil({ asked }: Handoff, now: Date): Date | null {
  return asked && asked.until > now ? asked.until : null;
}

/** Until when the holder is left alone. */
export function leftAloneUntil({ snoozedUntil: until }: Handoff, now: Date): Date | null {
  return until && until > now ? until : null;
}

/** Whether somebody above the holder has to see to it. */
export function waitsForDecision(handoff: Handoff, now: Date): boolean {
  if (running(handoff) === null) return false;
  return isLate(handoff) || handoff.unreachable !== null || askedUntil(handoff, now) !== null;
}

/**
 * When the lead goes to somebody else by itself, should nobody do anything, and where to; null: it stays where it is.
 * `to` null: to whom routing finds then.
 */
export function movesOn({
  handoff,
  policy,
  now,
}: Pick<CardView, 'handoff' | 'policy' | 'now'>): { at: Date; to: Destination | null } | null {
  const ticking = running(handoff);
  if (!ticking) return null;
  const moves = timersOf(ticking, policy, now).flatMap(({ action, clock, step, dueAt: at }) => {
    const rung = action === 'climb' ? policy.ladders[clock][step - 1]?.action : undefined;
    return rung?.do === 'reassign' && at > now ? [{ at, to: rung.to }] : [];
  });
  return moves[0] ?? null;
}

/** What the holder is to do, by when and why. */
export function holderStatus(view: CardView, briefing: Briefing): Line {
  const { handoff, log, words, now } = view;
  const near = (at: Date) => nearTime(at, view);
  if (handoff.status === 'closed') return closedStatus(handoff, view);
  if (hasMeeting(handoff)) {
    if (handoff.status === 'offered') return words.line('card.acceptMeeting');
    const startsAt = meetingStartIn(log);
    return startsAt ? words.line('card.meeting', { at: near(startsAt) }) : words.line('card.meetingBooked');
  }
  if (handoff.status === 'working') return workingStatus(view);
  const due = near(handoff.status === 'offered' ? handoff.respondBy : handoff.touchBy);
  const [asked, snoozed] = [askedUntil(handoff, now), leftAloneUntil(handoff, now)];
  const manager = escalatesTo(view.policy, handoff.assignment);
  if (asked && manager) {
    const given = { who: person(manager, view.names), until: near(asked), due };
    return words.line(isLate(handoff) ? 'card.waitingLate' : 'card.waiting', given);
  }
  if (isLate(handoff)) {
    const key = handoff.status === 'offered' ? 'card.late' : 'card.touchLate';
    return words.line(key, { due, next: comesNext(view) });
  }
  if (snoozed) return words.line('card.asleep', { until: near(snoozed), due });
  if (handoff.status === 'accepted') return words.line('card.reachOutBy', { due });
  const { why, ago } = whyItIs(briefing, view);
  if (log.some(({ event }) => event.type === 'strengthened'))
    return words.line('card.raised', { due, why, ago });
  return handoff.back
    ? words.line('card.back', { due, why })
    : words.line('card.acceptBy', { due, why, ago });
}

/** What the lead did and when, as a part of the status. */
export function whyItIs({ whyNow }: Briefing, view: CardView): { why: Line; ago: Span | string } {
  return whyNow ? { why: whyNow.line, ago: nearPast(whyNow.at, view) } : { why: [], ago: '' };
}

/** What happens to a late lead if its holder does nothing. */
function comesNext(view: CardView): Line {
  const { handoff, words, names } = view;
  const others = openTo(handoff);
  const isRescue = others.length > 0 && !handoff.assignment.openTo?.length;
  const who = words.lines(others.slice(0, 2).map((id) => [person(id, names)]));
  const moves = movesOn(view);
  return [
    ...(isRescue ? words.line('card.lateOpen', { who }) : []),
    ...(moves ? words.line('card.lateMovesOn', { at: nearTime(moves.at, view) }) : []),
  ];
}

function workingStatus(view: CardView): Line {
  const { handoff, log, policy, words, now } = view;
  const spoke = log.some(({ event }) => event.type === 'touched' && event.touch.outcome === 'connected');
  // How often somebody must be tried matters as long as nobody was reached.
  const missing = handoff.meetingAt || spoke ? null : attemptsMissing(handoff, policy, now);
  const count = missing ? words.line('card.attempts', { made: missing.made, atLeast: missing.atLeast }) : [];
  const note = lastNote(view);
  if (handoff.status === 'working' && handoff.tryAgainBy) {
    const due = nearTime(handoff.tryAgainBy, view);
    return spoke
      ? words.line('card.nextBy', { due, note })
      : words.line('card.tryAgainBy', { due, count, note });
  }
  const last = handoff.attempts.at(-1);
  if (!last) return words.line('card.onIt', { count });
  return words.line('card.working', { at: nearTime(last, view), count, note });
}

/** As much of a note as stands in a line and a half on a phone. */
const mostOfNote = 60;

/** What was written beside the last touch, so that nobody has to look for it before the next. */
function lastNote({ log, words }: CardView): Line {
  const note = oneLine(lastTouchIn(log)?.touch.note ?? '', mostOfNote);
  return note ? words.line('card.lastNote', { note }) : [];
}

const endings: ReadonlySet<HandoffEvent['type']> = new Set(['disqualified', 'gaveUp', 'recycled']);

/** How it ended: by whom, when and why. */
export function closedStatus(
  handoff: In<'closed'>,
  view: Pick<CardView, 'log' | 'names' | 'policy' | 'words' | 'reader' | 'now'>,
): Line {
  const { log, names, policy, words, reader } = view;
  const { outcome, closedAt, reason, attempts, assignment } = handoff;
  const near = (when: Date) => nearTime(when, view);
  const ender = log.findLast(({ event }) => endings.has(event.type))?.by;
  const byOther = (id: string) =>
    id === reader ? words.line('card.byYou') : words.line('card.by', { who: person(id, names) });
  const by = ender ? byOther(ender) : [];
  const label = reasonLabel(policy, reason);
  const because = label ? words.line('card.because', { reason: label }) : [];
  const at = near(closedAt);
  switch (outcome) {
    case 'disqualified':
      return words.line('card.disqualified', { by, at, because });
    case 'recycled': {
      const day = handoff.sentBack?.revisitAt;
      return day
        ? words.line('card.recycledUntil', { by, at, because, day: near(day) })
        : words.line('card.recycled', { by, at, because });
    }
    case 'unresponsive':
      return words.line('card.gaveUp', { by, at, because, tries: attempts.length });
    case 'withdrawn':
      return words.line('card.withdrawn', { at, because: whyWithdrawn(view) });
    case 'converted': {
      const holder = assignment.rep;
      const whose = holder === reader ? [] : words.line('card.with', { who: person(holder, names) });
      const since = near(handoff.opportunityAt ?? closedAt);
      return handoff.wonAt
        ? words.line('card.won', { at: since, whose, wonAt: near(handoff.wonAt) })
        : words.line('card.converted', { at: since, whose });
    }
    default:
      return outcome satisfies never;
  }
}

function whyWithdrawn({ log, words }: Pick<CardView, 'log' | 'words'>): Line {
  const event = log.findLast((entry) => entry.event.type === 'withdrawn')?.event;
  return event?.type === 'withdrawn' ? words.line('card.because', { reason: whyLine(event.why, words) }) : [];
}
