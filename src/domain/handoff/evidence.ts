import type { Activity, Lead, OwnerId } from '../lead/lead.ts';
import type { PersonId } from '../policy/policy.ts';
import type { Command } from './decide.ts';
import type { Handoff, Logged, TouchKind, TouchOutcome } from './handoff.ts';

/** What is known of a handoff beside its state. */
export type Known = {
  handoff: Handoff;
  log: readonly Logged[];
  /** HubSpot's records of what reps logged from the card. */
  recordsOfOurs: ReadonlySet<string>;
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
  const others = [...touches(lead, known, newId), ...meeting(lead, handoff), ...deal(lead, handoff)];
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
  const counted = new Set([...known.recordsOfOurs, ...foundBefore(known.log)]);
  return lead.activities
    .filter((activity) => !activity.ours && !counted.has(activity.id) && activity.ownerId === ownerId)
    .filter((activity) => !activity.automated && activity.direction !== 'inbound')
    .flatMap((activity): (Command & { at: Date })[] => {
      const kind = touchOf[activity.kind];
      const at = madeAt(activity);
      if (!kind || ownerId === null || at.getTime() < since.getTime() - minuteMs) return [];
      const touch = { id: newId(), kind, outcome: outcomeOf(kind, activity), note: '' };
      return [{ type: 'noteTouch', rep, touch, recordId: activity.id, at }];
    })
    .sort((a, b) => a.at.getTime() - b.at.getTime());
}

/** A meeting is made when it is booked, not when it takes place. */
function madeAt({ kind, at, createdAt }: Activity): Date {
  return kind === 'meeting' ? createdAt : at;
}

function outcomeOf(kind: TouchKind, { connected, calledOff }: Activity): TouchOutcome {
  if (connected) return 'connected';
  if (kind === 'meeting' && !calledOff) return 'booked';
  return kind === 'call' ? 'noAnswer' : 'sent';
}

function foundBefore(log: readonly Logged[]): string[] {
  return log.flatMap(({ event }) => (event.type === 'touched' && event.found ? [event.found.recordId] : []));
}

function meeting(lead: Lead, { meetingAt, qualifiedAt }: Handoff): Command[] {
  if (meetingAt) return [];
  const booked = lead.activities
    .filter(({ kind, calledOff, createdAt }) => kind === 'meeting' && !calledOff && createdAt >= qualifiedAt)
    .toSorted((a, b) => a.createdAt.getTime() - b.createdAt.getTime())[0];
  return booked ? [{ type: 'noteMeeting', recordId: booked.id, at: booked.createdAt }] : [];
}

function deal(lead: Lead, { qualifiedAt }: Handoff): Command[] {
  const first = dealsSince(lead, qualifiedAt)[0];
  if (!first) return [];
  const created: Command = { type: 'noteDeal', recordId: first.id, at: first.createdAt };
  return first.wonAt ? [created, { type: 'noteWon', recordId: first.id, at: first.wonAt }] : [created];
}

function won(lead: Lead, { wonAt, qualifiedAt }: Handoff): Command[] {
  if (wonAt) return [];
  const found = dealsSince(lead, qualifiedAt).find((one) => one.wonAt);
  return found?.wonAt ? [{ type: 'noteWon', recordId: found.id, at: found.wonAt }] : [];
}

function dealsSince(lead: Lead, since: Date): Lead['deals'] {
  return lead.deals
    .filter(({ createdAt }) => createdAt >= since)
    .toSorted((a, b) => a.createdAt.getTime() - b.createdAt.getTime());
}

/** Another owner than the one the bot has written, set since: somebody's decision, which the handoff follows. */
function ownerNews(lead: Lead, { handoff, log, writtenSeq, ownerOf, personOf }: Known): Command | null {
  const { rep } = handoff.assignment;
  const assigned = log.findLast(({ event }) => event.type === 'offered' || event.type === 'reassigned');
  // Until the bot has written its own choice, the owner is whoever it was before.
  if (!assigned || writtenSeq < assigned.seq || !lead.ownerSince || lead.ownerSince <= assigned.at)
    return null;
  if (lead.ownerId === ownerOf(rep)) return null;
  const to = lead.ownerId && personOf(lead.ownerId);
  const { ownerSince } = lead;
  if (to) return { type: 'followOwner', from: rep, to, at: ownerSince };
  const isNoted = log.some(({ event, at }) => event.type === 'ownerLost' && at >= ownerSince);
  return isNoted ? null : { type: 'loseOwner', from: rep, ownerId: lead.ownerId };
}
