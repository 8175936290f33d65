import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseActivity } from '../../../src/adapters/teams/parse-action.ts';

const from = { id: '29:ana', name: 'Ana Silva', aadObjectId: 'b2d4' };
const envelope = {
  id: 'f:1',
  channelId: 'msteams',
  serviceUrl: 'https://smba.trafficmanager.net/emea/',
  localTimezone: 'Europe/Berlin',
  // That of the tenant; the client tells its own.
  locale: 'en-US',
  entities: [{ type: 'clientInfo', locale: 'de-DE', platform: 'Web' }],
  from,
  conversation: { id: 'a:1ana', conversationType: 'personal', tenantId: 't-1' },
  recipient: { id: '28:bot' },
  channelData: { tenant: { id: 't-1' } },
};
const place = {
  userId: 'b2d4',
  memberId: '29:ana',
  conversationId: 'a:1ana',
  serviceUrl: 'https://smba.trafficmanager.net/emea/',
  zone: 'Europe/Berlin',
  locale: 'de-DE',
};
const data = { handoff: 'h-1', revision: 7 };
const who = { platform: 'teams', userId: 'b2d4', handoffId: 'h-1' };

const invoked = (verb: string, changed: Record<string, unknown> = data) => ({
  ...envelope,
  type: 'invoke',
  name: 'adaptiveCard/action',
  replyToId: '1700',
  value: { action: { type: 'Action.Execute', verb, data: changed }, trigger: 'manual' },
});
const submitted = (value: unknown) => ({ ...envelope, type: 'message', replyToId: '1700', value });
const written = (text: unknown) => ({ ...envelope, type: 'message', text });

