import type { Activity, Deal, Lead, OwnerId } from '../lead/lead.ts';
import type { PersonId } from '../policy/policy.ts';
import type { Command } from './decide.ts';
import type { Handoff, HandoffEvent, Logged, TouchKind, TouchOutcome } from './handoff.ts';

/** What is known of a handoff beside its state. */
export type Known = {
  handoff: Handoff;
  log: readonly Logged[];
  /** HubSpot's records of what reps logged from the card, by the touch. */
  recordsOfOurs: ReadonlyMap<string, string>;
  /** The last event whose meaning for the contact HubSpot has been told of. */
  writtenSeq: number;
  ownerOf: (person: PersonId) => OwnerId | null;
  /** Who of the policy, and still there, is behind an owner; null for everybody else. */
  personOf: (owner: OwnerId) => PersonId | null;
};

/**
 * What a lead, as HubSpot has it now, means for a handoff that was passed on before: touches that its rep made there,
 * a meeting, a deal, or another owner. In the order in which it is to be carried out.
 */
export function newsIn(lead: Lead, known: Known, newId: () => string): Command[] {
  const { handoff } = known;
  if (handoff.status === 'closed') return handoff.outcome === 'converted' ? won(lead, handoff) : [];
  const owner = ownerNews(lead, known);
  // Whose touches count depends on whose lead it is: those of a new holder are found the next time.
  if (owner?.type === 'followOwner') return [owner];
  const others = [...touches(lead, known, newId), ...meeting(lead, known), ...deal(lead, handoff)];
  return owner ? [owner, ...others] : others;
}

/** Times that people enter have no seconds: a call right after they got the lead may seem a minute older. */
const minuteMs = 60_000;

const touchOf: Readonly<Partial<Record<Activity['kind'], TouchKind>>> = {
  call: 'call',
  email: 'email',
  meeting: 'meeting',
  message: 'message',
};

/** Calls, emails, meetings and messages that the holder made since they have the lead; automated ones do not count. */
function touches(lead: Lead, known: Known, newId: () => string): Command[] {
  const { rep, at: since } = known.handoff.assignment;
  const ownerId = known.ownerOf(rep);
  const counted = new Set([...known.recordsOfOurs.values(), ...foundBefore(known.log)]);
  return lead.activities
    .filter((activity) => !activity.ours && !counted.has(activity.id) && activity.ownerId === ownerId)
    .filter((activity) => !activity.automated && activity.direction !== 'inbound')
    .filter(({ kind, calledOff }) => kind !== 'meeting' || !calledOff)
    .flatMap((activity): (Command & { at: Date })[] => {
      const kind = touchOf[activity.kind];
      const at = madeAt(activity);
      if (!kind || ownerId === null || at.getTime() < since.getTime() - minuteMs) return [];
      const outcome = outcomeOf(kind, activity);
      const startsAt = outcome === 'booked' && { startsAt: activity.at };
      const touch = { id: newId(), kind, outcome, note: '', ...startsAt };
      return [{ type: 'noteTouch', rep, touch, recordId: activity.id, at }];
    })
    .sort((a, b) => a.at.getTime() - b.at.getTime());
}

/** A meeting is made when it is booked, not when it takes place; one that is entered afterwards, when it took place. */
function madeAt({ kind, at, createdAt }: Activity): Date {
  return kind === 'meeting' && createdAt < at ? createdAt : at;
}

function outcomeOf(kind: TouchKind, { connected }: Activity): TouchOutcome {
  if (connected) return 'connected';
  if (kind === 'meeting') return 'booked';
  return kind === 'call' ? 'noAnswer' : 'sent';
}

function foundBefore(log: readonly Logged[]): string[] {
  return log.flatMap(({ event }) => (event.type === 'touched' && event.found ? [event.found.recordId] : []));
}

/** Meetings with the holder, booked by them or by the lead since it qualified, that were to take place after that. */
function meetings(lead: Lead, { handoff: { qualifiedAt, assignment }, ownerOf }: Known): Activity[] {
  const ownerId = ownerOf(assignment.rep);
  return lead.activities
    .filter(({ kind, ours }) => kind === 'meeting' && !ours)
    .filter((one) => ownerId !== null && one.ownerId === ownerId)
    .filter(({ createdAt, at }) => createdAt >= qualifiedAt && at >= qualifiedAt)
    .toSorted((a, b) => a.createdAt.getTime() - b.createdAt.getTime());
}

function meeting(lead: Lead, known: Known): Command[] {
  const theirs = meetings(lead, known);
  const first = theirs.find(({ calledOff }) => !calledOff);
  if (!known.handoff.meetingAt) {
    return first
      ? [{ type: 'noteMeeting', recordId: first.id, at: first.createdAt, startsAt: first.at }]
      : [];
  }
  if (first) return [];
  const lost = fallenThrough(lead, theirs, known);
  return lost === null ? [] : [{ type: 'loseMeeting', recordId: lost }];
}

