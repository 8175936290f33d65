import { format } from 'node:util';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { SeenCard } from '../support/chats/client.ts';
import { errorsOn, noticeOn, wordsOn } from '../support/chats/teams-card.ts';
import { storedHandoff } from '../support/stored-handoffs.ts';
import {
  ada,
  ben,
  createLead,
  grace,
  ownerIdOf,
  requestDemo,
  startWorld,
  type World,
} from '../support/world.ts';

const mallory = 'mallory@elsewhere.example';

let world: World;
let lead: string;
beforeEach(async () => {
  world = await startWorld({ chats: 'teams' });
  lead = await offeredTo(ada);
});
afterEach(() => world.close());

const chat = () => world.in('teams');
const server = () => chat().server;

async function offeredTo(rep: string, properties: Record<string, string> = {}): Promise<string> {
  const contact = createLead(world, { hubspot_owner_id: ownerIdOf(world, rep), ...properties });
  requestDemo(world, contact);
  await world.settle();
  return contact;
}

const handoffOf = (rep: string) => storedHandoff(world.database, ({ assignment }) => assignment.rep === rep);
const eventsOf = async (rep: string) => {
  const { id } = await handoffOf(rep);
  const rows = await world.database.prisma.handoffEvent.findMany({
    where: { handoffId: id },
    orderBy: { seq: 'asc' },
  });
  return rows.map(({ type }) => type);
};

/** The newest card with other data behind each button. */
function forged(person: string, data: Record<string, unknown>): SeenCard {
  return changed(person, (node) =>
    'data' in node ? { ...node, data: { ...(node['data'] as object), ...data } } : node,
  );
}

/** Fills in a form in a client that checks nothing: whatever was asked for may be typed, or left out. */
async function fillUnchecked(person: string, form: string, values: Record<string, string>) {
  const message = (await chat().openForm(person, form)) ?? expect.fail(`${form} was refused to ${person}`);
  const card = copied(message.shown, ({ isRequired: _, ...node }) =>
    node['type'] === 'Input.ChoiceSet' ? { type: 'Input.Text', id: node['id'] } : node,
  );
  const inputs = Object.fromEntries(
    Object.entries(values).map(([name, value]) => [`${form}.${name}`, value]),
  );
  const press = { messageId: message.id, verb: `handoff.form.${form}`, card, inputs };
  return errorsOn((await server().press(person, press)).card);
}

function changed(
  person: string,
  change: (node: Record<string, unknown>) => Record<string, unknown>,
): SeenCard {
  const card = chat().card(person);
  return { ...card, face: copied(card.face, change) };
}

function copied(node: unknown, change: (node: Record<string, unknown>) => Record<string, unknown>): unknown {
  if (Array.isArray(node)) return node.map((part) => copied(part, change));
  if (typeof node !== 'object' || node === null) return node;
  const parts = Object.entries(node).map(([name, value]) => [name, copied(value, change)]);
  return change(Object.fromEntries(parts));
}

describe('a click that Teams delivers twice', () => {
  test.each(['sameId', 'newId'] as const)(
    '(%s) has one effect, and both answers are the card',
    async (redeliver) => {
      const { id: messageId } = chat().card(ada);
      const outcome = await server().press(ada, { messageId, verb: 'handoff.accept', redeliver });
      expect(outcome.result).toBe('answered');
      expect(wordsOn(outcome.card)).toContain('Yours. Reach out by 10:03 AM');
      expect(noticeOn(outcome.card)).toBeNull();
      await world.settle();
      expect(server().deliveries.filter(({ verb }) => verb === 'handoff.accept')).toHaveLength(2);
      expect(await eventsOf(ada)).toEqual(['offered', 'delivered', 'accepted']);
      expect(chat().card(ada).text).toContain('Yours. Reach out by 10:03 AM');
      expect(chat().told(ada)).toHaveLength(1);
    },
  );

  test.each(['sameId', 'newId'] as const)('(%s) on a form logs one touch', async (redeliver) => {
    const { id: messageId = '' } = (await chat().openForm(ada, 'logTouch')) ?? {};
    const inputs = { 'logTouch.did': 'talked' };
    await server().press(ada, { messageId, verb: 'handoff.form.logTouch', inputs, redeliver });
    await world.settle();
    expect(await eventsOf(ada)).toEqual(['offered', 'delivered', 'accepted', 'touched']);
    expect(world.hubspot.objectsOf(lead, 'calls')).toHaveLength(1);
  });
});

