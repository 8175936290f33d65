import { describe, expect, it } from 'vitest';
import type { Bulletin } from '../../../src/domain/card/bulletin.ts';
import { plain } from '../../../src/domain/words/line.ts';
import { sendBulletin } from '../../../src/flow/show/send-bulletin.ts';
import { actOnTimers, sweep } from '../../../src/flow/watch/watch-sla.ts';
import {
  ada,
  assignment,
  at,
  ben,
  demoRequest,
  grace,
  lead,
  minutesAfter,
  offered,
  policy,
  target,
  targets,
} from '../../support/examples.ts';
import { type Office, office } from '../../support/office.ts';

const { id } = offered();
const nine = new Date('2026-03-04T14:00:00Z');
const rules = policy({ triggers: [{ ...demoRequest, digestAt: [9 * 60] }] });
const slow = targets({ acknowledge: target(240) });

/** So many leads of Ada's that come on Wednesday at nine. */
async function waiting(count = 1, options: Parameters<typeof office>[0] = {}): Promise<Office> {
  const there = await office({ rules, ...options });
  for (let number = 1; number <= count; number += 1) {
    await there.openHandoff(lead({ id: `${500 + number}`, name: `Lead ${number}` }), {
      id: number === 1 ? id : `handoff-${number}`,
      targets: slow,
      assignment: assignment({ at: minutesAfter(at('15:00'), number) }),
    });
  }
  await there.work('deliver');
  return there;
}

const rowsOf = ({ sections = [] }: Bulletin) =>
  sections.flatMap((section) => (section.kind === 'rows' ? section.rows : []));
const digestsOf = (there: Office, chat = there.chat, person = ada) =>
  chat
    .bulletinsOf(person)
    .map((bulletin) => [bulletin.title, ...rowsOf(bulletin).map(({ text }) => plain(text).split(' ·')[0])]);
const eventsOf = (there: Office, of = id) => there.handoff(of).log.map(({ event }) => event.type);
const toldOf = (there: Office) => there.kept.news.every(({ told }) => told);

/** The clock moves on, and everything that is due by then is done. */
async function comes(there: Office, instant: Date): Promise<void> {
  there.moveTo(instant);
  await sweep(there.needs)();
  await there.work('timer', 'tell', 'deliver');
}

