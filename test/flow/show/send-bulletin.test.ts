import { describe, expect, it } from 'vitest';
import type { News } from '../../../src/domain/card/bulletin.ts';
import { plain } from '../../../src/domain/words/line.ts';
import { sendBulletin } from '../../../src/flow/show/send-bulletin.ts';
import { ada, at, ben, dario, grace, lead, offered, policy } from '../../support/examples.ts';
import { type Office, office } from '../../support/office.ts';

const { id } = offered();
const run = (there: Office, person = ada) => sendBulletin(there.needs)(person);

/** These wait to be told to somebody. */
async function wait(there: Office, person: string, ...news: News[]): Promise<void> {
  await there.needs.outbox.add(
    news.map((one) => ({ person, news: one })),
    there.needs.clock(),
  );
}

const missed = (handoffId = id) => ({ kind: 'missed', handoffId }) as const;
const setAway = { kind: 'setAway', missed: 3 } as const;
const stood = { kind: 'clockStood', from: at('12:00'), until: at('15:00') } as const;

/** So many handoffs of Ada's whose target has passed. */
async function late(count = 1, options: Parameters<typeof office>[0] = {}): Promise<Office> {
  const there = await office(options);
  for (let number = 1; number <= count; number += 1) {
    const name = `Lead ${number}`;
    await there.openHandoff(lead({ id: `${500 + number}`, name }), {
      id: number === 1 ? id : `handoff-${number}`,
    });
  }
  there.moveTo(at('17:00'));
  return there;
}

const bulletinsOf = (there: Office, person = ada, chat = there.chat) =>
  chat.bulletinsOf(person).map(({ title, items }) => [title, ...items.map((item) => item.handoffId)]);
const told = ({ kept }: Office) => kept.news.map((one) => one.told);
const eventsOf = (there: Office) => there.handoff(id).log.map(({ event }) => event.type);

describe('of one lead alone whose target passed unnoticed', () => {
  it('somebody gets the card itself, and no bulletin', async () => {
    const there = await late();
    await wait(there, ada, missed());
    await run(there);
    expect(there.handoff().log.at(-1)).toMatchObject({ by: null, event: { type: 'shown', to: ada } });
    expect([bulletinsOf(there), told(there)]).toEqual([[], [true]]);
  });

  it('the manager gets the card as if it had been escalated to them', async () => {
    const there = await late();
    await wait(there, grace, missed());
    await run(there, grace);
    await there.needs.handoffs.deliverAgain(grace);
    await there.work('deliver');
    expect(there.handoff().handoff.escalatedTo).toBe(grace);
    expect(there.chat.messagesOf(grace)).toHaveLength(1);
  });

  it('noted twice, they get it once', async () => {
    const there = await late();
    await wait(there, ada, missed(), missed());
    await run(there);
    expect(eventsOf(there)).toEqual(['offered', 'shown']);
    expect(told(there)).toEqual([true, true]);
  });

  it('they get it once when the attempt broke off before it was noted as told', async () => {
    const there = await late();
    await wait(there, ada, missed());
    const outbox = {
      ...there.needs.outbox,
      told: async () => {
        throw new Error('the database is away');
      },
    };
    await expect(sendBulletin({ ...there.needs, outbox })(ada)).rejects.toThrow('the database is away');
    await run(there);
    expect(eventsOf(there)).toEqual(['offered', 'shown']);
  });
});

