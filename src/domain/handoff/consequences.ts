import type { LeadId } from '../lead/lead.ts';
import type { PersonId } from '../policy/policy.ts';
import type { Assignment } from '../routing/route.ts';
import type { HandoffEvent, Logged, Touch } from './handoff.ts';

/** HubSpot's `hs_lead_status` options that the bot sets. */
export type LeadStatus = 'NEW' | 'OPEN' | 'OPEN_DEAL' | 'ATTEMPTED_TO_CONTACT' | 'CONNECTED' | 'UNQUALIFIED';

/** What an event changes in HubSpot beside our own `handoff_…` properties, which always show how the handoff stands. */
export type CrmNews = {
  leadStatus?: LeadStatus | string;
  lifecycleStage?: 'salesqualifiedlead';
  /** The stage that the lead goes back to. */
  lifecycleBack?: string;
  /** Its rep becomes the owner. */
  owner?: Assignment;
  /** The contact of which the lead is a duplicate. */
  duplicateOf?: LeadId;
  /** Logged as an engagement. */
  touch?: Touch;
};

/**
 * How somebody hears of an event: `note`: it stands on their card, and that is enough; `line`: who has to act changes, or was
 * decided for them; `ask`: they have to act; `message`: the same by a message of its own, which they cannot overlook; `news`:
 * a message while they are at work, and else their card; `show`: they are led to the card; `bulletin`: together with
 * whatever else they missed meanwhile.
 */
export type Weight = 'note' | 'line' | 'ask' | 'message' | 'news' | 'show' | 'bulletin';

/** Who has to act on an event, or has to know. */
export type Call = { who: readonly PersonId[]; how: Weight };

/** Who caused an event, and who held the lead then: none or one. */
export type Around = { by: PersonId | null; holder: readonly PersonId[] };

/** Something that was tried because a lead waited. */
export type Attempt = 'reminder' | 'ping' | 'teamOffer' | 'grace' | 'channel' | 'alert' | 'nobodyFree';

/** What an event means beside the state that it leads to, which `evolve` says. */
export type Consequence<Event> = {
  /** Null: HubSpot need not hear of it, unless a due time moved with it. The whole log is given, too. */
  crm: ((event: Event, log: readonly Logged[]) => CrmNews) | null;
  /**
   * What it may do to the target that is running, and with it to the follow-up task in HubSpot: `starts` the first one,
   * `moves` what is due, by the same target or the next, `stops` it for good, or `ends` the handoff.
   */
  clock: 'starts' | 'moves' | 'stops' | 'ends' | null;
  calls: (event: Event, around: Around) => readonly Call[];
  /** False: no card and no thread says anything new, unless a due time moved. */
  cards?: false;
  /** Who shows by it that they read their cards: the holder, or whoever did it. */
  answer?: 'holder' | 'actor';
  /** A target that has passed by then counts as missed, also when its timer has not fired yet. */
  settles?: true;
  /** The policy's list that has its reason. */
  reasons?: (event: Event) => 'disqualifyReasons' | 'handBackReasons';
  tried?: Attempt;
};

type ByType = { [Event in HandoffEvent as Event['type']]: Event };

const nobody = (): Call[] => [];
const call =
  (how: Weight) =>
  (...who: PersonId[]): Call[] => [{ who, how }];
const note = call('note');
const line = call('line');
const ask = call('ask');
const message = call('message');
const ourProperties = (): CrmNews => ({});

/** Somebody of sales ends it, and says why. */
const sendsBack = {
  clock: 'ends',
  calls: nobody,
  answer: 'actor',
  settles: true,
  reasons: () => 'disqualifyReasons',
} as const satisfies Partial<Consequence<HandoffEvent>>;