describe('the leads of a digest', () => {
  it('come in one message at its time and none before, each without a card of its own', async () => {
    const there = await waiting(3);
    await comes(there, minutesAfter(nine, -1));
    expect([digestsOf(there), there.chat.messagesOf(ada)]).toEqual([[], []]);
    await comes(there, nine);
    expect(digestsOf(there)).toEqual([['3 leads for you', 'Lead 1', 'Lead 2', 'Lead 3']]);
    expect(there.chat.messagesOf(ada)).toEqual([]);
    expect(eventsOf(there)).toEqual(['offered', 'delivered']);
    expect(there.handoff(id).handoff).toMatchObject({ reachedAt: nine, respondBy: minutesAfter(nine, 240) });
  });

  it('come once when each of them calls for it at the same time, in several processes', async () => {
    const there = await waiting(3);
    there.moveTo(nine);
    const fired = ['handoff-2', 'handoff-3', id].map((handoffId) => ({ handoffId, run: 1 }));
    const news = fired.map(({ handoffId }) => ({
      person: ada,
      news: { kind: 'digest', handoffId } as const,
    }));
    await there.needs.outbox.add([...news, ...news], nine);
    await comes(there, nine);
    expect(digestsOf(there)).toHaveLength(1);
    expect(eventsOf(there, 'handoff-3')).toEqual(['offered', 'delivered']);
  });

  it('come in more than one message when one would be too long', async () => {
    const there = await waiting(12);
    await comes(there, nine);
    expect(digestsOf(there).map(([title]) => title)).toEqual(['8 leads for you', '4 leads for you']);
    expect(toldOf(there)).toBe(true);
  });

  it('but for those that were answered, strengthened or passed on meanwhile', async () => {
    const there = await waiting(3);
    await there.carryOut({ type: 'withdraw', why: 'gone' }, 'handoff-2');
    await there.carryOut({ type: 'show', by: ada }, 'handoff-3');
    const to = assignment({ rep: ben, at: at('18:00') });
    await there.carryOut(
      { type: 'moveOn', from: ada, assignment: to, why: 'away', quiet: true },
      'handoff-3',
    );
    await comes(there, nine);
    expect(digestsOf(there)).toEqual([['1 lead for you', 'Lead 1']]);
    expect(digestsOf(there, there.chat, ben)).toEqual([['1 lead for you', 'Lead 3']]);
  });

  it('but for one that was still being assigned when it was called for: it comes in the next, and is due by that', async () => {
    const there = await waiting(2);
    there.moveTo(nine);
    await sweep(there.needs)();
    await actOnTimers(there.needs)(id, { last: false });
    await there.openHandoff(lead({ id: '503', name: 'Lead 3' }), {
      id: 'handoff-3',
      targets: slow,
      assignment: assignment({ at: minutesAfter(nine, -1) }),
    });
    await comes(there, nine);
    expect(digestsOf(there)).toEqual([['2 leads for you', 'Lead 1', 'Lead 2']]);
    expect(eventsOf(there, 'handoff-3')).toEqual(['offered', 'rescheduled']);
    const thursdayNine = minutesAfter(nine, 24 * 60);
    expect(there.handoff('handoff-3').handoff).toMatchObject({
      digestAt: thursdayNine,
      respondBy: minutesAfter(thursdayNine, 240),
    });
    expect(there.chat.messagesOf(ada)).toEqual([]);
    await comes(there, thursdayNine);
    expect(digestsOf(there).at(-1)).toEqual(['1 lead for you', 'Lead 3']);
  });

  it('come when their timers were fired by a process whose clock is ahead', async () => {
    const there = await waiting(2);
    there.moveTo(nine);
    await sweep(there.needs)();
    there.moveTo(minutesAfter(nine, -0.5));
    await there.work('timer', 'tell');
    expect(digestsOf(there)).toEqual([['2 leads for you', 'Lead 1', 'Lead 2']]);
  });

  it('are due later when the message comes late, and it says so', async () => {
    const there = await waiting();
    const late = minutesAfter(nine, 30);
    await comes(there, late);
    const [digest] = there.chat.bulletinsOf(ada);
    expect(digest && rowsOf(digest)[0]?.detail).toContainEqual(
      expect.objectContaining({ at: minutesAfter(late, 240) }),
    );
    expect(there.handoff().handoff.respondBy).toEqual(minutesAfter(late, 240));
  });
});

describe('a message whose sending broke off', () => {
  it.each(['notDone', 'lost'] as const)('(%s) comes once', async (mishap) => {
    const there = await waiting(2);
    await there.sweepAt(nine);
    there.chat.script.fail('postBulletin', mishap);
    await expect(sendBulletin(there.needs)(ada)).rejects.toThrow();
    await sendBulletin(there.needs)(ada);
    expect(digestsOf(there)).toEqual([['2 leads for you', 'Lead 1', 'Lead 2']]);
    expect(eventsOf(there)).toEqual(['offered', 'delivered']);
  });

  it('before it was noted what had come says the same once more of nothing, and is known by its leads', async () => {
    const there = await waiting(2);
    await there.sweepAt(nine);
    const told = () => Promise.reject(new Error('the database is away'));
    const outbox = { ...there.needs.outbox, told };
    await expect(sendBulletin({ ...there.needs, outbox })(ada)).rejects.toThrow('the database is away');
    await sendBulletin(there.needs)(ada);
    expect(digestsOf(there)).toHaveLength(1);
    expect(toldOf(there)).toBe(true);
    expect(there.kept.said.map(({ leadIds }) => leadIds)).toEqual([['501', '502']]);
  });
});

it('a lead whose rep no chat reaches is its manager’s to decide over', async () => {
  const there = await waiting();
  there.chat.script.fail('postBulletin', 'refused');
  await comes(there, nine);
  expect(eventsOf(there)).toEqual(['offered', 'unreachable', 'delivered']);
  expect(there.handoff().handoff.escalatedTo).toBe(grace);
  expect(there.chat.messagesOf(grace)).toHaveLength(1);
});

it('the first that is to be said of a lead after its digest brings its card', async () => {
  const there = await waiting();
  await comes(there, nine);
  await comes(there, minutesAfter(nine, 235));
  expect(there.chat.messagesOf(ada)).toHaveLength(1);
  expect(eventsOf(there)).toEqual(['offered', 'delivered', 'reminded']);
});