describe('a pressed button', () => {
  test.each(['accept', 'takeIt', 'ping'])('%s is a command on the message of the card', (command) => {
    expect(parseActivity(invoked(`handoff.${command}`))).toEqual({
      kind: 'action',
      via: 'invoke',
      place,
      messageId: '1700',
      attempt: null,
      form: null,
      isOnCard: true,
      click: { ...who, commandId: `teams:b2d4:handoff.${command}:h-1:7` },
      act: { type: command },
    });
  });

  test('of a bulletin asks for a card, once for each bulletin', () => {
    const shown = { handoff: 'h-1', bulletin: 'b-1' };
    expect(parseActivity(invoked('handoff.show', shown))).toEqual({
      kind: 'action',
      via: 'invoke',
      place,
      messageId: '1700',
      attempt: null,
      form: null,
      isOnCard: false,
      click: { ...who, commandId: 'teams:b2d4:handoff.show:h-1:b-1' },
      act: { type: 'show' },
    });
    expect(parseActivity(invoked('handoff.show', data))).toEqual({
      kind: 'unsupported',
      reason: "card's action not as Teams sends it: bulletin",
    });
  });

  test.each(['logTouch', 'disqualify', 'handBack', 'snooze', 'reassign', 'giveGrace'])(
    'asks for the form %s',
    (form) => {
      const asked = { kind: 'open', place, messageId: '1700', attempt: null, who, form };
      expect(parseActivity(invoked(`handoff.open.${form}`))).toEqual({ ...asked, via: 'invoke' });
      const message = submitted({ ...data, verb: `handoff.open.${form}` });
      expect(parseActivity(message)).toEqual({ ...asked, via: 'submit' });
    },
  );

  test('of a form says itself which form it is, and whom it is about', () => {
    const form = { name: 'snooze', about: 'Demo request', asked: ['choice'] };
    expect(parseActivity(invoked('handoff.form.snooze', { ...data, form }))).toMatchObject({ form });
    const cancel = { kind: 'cancel', place, who, form };
    expect(parseActivity(invoked('handoff.cancel', { ...data, form }))).toEqual(cancel);
    expect(parseActivity(invoked('handoff.cancel'))).toMatchObject({ kind: 'unsupported' });
  });

  test('of a form says what was asked; one from before does not', () => {
    const form = { name: 'snooze', about: 'Demo request' };
    const sent = (asked?: string[]) =>
      parseActivity(invoked('handoff.form.snooze', { ...data, form: { ...form, asked } }));
    expect(sent(['choice'])).toMatchObject({ form: { asked: ['choice'] }, act: { asked: ['choice'] } });
    expect(sent()).toMatchObject({ form: { asked: null } });
    expect(sent()).not.toHaveProperty('act.asked');
  });

  test('brings several answers, numbers and days as they were meant', () => {
    const inputs = {
      'disqualify.several[]': 'a%2Cb,c%25',
      'disqualify.none[]': '',
      'disqualify.amount': 12.5,
      'disqualify.day': '2026-06-01',
    };
    expect(parseActivity(invoked('handoff.form.disqualify', { ...data, ...inputs }))).toMatchObject({
      act: { values: { several: 'a,b\nc%', none: '', amount: '12.5', day: '2026-06-01' } },
    });
  });

  test('says itself which attempt of its card it stands on', () => {
    expect(parseActivity(invoked('handoff.accept', { ...data, attempt: 2 }))).toMatchObject({ attempt: 2 });
  });

  test.each([undefined, null, '', '-1'])('counts though the client names its message %j', (replyToId) => {
    for (const activity of [invoked('handoff.accept'), submitted({ ...data, verb: 'handoff.accept' })]) {
      expect(parseActivity({ ...activity, replyToId })).toMatchObject({ kind: 'action', messageId: null });
    }
  });

  test('comes as a message from clients that cannot invoke', () => {
    expect(parseActivity(submitted({ ...data, verb: 'handoff.accept' }))).toEqual({
      ...parseActivity(invoked('handoff.accept')),
      via: 'submit',
    });
  });

  test('has one command id however often and under whatever id Teams repeats it', () => {
    const ids = [
      invoked('handoff.accept'),
      { ...invoked('handoff.accept'), id: 'f:2' },
      submitted({ ...data, verb: 'handoff.accept' }),
      invoked('handoff.accept', { ...data, revision: 8 }),
      { ...invoked('handoff.accept'), from: { ...from, aadObjectId: 'c3e5' } },
      invoked('handoff.takeIt'),
    ].map((activity) => {
      const parsed = parseActivity(activity);
      return parsed.kind === 'action' ? parsed.click.commandId : null;
    });
    expect(new Set(ids.slice(0, 3)).size).toBe(1);
    expect(new Set(ids).size).toBe(4);
  });

  test.each([
    ['logTouch', { 'logTouch.kind': 'call', 'logTouch.note': 'Hi' }, { kind: 'call', note: 'Hi' }],
    ['disqualify', { 'disqualify.reason': 'timing', 'logTouch.kind': 'call' }, { reason: 'timing' }],
    ['reassign', { 'reassign.to': 'bo@acme.test', 'reassign.more': 7 }, { to: 'bo@acme.test' }],
    ['handBack', { 'handBack.reason': 'other', 'handBack.note': 'Hi' }, { reason: 'other', note: 'Hi' }],
    ['snooze', { 'snooze.choice': '30m' }, { choice: '30m' }],
    ['giveGrace', {}, {}],
  ])('of %s brings what was entered in it, and nothing else', (form, inputs, values) => {
    for (const activity of [
      invoked(`handoff.form.${form}`, { ...data, ...inputs }),
      submitted({ ...data, ...inputs, verb: `handoff.form.${form}` }),
    ]) {
      expect(parseActivity(activity)).toMatchObject({
        kind: 'action',
        click: { ...who, commandId: expect.stringContaining(`teams:b2d4:handoff.form.${form}:h-1:7:`) },
        act: { type: 'submit', form, values },
      });
    }
  });

  test('of a form brings what was typed, not how Teams writes it', () => {
    const inputs = { 'logTouch.note': 'AT&amp;T said &lt;no&gt;; &amp;amp; is theirs' };
    expect(parseActivity(invoked('handoff.form.logTouch', { ...data, ...inputs }))).toMatchObject({
      act: { values: { note: 'AT&T said <no>; &amp; is theirs' } },
    });
  });

  test('of a form is told from another by what was entered, in whatever order it comes', () => {
    const idOf = (inputs: object) => {
      const parsed = parseActivity(invoked('handoff.form.logTouch', { ...data, ...inputs }));
      return parsed.kind === 'action' ? parsed.click.commandId : null;
    };
    const call = idOf({ 'logTouch.kind': 'call', 'logTouch.note': 'Hi' });
    expect(idOf({ 'logTouch.note': 'Hi', 'logTouch.kind': 'call' })).toBe(call);
    expect(idOf({ 'logTouch.kind': 'email', 'logTouch.note': 'Hi' })).not.toBe(call);
    expect(call).not.toContain('Hi');
  });

  test('that only asks for the card is a refresh, whether Teams or a person asked', () => {
    const refresh = { kind: 'refresh', place, messageId: '1700', attempt: null, who };
    const automatic = invoked('handoff.refresh');
    expect(parseActivity(automatic)).toEqual(refresh);
    expect(parseActivity({ ...automatic, value: { ...automatic.value, trigger: 'automatic' } })).toEqual(
      refresh,
    );
  });

  test.each([
    ['an unknown verb', invoked('other.app'), 'unknown verb'],
    ['no handoff', invoked('handoff.accept', { revision: 7 }), 'handoff'],
    ['an endless handoff', invoked('handoff.accept', { ...data, handoff: 'x'.repeat(300) }), 'handoff'],
    ['no revision', invoked('handoff.accept', { handoff: 'h-1' }), 'revision'],
    ['a revision that is none', invoked('handoff.accept', { ...data, revision: '7; Priya' }), 'revision'],
    ['no action', { ...invoked('handoff.accept'), value: {} }, 'value.action'],
    ['a value without a verb', submitted(data), 'value.verb'],
    ['no sender', { ...invoked('handoff.accept'), from: { name: 'Ana' } }, 'from.id'],
  ])('with %s is unsupported, and says where', (_, activity, reason) => {
    const parsed = parseActivity(activity);
    expect(parsed).toEqual({ kind: 'unsupported', reason: expect.stringContaining(reason) });
    expect(JSON.stringify(parsed)).not.toMatch(/Priya|Ana|other\.app/);
  });
});

