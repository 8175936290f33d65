import { type Handoff, type HandoffEvent, madeAt, openTo } from '../../domain/handoff/handoff.ts';
import { whyLifted } from '../../domain/handoff/pause.ts';
import { settledAfterSeconds } from '../../domain/handoff/undo.ts';
import type { Origin } from '../../domain/lead/origin.ts';
import { alertJobs } from '../../flow/ports/alerts.ts';
import type { SentCard } from '../../flow/ports/cards.ts';
import type { Said } from '../../flow/ports/chat.ts';
import { eventsKey } from '../../flow/ports/event-cursors.ts';
import type { Cause, Change, Opening } from '../../flow/ports/handoffs.ts';
import { homeFreshMs } from '../../flow/ports/homes.ts';
import { rowOf } from './handoff-row.ts';
import { storable, toJson } from './stored-json.ts';
import type { CardWrite, SaidWrite, Writing } from './writing.ts';

/** What a change of a handoff writes, but for the balances that it may move. */
export function changeToWrite(before: Handoff, change: Change, cause: Cause): Writing {
  const { handoff, events, timers } = change;
  const restarted = handoff.clockRun !== before.clockRun;
  return {
    changed: [{ ...rowOf(handoff), expected: before.version, ...acceptanceOf(change) }],
    events: eventRows(handoff.id, before.version, events, cause),
    restarted: restarted ? [{ handoff_id: handoff.id, at: cause.at }] : [],
    timers: restarted ? timerRows(handoff.id, timers) : [],
    ...assignmentsOf(handoff.id, before.version, events, cause),
    touches: events.flatMap((event) => (event.type === 'touched' ? [touchRow(handoff, event, cause)] : [])),
    ...pausesOf(before, change, cause),
    missed: missedRows(change.missed),
    cards: change.cards.map(cardRow),
    cursors: cursorRows(handoff.id, before.version, change.heardBy),
    news: newsRows(change.news, cause.at),
    ended: change.ends ? [change.ends] : [],
    homes: change.outdated.cards ? homesOf([before, handoff], cause) : [],
    jobs: [
      // Whoever clicked is looking at their card.
      ...(change.outdated.cards
        ? [{ task: 'deliver' as const, key: handoff.id, urgent: cause.by !== null }]
        : []),
      ...(change.outdated.crm ? [writeBackJob(handoff)] : []),
      ...(change.mayBeSummarised ? [{ task: 'summarise' as const, key: handoff.id }] : []),
      ...alertJobs(before, change).map((job) => ({ task: 'alert' as const, ...job })),
      ...eventsJobs(handoff, change.heardBy),
      ...tellJobs(change.news),
    ],
  };
}

function acceptanceOf({ acceptedAt: accepted_at, unaccepted }: Change) {
  return { accepted_at, unaccepted };
}

/** What may still be taken back is not in HubSpot yet, whose workflows act on it at once. */
function writeBackJob(handoff: Handoff) {
  return { task: 'write-back' as const, key: handoff.id, ...untilSettled(handoff) };
}

/** Nor is it told to other systems. */
function eventsJobs(handoff: Handoff, heardBy: Change['heardBy']): NonNullable<Writing['jobs']> {
  return heardBy.map((destination) => {
    const key = eventsKey({ handoffId: handoff.id, destination });
    return { task: 'events' as const, key, ...untilSettled(handoff) };
  });
}

function untilSettled({ undoable }: Handoff): { wait?: number } {
  return undoable ? { wait: settledAfterSeconds } : {};
}

function cursorRows(
  handoff_id: string,
  seq: number,
  heardBy: Change['heardBy'],
): NonNullable<Writing['cursors']> {
  return heardBy.map((destination) => ({ handoff_id, destination, seq }));
}

/** What a new handoff writes, but for the balances that it moves, its jobs, and the lead that it is about. */
export function openingToWrite(
  { handoff, events, timers, news, heardBy }: Opening,
  origin: Origin | null,
  at: Date,
): Writing {
  const cause = { by: null, at, commandId: null };
  return {
    begun: [
      {
        ...rowOf(handoff),
        lead_id: handoff.leadId,
        qualified_at: handoff.qualifiedAt,
        source: origin?.source ?? null,
        origin: origin && toJson(origin),
      },
    ],
    events: eventRows(handoff.id, 0, events, cause),
    timers: timerRows(handoff.id, timers),
    assignments: [assignmentRow(handoff.id, 1, handoff.assignment)],
    paused: pauseRows(handoff),
    cursors: cursorRows(handoff.id, 0, heardBy),
    news: newsRows(news, at),
    homes: homesOf([handoff], cause),
    jobs: [...eventsJobs(handoff, heardBy), ...tellJobs(news)],
  };
}

/** In whose homes a handoff stands, or stood until now. */
function homesOf(handoffs: readonly Handoff[], { by, at }: Cause): NonNullable<Writing['homes']> {
  const people = handoffs.flatMap((handoff) => [
    handoff.assignment.rep,
    ...(handoff.escalatedTo ? [handoff.escalatedTo] : []),
    ...openTo(handoff),
  ]);
  return [{ people: [...new Set(people)], since: new Date(at.getTime() - homeFreshMs), by }];
}

