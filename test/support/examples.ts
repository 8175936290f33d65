import type { Handoff, HandoffEvent, Logged, Touch } from '../../src/domain/handoff/handoff.ts';
import type { Account, Activity, Deal, Lead } from '../../src/domain/lead/lead.ts';
import type { PortalProperty } from '../../src/domain/lead/portal-property.ts';
import type { DealRule } from '../../src/domain/policy/deals.ts';
import type { LeadRecordPortal } from '../../src/domain/policy/lead-records.ts';
import type {
  Destination,
  DisqualifyReason,
  Exclusion,
  LadderAction,
  LadderStep,
  LocalSpan,
  Member,
  PersonId,
  Policy,
  Recycle,
  RoutingRule,
  Target,
  Targets,
  Team,
  Trigger,
  WorkingHours,
} from '../../src/domain/policy/policy.ts';
import type { Assignment } from '../../src/domain/routing/route.ts';

/**
 * One perfect example of everything: a demo request that qualified on a Tuesday at 10:00 in New York, is Ada's to
 * answer by 10:15, and lacks nothing. Tests override the one thing that they are about.
 */

/** The instant of a clock time on the day of the examples, in UTC: New York is five hours behind it. */
export function at(clock: string): Date {
  return new Date(`2026-03-03T${clock.length === 5 ? `${clock}:00` : clock}Z`);
}

/** So many minutes after `start`; negative for before. */
export function minutesAfter(start: Date, minutes: number): Date {
  return new Date(start.getTime() + minutes * 60_000);
}

export const qualifiedAt = at('14:59:30');
export const assignedAt = at('15:00');
export const respondBy = at('15:15');
export const acceptedAt = at('15:05');
export const touchBy = at('16:05');
export const touchedAt = at('15:20');
export const closedAt = at('15:40');

export const grace = 'grace.whitfield@example.com';
export const ada = 'ada.okafor@example.com';
export const ben = 'ben.castillo@example.com';
export const chloe = 'chloe.nguyen@example.com';
export const henrik = 'henrik.lund@example.com';
export const dario = 'dario.rossi@example.com';
export const farah = 'farah.singh@example.com';
export const stranger = 'nobody@elsewhere.example';

export const names: ReadonlyMap<string, string> = new Map([
  [grace, 'Grace Whitfield'],
  [ada, 'Ada Okafor'],
  [ben, 'Ben Castillo'],
  [chloe, 'Chloe Nguyen'],
  [henrik, 'Henrik Lund'],
  [dario, 'Dario Rossi'],
  [farah, 'Farah Singh'],
]);

/** A span of a day in words: `span('09:00-17:30')`. */
export function span(text: string): LocalSpan {
  const [fromMinute = 0, toMinute = 0] = text.split('-').map((clock) => {
    const [hour = 0, minute = 0] = clock.split(':').map(Number);
    return hour * 60 + minute;
  });
  return { fromMinute, toMinute };
}

/** The same spans on Monday to Friday. */
export function weekdays(zone: string, ...spans: string[]): WorkingHours {
  const day = spans.map(span);
  return { zone, week: { 1: day, 2: day, 3: day, 4: day, 5: day } };
}

/** The same spans on all seven days. */
export function everyDay(zone: string, ...spans: string[]): WorkingHours {
  const day = spans.map(span);
  return { zone, week: { 1: day, 2: day, 3: day, 4: day, 5: day, 6: day, 7: day } };
}

export const newYorkOffice = weekdays('America/New_York', '09:00-17:30');

export function member(override: Partial<Member> = {}): Member {
  return {
    id: ada,
    weight: 50,
    hours: newYorkOffice,
    ownHours: false,
    caps: { open: null, perDay: null, perHour: null },
    active: true,
    ...override,
  };
}

export const americas: Team = {
  name: 'Americas',
  manager: grace,
  hours: newYorkOffice,
  members: [member(), member({ id: ben, weight: 25 }), member({ id: chloe, weight: 25 })],
};

export const international: Team = {
  name: 'International',
  manager: henrik,
  hours: weekdays('Europe/Berlin', '08:30-17:30'),
  members: [
    member({ id: dario, weight: 50, hours: weekdays('Europe/Berlin', '08:30-17:30') }),
    member({ id: farah, weight: 50, hours: weekdays('Asia/Kolkata', '10:00-19:00') }),
  ],
};

/** So many minutes of the rep's working time, unless told otherwise. */
export function target(minutes: number, countedIn: Target['countedIn'] = 'workingTime'): Target {
  return { minutes, countedIn };
}

export function targets(override: Partial<Targets> = {}): Targets {
  return { acknowledge: target(15), touch: target(60), attempts: null, ...override };
}

