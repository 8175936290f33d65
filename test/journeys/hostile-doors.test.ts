import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { signatureHeaders } from '../../sandbox/hubspot/signature.ts';
import { ada, demoRequest, hubspotSecrets, portalId, startWorld, type World } from '../support/world.ts';

// Every pattern of the bot is checked by itself in `patterns.test.ts`; here the texts go the whole way, through the
// platforms' own libraries, the database and back.

const pieces = [
  '<',
  '&',
  '@',
  ' ',
  '\n',
  '*',
  '_',
  '`',
  '[',
  '(',
  '](',
  '"',
  '\\',
  ':',
  ';&',
  '=',
  '%',
  '|',
  '{',
  '}',
  '\0',
  '\u202e',
  '\ud800',
  '👩‍👩‍👧‍👦',
  '<at>',
  '<!',
];
const filled = (piece: string, length: number) => piece.repeat(Math.ceil(length / piece.length));

/** As long as it has to be told apart from what the bot says itself. */
const quoted = 20;
/** Whoever asks something, and whoever builds a workflow, reads the beginning of what was not understood. */
const quotedAtMost = 300;

let world: World;
let handoff: string;
let slackId: string;
beforeAll(async () => {
  world = await startWorld({ chats: 'both' });
  slackId = world.in('slack').server.changeUser(ada, {}).id;
});
afterAll(() => world.close());

type Answered = { status: number; body: string };
type Door = {
  name: string;
  send: (body: string) => Promise<Answered>;
  /** What may come through it, with the text in every place that is read. */
  bodies: (text: string) => string[];
  quotes: number;
};

async function post(path: string, body: string, headers: Record<string, string>): Promise<Answered> {
  const response = await fetch(world.app.url + path, { method: 'POST', headers, body });
  return { status: response.status, body: await response.text() };
}

function fromHubSpot(path: string, version: 'v2' | 'v3', body: string): Promise<Answered> {
  const uri = world.app.url + path;
  const signed = { secret: hubspotSecrets.hubspotClientSecret, method: 'POST', uri, body };
  const signature = signatureHeaders(version, signed, world.now().getTime());
  return post(path, body, { 'content-type': 'application/json', ...signature });
}

function fromSlack(body: string, contentType = 'application/x-www-form-urlencoded'): Promise<Answered> {
  const signature = world.in('slack').server.signed(body);
  return post('/slack/events', body, { 'content-type': contentType, ...signature });
}

function fromTeams(body: string): Promise<Answered> {
  const authorization = world.in('teams').server.authorization();
  return post('/api/messages', body, { 'content-type': 'application/json', authorization });
}

const json = (bodies: readonly unknown[]) => bodies.map((body) => JSON.stringify(body));
/** Copies with the text in one of these places each. */
const each = (usual: object, places: readonly string[], text: string) =>
  places.map((place) => ({ ...usual, [place]: text }));
const words = (text: string) => [text, ...['why', 'stats', 'ooo'].map((verb) => `${verb} ${text}`)];

function webhooks(text: string): string[] {
  const type = { subscriptionType: 'object.propertyChange', objectTypeId: '0-1', propertyName: 'message' };
  const usual = { portalId, ...type, objectId: 1, occurredAt: world.now().getTime(), eventId: 1 };
  const places = [
    ...Object.keys(usual),
    'propertyValue',
    'changeSource',
    'sourceId',
    'associationType',
    text,
  ];
  return json([each(usual, places, text), [text], { [text]: text }]);
}

function workflowActions(text: string): string[] {
  const object = { objectId: 1, objectType: 'CONTACT' };
  const trigger = 'hand_over';
  const usual = { callbackId: 'ap-1', origin: { portalId }, object, inputFields: { trigger } };
  return json([
    ...each(usual, ['callbackId', text], text),
    { ...usual, origin: { portalId: text } },
    ...each(object, Object.keys(object), text).map((odd) => ({ ...usual, object: odd })),
    { ...usual, object: { ...object, properties: { [text]: text } } },
    { ...usual, inputFields: { trigger: text } },
    { ...usual, inputFields: { trigger, [text]: text } },
  ]);
}