describe('of several', () => {
  it('somebody gets one bulletin with a way to each card', async () => {
    const there = await late(3);
    await wait(there, ada, missed(), missed('handoff-2'), missed('handoff-3'));
    await run(there);
    expect(bulletinsOf(there)).toEqual([
      ['3 leads passed their target while the bot was down', id, 'handoff-2', 'handoff-3'],
    ]);
    expect(eventsOf(there)).toEqual(['offered']);
    expect(there.observed.at(-1)).toEqual({ what: 'bulletin', platform: 'slack', news: 3 });
  });

  it('they get none of those that were answered meanwhile, or that others have by now', async () => {
    const there = await late(4);
    await there.carryOut({
      type: 'logTouch',
      by: ada,
      touch: { id: 't', kind: 'call', outcome: 'sent', note: '' },
    });
    await there.carryOut({ type: 'disqualify', by: ada, reason: 'not_a_fit', note: '' }, 'handoff-2');
    await there.carryOut({ type: 'reassign', by: grace, to: ben }, 'handoff-3');
    const all = [missed(), missed('handoff-2'), missed('handoff-3'), missed('handoff-4')];
    await wait(there, ada, ...all);
    await wait(there, grace, ...all);
    await run(there);
    await run(there, grace);
    expect(bulletinsOf(there)).toEqual([]);
    expect(there.handoff('handoff-4').log.at(-1)).toMatchObject({ event: { type: 'shown', to: ada } });
    expect(bulletinsOf(there, grace)).toMatchObject([[expect.any(String), 'handoff-4', 'handoff-3']]);
  });

  it('one that is left beside other news stands in the bulletin', async () => {
    const there = await late();
    await wait(there, ada, missed(), setAway);
    await run(there);
    expect(bulletinsOf(there)).toEqual([['Your leads are paused', id]]);
  });
});

describe('nothing', () => {
  it('is told when all was answered meanwhile, or the handoffs are gone', async () => {
    const there = await late();
    await there.carryOut({ type: 'disqualify', by: ada, reason: 'not_a_fit', note: '' });
    await wait(there, ada, missed(), missed('gone'));
    await run(there);
    expect([bulletinsOf(there), told(there)]).toEqual([[], [true, true]]);
    expect(there.chat.script.calls).toEqual([]);
  });

  it('is told when nothing waits, or what waits is for somebody else', async () => {
    const there = await late();
    await wait(there, grace, setAway);
    await run(there);
    expect(there.chat.script.calls).toEqual([]);
    expect(told(there)).toEqual([false]);
  });
});

describe('what has nothing to do with a lead', () => {
  it('comes in one message, in the reader’s words', async () => {
    const there = await office();
    await wait(there, grace, { kind: 'repSetAway', rep: ada, missed: 3 }, stood);
    await run(there, grace);
    const [bulletin, ...more] = there.chat.bulletinsOf(grace);
    expect(more).toEqual([]);
    expect(bulletin?.title).toBe('The leads of Ada Okafor are paused');
    expect(bulletin && plain(bulletin.text)).toContain('The clock stood still. From 12:00 UTC to 15:00 UTC');
  });

  it('and was noted twice at the same moment comes once, as it was noted last', async () => {
    const there = await office();
    const repSetAway = { kind: 'repSetAway', rep: ada } as const;
    await wait(there, ada, setAway, { ...setAway, missed: 4 });
    await wait(
      there,
      grace,
      { ...repSetAway, missed: 3 },
      { ...repSetAway, rep: ben, missed: 3 },
      { ...repSetAway, missed: 4 },
      stood,
      { ...stood, from: at('09:00') },
    );
    await run(there);
    await run(there, grace);
    const textOf = (person: string) =>
      there.chat
        .bulletinsOf(person)
        .map(({ text }) => plain(text))
        .join();
    expect(textOf(ada).match(/last \d cards/g)).toEqual(['last 4 cards']);
    expect(textOf(grace).match(/last \d cards/g)).toEqual(['last 3 cards', 'last 4 cards']);
    expect(textOf(grace).match(/From /g)).toHaveLength(2);
  });

  it('is told once it is possible, together with what has come since', async () => {
    const there = await office();
    await wait(there, grace, stood);
    there.chat.script.fail('findAccount', 'notDone');
    await expect(run(there, grace)).rejects.toThrow('was not done');
    await wait(there, grace, { kind: 'repSetAway', rep: ada, missed: 3 });
    await run(there, grace);
    expect(there.chat.bulletinsOf(grace)).toHaveLength(1);
    expect(told(there)).toEqual([true, true]);
  });
});

