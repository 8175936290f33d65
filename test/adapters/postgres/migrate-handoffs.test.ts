import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { postgresArrivals } from '../../../src/adapters/postgres/arrivals.ts';
import { postgresCards } from '../../../src/adapters/postgres/cards.ts';
import { rowOf } from '../../../src/adapters/postgres/handoff-row.ts';
import { postgresHandoffs } from '../../../src/adapters/postgres/handoffs.ts';
import { migrate } from '../../../src/adapters/postgres/migrate.ts';
import { toJson } from '../../../src/adapters/postgres/stored-json.ts';
import { postgresTimers } from '../../../src/adapters/postgres/timers.ts';
import { decide } from '../../../src/domain/handoff/decide.ts';
import type { Handoff } from '../../../src/domain/handoff/handoff.ts';
import { neverPaused } from '../../../src/domain/handoff/nurture.ts';
import { timersFor } from '../../../src/flow/change.ts';
import type { CardRecord } from '../../../src/flow/ports/cards.ts';
import type { HandoffView } from '../../../src/flow/ports/handoffs.ts';
import { change } from '../../flow/contracts/given.ts';
import { emptyDatabase, type TestDatabase } from '../../support/database.ts';
import { ada, assignedAt, at, ben, grace, lead, minutesAfter } from '../../support/examples.ts';
import { type FormerProgress, insert, keepInColumns, type Story } from '../../support/handoffs-in-columns.ts';
import { rules } from '../../support/histories.ts';
import { migrateUntil } from '../../support/migrate-until.ts';
import { everyState, randomStories, uuid } from '../../support/stories.ts';

let database: TestDatabase;

async function rowsOf<Row = Record<string, unknown>>(sql: string): Promise<Row[]> {
  return (await database.pool.query(sql)).rows;
}

/** How far HubSpot had been told: of everything, of a part when the attempt broke off, or of all but the last. */
function progressOf({ handoff: { version } }: Story, index: number): FormerProgress {
  const all = { writtenSeq: version, writingSeq: version, contactSeq: version, taskId: `task ${index}` };
  if (index % 3 === 0) return all;
  const before = { writtenSeq: version - 1, contactSeq: version - 1, taskId: null };
  return index % 3 === 1
    ? { ...before, contactSeq: version, writingSeq: version }
    : { ...before, writingSeq: version - 1 };
}

const isHalfWay = ({ writtenSeq, writingSeq }: FormerProgress) => writingSeq > writtenSeq;

/** One that the holder has, or that was being sent to them; and one of their manager. */
function cardsOf({ handoff }: Story, index: number): CardRecord[] {
  const { id: handoffId, version, assignment } = handoff;
  const seen = { attempt: 0, revision: version, toldSeq: version, tellingSeq: version, seenAt: at('15:02') };
  const unsent = { messageId: null, attempt: 0, revision: 0, toldSeq: 1, tellingSeq: 1, seenAt: null };
  const holder = { handoffId, person: assignment.rep, platform: 'slack', conversationId: 'D1' } as const;
  const manager = { handoffId, person: grace, platform: 'teams', conversationId: '19:x' } as const;
  return [
    index % 2 === 0 ? { ...holder, ...seen, messageId: `17.${index}` } : { ...holder, ...unsent },
    { ...manager, ...seen, messageId: `m${index}`, tellingSeq: version + 1 },
  ];
}

const credits = new Map([
  [
    'Americas',
    new Map([
      [ada, -0.1],
      [ben, 0.1 + 0.2],
    ]),
  ],
  ['International', new Map([[grace, 0]])],
]);

/** Keeps the stories as they were kept then, with all that belongs to them. */
async function keep(stories: readonly Story[]): Promise<void> {
  const { pool } = database;
  const ids = stories.map(({ handoff }) => handoff.leadId);
  await insert(
    pool,
    'lead',
    ids.map((id) => ({ id, snapshot: toJson(lead({ id })), read_at: assignedAt })),
  );
  for (const [index, story] of stories.entries()) {
    await keepInColumns(pool, { story, progress: progressOf(story, index) });
  }
  await insert(
    pool,
    'card',
    stories.flatMap((story, index) => cardsOf(story, index).map(cardRow)),
  );
  await insert(pool, 'job', stories.flatMap(jobsOf));
  await insert(
    pool,
    'rotation_credit',
    [...credits].flatMap(([name, reps]) => [...reps].map(([rep, credit]) => ({ pool: name, rep, credit }))),
  );
}

function cardRow({ handoffId, person, platform, conversationId, messageId, seenAt, ...card }: CardRecord) {
  return {
    handoff_id: handoffId,
    person,
    platform,
    conversation_id: conversationId,
    message_id: messageId,
    revision: card.revision,
    told_seq: card.toldSeq,
    telling_seq: card.tellingSeq,
    sending_at: messageId === null ? at('15:01') : null,
    seen_at: seenAt,
  };
}

/** Nobody could take anything back when handoffs were kept in columns, or say when they would try again. */
function couldBeThen({ handoff, log }: Story): boolean {
  const hasNext = 'tryAgainBy' in handoff && Boolean(handoff.tryAgainBy);
  return !hasNext && !log.some(({ event }) => event.type === 'undone');
}