/** The record of the booked meeting when that was called off, missed by the lead, or deleted; else null. */
function fallenThrough(
  { activities, hasAllMeetings }: Lead,
  theirs: readonly Activity[],
  { log, recordsOfOurs }: Known,
): string | null {
  const booked = log.map(({ event }) => bookingIn(event)).findLast((one) => one !== null);
  if (!booked) return null;
  if ('touchId' in booked) {
    // Told on the card, it is in HubSpot by what the bot wrote, and may be in the rep's calendar as well.
    const ours = activities.find(({ id }) => id === recordsOfOurs.get(booked.touchId));
    return [ours, ...theirs].find((one) => one?.calledOff)?.id ?? null;
  }
  const { recordId } = booked;
  const isLost = activities.find(({ id }) => id === recordId)?.calledOff ?? hasAllMeetings === true;
  return isLost ? recordId : null;
}

/** The meeting that an event tells of: by HubSpot's record, or by the touch that somebody logged on the card. */
function bookingIn(event: HandoffEvent): { recordId: string } | { touchId: string } | null {
  if (event.type === 'meetingBooked') return { recordId: event.recordId };
  if (event.type !== 'touched' || event.touch.outcome !== 'booked') return null;
  return event.found ? { recordId: event.found.recordId } : { touchId: event.touch.id };
}

function deal(lead: Lead, handoff: Handoff): Command[] {
  const [first] = dealsSince(lead, handoff).filter(({ at }) => at !== null);
  if (!first?.at) return [];
  const created: Command = { type: 'noteDeal', recordId: first.id, at: first.at };
  return first.wonAt ? [created, { type: 'noteWon', recordId: first.id, at: first.wonAt }] : [created];
}

function won(lead: Lead, handoff: Handoff): Command[] {
  if (handoff.wonAt) return [];
  const found = dealsSince(lead, handoff).find((one) => one.wonAt);
  return found?.wonAt ? [{ type: 'noteWon', recordId: found.id, at: found.wonAt }] : [];
}

/**
 * The deals since a handoff began, oldest first, with when they became opportunities: one that the bot made for it when
 * somebody moved it on. What the bot made for another handoff is that one's.
 */
function dealsSince(lead: Lead, { id, qualifiedAt }: Handoff): (Deal & { at: Date | null })[] {
  return lead.deals
    .filter(({ createdAt, ours }) => createdAt >= qualifiedAt && (!ours || ours.handoffId === id))
    .map((one) => ({ ...one, at: one.ours ? (one.wonAt ?? one.ours.opportunitySince) : one.createdAt }))
    .toSorted((a, b) => a.createdAt.getTime() - b.createdAt.getTime());
}

/**
 * Another owner than the one the bot chose, set since: somebody's decision, or another router's, which the handoff
 * follows; also when the bot has written its own choice over it meanwhile.
 */
function ownerNews(lead: Lead, known: Known): Command | null {
  const { handoff, log, ownerOf, personOf } = known;
  const { rep } = handoff.assignment;
  const theirs = chosenByOthers(lead, known);
  if (!theirs || theirs.ownerId === ownerOf(rep)) return null;
  const { ownerId, since } = theirs;
  const to = ownerId && personOf(ownerId);
  if (to) return { type: 'followOwner', from: rep, to, at: since };
  const isNoted = log.some(({ event, at }) => event.type === 'ownerLost' && at >= since);
  return isNoted ? null : { type: 'loseOwner', from: rep, ownerId };
}

function chosenByOthers(
  lead: Lead,
  { log, writtenSeq, ownerOf, handoff }: Known,
): Lead['ownerBefore'] | null {
  const assignments = log.filter(({ event }) => 'assignment' in event);
  const assigned = assignments.at(-1);
  if (!assigned) return null;
  const isSince = (since: Date, owner: OwnerId | null) =>
    since > assigned.at || isUnseen(assigned, since, owner);
  const byUs = new Set(assignments.flatMap(({ event }) => holdersIn(event)).map(ownerOf));
  const { ownerId, ownerSince: since, ownerBefore: before } = lead;
  // What looks like a choice of ours may be an older one that was written late, until the newest is written.
  const isOurs = ownerId !== null && byUs.has(ownerId);
  if (
    since &&
    isSince(since, ownerId) &&
    (!isOurs || (writtenSeq >= assigned.seq && ownerId !== ownerOf(handoff.assignment.rep)))
  )
    return { ownerId, since };
  const isOverwritten =
    isOurs && before && isSince(before.since, before.ownerId) && !byUs.has(before.ownerId);
  return isOverwritten && ownerId === ownerOf(handoff.assignment.rep) ? before : null;
}

/** Whether somebody set the owner when the lead was read already, but not yet given to anybody. */
function isUnseen({ event }: Logged, since: Date, owner: OwnerId | null): boolean {
  if (event.type !== 'offered' || !event.ownerSeen) return false;
  const { ownerId, since: seenSince } = event.ownerSeen;
  return owner !== ownerId && (seenSince === null || since > seenSince);
}

/** Who held the lead by an event, and before it. */
function holdersIn(event: HandoffEvent): PersonId[] {
  if (event.type === 'reassigned') return [event.from, event.assignment.rep];
  return event.type === 'offered' ? [event.assignment.rep] : [];
}