describe('a bulletin with an unknown end', () => {
  for (const mishap of ['lost', 'silent', 'notDone'] as const) {
    it(`(${mishap}) is there once after the repeat`, async () => {
      const there = await office();
      await wait(there, grace, stood);
      there.chat.script.fail('postBulletin', mishap);
      await expect(run(there, grace)).rejects.toThrow();
      await run(there, grace);
      expect(there.chat.bulletinsOf(grace)).toHaveLength(1);
      expect(told(there)).toEqual([true]);
    });
  }

  it('is finished before what has come since is told', async () => {
    const there = await office();
    await wait(there, grace, stood);
    there.chat.script.fail('postBulletin', 'lost');
    await run(there, grace).catch(() => {});
    await wait(there, grace, { kind: 'repSetAway', rep: ada, missed: 3 });
    await run(there, grace);
    expect(bulletinsOf(there, grace)).toEqual([
      ['The clock stood still'],
      ['The leads of Ada Okafor are paused'],
    ]);
  });

  it('is looked for only then', async () => {
    const there = await office();
    await wait(there, grace, stood);
    await run(there, grace);
    expect(there.chat.script.calls).toEqual(['findAccount', 'postBulletin']);
  });
});

describe('somebody', () => {
  const inTeams = {
    rules: policy({ chat: { usual: 'teams', people: new Map() } }),
    withTeams: true,
  } as const;

  it('is told in the chat that they prefer, and in one alone when they read both', async () => {
    const both = { ...inTeams, rules: policy({ chat: { usual: 'both', people: new Map() } }) };
    for (const [options, chats] of [
      [inTeams, [0, 1]],
      [both, [1, 0]],
    ] as const) {
      const there = await office(options);
      await wait(there, dario, setAway);
      await run(there, dario);
      expect([there.chat, there.teams].map((chat) => chat.bulletinsOf(dario).length)).toEqual(chats);
    }
  });

  it('who cannot be reached there, or is refused, is told in the other', async () => {
    for (const prepare of [
      (there: Office) => there.teams.accounts.delete(ada),
      (there: Office) => there.teams.script.fail('postBulletin', 'refused'),
    ]) {
      const there = await office(inTeams);
      prepare(there);
      await wait(there, ada, setAway);
      await run(there);
      expect(bulletinsOf(there)).toEqual([['Your leads are paused']]);
    }
  });

  it('who is out of reach is told nothing, and whoever watches is', async () => {
    const there = await office();
    there.chat.accounts.delete(ada);
    await wait(there, ada, setAway);
    await run(there);
    expect(told(there)).toEqual([true]);
    expect(there.observed).toEqual([
      { what: 'bulletinUndeliverable', why: 'has no account in any connected chat' },
    ]);
  });

  it('whom the chat refuses for good is given up with the chat’s own word', async () => {
    const there = await office();
    there.chat.script.fail('postBulletin', 'refused');
    await wait(there, ada, setAway);
    await run(there);
    expect(there.observed).toEqual([{ what: 'bulletinUndeliverable', why: 'postBulletin_refused' }]);
  });
});

it('whose conversation is gone is told in the one that took its place', async () => {
  const there = await late();
  await wait(there, ada, setAway);
  await run(there);
  there.chat.moveConversation(ada);
  await wait(there, ada, stood);
  await run(there);
  expect(bulletinsOf(there)).toEqual([['The clock stood still']]);
  expect(told(there)).toEqual([true, true]);
});

describe('when a chat keeps the bot out', () => {
  it('goes to the next one', async () => {
    const there = await late(1, { withTeams: true });
    await wait(there, ada, setAway);
    there.chat.script.fail('postBulletin', 'shutOut');
    await run(there);
    expect(bulletinsOf(there, ada, there.teams)).toEqual([['Your leads are paused']]);
  });

  it('waits when there is none', async () => {
    const there = await late();
    await wait(there, ada, setAway);
    there.chat.script.fail('postBulletin', 'shutOut');
    await expect(run(there)).rejects.toThrow('postBulletin was not let');
    await run(there);
    expect(bulletinsOf(there)).toEqual([['Your leads are paused']]);
  });
});
