import { describe, expect, it } from 'vitest';
import { plain } from '../../../src/domain/words/line.ts';
import { eraseLead } from '../../../src/flow/forget/erase.ts';
import { TemporaryFailure } from '../../../src/flow/ports/failure.ts';
import { deliver } from '../../../src/flow/show/deliver.ts';
import { sendBulletin } from '../../../src/flow/show/send-bulletin.ts';
import { ada, at, ben, chloe, grace, lead, offered, policy, rung, touch } from '../../support/examples.ts';
import { survivesEveryInterruption } from '../../support/interrupt.ts';
import { type Office, office } from '../../support/office.ts';

const { id } = offered();
const run = (there: Office) => there.deliver();

/** What a person sees: each card's status and buttons, and its thread. */
function seenBy(email: string, { chat }: Office) {
  return chat.messagesOf(email).map(({ card, lines }) => ({
    status: plain(card.status),
    buttons: [...card.actions, ...card.menu].flatMap((action) =>
      ['link', 'say'].includes(action.kind) ? [] : [action.label],
    ),
    thread: lines.map(({ text }) => plain(text)),
  }));
}

const onceAccepted = ['Log a Touch', 'Disqualify', 'Snooze', 'Hand Back'];
/** A moment ago, so that it can still be taken back. */
const justAccepted = ['Log a Touch', 'Undo', 'Disqualify', 'Snooze', 'Hand Back'];
const offer = {
  status: 'Accept by 15:15 UTC · filled in “Request a Demo” 14:59 UTC',
  buttons: ['Accept', ...onceAccepted],
  thread: [],
};

/** An office where Ada's card has been delivered. */
async function delivered(): Promise<Office> {
  const there = await office();
  await there.openHandoff();
  await run(there);
  return there;
}

describe('a new handoff', () => {
  it('is one card to the rep, and its arrival is noted', async () => {
    const there = await delivered();
    expect(seenBy(ada, there)).toEqual([offer]);
    expect(seenBy(grace, there)).toEqual([]);
    expect(there.handoff().handoff.deliveredAt).toEqual(there.needs.clock());
    expect(there.observed).toContainEqual({
      what: 'delivered',
      handoffId: id,
      platform: 'slack',
      secondsFromQualified: 32,
    });
  });

  it('costs two calls, and none when nothing has happened since', async () => {
    const there = await delivered();
    expect(there.chat.script.calls).toEqual(['findAccount', 'postCard']);
    await run(there);
    await run(there);
    expect(there.chat.script.calls).toHaveLength(2);
    expect(seenBy(ada, there)).toEqual([offer]);
  });

  it('costs one call when the rep has had a card within the hour', async () => {
    const there = await office();
    const account = { userId: 'U-ada', zone: null, conversationId: 'dm-U-ada' };
    await there.needs.directory.saveAccount(ada, 'slack', account, there.needs.clock());
    await there.openHandoff();
    await run(there);
    expect(there.chat.script.calls).toEqual(['postCard']);
  });

  it('goes to the account by which the policy says that the rep is found in this chat', async () => {
    const alias = 'ada.o@corp.example';
    const there = await office({ rules: policy({ chatAddresses: new Map([[ada, { slack: alias }]]) }) });
    there.chat.accounts.set(alias, 'U-alias');
    await there.openHandoff();
    await run(there);
    expect(seenBy(alias, there)).toEqual([offer]);
    expect(seenBy(ada, there)).toEqual([]);
  });

  it('goes to the stored account while that has the rep’s address, whoever else is found by it', async () => {
    const there = await delivered();
    there.passMinutes(61);
    const claims = { userId: 'U-claims', zone: null, conversationId: 'dm-U-claims' };
    const chat = { ...there.chat, findAccount: async () => claims };
    const other = await there.openHandoff(lead({ id: '502', name: 'Another' }), { id: 'handoff-2' });
    await deliver({ ...there.needs, chats: [chat] })(other, { repeat: false });
    expect(seenBy(ada, there)).toHaveLength(2);
  });

  it('that nobody knows is nobody’s card', async () => {
    const there = await office();
    await run(there);
    expect(there.chat.script.calls).toEqual([]);
  });

  it('that closed before any card was sent is no card', async () => {
    const there = await office();
    await there.openHandoff();
    await there.carryOut({ type: 'disqualify', by: grace, reason: 'not_a_fit', note: '' });
    await run(there);
    expect(seenBy(ada, there)).toEqual([]);
  });

  it('that comes late has the due time counted from its arrival', async () => {
    const late = await office({ now: at('15:04') });
    await late.openHandoff();
    await run(late);
    await run(late);
    expect(seenBy(ada, late)).toEqual([
      { ...offer, status: 'Accept by 15:19 UTC · filled in “Request a Demo” 14:59 UTC' },
    ]);
    expect(
      late
        .handoff()
        .timers.filter(({ state }) => state === 'pending')
        .map(({ dueAt }) => dueAt),
    ).toEqual([at('15:19'), at('15:14'), at('15:19')]);
  });
});