describe('words', () => {
  test.each([
    ['stats team 7d', 'stats team 7d'],
    ['  help\n', 'help'],
    ['<at>Lead Handoff</at> stats', 'stats'],
    ['<at id="0">Lead Handoff</at>&nbsp;/handoff stats me', 'stats me'],
    ['/handoff', ''],
    ['/HANDOFF help', 'help'],
    ['/handoffs', '/handoffs'],
    ['why AT&amp;T', 'why AT&T'],
    ['why &lt;Dana&gt; &quot;Ortiz&quot; &#39;O&#x27;Neil&apos;', "why <Dana> \"Ortiz\" 'O'Neil'"],
    ['why &amp;amp; &amp;lt;at&gt;', 'why &amp; &lt;at>'],
    ['why &nosuch; &#99999999; &#1114112; & &amp', 'why &nosuch; &#99999999; &#1114112; & &amp'],
    ['<at id="0">Lead &amp; Handoff</at>&nbsp;&nbsp;help', 'help'],
    [undefined, ''],
  ])('%o are %o', (text, words) => {
    expect(parseActivity(written(text))).toEqual({ kind: 'text', place, userId: 'b2d4', text: words });
  });

  test('with a value are words all the same', () => {
    expect(parseActivity({ ...submitted({ verb: 'x' }), text: 'help' })).toMatchObject({ kind: 'text' });
  });
});

test.each([
  ['add', 'installed'],
  ['add-upgrade', 'upgraded'],
  ['remove', 'uninstalled'],
])('an installation update to %s is %s', (action, kind) => {
  expect(parseActivity({ ...envelope, type: 'installationUpdate', action })).toEqual({
    kind,
    place,
    userId: 'b2d4',
  });
});

test.each([
  [{ membersAdded: [{ id: '28:bot' }] }, 'installed'],
  [{ membersAdded: [from, { id: '28:bot' }], membersRemoved: [] }, 'installed'],
  [{ membersRemoved: [{ id: '28:bot' }] }, 'uninstalled'],
])('%o, with the bot among them, says that the app is %s', (changes, kind) => {
  const activity = { ...envelope, type: 'conversationUpdate', ...changes };
  expect(parseActivity(activity)).toEqual({ kind, place, userId: 'b2d4' });
});

test.each(['installationUpdate', 'conversationUpdate', 'messageReaction'])(
  'of somebody without an account, %s is nothing to answer',
  (type) => {
    const added = { action: 'add', membersAdded: [{ id: '28:bot' }], recipient: { id: '28:bot' } };
    const activity = { ...envelope, ...added, type, from: { id: '29:gil' } };
    expect(parseActivity(activity)).toEqual({ kind: 'ignored' });
  },
);