/** What is not written yet waits for its turn; some of it has failed for good. */
function jobsOf(story: Story, index: number): Record<string, unknown>[] {
  const { writtenSeq } = progressOf(story, index);
  const { id, version } = story.handoff;
  const waits = { key: id, run_at: at('15:00'), asked: index * 2, attempts: 0, begun: false, urgent: false };
  const deliver = { ...waits, task: 'deliver', asked: index * 2 + 1 };
  if (writtenSeq === version) return [deliver];
  return [
    deliver,
    { ...waits, task: 'write-back', ...(index % 2 === 0 ? {} : { attempts: 25, run_at: 'infinity' }) },
  ];
}

function viewOf(story: Story, index: number): HandoffView {
  const { handoff, log } = story;
  const { writingSeq: _, ...crm } = progressOf(story, index);
  const touchIds = log.flatMap(({ event }) =>
    event.type === 'touched' && event.found ? [[event.touch.id, event.found.recordId] as const] : [],
  );
  return {
    handoff,
    lead: lead({ id: handoff.leadId }),
    log,
    cards: cardsOf(story, index),
    crm: { ...crm, leadRecordId: null, refused: [], touchIds: new Map(touchIds) },
    nurture: neverPaused,
    // Which of them work at the same company is another test's.
    memory: expect.anything(),
  };
}

async function migrated(stories: readonly Story[], beforehand = async () => {}): Promise<void> {
  database = await emptyDatabase();
  await migrateUntil(database, '_handoff_state');
  await keep(stories);
  await beforehand();
  await migrate(database);
}

describe('handoffs that were kept in columns', () => {
  const stories = [...everyState(), ...randomStories(200).filter(couldBeThen)];
  // When a sending of a card had begun is kept no longer.
  const cards =
    '(select handoff_id, person, platform, conversation_id, message_id, revision, told_seq, telling_seq, seen_at from card)';
  const others = ['handoff_event', 'assignment', 'touch', 'timer', cards, 'lead'];
  const everything = () =>
    Promise.all(others.map((table) => rowsOf(`select * from ${table} order by 1, 2, 3`)));
  let before: unknown[][];
  beforeAll(() =>
    migrated(stories, async () => {
      before = await everything();
    }),
  );
  afterAll(() => database.drop());

  test('are of every kind', () => {
    const kinds = stories.map(({ handoff }) => ('outcome' in handoff ? handoff.outcome : handoff.status));
    expect([...new Set(kinds)].sort()).toEqual([
      'accepted',
      'converted',
      'disqualified',
      'offered',
      'recycled',
      'unresponsive',
      'withdrawn',
      'working',
    ]);
  });

  test('are as they were, with their logs, their cards, and what HubSpot has been told', async () => {
    const views = await postgresHandoffs(database).views(stories.map(({ handoff }) => handoff.id));
    const byId = new Map(views.map((view) => [view.handoff.id, view]));
    for (const [index, story] of stories.entries()) {
      expect(byId.get(story.handoff.id), story.what).toEqual(viewOf(story, index));
    }
  });

  test('are kept as they would be written today', async () => {
    const kept = new Map((await rowsOf('select * from handoff')).map((row) => [row['id'], row]));
    for (const [index, { what, handoff, source, acceptedAt }] of stories.entries()) {
      const { writtenSeq, contactSeq, taskId } = progressOf({ handoff } as Story, index);
      expect(kept.get(handoff.id), what).toEqual({
        ...rowOf(handoff),
        lead_id: handoff.leadId,
        // Of the lead as it is known by now.
        origin: expect.objectContaining({ source, score: null }),
        qualified_at: handoff.qualifiedAt,
        source,
        accepted_at: acceptedAt,
        written_seq: writtenSeq,
        contact_seq: contactSeq,
        crm_task_id: taskId,
        crm_lead_record_id: null,
        crm_refused: [],
      });
    }
  });

  test('keep everything beside them', async () => {
    expect(await everything()).toMatchObject(before);
  });

  test('are followed while they are open, and until their deal is won', async () => {
    const handoffs = postgresHandoffs(database);
    const leadIds = (of: readonly Story[]) => of.map(({ handoff }) => handoff.leadId).sort();
    const open = stories.filter(({ handoff }) => handoff.status !== 'closed');
    const unwon = stories.filter(
      ({ handoff }) => handoff.status === 'closed' && handoff.opportunityAt && !handoff.wonAt,
    );
    expect(unwon).not.toEqual([]);
    expect(await handoffs.openLeads()).toEqual(leadIds(open));
    expect(await handoffs.followedLeads(leadIds(stories))).toEqual(leadIds([...open, ...unwon]));
  });

  test('leave the balances of each pool as they were', async () => {
    expect((await postgresHandoffs(database).balance('1')).credits).toEqual(credits);
  });

  test('have a write-back that broke off taken for one, and no other job', async () => {
    const halfWay = stories.filter((story, index) => isHalfWay(progressOf(story, index)));
    expect(await rowsOf(`select task, key from job where begun order by key`)).toEqual(
      halfWay.map(({ handoff }) => ({ task: 'write-back', key: handoff.id })),
    );
    expect(await rowsOf('select count(*)::int from job')).toEqual([
      { count: stories.flatMap(jobsOf).length },
    ]);
  });
});

