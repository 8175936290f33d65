import { describe, expect, it } from 'vitest';
import type { ChatChoice, PersonId, Platform, Policy } from '../../../src/domain/policy/policy.ts';
import { plain } from '../../../src/domain/words/line.ts';
import { TemporaryFailure } from '../../../src/flow/ports/failure.ts';
import { deliver } from '../../../src/flow/show/deliver.ts';
import { sendBulletin } from '../../../src/flow/show/send-bulletin.ts';
import { ada, at, ben, grace, offered, policy, touch } from '../../support/examples.ts';
import { survivesEveryInterruption } from '../../support/interrupt.ts';
import type { MemoryChat, Message } from '../../support/memory/chat.ts';
import { type Office, office } from '../../support/office.ts';

const { id } = offered();
const run = (there: Office) => there.deliver();

/** Everybody reads their cards as `usual` says, Ada perhaps otherwise. */
function reading(usual: ChatChoice, adas: ChatChoice = usual): Policy {
  return policy({ chat: { usual, people: new Map([[ada, adas]]) } });
}

/** An office with both chats, in which the example handoff is open. */
async function opened(rules: Policy, now?: Date): Promise<Office> {
  const there = await office({ rules, withTeams: true, ...(now && { now }) });
  await there.openHandoff();
  return there;
}

function seen({ card, lines }: Message) {
  return {
    status: plain(card.status),
    buttons: [...card.actions, ...card.menu].flatMap((action) =>
      ['link', 'say'].includes(action.kind) ? [] : [action.label],
    ),
    history: card.history.map(({ text }) => plain(text)),
    thread: lines.map(({ text }) => plain(text)),
  };
}

/** What a person sees in both chats. */
function seenBy(person: PersonId, { chat, teams }: Office) {
  return { slack: chat.messagesOf(person).map(seen), teams: teams.messagesOf(person).map(seen) };
}

const onceAccepted = ['Log a Touch', 'Disqualify', 'Snooze', 'Hand Back'];
/** A moment ago, so that it can still be taken back. */
const justAccepted = ['Log a Touch', 'Undo', 'Disqualify', 'Snooze', 'Hand Back'];
const offer = {
  status: 'Accept by 15:15 UTC · filled in “Request a Demo” 14:59 UTC',
  buttons: ['Accept', ...onceAccepted],
  history: [],
  thread: [],
};
const notInTeams = 'has not installed the app in Teams';
const notInSlack = 'has no account in Slack';
const fellBack = ({ observed }: Office) => observed.filter(({ what }) => what === 'fellBack');

/** What the newest card of somebody in a chat says of why it came there; null when it says nothing of it. */
function chatFallback(person: PersonId, chat: MemoryChat): string | null {
  const last = chat.messagesOf(person).at(-1)?.card.body.at(-1);
  const said = last?.kind === 'line' ? plain(last.text) : '';
  return said.includes('so this card came to') ? said : null;
}

const calls = (chat: MemoryChat, name: string) => chat.script.calls.filter((call) => call === name).length;