describe('a change', () => {
  it('updates the card in place and is a line in its thread', async () => {
    const there = await delivered();
    there.passMinutes(5);
    await there.carryOut({ type: 'accept', by: ada });
    await run(there);
    expect(seenBy(ada, there)).toEqual([
      {
        status: 'Yours. Reach out by 16:05 UTC',
        buttons: justAccepted,
        thread: ['Ada Okafor accepted. First touch due 16:05 UTC.'],
      },
    ]);
  });

  it('of several at once is one update and their lines in order', async () => {
    const there = await delivered();
    await there.carryOut({ type: 'logTouch', by: ada, touch: touch({ note: '' }) });
    await there.carryOut({
      type: 'logTouch',
      by: ada,
      touch: touch({ id: 'second', kind: 'email', outcome: 'sent', note: '' }),
    });
    await run(there);
    expect(seenBy(ada, there)[0]?.thread).toEqual([
      'Ada Okafor accepted. First touch due 16:00 UTC.',
      'Ada Okafor called and talked.',
      'Ada Okafor emailed.',
    ]);
    expect(there.chat.script.calls.filter((call) => call === 'updateCard')).toHaveLength(1);
  });

  it('that closes the handoff leaves the card with how it ended and nothing to press once it is final', async () => {
    const there = await delivered();
    await there.carryOut({ type: 'disqualify', by: ada, reason: 'not_a_fit', note: '' });
    await run(there);
    const ended = {
      status: 'Disqualified by you 15:00 UTC: Not a fit',
      buttons: [],
      thread: ['Ada Okafor disqualified the lead: Not a fit.'],
    };
    expect(seenBy(ada, there)).toEqual([{ ...ended, buttons: ['Undo'] }]);
    await there.sweepAt(at('15:01'));
    await run(there);
    expect(seenBy(ada, there)).toEqual([ended]);
  });

  it('mentions people by their account', async () => {
    const there = await delivered();
    await there.carryOut({ type: 'accept', by: ada });
    await run(there);
    expect(there.chat.messagesOf(ada)[0]?.people.get(ada)).toBe('U-ada');
  });

  it('that somebody must act on reaches them, others stay in the thread', async () => {
    const there = await delivered();
    await there.carryOut({ type: 'giveGrace', by: grace, grace: 60 });
    await there.carryOut({ type: 'accept', by: ada });
    await run(there);
    expect(there.chat.messagesOf(ada)[0]?.lines.map(({ notify }) => notify)).toEqual([true, false]);
  });

  it('of a card that somebody deleted posts it anew, and tells what comes after in the new thread', async () => {
    const there = await delivered();
    const [before] = there.chat.messagesOf(ada);
    if (before) there.chat.deleteMessage(before);
    await there.carryOut({ type: 'accept', by: ada });
    await run(there);
    await run(there);
    expect(seenBy(ada, there)).toMatchObject([{ buttons: justAccepted, thread: [] }]);
    await there.carryOut({ type: 'logTouch', by: ada, touch: touch({ note: '' }) });
    await run(there);
    expect(seenBy(ada, there)).toMatchObject([{ thread: ['Ada Okafor called and talked.'] }]);
  });
});