const slowTargets = targets({ acknowledge: target(240), touch: target(1440) });

export const demoRequest: Trigger = {
  name: 'demo_request',
  label: 'Demo request',
  when: { kind: 'conversion', titleOf: 'form', contains: ['demo', 'contact sales'] },
  targets: [{ ...targets(), when: null }],
  coolDownMinutes: null,
  once: false,
};

export const scoreReached: Trigger = {
  name: 'score',
  label: 'Score reached',
  when: { kind: 'scoreReached', range: { atLeast: 50, below: null } },
  targets: [{ ...slowTargets, when: null }],
  coolDownMinutes: null,
  once: false,
};

export const becameQualified: Trigger = {
  name: 'lifecycle',
  label: 'Marked as qualified',
  when: { kind: 'stageEntered', stages: ['marketingqualifiedlead', 'salesqualifiedlead'] },
  targets: [{ ...slowTargets, when: null }],
  coolDownMinutes: null,
  once: false,
};

/** Customers are nobody's to sell to again. */
const noCustomers: Exclusion = {
  name: 'customer',
  label: 'Already a customer',
  when: { kind: 'text', attribute: 'lifecycle', anyOf: ['customer'] },
};

/** A rule for every lead, named after where it leads, that lets the next one try when nobody is there. */
export function rule(to: Destination, override: Partial<RoutingRule> = {}): RoutingRule {
  const name = 'team' in to ? `${to.kind} ${to.team}` : to.kind;
  return { name, when: null, to, whenNobody: 'next', ...override };
}

/** Routing by these rules, with Grace to fall back on. */
export function routing(rules: readonly RoutingRule[], fallback: PersonId = grace): Policy['routing'] {
  return { rules, fallback, accountBy: ['association'] };
}

/** A rung of a ladder that is climbed at any hour, once. */
export function rung(
  offsetMinutes: number,
  action: LadderAction,
  override: Partial<Pick<LadderStep, 'offHours' | 'repeat'>> = {},
): LadderStep {
  return { offsetMinutes, action, offHours: 'now', repeat: null, ...override };
}

/** Why a lead is no lead: needs no note, and costs its rep the turn. */
export function reason(
  name: string,
  label: string,
  override: Partial<DisqualifyReason> = {},
): DisqualifyReason {
  return {
    name,
    label,
    noteRequired: false,
    asksOther: false,
    refundsTurn: false,
    outcome: 'disqualified',
    keepsPause: false,
    lock: { minutes: 180 * 1440, unless: 'stronger' },
    ...override,
  };
}

/** What becomes of a lead whose time has not come. */
export function recycleRules(override: Partial<Recycle> = {}): Recycle {
  return {
    lifecycle: 'lead',
    leadStatus: 'BAD_TIMING',
    days: { choices: [30, 60, 90, 180], usual: 90 },
    restMinutes: 1440,
    atMost: 3,
    wake: [],
    revisit: { ...demoRequest, name: 'revisit', label: 'Back as agreed', when: { kind: 'all', of: [] } },
    ...override,
  };
}

export function policy(override: Partial<Policy> = {}): Policy {
  return {
    version: 'example',
    properties: {
      score: 'lead_score',
      scoreComponents: [],
      summary: null,
      product: null,
      contact: [],
      company: [],
      openDeals: false,
    },
    qualification: { required: ['email'], never: [noCustomers], freshWithinDays: 7 },
    triggers: [demoRequest, scoreReached, becameQualified],
    routing: routing([
      rule({ kind: 'contactOwner' }),
      rule({ kind: 'accountOwner' }),
      rule({ kind: 'rotation', team: 'Americas' }),
      rule({ kind: 'rotation', team: 'International' }),
    ]),
    language: 'en',
    threads: 'all',
    chat: { usual: 'slack', people: new Map() },
    chatAddresses: new Map(),
    teams: [americas, international],
    ladders: {
      acknowledge: [rung(-5, { do: 'remind' }, { offHours: 'wait' }), rung(0, { do: 'tellManager' })],
      touch: [rung(-15, { do: 'remind' }, { offHours: 'wait' }), rung(0, { do: 'tellManager' })],
    },
    respectsQuiet: false,
    notify: null,
    webhooks: [],
    events: [],
    grace: [15, 60, 'untilMorning'],
    silentAfter: 3,
    disqualifyReasons: [
      reason('not_a_fit', 'Not a fit'),
      reason('timing', 'Wrong timing', { noteRequired: true }),
    ],
    intros: [],
    handBackReasons: [
      { name: 'wrong_territory', label: 'Not my territory', noteRequired: false, refundsTurn: true },
      { name: 'other', label: 'Another reason', noteRequired: true, refundsTurn: false },
    ],
    deals: [],
    leadRecords: null,
    cards: [],
    suppression: null,
    overturnWithinMinutes: 2 * 1440,
    recycle: recycleRules(),
    briefing: { formAnswers: true },
    pages: new Map(),
    update: [],
    admins: [grace],
    whoSees: { why: 'concerned' },
    retention: { events: 30, neverHandedOver: 30, handedOver: 730.5 },
    ...override,
  };
}