describe('somebody who reads their cards in Teams', () => {
  it('has the one card there, and Slack is not even asked', async () => {
    const there = await opened(reading('slack', 'teams'));
    await run(there);
    expect(seenBy(ada, there)).toEqual({ slack: [], teams: [offer] });
    expect(there.chat.script.calls).toEqual([]);
    expect(there.observed).toContainEqual({
      what: 'delivered',
      handoffId: id,
      platform: 'teams',
      secondsFromQualified: 32,
    });
  });

  it('and has not added the app there has it in Slack, and Teams is not asked again within the hour', async () => {
    const there = await opened(reading('teams'));
    there.teams.accounts.delete(ada);
    await run(there);
    await there.carryOut({ type: 'accept', by: ada });
    await run(there);
    expect(seenBy(ada, there)).toMatchObject({
      slack: [{ buttons: justAccepted }],
      teams: [],
    });
    expect(seenBy(grace, there)).toEqual({ slack: [], teams: [] });
    expect(there.handoff().handoff.unreachable).toBeNull();
    expect(calls(there.teams, 'findAccount')).toBe(1);
  });

  it('and is in neither chat is passed to the manager with both reasons', async () => {
    const there = await opened(reading('teams'));
    for (const chat of [there.chat, there.teams]) chat.accounts.delete(ada);
    await run(there);
    const why = `${notInTeams}, ${notInSlack}`;
    expect(seenBy(grace, there).teams).toMatchObject([
      {
        status: `Ada Okafor cannot be reached: ${why}`,
        buttons: ['Give to Ben · 0 open', 'Someone Else…', 'Take It', 'Allow More Time'],
      },
    ]);
    expect(there.handoff().handoff).toMatchObject({ unreachable: why, escalatedTo: grace });
    expect(there.observed).toContainEqual({ what: 'undeliverable', handoffId: id, why });
  });

  it('and whom Teams refuses for good has it in Slack, from then on', async () => {
    const there = await opened(reading('teams'));
    there.teams.script.fail('postCard', 'refused');
    await run(there);
    expect(seenBy(ada, there)).toEqual({ slack: [offer], teams: [] });
    await there.carryOut({ type: 'accept', by: ada });
    await run(there);
    expect(seenBy(ada, there)).toMatchObject({ slack: [{ history: [expect.any(String)] }], teams: [] });
    expect(there.handoff().handoff.unreachable).toBeNull();
  });

  it('has it in Slack while Teams keeps the bot out, and nobody is called unreachable', async () => {
    const there = await opened(reading('teams'));
    there.teams.script.fail('postCard', 'shutOut');
    await run(there);
    await run(there);
    expect(seenBy(ada, there)).toEqual({ slack: [offer], teams: [] });
    expect(chatFallback(ada, there.chat)).toContain('Teams refused the message (the tab is switched off)');
    expect(there.handoff().handoff.unreachable).toBeNull();
  });

  it('waits for a chat that keeps the bot out when the other does not reach them', async () => {
    const there = await opened(reading('teams'));
    there.chat.accounts.delete(ada);
    there.teams.script.fail('postCard', 'shutOut');
    await expect(run(there)).rejects.toThrow('postCard was not let');
    expect(there.handoff().handoff.unreachable).toBeNull();
    await run(there);
    expect(seenBy(ada, there)).toEqual({ slack: [], teams: [offer] });
  });

  it('gets no second card while Teams takes no change of the one that is there', async () => {
    const there = await opened(reading('teams'));
    await run(there);
    await there.carryOut({ type: 'accept', by: ada });
    there.teams.script.fail('updateCard', 'shutOut');
    await expect(run(there)).rejects.toThrow('updateCard was not let');
    expect(seenBy(ada, there).slack).toEqual([]);
  });

  it('and whom both refuse is passed on with the words of both', async () => {
    const there = await opened(reading('slack', 'teams'));
    there.teams.script.fail('postCard', 'refused');
    there.chat.script.fail('postCard', 'refused');
    await run(there);
    expect(there.handoff().handoff.unreachable).toEqual(
      'Teams refused the message (postCard_refused), Slack refused the message (postCard_refused)',
    );
  });

  for (const method of ['findAccount', 'postCard'] as const) {
    it(`is waited for while Teams is away (${method}), and gets no card in Slack meanwhile`, async () => {
      const there = await opened(reading('teams'));
      there.teams.script.fail(method, 'notDone');
      await expect(run(there)).rejects.toThrow(TemporaryFailure);
      expect(seenBy(ada, there)).toEqual({ slack: [], teams: [] });
      await run(there);
      expect(seenBy(ada, there)).toEqual({ slack: [], teams: [offer] });
    });
  }

  it('gets no second card in Slack when an update in Teams breaks off', async () => {
    const there = await opened(reading('teams'));
    await run(there);
    await there.carryOut({ type: 'accept', by: ada });
    there.teams.script.fail('updateCard', 'notDone');
    await expect(run(there)).rejects.toThrow(TemporaryFailure);
    await run(there);
    expect(seenBy(ada, there)).toMatchObject({
      slack: [],
      teams: [{ buttons: justAccepted }],
    });
  });

  it('and can no longer be written to there has the state of things in Slack', async () => {
    const there = await opened(reading('teams'));
    await run(there);
    await there.carryOut({ type: 'accept', by: ada });
    there.teams.script.fail('updateCard', 'refused');
    await run(there);
    expect(seenBy(ada, there)).toMatchObject({
      slack: [{ buttons: justAccepted, history: [expect.any(String)], thread: [] }],
      teams: [offer],
    });
  });
});