describe('a card that can be changed no more', () => {
  async function frozen(): Promise<Office> {
    const there = await delivered();
    for (const message of there.chat.messagesOf(ada)) there.chat.freezeMessage(message);
    return there;
  }

  it('is taken out of the chat for another, so that nobody has two', async () => {
    const there = await frozen();
    await there.carryOut({ type: 'accept', by: ada });
    await run(there);
    await run(there);
    expect(seenBy(ada, there)).toMatchObject([{ buttons: justAccepted, thread: [] }]);
    await there.carryOut({ type: 'logTouch', by: ada, touch: touch({ note: '' }) });
    await run(there);
    expect(seenBy(ada, there)).toMatchObject([{ thread: ['Ada Okafor called and talked.'] }]);
  });

  it('and that the chat keeps all the same is found when the lead is erased', async () => {
    const there = await frozen();
    await there.carryOut({ type: 'accept', by: ada });
    there.chat.script.fail('remove', 'refused');
    await run(there);
    expect(seenBy(ada, there)).toHaveLength(2);
    await eraseLead(there.needs)(['501']);
    await there.work('deliver', 'retract');
    expect(seenBy(ada, there)).toMatchObject([{ status: expect.anything(), buttons: [] }]);
  });

  it('stays the card of a handoff that has ended when the chat keeps it', async () => {
    const there = await frozen();
    await there.carryOut({ type: 'disqualify', by: ada, reason: 'not_a_fit', note: '' });
    there.chat.script.fail('remove', 'refused');
    await run(there);
    await run(there);
    expect(seenBy(ada, there)).toHaveLength(1);
    expect(there.chat.script.calls.filter((call) => call === 'remove')).toHaveLength(1);
  });
});

describe('a conversation that is gone', () => {
  it('is opened anew, with the card as it stands now; the old one is forgotten and nobody called unreachable', async () => {
    const there = await delivered();
    there.chat.moveConversation(ada);
    await there.carryOut({ type: 'accept', by: ada });
    await run(there);
    await run(there);
    expect(seenBy(ada, there)).toMatchObject([{ buttons: justAccepted, thread: [] }]);
    expect(there.handoff().handoff).toMatchObject({ status: 'accepted' });
    expect(there.observed.map(({ what }) => what)).not.toContain('undeliverable');

    await there.carryOut({ type: 'logTouch', by: ada, touch: touch({ note: '' }) });
    await run(there);
    expect(seenBy(ada, there)).toMatchObject([{ thread: ['Ada Okafor called and talked.'] }]);
  });

  it('when the first card comes is opened anew as well', async () => {
    const there = await office();
    const account = { userId: 'U-ada', zone: null, conversationId: 'dm-U-ada' };
    await there.needs.directory.saveAccount(ada, 'slack', account, there.needs.clock());
    there.chat.moveConversation(ada);
    await there.openHandoff();
    await run(there);
    expect(seenBy(ada, there)).toEqual([offer]);
    expect(there.chat.script.calls).toEqual(['postCard', 'findAccount', 'postCard']);
  });

  it('with nobody behind it any more leaves the lead to the manager', async () => {
    const there = await delivered();
    there.chat.moveConversation(ada);
    there.chat.accounts.delete(ada);
    await there.carryOut({ type: 'ping', by: grace });
    await run(there);
    expect(there.handoff().handoff.escalatedTo).toBe(grace);
    expect(seenBy(grace, there)).toHaveLength(1);
  });

  it('is asked for once when the platform hands out the very same', async () => {
    const there = await delivered();
    there.chat.moveConversation(ada);
    const [account] = (await there.needs.directory.people()).find(({ id }) => id === ada)?.accounts ?? [];
    const { needs } = there;
    const same = { userId: 'U-ada', zone: null, conversationId: account?.conversationId ?? '' };
    const chat = { ...there.chat, findAccount: async () => same };
    await there.carryOut({ type: 'ping', by: grace });
    await deliver({ ...needs, chats: [chat] })(id, { repeat: false });
    expect(there.observed.map(({ what }) => what)).toContain('undeliverable');
  });
});

