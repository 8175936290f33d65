import type { EventDestination, Policy } from '../policy/policy.ts';
import type { Assignment } from '../routing/route.ts';
import type { Handoff, HandoffEvent, Logged } from './handoff.ts';

type ByType = { [Event in HandoffEvent as Event['type']]: Event };

/** What of an event other systems are told: names of the policy, our people, times and ids; nothing that a lead is or wrote. */
type Facts = Readonly<Record<string, unknown>>;

type Outside<Event> = { name: string; facts: (event: Event) => Facts };

const nothing = (): Facts => ({});
const late = (is: true | undefined): Facts => ({ late: is ?? false });

/** How each event is called outside, and what is told of it: whoever adds one is asked here by the compiler. */
const outside: { [Type in keyof ByType]: Outside<ByType[Type]> } = {
  offered: { name: 'offered', facts: ({ respondBy }) => ({ answer_due_at: respondBy }) },
  delivered: { name: 'delivered', facts: ({ to, respondBy }) => ({ to, answer_due_at: respondBy }) },
  unreachable: { name: 'unreachable', facts: ({ manager }) => ({ manager }) },
  accepted: { name: 'accepted', facts: ({ touchBy }) => ({ touch_due_at: touchBy }) },
  touched: {
    name: 'touched',
    facts: ({ touch: { kind, outcome, startsAt }, found, madeAt, next }) => ({
      kind,
      outcome,
      found_in_hubspot: found !== undefined,
      ...(found || madeAt ? { made_at: found?.at ?? madeAt } : {}),
      ...(startsAt && { meeting_at: startsAt }),
      ...(next && { next_attempt_at: next }),
    }),
  },
  attemptDue: { name: 'attempt_due', facts: ({ due }) => ({ due_at: due }) },
  undone: { name: 'undone', facts: ({ what }) => ({ what: nameOf(what) }) },
  disqualified: { name: 'disqualified', facts: ({ reason }) => ({ reason }) },
  gaveUp: { name: 'gave_up', facts: ({ reason }) => ({ reason }) },
  recycled: { name: 'recycled', facts: ({ reason, revisitAt }) => ({ reason, comes_back_at: revisitAt }) },
  overturned: { name: 'overturned', facts: ({ ended, begun }) => ({ ended, due_at: begun?.due ?? null }) },
  handedBack: { name: 'handed_back', facts: ({ reason }) => ({ reason }) },
  snoozed: { name: 'snoozed', facts: ({ until }) => ({ until }) },
  snoozeEnded: {
    name: 'snooze_ended',
    facts: (event) => ({ waits_for: waitsFor[event.clock], due_at: event.due, ...late(event.late) }),
  },
  graceAsked: {
    name: 'time_asked',
    facts: ({ clock, until, due, manager }) => ({ waits_for: waitsFor[clock], until, due_at: due, manager }),
  },
  reassigned: { name: 'reassigned', facts: ({ from, respondBy }) => ({ from, answer_due_at: respondBy }) },
  graceGiven: {
    name: 'time_given',
    facts: ({ clock, until }) => ({ waits_for: waitsFor[clock], due_at: until }),
  },
  rescheduled: {
    name: 'rescheduled',
    facts: ({ clock, due }) => ({ waits_for: waitsFor[clock], due_at: due }),
  },
  reminded: { name: 'reminded', facts: ({ clock, due }) => ({ waits_for: waitsFor[clock], due_at: due }) },
  breached: {
    name: 'breached',
    facts: (event) => ({ waits_for: waitsFor[event.clock], due_at: event.due, ...late(event.late) }),
  },
  offeredToTeam: {
    name: 'offered_to_team',
    facts: ({ clock, team, openTo }) => ({ waits_for: waitsFor[clock], to_team: team, open_to: openTo }),
  },
  escalated: { name: 'escalated', facts: ({ clock, manager }) => ({ waits_for: waitsFor[clock], manager }) },
  nobodyFree: { name: 'nobody_free', facts: ({ clock }) => ({ waits_for: waitsFor[clock] }) },
  channelTold: {
    name: 'channel_told',
    facts: ({ clock, platform, channel }) => ({ waits_for: waitsFor[clock], platform, channel }),
  },
  alerted: {
    name: 'alerted',
    facts: ({ clock, due, alert }) => ({ waits_for: waitsFor[clock], due_at: due, by: alert.kind }),
  },
  notAlerted: { name: 'not_alerted', facts: ({ alert }) => ({ by: alert.kind }) },
  channelUnreachable: {
    name: 'channel_unreachable',
    facts: ({ platform, channel }) => ({ platform, channel }),
  },
  resumed: { name: 'resumed', facts: ({ clock, due }) => ({ waits_for: waitsFor[clock], due_at: due }) },
  pinged: { name: 'pinged', facts: ({ due }) => ({ due_at: due }) },
  shown: { name: 'shown', facts: ({ to }) => ({ to }) },
  meetingBooked: {
    name: 'meeting_booked',
    facts: ({ at, startsAt }) => ({ booked_at: at, ...(startsAt && { meeting_at: startsAt }) }),
  },
  meetingCalledOff: { name: 'meeting_called_off', facts: ({ begun }) => ({ due_at: begun?.due ?? null }) },
  strengthened: {
    name: 'strengthened',
    facts: ({ trigger, sooner }) => ({ by_trigger: trigger, due_at: sooner?.due ?? null }),
  },
  repeated: { name: 'repeated', facts: ({ trigger, at }) => ({ by_trigger: trigger, happened_at: at }) },
  excluded: { name: 'excluded', facts: nothing },
  dealMade: { name: 'deal_made', facts: ({ recordId }) => ({ deal_id: recordId }) },
  dealNotMade: {
    name: 'deal_not_made',
    facts: ({ because }) => ({ because: 'open' in because ? 'open_deal' : 'refused' }),
  },
  dealCreated: {
    name: 'deal_created',
    facts: ({ recordId, at }) => ({ deal_id: recordId, happened_at: at }),
  },
  dealWon: { name: 'deal_won', facts: ({ recordId, at }) => ({ deal_id: recordId, happened_at: at }) },
  heldUp: {
    name: 'held_up',
    facts: ({ heldUp }) => ({ missing: heldUp?.wants.map(({ property }) => property) ?? [] }),
  },
  updated: {
    name: 'updated',
    facts: ({ values }) => ({ properties: values.map(({ property }) => property) }),
  },
  ownerLost: { name: 'owner_lost', facts: ({ manager }) => ({ manager }) },
  introSent: { name: 'intro_sent', facts: ({ at }) => ({ happened_at: at }) },
  introNotSent: { name: 'intro_not_sent', facts: nothing },
  summarised: { name: 'summarised', facts: ({ model }) => ({ model }) },
  pauseEnded: { name: 'pause_ended', facts: nothing },
  withdrawn: {
    name: 'withdrawn',
    facts: ({ excluded }) => ({ because: excluded === undefined ? 'contact_gone' : 'excluded' }),
  },
};