describe('where somebody reads their cards', () => {
  for (const [before, after] of [
    ['slack', 'teams'],
    ['teams', 'slack'],
  ] as const) {
    it(`may change from ${before} to ${after}: a card stays where it is, and the next one comes there`, async () => {
      const there = await opened(reading(before));
      await run(there);
      there.adopt(reading(after));
      await there.carryOut({ type: 'reassign', by: grace, to: ben });
      await run(there);
      const adas = seenBy(ada, there);
      expect([adas[before].length, adas[after].length]).toEqual([1, 0]);
      expect(adas[before][0]?.status).toBe('With Ben Castillo since 15:00 UTC');
      const bens = seenBy(ben, there);
      expect([bens[before].length, bens[after].length]).toEqual([0, 1]);
    });
  }

  it('may change from one to both: the open handoff comes in the other too', async () => {
    const there = await opened(reading('slack'));
    await run(there);
    there.adopt(reading('both'));
    await run(there);
    expect(seenBy(ada, there)).toEqual({ slack: [offer], teams: [offer] });
  });

  it('may change from both to one: neither card goes stale', async () => {
    const there = await opened(reading('both'));
    await run(there);
    there.adopt(reading('teams'));
    await there.carryOut({ type: 'accept', by: ada });
    await run(there);
    for (const cards of Object.values(seenBy(ada, there))) {
      expect(cards).toMatchObject([{ buttons: justAccepted }]);
    }
  });

  it('is of no matter for a chat that is not connected', async () => {
    for (const choice of ['teams', 'both'] as const) {
      const there = await office({ rules: reading(choice) });
      await there.openHandoff();
      await run(there);
      expect(seenBy(ada, there)).toEqual({ slack: [offer], teams: [] });
      expect(there.handoff().handoff.unreachable).toBeNull();
    }
  });
});

