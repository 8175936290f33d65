import type { Handoff, HandoffEvent, Logged, Outcome } from '../../domain/handoff/handoff.ts';
import type { Platform } from '../../domain/policy/policy.ts';
import type { Timer } from '../../domain/time/sla.ts';
import type { CardRecord } from '../../flow/ports/cards.ts';
import type { Cause } from '../../flow/ports/handoffs.ts';
import type {
  Assignment as AssignmentRow,
  Card as CardRow,
  HandoffEvent as EventRow,
  Prisma,
} from './generated/client.ts';
import { fromJson, storable, toJson } from './stored-json.ts';

/** The part of a query that reads a handoff together with who holds it now, and when the lead was contacted. */
export const withHolder = {
  assignments: { where: { until: null } },
  touches: { select: { id: true, at: true, crmId: true }, orderBy: { at: 'asc' } },
} satisfies Prisma.HandoffInclude;

type HandoffRow = Prisma.HandoffGetPayload<{ include: typeof withHolder }>;

export function handoffOf(row: HandoffRow): Handoff {
  const { id, leadId, trigger, policyVersion, version, clockRun, escalatedTo, unreachable, respondBy } = row;
  const { qualifiedAt, deliveredAt, reachedAt, acknowledgedAt, firstTouchAt, meetingAt, opportunityAt } = row;
  const { wonAt, ackBreachedAt, touchBreachedAt, openTo, snoozes, snoozedUntil, pingedAt } = row;
  const { askedUntil, askedDue, grantedFrom, grantedMinutes } = row;
  const holder = row.assignments[0];
  if (!holder) throw new Error(`Handoff ${id} has no current assignment: expected one.`);
  const facts = {
    ...{ id, leadId, trigger, policyVersion, version, clockRun, escalatedTo, unreachable, respondBy },
    ...{ qualifiedAt, deliveredAt, reachedAt, acknowledgedAt, firstTouchAt, meetingAt, opportunityAt, wonAt },
    ...{ ackBreachedAt, touchBreachedAt, openTo, snoozes, snoozedUntil, pingedAt },
    targets: fromJson<Handoff['targets']>(row.targets),
    assignment: assignmentOf(holder),
    attempts: row.touches.map(({ at }) => at),
    asked: askedUntil && askedDue ? { until: askedUntil, due: askedDue } : null,
    granted: grantedFrom && grantedMinutes !== null ? { from: grantedFrom, minutes: grantedMinutes } : null,
  };
  switch (row.status) {
    case 'offered':
      return { ...facts, status: row.status };
    case 'accepted':
    case 'working':
      return {
        ...facts,
        status: row.status,
        acceptedAt: present(row, 'acceptedAt'),
        touchBy: present(row, 'touchBy'),
      };
    case 'closed':
      return {
        ...facts,
        status: row.status,
        closedAt: present(row, 'closedAt'),
        outcome: present(row, 'outcome') as Outcome,
        reason: row.reason,
      };
    default:
      throw new Error(
        `Handoff ${id} has the status '${row.status}': expected offered, accepted, working or closed.`,
      );
  }
}

function present<K extends keyof HandoffRow>(row: HandoffRow, column: K): NonNullable<HandoffRow[K]> {
  const value = row[column];
  if (value === null)
    throw new Error(`Handoff ${row.id} is ${row.status} and has no ${column}: expected one.`);
  return value;
}

/** What a change may change. */
export function columnsOf(handoff: Handoff) {
  const { version, clockRun, escalatedTo, unreachable, respondBy, deliveredAt, reachedAt } = handoff;
  const { acknowledgedAt, firstTouchAt, meetingAt, opportunityAt, wonAt, ackBreachedAt } = handoff;
  const { touchBreachedAt, snoozes, snoozedUntil, pingedAt, status, assignment, asked, granted } = handoff;
  const closed = handoff.status === 'closed' ? handoff : null;
  const engaged = handoff.status === 'accepted' || handoff.status === 'working' ? handoff : null;
  return {
    ...{ version, clockRun, escalatedTo, unreachable, respondBy, deliveredAt, reachedAt, acknowledgedAt },
    ...{ firstTouchAt, meetingAt, opportunityAt, wonAt, ackBreachedAt, touchBreachedAt, snoozes },
    ...{ snoozedUntil, pingedAt, status },
    rep: assignment.rep,
    team: assignment.team,
    openTo: [...handoff.openTo],
    askedUntil: asked?.until ?? null,
    askedDue: asked?.due ?? null,
    grantedFrom: granted?.from ?? null,
    grantedMinutes: granted?.minutes ?? null,
    touchBy: engaged?.touchBy ?? null,
    closedAt: closed?.closedAt ?? null,
    outcome: closed?.outcome ?? null,
    reason: closed?.reason ?? null,
  } satisfies Prisma.HandoffUpdateManyMutationInput;
}

/** What stays as it began. */
export function beginningOf(handoff: Handoff, source: string | null) {
  const { id, leadId, trigger, policyVersion, qualifiedAt, targets } = handoff;
  return { id, leadId, trigger, policyVersion, qualifiedAt, source, targets: toJson(targets) };
}

function assignmentOf({ rep, team, at, reasons, openTo }: AssignmentRow): Handoff['assignment'] {
  return { rep, team, at, reasons: fromJson(reasons), ...(openTo.length > 0 ? { openTo } : {}) };
}

export function assignmentRow(
  handoffId: string,
  seq: number,
  { rep, team, at, reasons, openTo = [] }: Handoff['assignment'],
) {
  return { handoffId, seq, rep, team, at, reasons: toJson(reasons), openTo: [...openTo] };
}

/** A touch of `by`, or of the holder, at `at`; one that was found in HubSpot is there already. */
export function touchRow(
  { id: handoffId, assignment }: Handoff,
  { touch, found }: Extract<HandoffEvent, { type: 'touched' }>,
  { by, at }: Pick<Cause, 'by' | 'at'>,
) {
  const { id, kind, outcome, note } = touch;
  return {
    ...{ id, handoffId, kind, outcome, note: storable(note) },
    rep: found?.rep ?? by ?? assignment.rep,
    at: found?.at ?? at,
    crmId: found?.recordId ?? null,
  };
}

export function timerRow(handoffId: string, { clock, step, action, run, dueAt }: Timer) {
  return { handoffId, clock, step, action, run, dueAt };
}

export function loggedOf({ seq, at, by, type, data }: EventRow): Logged {
  return { seq, at, by, event: { type, ...fromJson<object>(data) } as HandoffEvent };
}

export function dataOf({ type: _, ...data }: HandoffEvent): Prisma.InputJsonValue {
  return toJson(data);
}

export function cardOf(row: CardRow): CardRecord {
  const { handoffId, person, conversationId, messageId, revision, toldSeq, tellingSeq, seenAt } = row;
  const platform = row.platform as Platform;
  return { handoffId, person, platform, conversationId, messageId, revision, toldSeq, tellingSeq, seenAt };
}
