import { describe, expect, it } from 'vitest';
import type { HandoffView } from '../../../src/flow/ports/handoffs.ts';
import { deliver } from '../../../src/flow/show/deliver.ts';
import { ada, at, ben, grace, offered, policy, touch } from '../../support/examples.ts';
import { type Office, office, teamsUserIdOf, userIdOf } from '../../support/office.ts';

const { id } = offered();
const inTeams = policy({ chat: { usual: 'teams', people: new Map() } });

/** An office with the example handoff, whose people the chats have told of within the hour. */
async function opened(within: Parameters<typeof office>[0] = {}): Promise<Office> {
  const there = await office(within);
  const { saveAccount } = there.needs.directory;
  for (const person of [ada, ben, grace]) {
    for (const [platform, userId] of [
      ['slack', userIdOf(person)],
      ['teams', teamsUserIdOf(person)],
    ] as const) {
      const account = { userId, conversationId: `dm-${userId}`, zone: null };
      await saveAccount(person, platform, account, there.needs.clock());
    }
  }
  await there.openHandoff();
  return there;
}

/** What a delivery asks of the store and of the chats, in order. */
async function costOf(there: Office, about: HandoffView | string = id, repeat = false): Promise<string[]> {
  const calls: string[] = [];
  const counted = <Port extends object>(port: Port): Port =>
    new Proxy(port, {
      get(target, name, receiver) {
        const member: unknown = Reflect.get(target, name, receiver);
        if (typeof member !== 'function') return member;
        return (...args: unknown[]) => {
          calls.push(String(name));
          return member(...args);
        };
      },
    });
  const { handoffs, cards, chats } = there.needs;
  const ports = { handoffs: counted(handoffs), cards: counted(cards), chats: chats.map(counted) };
  await deliver({ ...there.needs, ...ports })(about, { repeat });
  return calls;
}

/** What is about to be delivered, as whoever has just changed it has it in memory. */
async function inMemory(there: Office): Promise<HandoffView> {
  const view = await there.needs.handoffs.view(id);
  if (!view) throw new Error('no handoff: expected the example');
  return view;
}

describe('in Slack', () => {
  it('the first card is a message and a change, of which nothing was noted before', async () => {
    const there = await opened();
    expect(await costOf(there, await inMemory(there))).toEqual(['postCard', 'change']);
    const version = there.handoff().handoff.version;
    expect(there.handoff().cards.get(`${ada} slack`)).toMatchObject({ revision: version, toldSeq: version });
  });

  it('reads the handoff once when only its id is known', async () => {
    expect(await costOf(await opened())).toEqual(['view', 'postCard', 'change']);
  });

  it('a card that is up to date costs nothing', async () => {
    const there = await opened();
    await there.deliver();
    expect(await costOf(there, await inMemory(there), true)).toEqual([]);
  });

  it('a late card is sent, moved, and shows when it is due now', async () => {
    const there = await opened({ now: at('15:04') });
    expect(await costOf(there, await inMemory(there))).toEqual(['postCard', 'change', 'updateCard', 'save']);
  });

  it('a change without words is an update and what it shows', async () => {
    const there = await opened();
    await there.deliver();
    const view = await inMemory(there);
    await there.needs.cards.save({ ...cardOf(view), revision: 1 });
    expect(await costOf(there, await inMemory(there))).toEqual(['updateCard', 'save']);
  });

  it('lines are told one after the other, and saved together with the update', async () => {
    const there = await opened();
    await there.deliver();
    await there.carryOut({ type: 'logTouch', by: ada, touch: touch() });
    expect(await costOf(there, await inMemory(there))).toEqual(['updateCard', 'tell', 'tell', 'save']);
  });

  it('a reader costs a message and a save, once the first card has arrived', async () => {
    const there = await opened();
    await there.deliver();
    await there.sweepAt(at('15:15'));
    const calls = await costOf(there, await inMemory(there));
    expect(calls).toEqual(['updateCard', 'tell', 'tell', 'save', 'balance', 'postCard', 'save']);
  });

  it('somebody looks before anything is sent when an attempt broke off', async () => {
    const there = await opened();
    expect(await costOf(there, id, true)).toEqual(['view', 'findCard', 'postCard', 'change']);
    await there.carryOut({ type: 'accept', by: ada });
    expect(await costOf(there, id, true)).toEqual(['view', 'updateCard', 'toldLines', 'tell', 'save']);
  });

  it('a card that arrived meanwhile is saved all the same', async () => {
    const there = await opened();
    const view = await inMemory(there);
    await there.carryOut({ type: 'markDelivered', to: ada });
    expect(await costOf(there, view)).toEqual(['postCard', 'change', 'save', 'view', 'updateCard', 'save']);
    expect(there.handoff().cards.get(`${ada} slack`)).toMatchObject({ revision: 2 });
  });
});

describe('in Teams, where nobody can look', () => {
  it('a card is noted before it is sent', async () => {
    const there = await opened({ rules: inTeams, withTeams: true });
    expect(await costOf(there, id, true)).toEqual(['view', 'beginSend', 'postCard', 'change']);
  });

  it('each line is noted before it is told', async () => {
    const there = await opened({ rules: inTeams, withTeams: true });
    await there.deliver();
    await there.carryOut({ type: 'logTouch', by: ada, touch: touch() });
    const each = ['save', 'tell'];
    expect(await costOf(there, await inMemory(there))).toEqual(['updateCard', ...each, ...each, 'save']);
  });
});

function cardOf({ cards: [card] }: HandoffView) {
  if (!card) throw new Error('no card: expected one');
  const { seenAt: _, ...sent } = card;
  return sent;
}