function slackEvents(text: string): string[] {
  const usual = { type: 'event_callback', team_id: 'T0SANDBOX', event_id: 'Ev1' };
  const opened = { type: 'app_home_opened', user: slackId, channel: 'D1', tab: 'messages' };
  return json([
    ...each(usual, Object.keys(usual), text).map((odd) => ({ event: opened, ...odd })),
    ...each(opened, [...Object.keys(opened), text], text).map((event) => ({ ...usual, event })),
    { ...usual, event: { type: 'message', channel: 'D1', user: slackId, text } },
  ]);
}

function slackClicks(text: string): string[] {
  const { teamId, url } = world.in('slack').server;
  const who = { user: { id: slackId, team_id: teamId }, team: { id: teamId } };
  const place = { trigger_id: '1.2.3', response_url: `${url}/nowhere` };
  const pressed = { type: 'button', action_id: 'handoff.ping', value: handoff, action_ts: '1.1' };
  const click = { type: 'block_actions', ...who, ...place, actions: [pressed] };
  return json([
    ...each(pressed, ['action_id', 'value', 'action_ts'], text).map((odd) => ({ ...click, actions: [odd] })),
    ...each(click, ['type', 'response_url'], text),
    { ...click, user: { id: text }, [text]: text },
    { ...click, user: { id: slackId, team_id: text } },
  ]);
}

function slackForms(text: string): string[] {
  const { teamId } = world.in('slack').server;
  const who = { user: { id: slackId, team_id: teamId }, team: { id: teamId } };
  const private_metadata = JSON.stringify({ handoffId: handoff });
  const values = { note: { value: { value: text } } };
  const view = { id: 'V1', callback_id: 'handoff.form.disqualify', private_metadata, state: { values } };
  return json(
    [
      ...each(view, Object.keys(view), text),
      { ...view, private_metadata: JSON.stringify({ handoffId: text }) },
      { ...view, state: { values: { [text]: { value: { value: text } } } } },
      { ...view, state: { values: { note: { [text]: { value: text } } } } },
    ].map((odd) => ({ type: 'view_submission', ...who, view: odd })),
  );
}

function slackCommands(text: string): string[] {
  const { teamId, url } = world.in('slack').server;
  const who = { user_id: slackId, team_id: teamId };
  const usual = { command: '/handoff', text: '', ...who, response_url: `${url}/nowhere` };
  const typed = words(text).map((asked) => ({ ...usual, text: asked }));
  const odd = each(usual, ['command', 'user_id', 'team_id', text], text);
  return [...typed, ...odd].map((fields) => String(new URLSearchParams(fields)));
}

function teamsActivities(text: string): string[] {
  const data = { handoff, revision: 1, verb: 'handoff.form.disqualify' };
  const execute = (verb: string, more: object) => ({
    type: 'invoke',
    name: 'adaptiveCard/action',
    value: { action: { type: 'Action.Execute', verb, data: { ...data, ...more } } },
  });
  const places = [
    'type',
    'from',
    'conversation',
    'localTimezone',
    'channelData',
    'serviceUrl',
    'channelId',
    text,
  ];
  const activities = [
    ...words(text).map((asked) => ({ text: asked })),
    ...each({}, places, text),
    { conversation: { id: text, conversationType: 'groupChat' } },
    { type: 'conversationUpdate', membersAdded: [{ id: text }] },
    { type: 'installationUpdate', action: text },
    { type: 'invoke', name: text },
    execute(text, {}),
    execute('handoff.ping', { handoff: text, [text]: text }),
    execute('handoff.form.disqualify', { 'disqualify.note': text, [`disqualify.${text}`]: text }),
    { text: '', value: { ...data, 'disqualify.note': text } },
  ];
  return json(activities.map((changes) => world.in('teams').server.activity(ada, changes)));
}

