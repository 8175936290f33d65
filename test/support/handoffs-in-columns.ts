import type { Pool } from 'pg';
import { storable, toJson } from '../../src/adapters/postgres/stored-json.ts';
import { evolve, type Handoff, type HandoffEvent, type Logged } from '../../src/domain/handoff/handoff.ts';
import type { Policy } from '../../src/domain/policy/policy.ts';
import type { Timer } from '../../src/domain/time/sla.ts';
import { timersFor } from '../../src/flow/change.ts';

/** What happened to a handoff at once. */
export type Happened = { at: Date; by: string | null; events: readonly HandoffEvent[] };

type FormerTimer = Timer & { firedAt: Date | null; cancelledAt: Date | null; doneAt: Date | null };

/** A handoff with all that was kept of it. */
export type Story = {
  what: string;
  handoff: Handoff;
  log: readonly Logged[];
  /** When it was accepted last, whoever holds it now. */
  acceptedAt: Date | null;
  source: string | null;
  timers: readonly FormerTimer[];
};

/** Tells how a handoff came to stand as it does. Of its timers those are over that were due by the end of it. */
export function tell(what: string, start: Handoff, policy: Policy, all: readonly Happened[]): Story {
  const { assignment, respondBy, granted } = start;
  const evidence = 'sent in a form';
  const log: Logged[] = [
    {
      seq: 1,
      at: assignment.at,
      by: null,
      event: { type: 'offered', assignment, respondBy, granted, evidence },
    },
  ];
  const waiting = (timers: readonly Timer[]) =>
    timers.map((timer): FormerTimer => ({ ...timer, firedAt: null, cancelledAt: null, doneAt: null }));
  let timers = waiting(timersFor(start, policy, assignment.at));
  let handoff = start;
  let acceptedAt: Date | null = null;
  for (const { at, by, events } of all) {
    const { clockRun } = handoff;
    for (const event of events) {
      handoff = evolve(handoff, event, at);
      log.push({ seq: handoff.version, at, by, event });
      if (event.type === 'accepted' && handoff.status === 'accepted') acceptedAt = handoff.acceptedAt;
    }
    timers = timers.map((timer) => fire(timer, at));
    if (handoff.clockRun === clockRun) continue;
    const cancelled = timers.map((timer) =>
      timer.firedAt ? timer : { ...timer, cancelledAt: timer.cancelledAt ?? at },
    );
    timers = [...cancelled, ...waiting(timersFor(handoff, policy, at))];
  }
  return { what, handoff: asFormerly(handoff), log, acceptedAt, source: 'PAID_SEARCH', timers };
}

/** What HubSpot wanted filled in was not known, and how a lead was sent back stood in the log alone. */
function asFormerly(handoff: Handoff): Handoff {
  const former = { ...handoff, heldUp: null };
  if (former.status !== 'closed') return former;
  const { sentBack: _sentBack, stood: _stood, ...closed } = former;
  return closed;
}

/** A rung has fired and waits to be acted on; the rest is done. */
function fire(timer: FormerTimer, now: Date): FormerTimer {
  if (timer.firedAt || timer.cancelledAt || timer.dueAt > now) return timer;
  return { ...timer, firedAt: now, doneAt: timer.action === 'climb' ? null : now };
}

/** How far HubSpot had been told, and what it was being told when that broke off. */
export type FormerProgress = {
  writtenSeq: number;
  writingSeq: number;
  contactSeq: number;
  taskId: string | null;
};

/** Keeps a handoff as the columns of the table did, with its log, who held it, its touches and timers. */
export async function keepInColumns(
  pool: Pool,
  { story, progress }: { story: Story; progress: FormerProgress },
): Promise<void> {
  const { handoff, log, timers } = story;
  const handoff_id = handoff.id;
  await insert(pool, 'handoff', [columnsOf(story, progress)]);
  await insert(
    pool,
    'handoff_event',
    log.map(({ seq, at, by, event: { type, ...data } }) => ({
      handoff_id,
      seq,
      type,
      at,
      by,
      data: toJson(data),
    })),
  );
  await insert(pool, 'assignment', assignmentsOf(story));
  await insert(pool, 'touch', touchesOf(story));
  await insert(
    pool,
    'timer',
    timers.map(
      ({
        clock,
        step,
        action,
        run,
        dueAt: due_at,
        firedAt: fired_at,
        cancelledAt: cancelled_at,
        doneAt: done_at,
      }) => ({
        handoff_id,
        clock,
        step,
        action,
        run,
        due_at,
        fired_at,
        cancelled_at,
        done_at,
      }),
    ),
  );
}

