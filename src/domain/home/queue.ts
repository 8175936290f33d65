import { askedUntil, hasMeeting, isLate, leftAloneUntil, toneOf } from '../card/card-status.ts';
import type { ReplyAction, Row } from '../card/reply-action.ts';
import { attemptsMissing } from '../handoff/attempts.ts';
import { type Handoff, running } from '../handoff/handoff.ts';
import { whoIs } from '../lead/who-is.ts';
import { triggerOf } from '../policy/triggers.ts';
import { escalatesTo } from '../policy/who-decides.ts';
import { hoursOf } from '../policy/working-hours.ts';
import { localDay, zoneAt } from '../time/calendar.ts';
import { bold, dateTime, joined, type Line, line, person } from '../words/line.ts';
import type { OpenLead } from './home-facts.ts';
import type { HomeView } from './home-view.ts';

const soonMs = 3_600_000;

/** How urgent a lead is to whoever holds it. `now`: late, or due within the hour. */
export type Urgency = 'now' | 'today' | 'later';

/** When something is due for a lead, or its rep means to try again; null while nothing is. */
export function dueOf({ handoff }: OpenLead): Date | null {
  return running(handoff)?.due ?? plannedFor(handoff);
}

function plannedFor(handoff: Handoff): Date | null {
  const isPlanned = handoff.status === 'working' && !hasMeeting(handoff);
  return (isPlanned && handoff.tryAgainBy) || null;
}

export function isDueSoon(lead: OpenLead, now: Date): boolean {
  const due = dueOf(lead);
  return due !== null && !isLate(lead.handoff) && due.getTime() <= now.getTime() + soonMs;
}

/** Somebody's leads in the order in which they are to be seen to: what is due first before all, what is due never last. */
export function byUrgency(leads: readonly OpenLead[]): OpenLead[] {
  const dueAt = (lead: OpenLead) => dueOf(lead)?.getTime() ?? Number.POSITIVE_INFINITY;
  return leads.toSorted(
    (a, b) =>
      Number(isLate(b.handoff)) - Number(isLate(a.handoff)) ||
      compare(dueAt(a), dueAt(b)) ||
      +a.handoff.assignment.at - +b.handoff.assignment.at,
  );
}

/** Infinite ones have no difference. */
function compare(a: number, b: number): number {
  return a === b ? 0 : a < b ? -1 : 1;
}

/** The reader's day is that of where they work. */
export function urgencyOf(lead: OpenLead, { reader, policy, now }: HomeView): Urgency {
  if (isLate(lead.handoff) || isDueSoon(lead, now)) return 'now';
  const due = dueOf(lead);
  const today = localDay(zoneAt(hoursOf(policy, reader), now), now);
  return due && due.getTime() < today.to ? 'today' : 'later';
}

/** A lead that the reader has: how it stands, and what they do next. */
export function ownRow(lead: OpenLead, view: HomeView): Row {
  return {
    tone: toneOf(lead.handoff, view.now),
    text: [bold(whoIs(lead.lead))],
    detail: withTrigger(standing(lead, view), lead, view),
    actions: [nextStep(lead, view)],
  };
}

/** What stands behind how a lead stands: for what it was handed over. */
export function withTrigger(standing: Line, { handoff }: OpenLead, { policy }: HomeView): Line {
  return line`${standing} · ${triggerOf(policy, handoff.trigger)?.label ?? handoff.trigger}`;
}

function nextStep({ handoff }: OpenLead, { words }: HomeView): ReplyAction {
  const { id: handoffId } = handoff;
  if (handoff.status === 'offered') {
    return { kind: 'act', command: 'accept', handoffId, label: words.text('home.accept') };
  }
  if (hasMeeting(handoff)) return { kind: 'act', command: 'show', handoffId, label: words.text('home.show') };
  return { kind: 'form', form: 'logTouch', handoffId, label: words.text('home.log') };
}

function standing({ handoff }: OpenLead, view: HomeView): Line {
  const { policy, names, words, now } = view;
  const ticking = running(handoff);
  if (!ticking) return notDue({ handoff }, view);
  const due = dateTime(ticking.due);
  const [asked, asleep] = [askedUntil(handoff, now), leftAloneUntil(handoff, now)];
  const manager = escalatesTo(policy, handoff.assignment);
  if (asked && manager) return words.line('home.waitsFor', { who: person(manager, names), due });
  if (asleep) return words.line('home.asleep', { until: dateTime(asleep), due });
  const isAnswer = ticking.clock === 'acknowledge';
  if (isLate(handoff)) return words.line(isAnswer ? 'home.acceptLate' : 'home.reachOutLate', { due });
  return words.line(isAnswer ? 'home.acceptBy' : 'home.reachOutBy', { due });
}

/** Somebody is at it, or has a meeting. */
function notDue({ handoff }: Pick<OpenLead, 'handoff'>, { policy, words, now }: HomeView): Line {
  if (handoff.status === 'offered') return words.line('home.acceptMeeting');
  if (handoff.meetingAt) return words.line('home.meeting');
  const last = handoff.attempts.at(-1);
  const planned = plannedFor(handoff);
  const missing = attemptsMissing(handoff, policy, now);
  const parts = [
    ...(planned
      ? [words.line(planned > now ? 'home.tryAgainBy' : 'home.tryAgainNow', { due: dateTime(planned) })]
      : []),
    ...(missing ? [words.line('home.attempts', { made: missing.made, atLeast: missing.atLeast })] : []),
    ...(last && !planned ? [words.line('home.lastTouch', { at: dateTime(last) })] : []),
  ];
  return parts.length > 0 ? joined(parts, ', ') : words.line('home.onIt');
}

/** A lead that was offered to the reader's team. */
export function claimRow(lead: OpenLead, view: HomeView): Row {
  const { words, names } = view;
  const { handoff } = lead;
  const due = dateTime(dueOf(lead) ?? handoff.respondBy);
  const who = person(handoff.assignment.rep, names);
  const claim = words.line(isLate(handoff) ? 'home.claimLate' : 'home.claim', { who, due });
  return {
    tone: toneOf(handoff, view.now),
    text: [bold(whoIs(lead.lead))],
    detail: withTrigger(claim, lead, view),
    actions: [{ kind: 'act', command: 'takeIt', handoffId: handoff.id, label: words.text('home.claim_') }],
  };
}
