import { type Handoff, type HandoffEvent, running } from '../handoff/handoff.ts';
import { dateTime, type Line, line, person } from '../words/line.ts';
import type { Card, CardView } from './card.ts';

type In<Status extends Handoff['status']> = Extract<Handoff, { status: Status }>;

/** How a card looks, whoever reads it. */
export function toneOf(handoff: Handoff): Card['tone'] {
  switch (handoff.status) {
    case 'offered':
      return isLate(handoff) ? 'late' : 'new';
    case 'accepted':
      return isLate(handoff) ? 'late' : 'active';
    case 'working':
      return 'active';
    case 'closed':
      return 'done';
    default:
      return handoff satisfies never;
  }
}

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

const endings: ReadonlySet<HandoffEvent['type']> = new Set(['disqualified', 'gaveUp', 'recycled']);

/** How it ended: by whom, when and why. */
export function closedStatus(
  handoff: In<'closed'>,
  { log, names, policy }: Pick<CardView, 'log' | 'names' | 'policy'>,
): Line {
  const { outcome, closedAt, reason, attempts, assignment } = handoff;
  const by = log.findLast(({ event }) => endings.has(event.type))?.by;
  const byWhom = by ? line` by ${person(by, names)}` : [];
  const label = policy.disqualifyReasons.find(({ name }) => name === reason)?.label;
  const because = label ? `: ${label}` : '';
  switch (outcome) {
    case 'disqualified':
      return line`Disqualified${byWhom} ${dateTime(closedAt)}${because}`;
    case 'recycled': {
      const day = handoff.sentBack?.revisitAt;
      const until = day ? line` · back ${dateTime(day)}` : line` · back on a stronger sign alone`;
      return line`Back to nurture${byWhom} ${dateTime(closedAt)}${because}${until}`;
    }
    case 'unresponsive': {
      const tries = attempts.length === 1 ? '1 attempt' : `${attempts.length} attempts`;
      return line`Given up${byWhom} ${dateTime(closedAt)} after ${tries}${because}`;
    }
    case 'withdrawn':
      return line`Withdrawn ${dateTime(closedAt)}${reason ? `: ${reason}` : ''}`;
    case 'converted': {
      const since = dateTime(handoff.opportunityAt ?? closedAt);
      const won = handoff.wonAt ? line` · won ${dateTime(handoff.wonAt)}` : [];
      return line`Became a deal ${since} with ${person(assignment.rep, names)}${won}`;
    }
    default:
      return outcome satisfies never;
  }
}