/** The command's id stands on the first event, where the unique index keeps it from a second effect. */
function eventRows(
  handoffId: string,
  lastSeq: number,
  events: readonly HandoffEvent[],
  { by, at, commandId }: Cause,
): NonNullable<Writing['events']> {
  return events.map(({ type, ...data }, index) => ({
    handoff_id: handoffId,
    seq: lastSeq + 1 + index,
    type,
    at,
    by,
    data: toJson(data),
    command_id: index === 0 ? commandId : null,
  }));
}

function timerRows(handoffId: string, timers: Change['timers']): NonNullable<Writing['timers']> {
  return timers.map(({ clock, step, action, run, dueAt }) => ({
    handoff_id: handoffId,
    clock,
    step,
    action,
    run,
    due_at: dueAt,
  }));
}

/** Who holds it from now on, and that whoever held it holds it no more. */
function assignmentsOf(
  handoffId: string,
  lastSeq: number,
  events: readonly HandoffEvent[],
  { at }: Cause,
): Pick<Writing, 'handed' | 'assignments'> {
  const assignments = events.flatMap((event, index) => {
    if (event.type !== 'reassigned') return [];
    return [assignmentRow(handoffId, lastSeq + 1 + index, event.assignment)];
  });
  const last = assignments.length - 1;
  return {
    handed: assignments.length > 0 ? [{ handoff_id: handoffId, at }] : [],
    assignments: assignments.map((row, index) => (index < last ? { ...row, until: at } : row)),
  };
}

function assignmentRow(
  handoffId: string,
  seq: number,
  { rep, team, at, reasons, openTo = [] }: Handoff['assignment'],
): NonNullable<Writing['assignments']>[number] {
  const held = { rep, team, at, until: null, reasons: toJson(reasons), open_to: openTo };
  return { handoff_id: handoffId, seq, ...held };
}

/** A touch of `by`, or of the holder, at `at`; one that was found in HubSpot is there already. */
function touchRow(
  { id: handoffId, assignment }: Handoff,
  event: Extract<HandoffEvent, { type: 'touched' }>,
  { by, at }: Cause,
): NonNullable<Writing['touches']>[number] {
  const { touch, found } = event;
  const { id, kind, outcome, note } = touch;
  return {
    id,
    handoff_id: handoffId,
    rep: found?.rep ?? by ?? assignment.rep,
    kind,
    outcome,
    note: storable(note),
    at: madeAt(event, at),
    crm_id: found?.recordId ?? null,
  };
}

/** Because of the handoff nurture is paused from now on, or by somebody else or longer than before; or no more. */
function pausesOf(
  before: Handoff,
  { handoff, events }: Change,
  { at }: Cause,
): Pick<Writing, 'paused' | 'lifted'> {
  if (!handoff.pause) {
    return { lifted: before.pause ? [{ handoff_id: handoff.id, at, why: whyLifted(handoff, events) }] : [] };
  }
  const isSame =
    before.pause?.until.getTime() === handoff.pause.until.getTime() &&
    before.assignment.rep === handoff.assignment.rep;
  return { paused: isSame ? [] : pauseRows(handoff) };
}

function pauseRows({ id, leadId, assignment, trigger, pause }: Handoff): NonNullable<Writing['paused']> {
  if (!pause) return [];
  return [{ lead_id: leadId, handoff_id: id, who: assignment.rep, why: trigger, ...pause }];
}

function missedRows({ passed, answered }: Change['missed']): NonNullable<Writing['missed']> {
  const readers = new Set([...passed.map(({ rep }) => rep), ...answered]);
  return [...readers].map((rep) => {
    const own = passed.filter((one) => one.rep === rep).at(-1);
    const isAnswered = answered.includes(rep);
    return { rep, reached_at: own?.reachedAt ?? null, due: own?.due ?? null, answered: isAnswered };
  });
}

export function newsRows(news: Change['news'], at: Date): NonNullable<Writing['news']> {
  return news.map(({ person, news: data }) => {
    const handoff_id = data.kind === 'called' ? data.handoffId : null;
    return { person, at, data: toJson(data), handoff_id };
  });
}

/** News of one cause come one after another within this time, and are told together. */
const tellsAfterSeconds = 5;

export function tellJobs(news: Change['news']): NonNullable<Writing['jobs']> {
  const readers = new Set(news.map(({ person }) => person));
  return [...readers].map((key) => ({ task: 'tell' as const, key, wait: tellsAfterSeconds }));
}

export function cardRow(card: SentCard): CardWrite {
  return {
    handoff_id: card.handoffId,
    person: card.person,
    platform: card.platform,
    conversation_id: card.conversationId,
    message_id: card.messageId,
    attempt: card.attempt,
    revision: card.revision,
    told_seq: card.toldSeq,
    telling_seq: card.tellingSeq,
  };
}

export function saidRows(said: readonly Said[]): SaidWrite[] {
  return said.flatMap(({ platform, conversationId, messageId, leadIds }) =>
    leadIds.map((lead_id) => ({ platform, conversation_id: conversationId, message_id: messageId, lead_id })),
  );
}
