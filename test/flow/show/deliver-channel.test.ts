import { describe, expect, it } from 'vitest';
import type { LadderAction } from '../../../src/domain/policy/policy.ts';
import { plain } from '../../../src/domain/words/line.ts';
import { deliver } from '../../../src/flow/show/deliver.ts';
import { ada, at, ben, grace, offered, policy, rung, touch } from '../../support/examples.ts';
import { survivesEveryInterruption } from '../../support/interrupt.ts';
import { type Office, office } from '../../support/office.ts';

const { id } = offered();
const run = (there: Office) => there.deliver();

/** A channel lies in the memory of a chat beside the direct conversations, and is read like one. */
const floor = 'dm-floor';
const management = 'dm-management';
const tell = (channel: string, platform: 'slack' | 'teams' = 'slack') =>
  ({ do: 'tellChannel', platform, channel }) as const;

const rules = (...actions: LadderAction[]) =>
  policy({ ladders: { acknowledge: actions.map((action) => rung(0, action)), touch: [] } });

/** The example handoff is open, its card delivered, and nobody has answered: the channels are due to be told. */
async function due(actions: LadderAction[] = [tell(floor)], { withTeams = false } = {}): Promise<Office> {
  const there = await office({ rules: rules(...actions), withTeams });
  await prepare(there);
  return there;
}

async function prepare(there: Office): Promise<void> {
  for (const chat of [there.chat, there.teams]) {
    for (const name of ['floor', 'management']) chat.accounts.set(name, name);
  }
  await there.openHandoff();
  await run(there);
  await there.sweepAt(at('15:15'));
}

async function told(): Promise<Office> {
  const there = await due();
  await run(there);
  return there;
}

const messagesIn = (channel: string, { chat }: Office) => chat.messagesOf(channel.replace('dm-', ''));
const statusesIn = (channel: string, there: Office) =>
  messagesIn(channel, there).map(({ card }) => plain(card.status));
const waits = 'Nobody has answered · due 15:15 UTC, Ada Okafor holds it';

describe('a channel that is told', () => {
  it('gets one card, which says whose lead waits and tells nobody how to reach it', async () => {
    const there = await told();
    expect(statusesIn(floor, there)).toEqual([waits]);
    const [message] = messagesIn(floor, there);
    const { email, phone } = { email: 'lena.fischer@northwind.example', phone: '+1 212 555 0148' };
    expect(JSON.stringify(message?.card)).not.toContain(email);
    expect(JSON.stringify(message?.card)).not.toContain(phone);
    expect(message).toMatchObject({ mark: { handoffId: id }, people: new Map() });
  });

  it('is not told again while nothing happens', async () => {
    const there = await told();
    const calls = there.chat.script.calls.length;
    await run(there);
    expect(there.chat.script.calls).toHaveLength(calls);
  });

  it('sees in the same card how it goes on, and nothing in its thread', async () => {
    const there = await told();
    await there.carryOut({ type: 'reassign', by: grace, to: ben });
    await run(there);
    expect(statusesIn(floor, there)).toEqual(['Ben Castillo has until 15:30 UTC']);
    await there.carryOut({ type: 'logTouch', by: ben, touch: touch() });
    await run(there);
    expect(statusesIn(floor, there)).toEqual(['Ben Castillo is on it']);
    expect(messagesIn(floor, there)[0]?.lines).toEqual([]);
  });

  it('sees how it ended', async () => {
    const there = await told();
    await there.carryOut({ type: 'disqualify', by: ada, reason: 'not_a_fit', note: '' });
    await run(there);
    expect(statusesIn(floor, there)).toEqual(['Disqualified by Ada Okafor 15:15 UTC: Not a fit']);
  });

  it('has one card however often the ladder comes to it', async () => {
    const there = await due([tell(floor), tell(floor)]);
    await run(there);
    expect(there.handoff().log.filter(({ event }) => event.type === 'channelTold')).toHaveLength(2);
    expect(statusesIn(floor, there)).toEqual([waits]);
  });

  it('is nobody who reads a card: nobody is looked for under its name', async () => {
    const there = await told();
    await run(there);
    expect(there.chat.script.calls.filter((call) => call === 'findAccount')).toHaveLength(1);
    expect(there.handoff().handoff.unreachable).toBeNull();
  });

  it('and from which somebody takes the card out has none any more', async () => {
    const there = await told();
    for (const message of messagesIn(floor, there)) there.chat.deleteMessage(message);
    await there.carryOut({ type: 'accept', by: ada });
    await run(there);
    await there.carryOut({ type: 'logTouch', by: ada, touch: touch() });
    await run(there);
    expect(statusesIn(floor, there)).toEqual([]);
    expect(there.chat.messagesOf(ada)[0]?.lines.length).toBeGreaterThan(0);
  });

  it('and whose card can be changed no more gets another in its place, also to see how it ended', async () => {
    const there = await told();
    for (const message of messagesIn(floor, there)) there.chat.freezeMessage(message);
    await there.carryOut({ type: 'accept', by: ada });
    await run(there);
    expect(statusesIn(floor, there)).toEqual([expect.stringContaining('Ada Okafor')]);
    expect(statusesIn(floor, there)).not.toEqual([waits]);
    for (const message of messagesIn(floor, there)) there.chat.freezeMessage(message);
    await there.carryOut({ type: 'disqualify', by: ada, reason: 'not_a_fit', note: '' });
    await run(there);
    expect(statusesIn(floor, there)).toEqual(['Disqualified by Ada Okafor 15:15 UTC: Not a fit']);
  });

  it('gets another also when nobody knows whether the one that can be changed no more is gone', async () => {
    const there = await told();
    for (const message of messagesIn(floor, there)) there.chat.freezeMessage(message);
    await there.carryOut({ type: 'accept', by: ada });
    there.chat.script.fail('remove', 'notDone');
    await expect(run(there)).rejects.toThrow('remove was not done');
    there.chat.script.fail('remove', 'lost');
    await run(there);
    await run(there);
    expect(statusesIn(floor, there)).toEqual([expect.stringContaining('Ada Okafor')]);
    const inChannel = there.kept.said.filter(({ conversationId }) => conversationId === floor);
    expect(inChannel).toHaveLength(1);
  });

  it('of a handoff that has ended meanwhile gets no card of it', async () => {
    const there = await due();
    await there.carryOut({ type: 'disqualify', by: ada, reason: 'not_a_fit', note: '' });
    await run(there);
    expect(statusesIn(floor, there)).toEqual([]);
  });

  it('of a chat that is not connected is told nothing', async () => {
    const there = await due([tell(floor, 'teams')]);
    await run(there);
    await run(there);
    expect(statusesIn(floor, there)).toEqual([]);
    const why = `channel ${floor}: Teams is not connected`;
    expect(there.observed.filter(({ what }) => what === 'undeliverable')).toEqual([
      { what: 'undeliverable', handoffId: id, why },
    ]);
  });

  it('may be one of Teams', async () => {
    const there = await due([tell(floor, 'teams')], { withTeams: true });
    await run(there);
    expect(there.teams.messagesOf('floor')).toHaveLength(1);
    expect(statusesIn(floor, there)).toEqual([]);
  });
});