export function account(override: Partial<Account> = {}): Account {
  return {
    id: '9001',
    name: 'Northwind Robotics',
    domain: 'northwind.example',
    industry: 'Machinery',
    employees: 1200,
    revenue: 45_000_000,
    country: 'United States',
    state: null,
    city: null,
    postcode: null,
    ownerId: null,
    properties: {},
    ...override,
  };
}

export function lead(override: Partial<Lead> = {}): Lead {
  return {
    id: '501',
    formerIds: [],
    url: 'https://app.hubspot.com/contacts/1/record/0-1/501',
    name: 'Lena Fischer',
    email: 'lena.fischer@northwind.example',
    phone: '+1 212 555 0148',
    jobTitle: 'VP Operations',
    country: 'United States',
    state: 'New York',
    city: null,
    postcode: null,
    language: null,
    seniority: null,
    company: null,
    product: null,
    openDeals: null,
    properties: {},
    ownerId: null,
    ownerSince: null,
    lifecycleStage: 'lead',
    stageEnteredAt: { lead: new Date('2026-02-20T12:00:00Z') },
    leadStatus: null,
    account: account(),
    score: {
      value: 30,
      components: [
        { label: 'Fit', points: 20 },
        { label: 'Engagement', points: 10 },
      ],
      history: [{ value: 30, at: new Date('2026-03-01T09:00:00Z') }],
    },
    source: { original: 'PAID_SEARCH', detail: 'spring-launch', latest: null, latestDetail: null },
    conversions: [{ name: 'Request a Demo', at: qualifiedAt }],
    pages: [
      { url: 'https://northwind.example/pricing?plan=team', at: at('14:50') },
      { url: 'https://northwind.example/blog/robots', at: at('14:40') },
    ],
    visits: 4,
    activities: [],
    deals: [],
    accountDeals: [],
    summary: null,
    formAnswers: [],
    labels: {},
    consent: { optedOut: null, marketable: null, lawfulBasis: null },
    emailBounced: null,
    timeZone: null,
    ...override,
  };
}

/** A call that Ada made at 10:10, as HubSpot has it. */
export function activity(override: Partial<Activity> = {}): Activity {
  return {
    id: '7001',
    kind: 'call',
    direction: 'outbound',
    title: 'Intro',
    text: null,
    at: at('15:10'),
    createdAt: at('15:10'),
    ownerId: 'owner-ada',
    automated: false,
    connected: false,
    calledOff: false,
    ours: false,
    ...override,
  };
}

/** A deal that was created at 10:30. */
export function deal(override: Partial<Deal> = {}): Deal {
  return {
    ...{ id: '8001', name: 'Northwind Robotics: 40 seats', stage: null },
    ...{ createdAt: at('15:30'), wonAt: null, lostAt: null },
    ...override,
  };
}

/** A deal in the sales pipeline for whoever is accepted. */
export function dealRule(override: Partial<DealRule> = {}): DealRule {
  return {
    when: null,
    moment: 'accepted',
    at: {
      pipeline: { id: 'default', label: 'Sales Pipeline' },
      stage: { id: 'appointmentscheduled', label: 'Appointment Scheduled' },
    },
    name: '{company}: {trigger}',
    unlessOpenDeal: false,
    ifDisqualified: 'leave',
    ...override,
  };
}

export function assignment(override: Partial<Assignment> = {}): Assignment {
  return {
    rep: ada,
    team: 'Americas',
    at: assignedAt,
    reasons: [
      { rule: 'contactOwner', kind: 'contactOwner', ownerId: null, taken: false, why: 'none is set' },
      { rule: 'accountOwner', kind: 'accountOwner', ownerId: null, taken: false, why: 'none is set' },
      {
        rule: 'rotation Americas',
        kind: 'rotation',
        team: 'Americas',
        person: ada,
        taken: true,
        skipped: [],
        weights: { [ada]: 50, [ben]: 25, [chloe]: 25 },
      },
    ],
    ...override,
  };
}

/** A handoff in one of its states. */
export type In<Status extends Handoff['status']> = Extract<Handoff, { status: Status }>;