test.each(['invoke', 'message'])('of somebody without an account, %s is a guest’s', (type) => {
  const activity = { ...invoked('handoff.accept'), type, from: { id: '29:gil' } };
  const { id: conversationId } = envelope.conversation;
  const { serviceUrl } = envelope;
  const isInvoke = type === 'invoke';
  expect(parseActivity(activity)).toEqual({ kind: 'guest', isInvoke, conversationId, serviceUrl });
});

test.each([
  { type: 'conversationUpdate', membersAdded: [from] },
  { type: 'messageReaction' },
  { type: 'messageUpdate', text: 'help' },
  { type: 'messageDelete' },
  { type: 'typing' },
  { type: 'event', name: 'x' },
  { type: 'installationUpdate', action: 'remove-upgrade' },
  { type: 'installationUpdate', action: 'toString' },
])('%o is nothing that anybody has to answer', (changes) => {
  expect(parseActivity({ ...envelope, ...changes })).toEqual({ kind: 'ignored' });
});

test.each(['personal', 'groupChat', 'channel'])(
  'an invoke by another name is foreign (%s)',
  (conversationType) => {
    const conversation = { ...envelope.conversation, conversationType };
    const activity = { ...envelope, type: 'invoke', name: 'task/fetch', conversation };
    expect(parseActivity(activity)).toEqual({ kind: 'foreign' });
  },
);

test.each([undefined, null, 7, 'Mars/Olympus', 'x'.repeat(200)])(
  'a zone that is none (%o) is not known',
  (localTimezone) => {
    expect(parseActivity({ ...written('help'), localTimezone })).toMatchObject({ place: { zone: null } });
  },
);

describe('outside of a personal conversation', () => {
  const inChannel = { id: '19:x@thread.tacv2;messageid=17', conversationType: 'channel' };
  const inGroup = { id: '19:x@thread.v2', conversationType: 'groupChat' };
  const somewhere = { id: 'a:1ana' };
  const unsupported = { kind: 'unsupported', reason: 'not a personal conversation' };

  test.each([inChannel, inGroup, somewhere])('nothing is done (%o)', (conversation) => {
    for (const activity of [
      invoked('handoff.accept'),
      invoked('handoff.refresh'),
      submitted({ ...data, verb: 'handoff.accept' }),
    ]) {
      expect(parseActivity({ ...activity, conversation })).toEqual(unsupported);
    }
    for (const changes of [
      { type: 'installationUpdate', action: 'add' },
      { type: 'installationUpdate', action: 'remove' },
      { type: 'conversationUpdate', membersAdded: [{ id: '28:bot' }] },
    ]) {
      expect(parseActivity({ ...envelope, ...changes, conversation })).toEqual({ kind: 'ignored' });
    }
  });

  test('words are for the bot where somebody has to mention it', () => {
    for (const conversation of [inChannel, inGroup]) {
      expect(parseActivity({ ...written('<at>Lead Handoff</at> stats'), conversation })).toEqual({
        kind: 'mention',
        conversationId: conversation.id,
        serviceUrl: envelope.serviceUrl,
      });
    }
    expect(parseActivity({ ...written('stats'), conversation: somewhere })).toEqual(unsupported);
  });
});

test('something that is no activity is unsupported', () => {
  expect(parseActivity(null)).toEqual({
    kind: 'unsupported',
    reason: 'activity not as Teams sends it: itself',
  });
});

test('nothing that comes in makes the parser throw', () => {
  const anyActivity = fc.oneof(
    fc.anything(),
    fc.anything().map((value) => ({ ...invoked('handoff.accept'), value })),
    fc
      .dictionary(fc.string(), fc.anything())
      .map((changed) => invoked('handoff.form.logTouch', { ...data, ...changed })),
    fc.anything().map(submitted),
    fc.anything().map(written),
    fc.anything().map((conversation) => ({ ...written('help'), conversation })),
    fc.anything().map((sender) => ({ ...written('help'), from: sender })),
  );
  fc.assert(
    fc.property(anyActivity, (activity) => {
      expect(parseActivity(activity).kind).toBeTypeOf('string');
    }),
  );
});