describe('a chat that keeps the bot out', () => {
  const shutOut = { kind: 'shutOut', platform: 'slack', why: 'the tab is switched off' };

  it('is waited for without giving leads away, and told to the admins once, whatever waits', async () => {
    const there = await office();
    await there.openHandoff();
    await there.openHandoff(lead({ id: '502', name: 'Another' }), { id: 'handoff-2' });
    for (const handoff of [id, 'handoff-2', id]) {
      there.chat.script.fail('postCard', 'shutOut');
      await expect(there.deliver(handoff)).rejects.toThrow(TemporaryFailure);
    }
    expect(there.handoff(id).handoff).toMatchObject({ status: 'offered', unreachable: null });
    expect(there.kept.news.map(({ person, news }) => ({ person, news }))).toEqual(
      policy().admins.map((person) => ({ person, news: shutOut })),
    );
    expect(there.observed.filter(({ what }) => what === 'shutOut')).toHaveLength(1);
    await run(there);
    expect(seenBy(ada, there)).toHaveLength(1);
  });

  it('is told again when it still does a day later', async () => {
    const there = await office();
    await there.openHandoff();
    for (const hours of [0, 23, 2]) {
      there.passMinutes(hours * 60);
      there.chat.script.fail('postCard', 'shutOut');
      await expect(run(there)).rejects.toThrow(TemporaryFailure);
    }
    expect(there.observed.filter(({ what }) => what === 'shutOut')).toHaveLength(2);
  });
});

describe('the arrival of a card', () => {
  const eventsOf = (there: Office) => there.handoff().log.map(({ event }) => event.type);

  it('is noted for each rep who gets the lead, once', async () => {
    const there = await delivered();
    await there.carryOut({ type: 'reassign', by: grace, to: ben });
    expect(there.handoff().handoff.reachedAt).toBeNull();
    there.passMinutes(0.5);
    await run(there);
    await run(there);
    expect(eventsOf(there)).toEqual(['offered', 'delivered', 'reassigned', 'delivered']);
    expect(there.handoff().handoff).toMatchObject({
      deliveredAt: at('15:00:02'),
      reachedAt: at('15:00:32'),
      respondBy: at('15:15:02'),
    });
    expect(there.observed.filter(({ what }) => what === 'delivered')).toHaveLength(1);
  });

  it('counts for whoever gets it late from then on', async () => {
    const there = await delivered();
    await there.carryOut({ type: 'reassign', by: grace, to: ben });
    there.moveTo(at('15:10'));
    await run(there);
    expect(seenBy(ben, there)).toEqual([
      { ...offer, status: 'Accept by 15:25 UTC · filled in “Request a Demo” 14:59 UTC' },
    ]);
    expect(seenBy(ada, there)).toMatchObject([{ status: 'With Ben Castillo since 15:00 UTC' }]);
  });

  it('is noted again of somebody who has the lead once more, on the card that they have from before', async () => {
    const there = await delivered();
    await there.carryOut({ type: 'reassign', by: grace, to: ben });
    await run(there);
    await there.carryOut({ type: 'reassign', by: grace, to: ada });
    await run(there);
    expect(eventsOf(there).slice(-2)).toEqual(['reassigned', 'delivered']);
    expect(seenBy(ada, there)).toMatchObject([{ buttons: ['Accept', ...onceAccepted] }]);
  });

  it('at the manager alone is none at the rep', async () => {
    const there = await office();
    there.chat.accounts.delete(ada);
    await there.openHandoff();
    await run(there);
    expect(there.handoff().handoff).toMatchObject({ deliveredAt: at('15:00:02'), reachedAt: null });
  });
});

describe('a lead that is offered to the team', () => {
  const rules = policy({ ladders: { acknowledge: [rung(0, { do: 'offerToTeam' })], touch: [] } });
  const claim = ['Claim'];

  async function offeredToTeam(): Promise<Office> {
    const there = await office({ rules });
    await there.openHandoff();
    await run(there);
    await there.sweepAt(at('15:15'));
    await run(there);
    return there;
  }

  it('is a card with one button to everybody who may claim it, and stays its rep’s meanwhile', async () => {
    const there = await offeredToTeam();
    for (const person of [ben, chloe]) expect(seenBy(person, there)).toMatchObject([{ buttons: claim }]);
    expect(seenBy(ada, there)).toMatchObject([{ buttons: ['Accept', ...onceAccepted] }]);
    expect(seenBy(grace, there)).toEqual([]);
  });

  it('is on every card whose it is once somebody claimed it', async () => {
    const there = await offeredToTeam();
    await there.carryOut({ type: 'takeIt', by: chloe });
    await run(there);
    expect(seenBy(chloe, there)).toMatchObject([{ buttons: onceAccepted }]);
    for (const person of [ada, ben]) {
      expect(seenBy(person, there)).toMatchObject([
        { status: 'With Chloe Nguyen since 15:15 UTC', buttons: [] },
      ]);
    }
  });

  it('keeps each of them from nothing when one of them cannot be reached', async () => {
    const there = await office({ rules });
    there.chat.accounts.delete(ben);
    await there.openHandoff();
    await run(there);
    await there.sweepAt(at('15:15'));
    await run(there);
    expect([seenBy(ben, there).length, seenBy(chloe, there).length]).toEqual([0, 1]);
    expect(there.handoff().handoff).toMatchObject({ unreachable: null, escalatedTo: null });
  });
});