describe('a card that could not come where its reader prefers it', () => {
  const absentFromTeams = `Ada Okafor ${notInTeams}, so this card came to Slack.`;
  const refusedByTeams = (code = '') => `Teams refused the message${code}, so this card came to Slack.`;

  it('says why, now and when it changes, and is told to whoever watches once', async () => {
    const there = await opened(reading('teams'));
    there.teams.accounts.delete(ada);
    await run(there);
    expect(chatFallback(ada, there.chat)).toBe(absentFromTeams);
    await there.carryOut({ type: 'accept', by: ada });
    await run(there);
    expect(chatFallback(ada, there.chat)).toBe(absentFromTeams);
    await there.carryOut({ type: 'reassign', by: grace, to: ben });
    await run(there);
    expect(chatFallback(ada, there.chat)).toBe(absentFromTeams);
    expect(fellBack(there)).toEqual([
      { what: 'fellBack', handoffId: id, platform: 'slack', why: notInTeams },
    ]);
  });

  it('says so in Teams too, for whoever has no account in Slack', async () => {
    const there = await opened(reading('slack'));
    there.chat.accounts.delete(ada);
    await run(there);
    expect(chatFallback(ada, there.teams)).toBe(`Ada Okafor ${notInSlack}, so this card came to Teams.`);
    expect(fellBack(there)).toEqual([
      { what: 'fellBack', handoffId: id, platform: 'teams', why: notInSlack },
    ]);
  });

  it('says with which word it was refused, and later that it was', async () => {
    const there = await opened(reading('teams'));
    there.teams.script.fail('postCard', 'refused');
    await run(there);
    expect(chatFallback(ada, there.chat)).toBe(refusedByTeams(' (postCard_refused)'));
    await there.carryOut({ type: 'accept', by: ada });
    await run(there);
    expect(chatFallback(ada, there.chat)).toBe(refusedByTeams());
    expect(fellBack(there)).toEqual([
      {
        what: 'fellBack',
        handoffId: id,
        platform: 'slack',
        why: 'Teams refused the message (postCard_refused)',
      },
    ]);
  });

  it('is told again when it is deleted and comes anew', async () => {
    const there = await opened(reading('teams'));
    there.teams.accounts.delete(ada);
    await run(there);
    for (const message of there.chat.messagesOf(ada)) there.chat.deleteMessage(message);
    await there.carryOut({ type: 'accept', by: ada });
    await run(there);
    expect(chatFallback(ada, there.chat)).toBe(absentFromTeams);
    expect(fellBack(there)).toHaveLength(2);
  });

  it('says it no longer when its reader is there by now', async () => {
    const there = await opened(reading('teams'));
    there.teams.accounts.delete(ada);
    await run(there);
    await there.needs.directory.saveAccount(
      ada,
      'teams',
      { userId: 'entra-ada', conversationId: null, zone: null },
      there.needs.clock(),
    );
    await there.carryOut({ type: 'accept', by: ada });
    await run(there);
    expect(chatFallback(ada, there.chat)).toBeNull();
  });

  it('is not what anybody has who reads in both, or whose chat is not connected, or who reads where it came', async () => {
    const inBoth = await opened(reading('both'));
    inBoth.teams.accounts.delete(ada);
    const notConnected = await office({ rules: reading('teams') });
    await notConnected.openHandoff();
    const preferred = await opened(reading('slack'));
    preferred.teams.accounts.delete(ada);
    for (const there of [inBoth, notConnected, preferred]) {
      await run(there);
      await there.carryOut({ type: 'accept', by: ada });
      await run(there);
      expect(there.chat.messagesOf(ada)).toHaveLength(1);
      expect(chatFallback(ada, there.chat)).toBeNull();
      expect(fellBack(there)).toEqual([]);
    }
  });
});