/** What each event means, once: whoever adds one is asked here by the compiler. */
const consequences = {
  offered: {
    crm: ({ assignment }) => ({ leadStatus: 'NEW', owner: assignment }),
    clock: 'starts',
    calls: nobody,
  },
  // The arrival of a card is told by the job that sent it, which does the rest as well.
  delivered: { crm: null, clock: 'moves', calls: nobody, cards: false },
  unreachable: { crm: null, clock: null, calls: ({ manager }) => ask(manager) },
  accepted: {
    crm: () => ({ leadStatus: 'OPEN', lifecycleStage: 'salesqualifiedlead' }),
    clock: 'moves',
    calls: nobody,
    answer: 'holder',
    settles: true,
  },
  touched: {
    crm: ({ touch }, log) => ({ leadStatus: statusOfTouches(log), touch }),
    clock: 'stops',
    calls: nobody,
    answer: 'holder',
    settles: true,
  },
  disqualified: {
    crm: ({ other }) => ({ leadStatus: 'UNQUALIFIED', ...(other && { duplicateOf: other }) }),
    ...sendsBack,
  },
  gaveUp: { crm: () => ({ leadStatus: 'UNQUALIFIED' }), ...sendsBack },
  recycled: {
    crm: ({ leadStatus, lifecycle }) => ({
      ...(leadStatus && { leadStatus }),
      ...(lifecycle && { lifecycleBack: lifecycle }),
    }),
    ...sendsBack,
  },
  overturned: {
    crm: ({ begun }) =>
      begun?.clock === 'acknowledge'
        ? { leadStatus: 'NEW' }
        : { leadStatus: 'OPEN', lifecycleStage: 'salesqualifiedlead' },
    clock: 'moves',
    calls: (_, { by, holder }) => message(...others(by, holder)),
  },
  // HubSpot is told how it stands by what is left of the log.
  undone: { crm: ourProperties, clock: 'moves', calls: nobody },
  handedBack: {
    crm: ourProperties,
    clock: null,
    calls: nobody,
    answer: 'actor',
    settles: true,
    reasons: ({ listed }) => listed ?? 'handBackReasons',
  },
  snoozed: { crm: null, clock: null, calls: nobody, answer: 'actor' },
  snoozeEnded: { crm: null, clock: null, calls: ({ rep, late }) => (late ? nobody() : message(rep)) },
  graceAsked: { crm: null, clock: null, calls: ({ manager }) => ask(manager), answer: 'actor' },
  reassigned: {
    crm: ({ assignment }) => ({ owner: assignment }),
    clock: 'moves',
    // Whoever lost it by itself sees it on their card, which folds; whoever had it taken from them was at it, perhaps.
    calls: ({ from, assignment, moved }, { by }) => [
      ...line(...others(by, [assignment.rep, ...(by === null ? [] : [from])])),
      ...call('news')(...others(by, moved?.manager ? [moved.manager] : [])),
    ],
    settles: true,
  },
  graceGiven: {
    crm: ourProperties,
    clock: 'moves',
    calls: (_, { by, holder }) => line(...others(by, holder)),
    tried: 'grace',
  },
  rescheduled: {
    crm: ourProperties,
    clock: 'moves',
    calls: ({ manager }) => (manager ? note(manager) : nobody()),
  },
  reminded: {
    crm: null,
    clock: null,
    calls: ({ rep }) => message(rep),
    tried: 'reminder',
  },
  attemptDue: { crm: null, clock: null, calls: ({ rep }) => message(rep) },
  breached: {
    crm: null,
    clock: null,
    // Whoever accepted a lead some time ago may have forgotten it.
    calls: ({ clock, late }, { holder }) => (clock === 'touch' && !late ? message(...holder) : nobody()),
  },
  offeredToTeam: {
    crm: null,
    clock: null,
    calls: ({ openTo }, { holder }) => [...ask(...openTo), ...note(...holder)],
    tried: 'teamOffer',
  },
  escalated: { crm: null, clock: null, calls: ({ manager }) => ask(manager) },
  nobodyFree: { crm: null, clock: null, calls: nobody, tried: 'nobodyFree' },
  channelTold: { crm: null, clock: null, calls: nobody, tried: 'channel' },
  channelUnreachable: { crm: null, clock: null, calls: nobody },
  // A job of its own sends it.
  alerted: { crm: null, clock: null, calls: nobody, tried: 'alert' },
  notAlerted: { crm: null, clock: null, calls: nobody },
  resumed: {
    crm: ourProperties,
    clock: 'moves',
    calls: ({ rep, manager }) => call('bulletin')(...(manager ? [rep, manager] : [rep])),
  },
  pinged: { crm: null, clock: null, calls: ({ rep }) => message(rep), tried: 'ping' },
  shown: { crm: null, clock: null, calls: ({ to }) => call('show')(to) },
  meetingBooked: { crm: null, clock: 'stops', calls: nobody },
  // Nobody looks at a lead that has a meeting: they would not see it on the card.
  meetingCalledOff: {
    crm: ourProperties,
    clock: 'moves',
    calls: ({ rep, begun }) => (begun ? message(rep) : line(rep)),
  },
  strengthened: {
    crm: ourProperties,
    clock: 'moves',
    calls: ({ rep, sooner }) => (sooner ? message(rep) : line(rep)),
  },
  // The card counts what comes at once.
  repeated: {
    crm: null,
    clock: null,
    calls: ({ soon }, { holder }) => (soon ? nobody() : note(...holder)),
  },
  excluded: { crm: null, clock: null, calls: (_, { holder }) => line(...holder) },
  dealMade: { crm: null, clock: null, calls: nobody },
  dealNotMade: {
    crm: null,
    clock: null,
    calls: ({ because }, { holder }) => ('refused' in because ? ask(...holder) : nobody()),
  },
  dealCreated: { crm: () => ({ leadStatus: 'OPEN_DEAL' }), clock: 'ends', calls: nobody },
  dealWon: { crm: ourProperties, clock: null, calls: nobody },
  // HubSpot is what it came from.
  heldUp: {
    crm: null,
    clock: null,
    calls: ({ asked, open }) => {
      if (!asked) return nobody();
      return open ? note(asked) : message(asked);
    },
  },
  updated: { crm: null, clock: null, calls: nobody, answer: 'actor' },
  ownerLost: { crm: null, clock: null, calls: ({ manager }) => ask(manager) },
  introSent: { crm: null, clock: null, calls: nobody },
  introNotSent: { crm: null, clock: null, calls: nobody },
  summarised: { crm: null, clock: null, calls: nobody },
  // A handoff that ended long ago says nothing new of the lead: nurture is written by itself.
  pauseEnded: { crm: null, clock: null, calls: nobody },
  withdrawn: {
    crm: ourProperties,
    clock: 'ends',
    calls: (_, { holder }) => line(...holder),
  },
} satisfies { [Type in HandoffEvent['type']]: Consequence<ByType[Type]> };

/** What an event means. */
export function consequenceOf(event: HandoffEvent): Consequence<HandoffEvent> {
  // Each entry is written for the events of its own type, of which this is one.
  return consequences[event.type] as Consequence<HandoffEvent>;
}

/** The status stays CONNECTED when a later call is not taken. */
function statusOfTouches(log: readonly Logged[]): LeadStatus {
  const hasConnected = log.some(
    ({ event }) => event.type === 'touched' && ['connected', 'booked'].includes(event.touch.outcome),
  );
  return hasConnected ? 'CONNECTED' : 'ATTEMPTED_TO_CONTACT';
}

/** Nobody has to be told what they did themselves. */
function others(by: PersonId | null, people: readonly PersonId[]): PersonId[] {
  return people.filter((id) => id !== by);
}