describe('what nobody may overlook', () => {
  const loudOf = (person: string, { chat }: Office) =>
    chat.messagesOf(person).map(({ lines }) => lines.map(({ notify, loud }) => [notify, loud]));

  it('is a message of its own, the last for all: a message of the ladder, and a nudge', async () => {
    const acknowledge = [rung(-5, { do: 'message' })];
    const there = await office({ rules: policy({ ladders: { acknowledge, touch: [] } }) });
    await there.openHandoff();
    await run(there);
    await there.sweepAt(at('15:10'));
    await there.carryOut({ type: 'ping', by: grace });
    await run(there);
    await sendBulletin(there.needs)(ada);
    expect(
      loudOf(ada, there)
        .flat()
        .filter(([notify]) => notify),
    ).toEqual([]);
    expect(there.chat.bulletinsOf(ada).map(({ title, text }) => [title, plain(text)])).toEqual([
      ['', expect.stringMatching(/^Grace Whitfield nudges you: .*5 min left\.$/)],
    ]);
  });

  it('is that a lead was accepted and nobody reached out', async () => {
    const there = await delivered();
    await there.carryOut({ type: 'accept', by: ada });
    await there.sweepAt(at('16:00:02'));
    await run(there);
    await sendBulletin(there.needs)(ada);
    expect(seenBy(ada, there)[0]?.status).toBe('Reach out now: due 16:00 UTC');
    expect(there.chat.bulletinsOf(ada).map(({ text }) => plain(text))).toEqual([
      expect.stringContaining('Reach out now'),
    ]);
    expect(there.chat.bulletinsOf(grace)).toEqual([]);
  });

  it('is the card that somebody wanted to see', async () => {
    const there = await delivered();
    await there.carryOut({ type: 'show', by: ada });
    await run(there);
    expect(loudOf(ada, there)).toEqual([[[true, true]]]);
  });
});

it('the manager’s card says when the rep opened theirs', async () => {
  const there = await delivered();
  await there.needs.cards.noteSeen(ada, 'slack', id, at('15:04'));
  await there.sweepAt(at('15:15'));
  await run(there);
  const [card] = there.chat.messagesOf(grace).map((message) => message.card);
  const said = card?.body.map((one) => (one.kind === 'links' ? '' : plain(one.text))).join(' ');
  expect(said).toContain('Ada Okafor saw the card 15:04 UTC.');
});

describe('a rep who cannot be reached', () => {
  const noAccount = 'has no account in Slack';

  it('is passed to the manager with the reason, and decided there', async () => {
    const there = await office();
    there.chat.accounts.delete(ada);
    await there.openHandoff();
    await run(there);
    expect(seenBy(grace, there)).toEqual([
      {
        status: `Ada Okafor cannot be reached: ${noAccount}`,
        buttons: ['Give to Ben · 0 open', 'Someone Else…', 'Take It', 'Allow More Time'],
        thread: [],
      },
    ]);
    expect(there.handoff().handoff).toMatchObject({ unreachable: noAccount, escalatedTo: grace });
    expect(there.observed).toContainEqual({ what: 'undeliverable', handoffId: id, why: noAccount });
  });

  it('is not asked for again within the hour', async () => {
    const there = await office();
    there.chat.accounts.delete(ada);
    await there.openHandoff();
    await run(there);
    const lookups = () => there.chat.script.calls.filter((call) => call === 'findAccount').length;
    const before = lookups();
    await run(there);
    expect(lookups()).toBe(before);
  });

  it('because the chat refuses for good is passed on with the chat’s own word', async () => {
    const there = await office();
    there.chat.script.fail('postCard', 'refused');
    await there.openHandoff();
    await run(there);
    expect(seenBy(grace, there)).toMatchObject([
      { status: 'Ada Okafor cannot be reached: Slack refused the message (postCard_refused)' },
    ]);
  });

  it('keeps nobody else from their card', async () => {
    const there = await delivered();
    await there.sweepAt(at('15:15'));
    there.chat.script.fail('updateCard', 'notDone');
    await expect(run(there)).rejects.toThrow(TemporaryFailure);
    expect(seenBy(grace, there)).toHaveLength(1);
  });
});