describe('somebody who reads their cards in both', () => {
  const answered = {
    status: 'Yours. Reach out by 16:05 UTC',
    buttons: justAccepted,
    history: ['Ada Okafor accepted. First touch due 16:05 UTC.'],
    thread: ['Ada Okafor accepted. First touch due 16:05 UTC.'],
  };
  const accept = async (there: Office) => {
    there.moveTo(at('15:05'));
    await there.carryOut({ type: 'accept', by: ada });
  };

  it('has a card in each, which arrived once', async () => {
    const there = await opened(reading('slack', 'both'));
    await run(there);
    await run(there);
    expect(seenBy(ada, there)).toEqual({ slack: [offer], teams: [offer] });
    expect(there.handoff().log.map(({ event }) => event.type)).toEqual(['offered', 'delivered']);
    expect(there.observed.filter(({ what }) => what === 'delivered')).toHaveLength(1);
    expect([...there.chat.script.calls, ...there.teams.script.calls]).toEqual([
      'findAccount',
      'postCard',
      'findAccount',
      'postCard',
    ]);
  });

  it('has both brought up to date after a click in one, with a line of history each', async () => {
    const there = await opened(reading('both'));
    await run(there);
    await accept(there);
    await run(there);
    expect(seenBy(ada, there)).toEqual({ slack: [answered], teams: [answered] });
  });

  it('is served in the first while the second is away, and then in the second, once', async () => {
    const there = await opened(reading('both'));
    there.teams.script.fail('postCard', 'notDone');
    await expect(run(there)).rejects.toThrow(TemporaryFailure);
    expect(seenBy(ada, there)).toEqual({ slack: [offer], teams: [] });
    await run(there);
    await run(there);
    expect(seenBy(ada, there)).toEqual({ slack: [offer], teams: [offer] });
    expect([calls(there.chat, 'postCard'), calls(there.chat, 'updateCard')]).toEqual([1, 0]);
  });

  it('is served in the second while the first is away, and then in the first, once', async () => {
    const there = await opened(reading('both'));
    there.chat.script.fail('postCard', 'notDone');
    await expect(run(there)).rejects.toThrow(TemporaryFailure);
    expect(seenBy(ada, there)).toEqual({ slack: [], teams: [offer] });
    await run(there);
    await run(there);
    expect(seenBy(ada, there)).toEqual({ slack: [offer], teams: [offer] });
  });

  it('has the other brought up to date when one cannot be, and that one later', async () => {
    const there = await opened(reading('both'));
    await run(there);
    await accept(there);
    there.chat.script.fail('updateCard', 'notDone');
    await expect(run(there)).rejects.toThrow(TemporaryFailure);
    expect(seenBy(ada, there)).toEqual({ slack: [offer], teams: [answered] });
    await run(there);
    expect(seenBy(ada, there)).toEqual({ slack: [answered], teams: [answered] });
  });

  it('and is in one of them only has that card, and is not out of reach', async () => {
    for (const missing of ['slack', 'teams'] as const) {
      const there = await opened(reading('both'));
      (missing === 'slack' ? there.chat : there.teams).accounts.delete(ada);
      await run(there);
      expect(seenBy(ada, there)).toEqual({ slack: [offer], teams: [offer], [missing]: [] });
      expect(seenBy(grace, there)).toEqual({ slack: [], teams: [] });
      expect(there.handoff().handoff).toMatchObject({ unreachable: null, deliveredAt: there.needs.clock() });
    }
  });

  it('whose card comes late sees the moved due time in both', async () => {
    const there = await opened(reading('both'), at('15:04'));
    await run(there);
    await run(there);
    const moved = { ...offer, status: 'Accept by 15:19 UTC · filled in “Request a Demo” 14:59 UTC' };
    expect(seenBy(ada, there)).toEqual({ slack: [moved], teams: [moved] });
    expect(there.handoff().log).toHaveLength(2);
  });

  it('and deletes one of them gets that one anew, and not the other', async () => {
    const there = await opened(reading('both'));
    await run(there);
    for (const message of there.teams.messagesOf(ada)) there.teams.deleteMessage(message);
    await accept(there);
    await run(there);
    expect(seenBy(ada, there)).toEqual({ slack: [answered], teams: [{ ...answered, thread: [] }] });
  });

  it('gets no card where there is none yet of a handoff that is closed', async () => {
    const there = await opened(reading('both'));
    there.teams.accounts.delete(ada);
    await run(there);
    await there.carryOut({ type: 'disqualify', by: ada, reason: 'not_a_fit', note: '' });
    there.passMinutes(90);
    there.teams.accounts.set(ada, 'entra-ada');
    await run(there);
    expect(seenBy(ada, there)).toMatchObject({ slack: [{ buttons: [] }], teams: [] });
  });

  it('is called in the one where they had the card in front of them last', async () => {
    const there = await opened(reading('both'));
    await run(there);
    await there.needs.cards.noteSeen(ada, 'teams', null, at('15:04'));
    await there.sweepAt(at('15:10'));
    await run(there);
    await sendBulletin(there.needs)(ada);
    expect([there.chat, there.teams].map((chat) => chat.bulletinsOf(ada).length)).toEqual([0, 1]);
  });

  it('and held a lead before sees in both whose it is now', async () => {
    const there = await opened(reading('both'));
    await run(there);
    await there.carryOut({ type: 'reassign', by: grace, to: ben });
    await run(there);
    for (const cards of Object.values(seenBy(ada, there))) {
      expect(cards).toMatchObject([{ status: 'With Ben Castillo since 15:00 UTC', buttons: [] }]);
    }
    expect(seenBy(ben, there)).toMatchObject({ slack: [{ thread: [] }], teams: [{ thread: [] }] });
  });
});