/** Inserts rows that all have the same columns. */
export async function insert(
  pool: Pool,
  table: string,
  rows: readonly Record<string, unknown>[],
): Promise<void> {
  const columns = Object.keys(rows[0] ?? {}).map((name) => `"${name}"`);
  if (columns.length === 0) return;
  await pool.query(
    `insert into ${table} (${columns}) select ${columns} from jsonb_populate_recordset(null::${table}, $1)`,
    [JSON.stringify(rows)],
  );
}

function columnsOf(
  { handoff, acceptedAt, source }: Story,
  progress: FormerProgress,
): Record<string, unknown> {
  const { assignment, asked, granted } = handoff;
  const closed = handoff.status === 'closed' ? handoff : null;
  const engaged = handoff.status === 'accepted' || handoff.status === 'working' ? handoff : null;
  return {
    id: handoff.id,
    lead_id: handoff.leadId,
    trigger: handoff.trigger,
    policy_version: handoff.policyVersion,
    version: handoff.version,
    status: handoff.status,
    outcome: closed?.outcome ?? null,
    reason: closed?.reason ?? null,
    rep: assignment.rep,
    team: assignment.team,
    open_to: handoff.openTo,
    source,
    targets: toJson(handoff.targets),
    clock_run: handoff.clockRun,
    escalated_to: handoff.escalatedTo,
    unreachable: handoff.unreachable,
    qualified_at: handoff.qualifiedAt,
    delivered_at: handoff.deliveredAt,
    reached_at: handoff.reachedAt,
    respond_by: handoff.respondBy,
    acknowledged_at: handoff.acknowledgedAt,
    accepted_at: acceptedAt,
    touch_by: engaged?.touchBy ?? null,
    first_touch_at: handoff.firstTouchAt,
    meeting_at: handoff.meetingAt,
    opportunity_at: handoff.opportunityAt,
    won_at: handoff.wonAt,
    ack_breached_at: handoff.ackBreachedAt,
    touch_breached_at: handoff.touchBreachedAt,
    closed_at: closed?.closedAt ?? null,
    snoozes: handoff.snoozes,
    snoozed_until: handoff.snoozedUntil,
    asked_until: asked?.until ?? null,
    asked_due: asked?.due ?? null,
    granted_from: granted?.from ?? null,
    granted_minutes: granted?.minutes ?? null,
    pinged_at: handoff.pingedAt,
    written_seq: progress.writtenSeq,
    writing_seq: progress.writingSeq,
    contact_seq: progress.contactSeq,
    crm_task_id: progress.taskId,
  };
}

function assignmentsOf({ handoff, log }: Story): Record<string, unknown>[] {
  const given = log.flatMap(({ seq, at, event }) =>
    event.type === 'offered' || event.type === 'reassigned' ? [{ seq, since: at, ...event.assignment }] : [],
  );
  return given.map(({ seq, rep, team, at, reasons, openTo = [] }, index) => ({
    handoff_id: handoff.id,
    seq,
    rep,
    team,
    at,
    until: given[index + 1]?.since ?? null,
    reasons: toJson(reasons),
    open_to: openTo,
  }));
}

function touchesOf({ handoff, log }: Story): Record<string, unknown>[] {
  return log.flatMap(({ at, by, event }) => {
    if (event.type !== 'touched') return [];
    const { touch, found } = event;
    const { id, kind, outcome, note } = touch;
    return [
      {
        id,
        handoff_id: handoff.id,
        rep: found?.rep ?? by ?? handoff.assignment.rep,
        kind,
        outcome,
        note: storable(note),
        at: found?.at ?? at,
        crm_id: found?.recordId ?? null,
      },
    ];
  });
}
