import type { Assignment } from '../routing/route.ts';
import type { Handoff, HandoffEvent } from './handoff.ts';

/**
 * A handoff without anything that tells of its lead: what is left are ids, times, who of ours had it, and how it ended,
 * of which the measures are made.
 */
export function withoutPerson(handoff: Handoff): Handoff {
  const { undoable: _, ...facts } = handoff;
  const bareOne = { ...facts, assignment: bare(handoff.assignment), ...backOf(handoff) };
  if (bareOne.status !== 'closed' || !bareOne.sentBack) return bareOne;
  return { ...bareOne, sentBack: { ...bareOne.sentBack, note: '' } };
}

/** The same of an event in its log. Reps, and what their chats or calendars said, are not the lead. */
export function eventWithoutPerson(event: HandoffEvent): HandoffEvent {
  switch (event.type) {
    case 'offered':
      return { ...event, evidence: '', assignment: bare(event.assignment), ...backOf(event) };
    case 'strengthened':
      return { ...event, evidence: '' };
    case 'repeated':
      return { ...event, found: '' };
    case 'excluded':
      return { ...event, why: '' };
    case 'withdrawn':
      // What was found of the lead stands behind the exclusion's name.
      return event.excluded === undefined ? event : { ...event, why: event.excluded };
    case 'reassigned':
      return { ...event, assignment: bare(event.assignment), ...(event.note && { note: '' }) };
    case 'dealMade':
      return { ...event, name: '' };
    case 'touched':
      return { ...event, touch: { ...event.touch, note: '' } };
    case 'summarised':
      return { ...event, text: '' };
    case 'updated':
      return { ...event, values: [] };
    case 'disqualified':
    case 'gaveUp':
    case 'recycled':
    case 'handedBack':
      return { ...event, note: '' };
    case 'overturned':
    case 'undone':
    case 'attemptDue':
    case 'delivered':
    case 'unreachable':
    case 'accepted':
    case 'snoozed':
    case 'snoozeEnded':
    case 'graceAsked':
    case 'graceGiven':
    case 'rescheduled':
    case 'reminded':
    case 'breached':
    case 'offeredToTeam':
    case 'escalated':
    case 'nobodyFree':
    case 'channelTold':
    case 'channelUnreachable':
    case 'alerted':
    case 'notAlerted':
    case 'resumed':
    case 'pinged':
    case 'shown':
    case 'meetingBooked':
    case 'meetingCalledOff':
    case 'dealNotMade':
    case 'dealCreated':
    case 'dealWon':
    case 'ownerLost':
    case 'heldUp':
    case 'introSent':
    case 'introNotSent':
    case 'pauseEnded':
      return event;
    default:
      return event satisfies never;
  }
}

/** How sales had the lead before, without what was written about it. */
function backOf({ back }: Pick<Handoff, 'back'>): Pick<Handoff, 'back'> {
  return back ? { back: { ...back, note: '' } } : {};
}

/** Why a rule was not for the lead says what the lead is like; who got it, and by which turn, does not. */
function bare(assignment: Assignment): Assignment {
  return { ...assignment, reasons: assignment.reasons.filter(({ taken }) => taken) };
}