describe('interrupted at any call and run again, no card is lost, and only what Teams was sent and nobody noted is there twice', () => {
  const people = [ada, ben, grace];
  const cardOf = ({ handoff }: Office, person: PersonId, platform: Platform) =>
    handoff().cards.get(`${person} ${platform}`);

  /** Each person's card in a chat, with the lines of its thread by their places, and how many more there are. */
  function shown(there: Office, chat: MemoryChat) {
    return people.map((person) => {
      const messages = chat.messagesOf(person);
      const noted = cardOf(there, person, chat.platform)?.messageId;
      const card = messages.find(({ messageId }) => messageId === noted);
      return {
        person,
        card: card ? { ...seen(card), thread: card.lines.map(({ mark }) => mark.seq) } : null,
        more: messages.length - (card ? 1 : 0),
      };
    });
  }

  const look = (there: Office) => ({
    slack: shown(there, there.chat),
    teams: shown(there, there.teams),
    handoff: there.handoff().handoff,
    events: there.handoff().log.map(({ event }) => event.type),
  });

  /** What Teams was sent stays there; what nobody noted comes again. */
  function expected(undisturbed: ReturnType<typeof look>, left: Office): ReturnType<typeof look> {
    const before = shown(left, left.teams);
    const teams = undisturbed.teams.map((end, index) => {
      const was = before[index];
      const more = was?.more ?? 0;
      if (!was?.card || !end.card) return { ...end, more };
      const told = cardOf(left, end.person, 'teams')?.toldSeq ?? 0;
      const thread = [...was.card.thread, ...end.card.thread.filter((seq) => seq > told)];
      return { ...end, card: { ...end.card, thread }, more };
    });
    return { ...undisturbed, teams };
  }

  const survives = (rules: Policy, prepare: (there: Office) => Promise<void>, { now }: { now?: Date } = {}) =>
    survivesEveryInterruption({
      prepare: async (there) => {
        await there.openHandoff();
        await prepare(there);
      },
      step: (needs, how) => deliver(needs)(id, how),
      look,
      expected,
      within: { rules, withTeams: true, ...(now && { now }) },
    });

  for (const choice of ['both', 'teams'] as const) {
    it(`of a new handoff (${choice})`, async () => {
      await survives(reading(choice), async () => {});
    });

    it(`of a card that comes late (${choice})`, async () => {
      await survives(reading(choice), async () => {}, { now: at('15:04') });
    });

    it(`of a rep who is in Slack only (${choice})`, async () => {
      await survives(reading(choice), async (there) => {
        there.teams.accounts.delete(ada);
      });
    });

    it(`of a rep who is in neither chat (${choice})`, async () => {
      await survives(reading(choice), async (there) => {
        for (const chat of [there.chat, there.teams]) chat.accounts.delete(ada);
      });
    });

    it(`of several lines to tell (${choice})`, async () => {
      await survives(reading(choice), async (there) => {
        await run(there);
        await there.sweepAt(at('15:10'));
        await there.carryOut({ type: 'logTouch', by: ada, touch: touch() });
        await there.carryOut({ type: 'logTouch', by: ada, touch: touch({ id: 'second' }) });
      });
    });

    it(`of a handoff that is passed on after an escalation (${choice})`, async () => {
      await survives(reading(choice), async (there) => {
        await run(there);
        await there.sweepAt(at('15:15'));
        await run(there);
        await there.carryOut({ type: 'reassign', by: grace, to: ben });
      });
    });

    it(`of a handoff that is closed (${choice})`, async () => {
      await survives(reading(choice), async (there) => {
        await run(there);
        await there.carryOut({ type: 'disqualify', by: ada, reason: 'not_a_fit', note: '' });
      });
    });
  }
});