describe('what a client lets through', () => {
  test('is checked again: without a reason nothing is closed, and what was typed is still there', async () => {
    const note = 'They moved <b>away</b>';
    expect(await fillUnchecked(ada, 'disqualify', { reason: '', note })).toEqual({ reason: 'Choose why.' });
    await world.settle();
    expect(await eventsOf(ada)).toEqual(['offered', 'delivered']);

    expect(await chat().fill(ada, 'disqualify', { reason: 'spam' })).toEqual({ ok: true, errors: {} });
    await world.settle();
    expect(world.hubspot.object('contacts', lead)?.properties).toMatchObject({
      handoff_disqualify_reason: 'spam',
      handoff_disqualify_note: note,
    });
  });

  test.each([
    [ada, 'logTouch', { did: 'bribed' }, { did: 'Choose what you did.' }],
    [ada, 'snooze', { choice: 'forever' }, { choice: 'Choose for how long.' }],
    [ada, 'handBack', { reason: 'dislike' }, { reason: expect.stringContaining('this reason was removed') }],
    [grace, 'giveGrace', { grace: '9999' }, { grace: expect.stringContaining('cannot be given') }],
    [grace, 'reassign', { to: mallory }, { to: expect.stringContaining('takes no leads') }],
  ] as const)('by %s in the form %s is checked again: %o', async (person, form, values, errors) => {
    await world.pass(16);
    const before = await eventsOf(ada);
    expect(await fillUnchecked(person, form, values)).toEqual(errors);
    await world.settle();
    expect(await eventsOf(ada)).toEqual(before);
  });
});

describe('forged data', () => {
  test('that names a lead of somebody else is refused', async () => {
    await offeredTo(ben);
    const { id: handoff } = await handoffOf(ben);
    expect(await chat().press(ada, 'accept', { card: forged(ada, { handoff }) })).toEqual({ answered: true });
    expect(chat().refusals(ada)).toEqual(['Ben Castillo holds this lead now. Nothing was changed.']);
    await world.settle();
    expect(await eventsOf(ben)).toEqual(['offered', 'delivered']);
    expect(await eventsOf(ada)).toEqual(['offered', 'delivered']);
  });

  test('that names somebody else as the one who presses means nothing', async () => {
    const { id: userId } = server().user(ada);
    const card = forged(ada, { userId, by: ada, from: { aadObjectId: userId } });
    await chat().pressForeign(ben, 'accept', card);
    expect(chat().refusals(ben)).toEqual(['Ada Okafor holds this lead now. Nothing was changed.']);
    await world.settle();
    expect(await eventsOf(ada)).toEqual(['offered', 'delivered']);
  });

  test.each([
    [
      { handoff: '0197f2a0-0000-7000-8000-000000000000' },
      'This handoff no longer exists. Nothing was changed.',
    ],
    [
      { handoff: { $ne: null } },
      'This button is out of date. Use the buttons on the newest card of this lead.',
    ],
    [{ revision: -1 }, 'This button is out of date. Use the buttons on the newest card of this lead.'],
  ])('such as %o is answered in words and changes nothing', async (data, words) => {
    expect(await chat().press(ada, 'accept', { card: forged(ada, data) })).toEqual({ answered: true });
    expect(chat().refusals(ada)).toEqual([words]);
    await world.settle();
    expect(await eventsOf(ada)).toEqual(['offered', 'delivered']);
  });
});