const atItsStart = {
  id: '7c3f8a52-1d0e-4b6a-9c47-2f5d8e1b0a63',
  leadId: '501',
  trigger: 'demo_request',
  policyVersion: 'example',
  targets: targets(),
  qualifiedAt,
  version: 1,
  assignment: assignment(),
  openTo: [],
  deliveredAt: null,
  reachedAt: null,
  acknowledgedAt: null,
  attempts: [],
  firstTouchAt: null,
  meetingAt: null,
  opportunityAt: null,
  wonAt: null,
  ackBreachedAt: null,
  touchBreachedAt: null,
  escalatedTo: null,
  unreachable: null,
  snoozes: 0,
  snoozedUntil: null,
  asked: null,
  pingedAt: null,
  heldUp: null,
  pause: null,
  granted: { from: assignedAt, minutes: 15 },
  clockRun: 1,
  respondBy,
};

/** Offered to Ada at 10:00, her card not sent yet. */
export function offered(override: Partial<In<'offered'>> = {}): In<'offered'> {
  return { ...atItsStart, status: 'offered', ...override };
}

/** Delivered at once, accepted at 10:05, a touch due at 11:05. */
export function accepted(override: Partial<In<'accepted'>> = {}): In<'accepted'> {
  return {
    ...atItsStart,
    version: 3,
    clockRun: 2,
    deliveredAt: at('15:00:02'),
    reachedAt: at('15:00:02'),
    acknowledgedAt: acceptedAt,
    granted: { from: acceptedAt, minutes: 60 },
    status: 'accepted',
    acceptedAt,
    touchBy,
    ...override,
  };
}

/** Accepted, and called at 10:20. */
export function working(override: Partial<In<'working'>> = {}): In<'working'> {
  return {
    ...accepted(),
    version: 4,
    clockRun: 3,
    attempts: [touchedAt],
    firstTouchAt: touchedAt,
    status: 'working',
    ...override,
  };
}

/** Called, and disqualified at 10:40. */
export function closed(override: Partial<In<'closed'>> = {}): In<'closed'> {
  const { acceptedAt: _, touchBy: __, ...before } = working();
  return {
    ...before,
    version: 5,
    clockRun: 4,
    status: 'closed',
    closedAt,
    outcome: 'disqualified',
    reason: 'not_a_fit',
    ...override,
  };
}

export function touch(override: Partial<Touch> = {}): Touch {
  return {
    id: '0d9b6f1e-52a7-4c0e-8f3d-6b1a2c4e7f90',
    kind: 'call',
    outcome: 'connected',
    note: 'Wants a quote',
    ...override,
  };
}

/** The first event of the example: offered to Ada because it is her turn. */
export const offeredEvent: Extract<HandoffEvent, { type: 'offered' }> = {
  type: 'offered',
  assignment: assignment(),
  respondBy,
  granted: { from: assignedAt, minutes: 15 },
  evidence: { kind: 'sentIn', form: 'Request a Demo', page: null },
};

/** Events as the log keeps them: numbered from 1, the first being the offer. */
export function logged(...entries: [Date, string | null, HandoffEvent][]): Logged[] {
  const all: [Date, string | null, HandoffEvent][] = [[assignedAt, null, offeredEvent], ...entries];
  return all.map(([when, by, event], index) => ({ seq: index + 1, at: when, by, event }));
}

/** A portal with HubSpot's own pipeline of leads, in whose middle somebody has put a stage. */
export function leadRecordPortal(override: Partial<LeadRecordPortal> = {}): LeadRecordPortal {
  const stage = (id: string, label: string, isClosed = false) => ({ id, label, isClosed });
  return {
    pipelines: [
      {
        id: 'lead-pipeline-id',
        label: 'Lead pipeline',
        stages: [
          stage('new-stage-id', 'New'),
          stage('attempting-stage-id', 'Attempting'),
          stage('connected-stage-id', 'Connected'),
          stage('1311814182', 'Meeting booked'),
          stage('qualified-stage-id', 'Qualified', true),
          stage('unqualified-stage-id', 'Disqualified', true),
        ],
      },
    ],
    reasons: [
      { id: 'NOT_A_GOOD_FIT', label: 'Not a good fit' },
      { id: 'BAD_TIMING', label: 'Bad timing' },
    ],
    ...override,
  };
}

/** A property of the portal's: a number that people fill in, unless told otherwise. */
export function portalProperty(name: string, override: Partial<PortalProperty> = {}): PortalProperty {
  const label = name.charAt(0).toUpperCase() + name.slice(1).replaceAll('_', ' ');
  return { name, label, kind: 'number', options: [], readOnly: false, ...override };
}
