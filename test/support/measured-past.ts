import { randomUUID } from 'node:crypto';
import type { Connection } from '../../src/adapters/postgres/connection.ts';
import type { Prisma } from '../../src/adapters/postgres/generated/client.ts';
import { toJson } from '../../src/adapters/postgres/stored-json.ts';
import { assignment, closed, lead } from './examples.ts';

const hourMs = 3_600_000;

/** Of the example policy. */
const held = [
  { rep: 'ada.okafor@example.com', team: 'Americas' },
  { rep: 'ben.castillo@example.com', team: 'Americas' },
  { rep: 'chloe.nguyen@example.com', team: 'Americas' },
  { rep: 'dario.rossi@example.com', team: 'International' },
] as const;
const triggers = ['demo_request', 'score_reached', 'pricing_interest'] as const;
const sources = ['ORGANIC_SEARCH', 'PAID_SEARCH', 'EMAIL_MARKETING', 'AI_REFERRALS'] as const;
const reasons = ['not_a_fit', 'wrong_timing', 'spam'] as const;

/**
 * Handoffs of the past as they are measured, made from a number: so many, three hours apart, until a moment. The first of
 * four is late, and every sixth was sent back.
 */
export async function measuredPast(
  { prisma }: Pick<Connection, 'prisma'>,
  count: number,
  until: Date,
): Promise<void> {
  const made = Array.from({ length: count }, (_, number) => madeFrom(number, until));
  await prisma.lead.createMany({ data: made.map(({ lead }) => lead) });
  await prisma.handoff.createMany({ data: made.map(({ handoff }) => handoff) });
  await prisma.handoffEvent.createMany({ data: made.map(({ event }) => event) });
  await prisma.measuredHandoff.createMany({ data: made.map(({ whole }) => whole) });
  await prisma.measuredAssignment.createMany({ data: made.map(({ time }) => time) });
  await prisma.measuredSides.createMany({
    data: made.map(({ whole: { rep, team, trigger, source } }) => {
      return { rep, team: team ?? '', trigger, source: source ?? '' };
    }),
    skipDuplicates: true,
  });
  await prisma.measuredDay.createMany({
    data: made.map(({ whole: { qualifiedAt } }) => ({ day: qualifiedAt, stamp: randomUUID() })),
    skipDuplicates: true,
  });
}

function madeFrom(number: number, until: Date) {
  const later = (minutes: number) => new Date(qualifiedAt.getTime() + minutes * 60_000);
  const qualifiedAt = new Date(until.getTime() - (number + 1) * 3 * hourMs);
  const handoffId = `11111111-0000-4000-8000-${String(number).padStart(12, '0')}`;
  const { rep, team } = held[number % held.length] ?? held[0];
  const trigger = triggers[number % triggers.length] ?? triggers[0];
  const source = sources[number % sources.length] ?? sources[0];
  const isLate = number % 4 === 0;
  const isSentBack = number % 6 === 5;
  const [answer, touch] = isLate ? [47, 130] : [6 + (number % 9), 20 + (number % 31)];
  const answeredAt = later(answer);
  const touchedAt = later(touch);
  const closedAt = number % 5 === 4 || isSentBack ? later(600) : null;
  const outcome = isSentBack
    ? number % 12 === 5
      ? 'recycled'
      : 'disqualified'
    : closedAt
      ? 'converted'
      : null;
  const reason = isSentBack ? (reasons[number % reasons.length] ?? null) : null;
  const common = { handoffId, qualifiedAt, rep, team, trigger, source, outcome, reason };
  const whole: Prisma.MeasuredHandoffCreateManyInput = {
    ...common,
    version: 1,
    campaign: null,
    receivedAt: later(0.05),
    decidedAt: later(0.1),
    offeredAt: later(0.1),
    deliveredAt: later(0.2),
    acceptedAt: answeredAt,
    firstTouchAt: touchedAt,
    meetingAt: number % 3 === 0 ? later(2000) : null,
    opportunityAt: outcome === 'converted' ? closedAt : null,
    wonAt: number % 15 === 14 ? closedAt : null,
    closedAt,
    touches: 1 + (number % 3),
    escalations: isLate ? 1 : 0,
    isRescued: false,
    isFallback: number % 20 === 0,
    isBack: false,
    toMeeting: number % 3 === 0 ? 2000 * 60 : null,
    toOpportunity: outcome === 'converted' ? 600 * 60 : null,
    system: 12,
    offHours: number % 2 === 0 ? 3600 : 0,
    byRep: touch * 60 - 12,
  };
  const time: Prisma.MeasuredAssignmentCreateManyInput = {
    ...common,
    seq: 1,
    since: later(0.1),
    way: 'routing',
    isFallback: false,
    deliveredAt: later(0.2),
    seenAt: number % 2 === 0 ? later(3) : null,
    acknowledgedAt: answeredAt,
    acceptedAt: answeredAt,
    firstTouchAt: touchedAt,
    acknowledgeDue: later(30),
    acknowledgeMissed: isLate ? later(30) : null,
    touchDue: later(90),
    touchMissed: isLate ? later(90) : null,
    acknowledgeWall: answer * 60,
    acknowledgeWorking: answer * 60,
    touchWall: touch * 60,
    touchWorking: touch * 60,
    touches: 1,
    reminders: 0,
    snoozes: 0,
    escalations: isLate ? 1 : 0,
    isRescue: false,
    until: closedAt,
    endedAs: closedAt ? 'closed' : null,
  };
  const id = String(90_000 + number);
  const name = number === 0 ? `<b onmouseover="alert(1)">Robert'); drop table lead;--</b>` : `Lead ${number}`;
  const state = closed({
    ...{ id: handoffId, leadId: id, version: 1, trigger, qualifiedAt },
    assignment: assignment({ rep, team, at: later(0.1), reasons: [] }),
  });
  return {
    lead: {
      id,
      snapshot: toJson({ ...lead(), id, name, stageEnteredAt: {} }),
      name: name.toLowerCase(),
      readAt: qualifiedAt,
    },
    handoff: {
      ...{ id: handoffId, leadId: id, version: 1, rep, qualifiedAt, source, followed: false },
      state: toJson(state),
      closedAt: closedAt ?? later(601),
    },
    event: {
      ...{ handoffId, seq: 1, type: 'offered', at: qualifiedAt },
      data: { assignment: { rep, team, at: qualifiedAt.toISOString(), reasons: [] }, openTo: [] },
    },
    whole,
    time,
  };
}