describe('the manager', () => {
  async function escalated(): Promise<Office> {
    const there = await delivered();
    await there.sweepAt(at('15:15'));
    await run(there);
    return there;
  }

  it('has a card of their own once they were told', async () => {
    const there = await escalated();
    expect(seenBy(grace, there)).toEqual([
      {
        status: 'Decide now: Ada Okafor has not answered · late since 15:15 UTC',
        buttons: ['Give to Ben · 0 open', 'Someone Else…', 'Take It', 'Allow More Time', 'Nudge'],
        thread: [],
      },
    ]);
    expect(seenBy(ada, there)).toMatchObject([
      {
        status: 'Late since 15:15 UTC',
        thread: ['No answer by 15:15 UTC.', 'Grace Whitfield was asked to decide.'],
      },
    ]);
  });

  it('sees the decision on every card: the new rep’s, the former rep’s and their own', async () => {
    const there = await escalated();
    await there.carryOut({ type: 'reassign', by: grace, to: ben });
    await run(there);
    const line = 'Grace Whitfield gave it to Ben Castillo, until 15:30 UTC.';
    expect(seenBy(ben, there)).toEqual([
      { ...offer, status: 'Accept by 15:30 UTC · filled in “Request a Demo” 14:59 UTC' },
    ]);
    expect(seenBy(ada, there)).toMatchObject([{ status: 'With Ben Castillo since 15:15 UTC', buttons: [] }]);
    expect(seenBy(ada, there)[0]?.thread.at(-1)).toBe(line);
    expect(seenBy(grace, there)).toMatchObject([
      { status: 'Ben Castillo has until 15:30 UTC', thread: [line] },
    ]);
  });

  it('who takes it has one card still, now the holder’s', async () => {
    const there = await escalated();
    await there.carryOut({ type: 'takeIt', by: grace });
    await run(there);
    expect(seenBy(grace, there)).toMatchObject([
      { buttons: ['Log a Touch', 'Disqualify', 'Snooze', 'Reassign'] },
    ]);
  });
});

describe('a send with an unknown end', () => {
  for (const mishap of ['lost', 'silent', 'notDone'] as const) {
    it(`(${mishap}) is one card after the repeat`, async () => {
      const there = await office();
      there.chat.script.fail('postCard', mishap);
      await there.openHandoff();
      await expect(run(there)).rejects.toThrow(TemporaryFailure);
      await run(there);
      expect(seenBy(ada, there)).toEqual([offer]);
      expect(there.handoff().handoff.deliveredAt).not.toBeNull();
    });

    it(`(${mishap}) is one line after the repeat`, async () => {
      const there = await delivered();
      await there.carryOut({ type: 'accept', by: ada });
      there.chat.script.fail('tell', mishap);
      await expect(run(there)).rejects.toThrow(TemporaryFailure);
      await run(there);
      expect(seenBy(ada, there)[0]?.thread).toHaveLength(1);
    });
  }

  it('is found again and brought up to date, whatever happened meanwhile', async () => {
    const there = await office();
    there.chat.script.fail('postCard', 'lost');
    await there.openHandoff();
    await run(there).catch(() => {});
    there.passMinutes(1);
    await there.carryOut({ type: 'accept', by: ada });
    await run(there);
    expect(seenBy(ada, there)).toMatchObject([{ status: 'Yours. Reach out by 16:01 UTC' }]);
  });
});