describe('a request', () => {
  /** Ada's click on Accept. */
  const click = async (): Promise<Record<string, unknown>> => {
    const { id: handoff, version: revision } = await handoffOf(ada);
    const data = { handoff, revision, note: 'secret-word' };
    return server().activity(ada, {
      type: 'invoke',
      name: 'adaptiveCard/action',
      replyToId: chat().card(ada).id,
      value: { action: { type: 'Action.Execute', verb: 'handoff.accept', data }, trigger: 'manual' },
    });
  };
  const send = (activity: Record<string, unknown>, authorization: string) =>
    fetch(`${world.app.url}/api/messages`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization },
      body: JSON.stringify(activity),
    });

  test.each([
    ['forged', { signature: 'forged' } as const],
    ['of another issuer', { issuer: 'https://evil.example' }],
    ['for another app', { audience: '11111111-2222-4333-8444-555555555555' }],
    ['expired', { expiresInSeconds: -600 }],
  ])(
    'with a token that is %s is turned away with 401, without a trace of what it says',
    async (_what, how) => {
      // The SDK writes past the log.
      const printed: string[] = [];
      const print = vi.spyOn(console, 'error').mockImplementation((...words) => {
        printed.push(format(...words));
      });
      expect((await send(await click(), server().authorization(how))).status).toBe(401);
      print.mockRestore();
      await world.settle();
      expect(await eventsOf(ada)).toEqual(['offered', 'delivered']);
      expect([...world.log, ...printed].join('\n')).not.toContain('secret-word');
    },
  );

  test('with the right token has its effect', async () => {
    expect((await send(await click(), server().authorization())).status).toBe(200);
    await world.settle();
    expect(await eventsOf(ada)).toEqual(['offered', 'delivered', 'accepted']);
  });
});

describe('a client that is too old to invoke', () => {
  test('accepts by a message, and the card changes', async () => {
    const { id: messageId } = chat().card(ada);
    await server().press(ada, { messageId, verb: 'handoff.accept', as: 'submit' });
    await world.settle();
    expect(chat().card(ada).text).toContain('Yours. Reach out by 10:03 AM');
    expect(chat().notified(ada)).toEqual([]);
  });

  test('reads in a message why nothing came of it', async () => {
    const { id: messageId = '' } = (await chat().openForm(ada, 'disqualify')) ?? {};
    const inputs = { 'disqualify.reason': 'other' };
    await server().press(ada, { messageId, verb: 'handoff.form.disqualify', inputs, as: 'submit' });
    await world.settle();
    expect(chat().notified(ada)).toEqual([expect.stringContaining('"Other" needs a note')]);
    expect(await eventsOf(ada)).toEqual(['offered', 'delivered']);
  });
});

describe('the conversation', () => {
  test('greets who adds the app, and tells a stranger where they have come', async () => {
    const [hello] = server().messages(ada);
    expect(hello?.summary).toBe('Hi!');
    expect(JSON.stringify(hello?.card)).toContain('Your leads come here');

    chat().addPerson({ email: mallory, name: 'Mallory' });
    await chat().arrive(mallory);
    const [answer] = server().messages(mallory);
    expect(JSON.stringify(answer?.card)).toContain('You are not among the people');
    expect(await chat().ask(mallory, 'stats')).toContain('You are not among the people');
  });

  test('takes words as people write them', async () => {
    expect(await chat().ask(ada, '  /handoff   STATS me 7d ')).toContain('Your leads, last 7 days');
  });

  test('shows each card as it stands to whoever opens it, whatever could not be sent', async () => {
    chat().fail('update', 'down');
    await server().press(ada, { messageId: chat().card(ada).id, verb: 'handoff.accept', as: 'submit' });
    await world.settle();
    expect(chat().card(ada).text).toContain('Accept by');
    await chat().look(ada);
    expect(chat().card(ada).text).toContain('Yours. Reach out by 10:03 AM');
  });

  test('makes a card whose sending had an unknown end the person’s own when they open it', async () => {
    chat().fail('post', 'dropAfterEffect');
    await offeredTo(ben);
    expect(chat().cards(ben)).toHaveLength(1);
    await chat().look(ben);
    await world.retryNow();
    expect(chat().cards(ben)).toHaveLength(1);
    expect(await eventsOf(ben)).toEqual(['offered', 'delivered']);
    await chat().press(ben, 'accept');
    await world.settle();
    expect(server().messages(ben).at(-1)?.edited).toBe(true);
  });
});