const doors: Door[] = [
  {
    name: 'HubSpot’s webhook',
    send: (body) => fromHubSpot('/hubspot/webhooks', 'v3', body),
    bodies: webhooks,
    quotes: 0,
  },
  {
    name: 'HubSpot’s workflow action',
    send: (body) => fromHubSpot('/hubspot/workflow-action', 'v2', body),
    bodies: workflowActions,
    quotes: quotedAtMost,
  },
  {
    name: 'Slack’s events',
    send: (body) => fromSlack(body, 'application/json'),
    bodies: slackEvents,
    quotes: 0,
  },
  {
    name: 'Slack’s clicks',
    send: (payload) => fromSlack(String(new URLSearchParams({ payload }))),
    bodies: slackClicks,
    quotes: 0,
  },
  {
    name: 'Slack’s forms',
    send: (payload) => fromSlack(String(new URLSearchParams({ payload }))),
    bodies: slackForms,
    quotes: 0,
  },
  { name: 'Slack’s commands', send: fromSlack, bodies: slackCommands, quotes: quotedAtMost },
  { name: 'Teams', send: fromTeams, bodies: teamsActivities, quotes: 0 },
];

/** Refused or carried out, as the platform understands it: 401 for what is not signed so, 501 for what no bot answers. */
const answers = [200, 400, 401, 413, 501];

/** The bodies that were answered otherwise, or had too much of themselves in the answer. */
async function odd(door: Door, piece: string, bodies: readonly string[]): Promise<unknown[]> {
  const found: unknown[] = [];
  const most = filled(piece, door.quotes + quoted);
  for (const sent of bodies) {
    const { status, body } = await door.send(sent);
    const isQuoted = body.includes(most) || body.includes(JSON.stringify(most).slice(1, -1));
    if (!answers.includes(status) || isQuoted)
      found.push({ sent: sent.slice(0, 300), status, body: body.slice(0, 300) });
  }
  return found;
}

/** The lines of the log that somebody would have to look into. */
const failures = () => world.log.filter((entry) => JSON.parse(entry).level >= 50);

async function expectOrdinaryLead(): Promise<string> {
  // Slack is asked who somebody is only so often in a minute.
  await world.pass(1);
  const lead = await demoRequest(world);
  expect(world.hubspot.object('contacts', lead)?.properties).toMatchObject({ handoff_status: 'offered' });
  expect(failures()).toEqual([]);
  return lead;
}

describe.each(doors)('through $name', (door) => {
  beforeAll(async () => {
    const leadId = await expectOrdinaryLead();
    handoff = (await world.database.prisma.handoff.findFirstOrThrow({ where: { leadId } })).id;
  });

  test('100 kB of any sign, in any place, are answered, and the next lead is handed over', async () => {
    for (const piece of pieces) {
      const text = filled(piece, 100_000);
      expect(await odd(door, piece, [text, ...door.bodies(text)]), JSON.stringify(piece)).toEqual([]);
    }
    await expectOrdinaryLead();
  });

  test('a few of any sign, in any place, are answered, and the next lead is handed over', async () => {
    for (const piece of pieces) {
      const text = `x${piece}x`;
      expect(await odd(door, piece, [text, ...door.bodies(text)]), JSON.stringify(piece)).toEqual([]);
    }
    await expectOrdinaryLead();
  });

  test.each([5_000, 20_000])(
    '%d levels, in any place, are answered, and the next lead is handed over',
    async (levels) => {
      for (const [opens, innermost, closes] of [
        ['[', '', ']'],
        ['{"a":', '1', '}'],
      ] as const) {
        const nested = opens.repeat(levels) + innermost + closes.repeat(levels);
        // As a value: a name that is nested is no JSON.
        const bodies = door.bodies('here').map((body) => body.replaceAll(/"here"(?!:)/g, nested));
        expect(await odd(door, opens, [nested, ...bodies])).toEqual([]);
      }
      await expectOrdinaryLead();
    },
  );
});