describe('a card that only an attempt that broke off knows of', () => {
  async function broken(): Promise<Office> {
    const there = await office();
    there.chat.script.fail('postCard', 'lost');
    await there.openHandoff();
    await run(there).catch(() => {});
    expect(there.handoff().cards.size).toBe(0);
    return there;
  }

  it('says whose the lead is when somebody else has it by now', async () => {
    const there = await broken();
    await there.carryOut({ type: 'reassign', by: grace, to: ben });
    await run(there);
    expect(seenBy(ada, there)).toMatchObject([{ status: 'With Ben Castillo since 15:00 UTC', buttons: [] }]);
    expect(seenBy(ben, there)).toHaveLength(1);
  });

  it('says how it ended when it has by now', async () => {
    const there = await broken();
    await there.carryOut({ type: 'disqualify', by: grace, reason: 'not_a_fit', note: '' });
    await run(there);
    expect(seenBy(ada, there)).toMatchObject([{ buttons: [] }]);
    const calls = there.chat.script.calls.length;
    await run(there);
    expect(there.chat.script.calls).toHaveLength(calls);
  });

  it('is brought up to date with its lines, though the next attempt breaks off in the middle of it', async () => {
    const there = await broken();
    await there.carryOut({ type: 'accept', by: ada });
    there.chat.script.fail('tell', 'silent');
    await expect(run(there)).rejects.toThrow(TemporaryFailure);
    await run(there);
    expect(seenBy(ada, there)).toMatchObject([
      { buttons: justAccepted, thread: ['Ada Okafor accepted. First touch due 16:00 UTC.'] },
    ]);
  });
});

it('a line that the chat refuses for good is tried again alone, those before it are not told twice', async () => {
  const there = await delivered();
  await there.carryOut({ type: 'logTouch', by: ada, touch: touch({ note: '' }) });
  there.chat.script.pass('tell');
  there.chat.script.fail('tell', 'refused');
  await run(there);
  await run(there);
  expect(seenBy(ada, there)[0]?.thread.slice(0, 2)).toEqual([
    'Ada Okafor accepted. First touch due 16:00 UTC.',
    'Ada Okafor called and talked.',
  ]);
});

describe('interrupted at any call and run again, the end is the same, and nothing is there twice', () => {
  const everybody = (there: Office) => {
    const { handoff, log } = there.handoff();
    return {
      ada: seenBy(ada, there),
      ben: seenBy(ben, there),
      grace: seenBy(grace, there),
      handoff,
      events: log.map(({ event }) => event.type),
    };
  };
  const step = (needs: Office['needs'], how: { repeat: boolean }) => deliver(needs)(id, how);
  const survives = (prepare: (there: Office) => Promise<void>, now?: Date) =>
    survivesEveryInterruption({ prepare, step, look: everybody, ...(now && { within: { now } }) });

  it('of a new handoff', async () => {
    await survives(async (there) => {
      await there.openHandoff();
    });
  });

  it('of a card that comes late', async () => {
    await survives(async (there) => {
      await there.openHandoff();
    }, at('15:04'));
  });

  it('of a rep without an account', async () => {
    await survives(async (there) => {
      there.chat.accounts.delete(ada);
      await there.openHandoff();
    });
  });

  it('of several lines to tell', async () => {
    await survives(async (there) => {
      await there.openHandoff();
      await run(there);
      await there.sweepAt(at('15:10'));
      await there.carryOut({ type: 'logTouch', by: ada, touch: touch() });
      await there.carryOut({ type: 'logTouch', by: ada, touch: touch({ id: 'second' }) });
    });
  });

  it('of a handoff that is passed on after an escalation', async () => {
    await survives(async (there) => {
      await there.openHandoff();
      await run(there);
      await there.sweepAt(at('15:15'));
      await run(there);
      await there.carryOut({ type: 'reassign', by: grace, to: ben });
    });
  });

  it('of a card that was deleted', async () => {
    await survives(async (there) => {
      await there.openHandoff();
      await run(there);
      for (const message of there.chat.messagesOf(ada)) there.chat.deleteMessage(message);
      await there.carryOut({ type: 'accept', by: ada });
    });
  });

  it('of a card whose conversation is gone', async () => {
    await survives(async (there) => {
      await there.openHandoff();
      await run(there);
      there.chat.moveConversation(ada);
      await there.carryOut({ type: 'accept', by: ada });
    });
  });

  it('of a card that cannot be changed any more', async () => {
    await survives(async (there) => {
      await there.openHandoff();
      await run(there);
      for (const message of there.chat.messagesOf(ada)) there.chat.freezeMessage(message);
      await there.carryOut({ type: 'accept', by: ada });
    });
  });

  it('of a handoff that is closed', async () => {
    await survives(async (there) => {
      await there.openHandoff();
      await run(there);
      await there.carryOut({ type: 'disqualify', by: ada, reason: 'not_a_fit', note: '' });
    });
  });
});