describe('a card that came twice, as the end of its first sending was unknown', () => {
  test('counts wherever the person presses it, and the needless one goes', async () => {
    chat().fail('post', 'dropAfterEffect');
    await offeredTo(ben);
    await world.retryNow();
    const [first, second] = chat().cards(ben);
    if (!first || !second) throw new Error('expected two cards');
    expect(await chat().press(ben, 'accept', { card: first })).toEqual({ answered: true });
    await world.settle();
    expect(await eventsOf(ben)).toEqual(['offered', 'delivered', 'accepted']);
    expect(
      chat()
        .cards(ben)
        .map(({ id }) => id),
    ).toEqual([second.id]);
    expect(chat().card(ben).text).toContain('Yours. Reach out by 10:03 AM');
  });
});

describe('a conversation that Teams no longer has', () => {
  test('is opened anew: the card comes there, and nobody is called unreachable', async () => {
    server().loseConversation(ada);
    await world.pass(16);
    expect(chat().card(ada).text).toContain('Late since 9:18 AM');
    expect(world.seen.map(({ what }) => what)).not.toContain('undeliverable');
    await chat().press(ada, 'accept');
    await world.settle();
    expect(chat().cards(ada)).toHaveLength(1);
    expect(chat().card(ada).text).toContain('Yours. Reach out by');
  });
});

test('a rep who is deactivated after the card came is out of reach, and the manager decides', async () => {
  server().deactivate(ada);
  await world.pass(16);
  expect(world.seen.map(({ what }) => what)).toContain('undeliverable');
  expect(chat().card(grace).buttons).toContain('reassign');
  const { send = 0, createConversation = 0 } = server().callCounts();
  await world.pass(60);
  expect(server().callCounts()).toMatchObject({ createConversation });
  expect(server().callCounts()['send']).toBeLessThan(send + 10);
});

test('a page of a proxy is no reason on a card, and no reason to call somebody unreachable', async () => {
  server().failNext({ operation: 'send', page: true, status: 403 });
  await offeredTo(ben);
  await world.retryNow();
  expect(chat().cards(ben)).toHaveLength(1);
  expect(world.seen.map(({ what }) => what)).not.toContain('undeliverable');
  expect(JSON.stringify([server().messages(ben), world.log])).not.toContain('Sign in to the network');
});

describe('a click of which the client names no message, or another', () => {
  test.each([
    ['none', null],
    ['-1', '-1'],
    ['one that is not there', '1657049372481'],
    ["another lead's card", 'other'],
  ] as const)('(%s) counts, and every card stays where it is', async (_, named) => {
    const other = chat().card(ada).id;
    await offeredTo(ada);
    const { id: messageId, face: card } = chat().card(ada);
    expect(messageId).not.toBe(other);
    const replyTo = named === 'other' ? other : named;
    for (const as of ['invoke', 'submit'] as const) {
      const outcome = await server().press(ada, { messageId, card, verb: 'handoff.accept', replyTo, as });
      expect(outcome.result).toBe('answered');
      expect(noticeOn(outcome.card)).toBeNull();
    }
    await world.settle();
    expect(chat().cards(ada)).toHaveLength(2);
    expect(chat().cards(ada)[0]?.text).toContain('Accept by');
    expect(chat().card(ada).text).toContain('Yours. Reach out by');
  });
});