const waitsFor = { acknowledge: 'answer', touch: 'first_touch' } as const;

/** All names under which other systems hear of events. */
export const outsideNames: readonly string[] = Object.values(outside).map(({ name }) => name);

function nameOf(type: HandoffEvent['type']): string {
  return outside[type].name;
}

function wants({ only }: EventDestination, { type }: HandoffEvent): boolean {
  return only === null || only.includes(nameOf(type));
}

/** The names of the policy's destinations that are to hear of these events. */
export function destinationsOf(events: readonly HandoffEvent[], policy: Policy): string[] {
  return policy.events.flatMap((one) => (events.some((event) => wants(one, event)) ? [one.name] : []));
}

/** What is posted of an event. */
export type OutsideEvent = {
  /** The same whenever it is sent, to whomever. */
  id: string;
  type: string;
  at: Date;
  handoff: { id: string; trigger: string; rep: string; team: string | null };
  /** By its id in HubSpot: nothing else of the lead is told. */
  lead: { id: string };
  data: Facts;
};

/** What is still to be sent to a destination, oldest first, and with it how far that is in the log. */
export type Unsent = { seq: number; body: OutsideEvent };

/**
 * The events after `sent` that a destination is to hear of, up to `upTo`. What was taken back is not in the log; that it was
 * is told to whoever had heard of it.
 * @param log without what was taken back
 */
export function unsentEvents(
  { handoff, log }: { handoff: Handoff; log: readonly Logged[] },
  destination: EventDestination,
  { sent, upTo }: { sent: number; upTo: number },
): Unsent[] {
  return log
    .filter(({ seq, event }) => seq > sent && seq <= upTo && wants(destination, event))
    .filter(({ event }) => event.type !== 'undone' || sent > event.after)
    .map(({ seq, at, event }) => ({ seq, body: bodyOf(handoff, { seq, at, event }, holderAt(log, seq)) }));
}

function bodyOf(
  { id, leadId, trigger, assignment }: Handoff,
  { seq, at, event }: Pick<Logged, 'seq' | 'at' | 'event'>,
  holder: Assignment | undefined,
): OutsideEvent {
  const { rep, team } = holder ?? assignment;
  // Each entry is written for the events of its own type, of which this is one.
  const { name, facts } = outside[event.type] as Outside<HandoffEvent>;
  return {
    id: `event_${id}_${seq}`,
    type: name,
    at,
    handoff: { id, trigger, rep, team },
    lead: { id: leadId },
    data: facts(event),
  };
}

/** Who had the lead when an event had happened. */
function holderAt(log: readonly Logged[], seq: number): Assignment | undefined {
  const given = log.findLast(({ seq: other, event }) => other <= seq && 'assignment' in event)?.event;
  return given && 'assignment' in given ? given.assignment : undefined;
}
