import { begin, type Handoff, type HandoffEvent } from '../../../src/domain/handoff/handoff.ts';
import { whatFollows } from '../../../src/domain/handoff/what-follows.ts';
import type { Lead } from '../../../src/domain/lead/lead.ts';
import type { Timer } from '../../../src/domain/time/sla.ts';
import type { Balances, Cause, Change, Opening } from '../../../src/flow/ports/handoffs.ts';
import type { Decision, Hold, InboundEvent } from '../../../src/flow/ports/inbox.ts';
import { policy } from '../../support/examples.ts';

/** A handoff that begins, the decision behind it, and the balances that its assignment leaves behind. */
export type Begun = Opening & { decision: Decision; credits: Balances | null };

/** The lead waits. */
export type Waiting = { hold: Hold; decision: Decision };

export const ann = 'ann@example.com';
export const bea = 'bea@example.com';
export const boss = 'boss@example.com';

/** Minutes after Monday, 2 March 2026, 9:00 UTC. */
export function minute(minutes: number): Date {
  return new Date(Date.UTC(2026, 2, 2, 9, minutes));
}

/** A different id for each number. */
export function uuid(number: number): string {
  return `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
}

export const lead: Lead = {
  id: '101',
  formerIds: [],
  url: 'https://app.hubspot.com/contacts/1/record/0-1/101',
  name: 'Lea Lindt',
  email: 'lea@lindt.example',
  phone: null,
  jobTitle: 'COO',
  country: 'Germany',
  state: null,
  city: null,
  postcode: '10115',
  language: 'de',
  seniority: null,
  company: 'Lindt',
  product: null,
  openDeals: 0,
  properties: { plan: 'team' },
  ownerId: null,
  ownerSince: null,
  lifecycleStage: 'marketingqualifiedlead',
  stageEnteredAt: { lead: minute(-600), marketingqualifiedlead: minute(-1) },
  leadStatus: null,
  account: {
    id: '7',
    name: 'Lindt',
    domain: null,
    industry: null,
    employees: 12,
    revenue: 0.5,
    country: null,
    state: null,
    city: null,
    postcode: null,
    ownerId: null,
    properties: {},
  },
  score: { value: 61, components: [{ label: 'Fit', points: 61 }], history: [{ value: 61, at: minute(-1) }] },
  source: { original: 'PAID_SEARCH', detail: null, latest: null, latestDetail: null },
  // A text that looks like a date is a text all the same.
  conversions: [{ name: '2026-03-02T09:00:00.000Z', at: minute(-2) }],
  pages: [{ url: 'https://example.com/pricing', at: minute(-3) }],
  visits: 4,
  activities: [
    {
      ...{ id: '9', kind: 'email', direction: 'inbound', title: 'Re: offer', text: 'Yes.', at: minute(-4) },
      ...{
        createdAt: minute(-3),
        ownerId: '17',
        automated: false,
        connected: false,
        calledOff: false,
        ours: false,
      },
    },
  ],
  deals: [{ id: '8', name: 'Lindt', stage: null, createdAt: minute(-5), wonAt: null, lostAt: null }],
  accountDeals: [],
  summary: null,
  formAnswers: [{ label: 'How many seats?', value: '12' }],
  labels: { lifecycleStage: { marketingqualifiedlead: 'MQL' } },
  consent: { optedOut: false, marketable: true, lawfulBasis: null },
  emailBounced: null,
  timeZone: 'Europe/Berlin',
};

export const assignment: Handoff['assignment'] = {
  rep: ann,
  team: 'DACH',
  at: minute(0),
  reasons: [
    { kind: 'contactOwner', ownerId: null, taken: false, why: 'none is set' },
    {
      kind: 'rotation',
      team: 'DACH',
      person: ann,
      taken: true,
      skipped: [],
      weights: { [ann]: 2, [bea]: 1 },
    },
  ],
};

export const offered = {
  type: 'offered',
  assignment,
  respondBy: minute(30),
  granted: { from: minute(0), minutes: 30 },
  evidence: 'became marketingqualifiedlead',
} satisfies HandoffEvent;

/** The timers of an acknowledge clock that is due at minute 30. */
export function acknowledgeTimers(run: number): Timer[] {
  return [
    { clock: 'acknowledge', step: 0, action: 'breach', run, dueAt: minute(30) },
    { clock: 'acknowledge', step: 1, action: 'climb', run, dueAt: minute(20) },
    { clock: 'acknowledge', step: 2, action: 'climb', run, dueAt: minute(30) },
  ];
}

/** A decision that led to nothing. */
export function decision(part: Partial<Decision> = {}): Decision {
  return {
    leadId: lead.id,
    at: minute(0),
    policyVersion: 'abc',
    verdict: 'ignored',
    reason: 'no trigger applies',
    handoffId: null,
    considered: [
      { kind: 'trigger', name: 'mql', met: false, found: 'stage lead', since: null, but: null },
      {
        kind: 'trigger',
        name: 'demo',
        met: true,
        found: 'filled in “2026-03-02T09:00:00.000Z”',
        since: minute(-2),
        but: 'handed over before',
      },
    ],
    reasons: [],
    ...part,
  };
}

type Facts = Partial<Pick<Handoff, 'id' | 'leadId' | 'qualifiedAt' | 'assignment'>>;

/** A handoff of the lead, offered to Ann at minute 0 unless told otherwise. */
export function opening(
  { assignment: to = assignment, ...part }: Facts = {},
  how: Pick<HandoffEvent, 'pausedUntil'> = {},
): Begun {
  const facts = {
    id: uuid(1),
    leadId: lead.id,
    trigger: 'mql',
    policyVersion: 'abc',
    targets: {
      acknowledge: { minutes: 30, countedIn: 'workingTime' },
      touch: { minutes: 60, countedIn: 'wallClock' },
      attempts: { atLeast: 6, within: { minutes: 4_800, countedIn: 'workingTime' } },
    } as const,
    qualifiedAt: minute(-1),
    ...part,
  };
  const event = { ...offered, assignment: to, ...how };
  const handoff = begin(facts, event);
  const decided = decision({
    leadId: facts.leadId,
    verdict: 'handoff',
    reason: offered.evidence,
    handoffId: facts.id,
    reasons: to.reasons,
  });
  const timers = acknowledgeTimers(1);
  return { handoff, events: [event], timers, news: [], heardBy: [], credits: null, decision: decided };
}

/** The lead waits until minute 60, because nobody is at work. */
export function waiting(): Waiting {
  const because = 'demo, but nobody of DACH is at work';
  return {
    hold: { leadId: lead.id, since: minute(0), because, until: minute(60) },
    decision: decision({ verdict: 'held', reason: because, reasons: assignment.reasons.slice(0, 1) }),
  };
}

/** The change that these events of Ann's make, or somebody else's; whoever takes back a turn says so. */
export function change(
  handoff: Handoff,
  at: Date,
  events: readonly HandoffEvent[],
  timers: readonly Timer[] = [],
  by: string | null = ann,
): Change {
  const following = whatFollows(handoff, events, policy(), { by, at });
  return { ...following, events, timers, refund: null, news: [], heardBy: [], cards: [], ends: null };
}

export const accepted = {
  type: 'accepted',
  touchBy: minute(70),
  granted: { from: minute(10), minutes: 60 },
} satisfies HandoffEvent;
export const disqualified: HandoffEvent = { type: 'disqualified', reason: 'timing', note: 'in autumn' };
export const reassigned = {
  type: 'reassigned',
  from: ann,
  respondBy: minute(45),
  granted: { from: minute(15), minutes: 30 },
  assignment: {
    rep: bea,
    team: null,
    at: minute(15),
    reasons: [{ kind: 'reassigned', person: bea, taken: true, by: boss }],
  },
} satisfies HandoffEvent;

export function byAnn(at: Date, commandId: string | null = null): Cause {
  return { by: ann, at, commandId };
}

/** A webhook event about the lead. */
export function arrived(part: Partial<InboundEvent> = {}): InboundEvent {
  const payload = { objectId: 101, subscriptionType: 'contact.propertyChange' };
  return {
    dedupeKey: 'a',
    leadId: lead.id,
    record: null,
    type: 'contact.propertyChange',
    occurredAt: minute(-1),
    payload,
    ignored: null,
    ...part,
  };
}