test("a click that names another lead's card leaves that card to its lead, though its own has no message yet", async () => {
  const { id: other } = chat().card(ada);
  chat().fail('post', 'dropAfterEffect');
  await offeredTo(ada);
  const [, lost] = chat().cards(ada);
  if (!lost) throw new Error('expected a second card');
  const press = { messageId: lost.id, card: lost.face, verb: 'handoff.accept', replyTo: other };
  expect(await server().press(ada, press)).toMatchObject({ result: 'answered' });
  await world.settle();
  await world.retryNow();
  const rows = await world.database.prisma.card.findMany({ select: { messageId: true } });
  expect(new Set(rows.map(({ messageId }) => messageId)).size).toBe(2);
  const kept = chat()
    .cards(ada)
    .find(({ id }) => id === other);
  expect(kept?.text).toContain('Accept by');

  // The message of the attempt that broke off is a stray by now; named wrongly, it takes nothing with it.
  expect(await server().press(ada, press)).toMatchObject({ result: 'answered' });
  await world.settle();
  expect(
    chat()
      .cards(ada)
      .map(({ id }) => id),
  ).toContain(other);
});

describe('a form that somebody fills in', () => {
  test('is left alone while the card goes on, and what they typed counts', async () => {
    const form = await chat().openForm(ada, 'logTouch');
    const before = structuredClone(form?.shown);
    await world.pass(16);
    await chat().look(ada);
    expect(chat().card(ada).text).toContain('Late since 9:18 AM');
    expect((await chat().openForm(ada, 'logTouch'))?.shown).toEqual(before);
    expect(await chat().fill(ada, 'logTouch', { did: 'talked', note: 'AT&T' })).toMatchObject({
      ok: true,
    });
    await world.settle();
    expect(chat().card(ada).text).toContain('Next step by Wed 9:19 AM');
    expect(JSON.stringify(server().messages(ada))).not.toContain('Input.Text');
    expect(JSON.stringify(world.hubspot.objectsOf(lead, 'calls'))).toContain('AT&');
  });

  test('goes with the lead when nobody types into it; what may hold words stays until it is sent', async () => {
    const isThere = (id: string) =>
      server()
        .messages(ada)
        .some((message) => message.id === id);
    const openTo = async (form: string) =>
      (await chat().openForm(ada, form)) ?? expect.fail('expected a form');
    const snooze = await openTo('snooze');
    const touch = await openTo('logTouch');
    await chat().press(ada, 'accept');
    await world.settle();
    expect([isThere(snooze.id), isThere(touch.id)]).toEqual([true, true]);
    expect(await chat().fill(ada, 'disqualify', { reason: 'spam' })).toMatchObject({ ok: true });
    await world.settle();
    expect([isThere(snooze.id), isThere(touch.id)]).toEqual([false, true]);
    expect(server().messages(ada).at(-1)?.summary).toContain('Lead disqualified.');

    await offeredTo(ada);
    const again = [await openTo('snooze'), await openTo('handBack')];
    await world.pass(16);
    expect(await chat().fill(grace, 'reassign', { to: ben })).toMatchObject({ ok: true });
    await world.settle();
    expect(again.map(({ id }) => isThere(id))).toEqual([false, true]);
  });

  test('is no card, and not told of as one', async () => {
    await chat().openForm(ada, 'disqualify');
    expect(chat().cards(ada)).toHaveLength(1);
    expect(chat().notified(ada)).toEqual([]);
  });
});

describe('a notification', () => {
  test("says who and what, and when by its reader's clock", async () => {
    await world.pass(11);
    const [card, reminder] = server().messages(ada).slice(-2);
    expect(card?.summary).toContain('Demo request: Dana Ortiz · Northwind Traders');
    expect(reminder?.summary).toContain('5 min left to accept Dana Ortiz · Northwind Traders');
    expect(card?.summary).toContain('Accept by 9:18 AM');
  });
});