describe('of several channels', () => {
  it('each has its card', async () => {
    const there = await due([tell(floor), tell(management)]);
    await run(there);
    expect([statusesIn(floor, there), statusesIn(management, there)]).toEqual([[waits], [waits]]);
  });

  it('one that refuses for good keeps nobody else from theirs, and whoever watches hears of it', async () => {
    const there = await due([tell(floor), tell(management)]);
    there.chat.script.fail('postCard', 'refused');
    await run(there);
    expect([statusesIn(floor, there), statusesIn(management, there)]).toEqual([[], [waits]]);
    expect(there.observed).toContainEqual({
      what: 'undeliverable',
      handoffId: id,
      why: `channel ${floor}: postCard_refused`,
    });
    expect(there.handoff().handoff.unreachable).toBeNull();
  });

  it('one that refused stands in the log with the reason, once, and is not tried again', async () => {
    const there = await due([tell(floor), tell(management)]);
    there.chat.script.fail('postCard', 'refused');
    await run(there);
    await there.carryOut({ type: 'accept', by: ada });
    await run(there);
    expect(statusesIn(floor, there)).toEqual([]);
    const lost = there.handoff().log.filter(({ event }) => event.type === 'channelUnreachable');
    expect(lost).toMatchObject([{ event: { channel: floor, why: 'postCard_refused' } }]);
  });
});

describe('a channel’s card with an unknown end', () => {
  for (const mishap of ['lost', 'silent', 'notDone'] as const) {
    it(`(${mishap}) is there once after the repeat`, async () => {
      const there = await due();
      there.chat.script.fail('postCard', mishap);
      await expect(run(there)).rejects.toThrow();
      await run(there);
      expect(statusesIn(floor, there)).toEqual([waits]);
    });
  }

  it('keeps nobody from their own card', async () => {
    const there = await due([tell(floor), { do: 'tellManager' }]);
    // The manager's is sent first.
    there.chat.script.fail('postCard', 'notDone');
    await expect(run(there)).rejects.toThrow();
    expect(statusesIn(floor, there)).toEqual([waits]);
    await run(there);
    expect(there.chat.messagesOf(grace)).toHaveLength(1);
  });

  it('is the same after an interruption at any call', async () => {
    await survivesEveryInterruption({
      within: { rules: rules(tell(floor), tell(management)) },
      prepare: async (there) => {
        await prepare(there);
        await there.carryOut({ type: 'ping', by: grace });
      },
      step: (needs, how) => deliver(needs)(id, how),
      look: (there) => [statusesIn(floor, there), statusesIn(management, there)],
    });
  });
});