describe('handoffs that were kept in columns go on', () => {
  const stories = everyState();
  const open = stories.filter(({ handoff }) => handoff.status !== 'closed');
  beforeEach(() => migrated(stories));
  afterEach(() => database.drop());

  /** Whoever has it or may have it takes it, or calls once more. */
  function nextOf(handoff: Handoff, now: Date) {
    const by = handoff.openTo[0] ?? handoff.assignment.rep;
    const again = {
      id: uuid(9_000_000 + Number(handoff.leadId)),
      kind: 'call',
      outcome: 'connected',
      note: '',
    } as const;
    const isOffered = handoff.status === 'offered';
    const takes = { type: handoff.openTo.length > 0 ? 'takeIt' : 'accept', by } as const;
    const calls = { type: 'logTouch', by, touch: again } as const;
    const decided = decide(handoff, isOffered ? takes : calls, rules, now);
    return { by, decided };
  }

  test('with what is done next, and it is counted and logged after all before', async () => {
    const handoffs = postgresHandoffs(database);
    const now = at('17:00');
    for (const { what, handoff, log } of open) {
      const { by, decided: events } = nextOf(handoff, now);
      if ('refused' in events) throw new Error(`${what}: refused, ${events.refused}`);
      const done = change(handoff, now, events, [], by);
      const cause = { by, at: now, commandId: 'click' };
      const act = () =>
        handoffs.change(handoff.id, cause, (current) => {
          const decided = change(current, now, events, [], by);
          return { ...decided, timers: timersFor(decided.handoff, rules, now) };
        });
      expect(await act(), what).toMatchObject({ outcome: 'changed', events });
      expect(await act(), what).toMatchObject({ outcome: 'repeated' });
      const view = await handoffs.view(handoff.id);
      expect(view?.handoff, what).toEqual(done.handoff);
      const added = events.map((event, index) => ({ seq: handoff.version + 1 + index, at: now, by, event }));
      expect(view?.log, what).toEqual([...log, ...added]);
    }
  });

  test('with their timers, each of which fires once, when it is due', async () => {
    const timers = postgresTimers(database);
    const all = stories.flatMap((story) => story.timers);
    const pending = all.filter(({ firedAt, cancelledAt }) => !firedAt && !cancelledAt);
    const dueTimes = [...new Set(pending.map(({ dueAt }) => dueAt.getTime()))].sort((a, b) => a - b);
    for (const time of dueTimes) {
      expect(await timers.fireDue(new Date(time - 1))).toBe(0);
      expect(await timers.fireDue(new Date(time))).toBe(
        pending.filter(({ dueAt }) => +dueAt === time).length,
      );
    }
    expect(await timers.fireDue(minutesAfter(assignedAt, 1_000_000))).toBe(0);
    for (const { what, handoff, timers: known } of stories) {
      const undone = known.filter(({ cancelledAt, doneAt }) => !cancelledAt && !doneAt);
      const fired = await timers.fired(handoff.id);
      expect(
        fired.map(({ clock, step, run, dueAt }) => [clock, step, run, dueAt]),
        what,
      ).toEqual(
        undone
          .sort((a, b) => +a.dueAt - +b.dueAt || a.step - b.step)
          .map(({ clock, step, run, dueAt }) => [clock, step, run, dueAt]),
      );
    }
    const waiting = await rowsOf(`select key from job where task = 'timer' order by key`);
    const concerned = stories.filter((one) => one.timers.some((timer) => pending.includes(timer)));
    expect(waiting).toEqual(concerned.map(({ handoff }) => ({ key: handoff.id })));
  });

  test('with their cards: one that was being sent is found, and is no second one', async () => {
    const cards = postgresCards(database);
    for (const [index, story] of stories.entries()) {
      const unsent = cardsOf(story, index).find(({ messageId }) => messageId === null);
      if (unsent) expect(await cards.adopt({ ...unsent, revision: 1 }, `17.${index}`)).toBe(true);
    }
    expect(await rowsOf('select count(*)::int from card')).toEqual([{ count: 2 * stories.length }]);
    expect(await rowsOf('select from card where message_id is null')).toEqual([]);
  });

  test('with the balances: the next turn is taken on them, once', async () => {
    const arrivals = postgresArrivals(database);
    const standings = await arrivals.standings([], [ada, ben], at('17:00'));
    const turn = {
      pool: 'Americas',
      after: new Map([
        [ada, 0.5],
        [ben, -0.5],
      ]),
    };
    expect(await arrivals.settle([], [turn], standings, at('17:00'))).toEqual([]);
    expect(await arrivals.settle([], [turn], standings, at('17:00'))).toBeNull();
    const after = await arrivals.standings([], [ada, ben], at('17:00'));
    expect(after.credits).toEqual(new Map([...credits, ['Americas', turn.after]]));
  });
});
