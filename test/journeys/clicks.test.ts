import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  ada,
  ben,
  createLead,
  grace,
  requestDemo,
  startWorld,
  textOf,
  type World,
} from '../support/world.ts';

let world: World;
let lead: string;
beforeEach(async () => {
  world = await startWorld();
  lead = createLead(world);
  requestDemo(world, lead);
  await world.settle();
});
afterEach(() => world.close());

const cardOf = (person: string) => world.slack.messages(person).at(-1);
const ts = (person: string) => cardOf(person)?.ts ?? '';
const events = () => world.database.prisma.handoffEvent.findMany({ orderBy: { seq: 'asc' } });
const whispers = (person: string) => world.slack.ephemerals(person).map(textOf);

describe('two people at once', () => {
  test('rep accepts while the manager takes it: both are answered, one holds it, HubSpot agrees', async () => {
    await world.pass(16);
    const [accepted, taken] = await Promise.all([
      world.slack.click(ada, { ts: ts(ada), actionId: 'handoff.accept' }),
      world.slack.click(grace, { ts: ts(grace), actionId: 'handoff.takeIt' }),
    ]);
    expect([accepted.status, taken.status]).toEqual([200, 200]);
    await world.settle();

    const handoff = await world.database.prisma.handoff.findFirstOrThrow();
    // The manager's word counts in either order; the rep may have been first.
    expect(handoff.rep).toBe(grace);
    const types = (await events()).map(({ type }) => type);
    expect(types.filter((type) => type === 'reassigned')).toHaveLength(1);
    expect(whispers(ada).length + types.filter((type) => type === 'accepted').length).toBe(2);
    expect(world.hubspot.object('contacts', lead)?.properties['handoff_rep']).toBe(grace);
    expect(textOf(cardOf(ada))).toContain('Now with');
  });

  test('ten clicks on Accept within a moment are one acceptance', async () => {
    const before = [...(cardOf(ada)?.blocks ?? [])];
    const clicks = Array.from({ length: 10 }, () =>
      world.slack.click(ada, { ts: ts(ada), actionId: 'handoff.accept', stale: before }),
    );
    expect((await Promise.all(clicks)).every(({ status }) => status === 200)).toBe(true);
    await world.settle();
    expect((await events()).map(({ type }) => type)).toEqual(['offered', 'delivered', 'accepted']);
    expect(cardOf(ada)?.replies).toHaveLength(1);
  });
});

describe('a click', () => {
  test('on an old card of a lead that has moved on is answered kindly and changes nothing', async () => {
    const oldBlocks = [...(cardOf(ada)?.blocks ?? [])];
    await world.pass(16);
    await world.slack.click(grace, { ts: ts(grace), actionId: 'handoff.form.reassign' });
    await world.slack.submitView(grace, { to: { value: ben } });
    await world.settle();
    const stale = await world.slack.click(ada, { ts: ts(ada), actionId: 'handoff.accept', stale: oldBlocks });
    expect(stale.status).toBe(200);
    await world.settle();
    expect(whispers(ada)).toEqual([expect.stringContaining('holds this lead now. Nothing was changed.')]);
    const handoff = await world.database.prisma.handoff.findFirstOrThrow();
    expect(handoff).toMatchObject({ rep: ben, status: 'offered' });
  });

  test('by somebody who is not in the policy is refused', async () => {
    world.slack.addUser({ email: 'mallory@elsewhere.example', name: 'Mallory', tz: 'UTC' });
    const { id } = await world.database.prisma.handoff.findFirstOrThrow();
    const mallory = world.slack.changeUser('mallory@elsewhere.example', {}).id;
    const body = new URLSearchParams({
      payload: JSON.stringify(acceptPayload(mallory, id)),
    }).toString();
    const response = await fetch(`${world.app.url}/slack/events`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded', ...world.slack.signed(body) },
      body,
    });
    expect(response.status).toBe(200);
    expect((await world.database.prisma.handoff.findFirstOrThrow()).status).toBe('offered');
  });

  test.each([
    ['forged', { secret: 'somebody elses secret' }],
    ['ten minutes old', { timestamp: Math.floor(Date.now() / 1000) - 600 }],
  ])('whose request is %s is rejected with 401 and has no effect', async (_name, how) => {
    const { id } = await world.database.prisma.handoff.findFirstOrThrow();
    const body = new URLSearchParams({ payload: JSON.stringify(acceptPayload('U1', id)) }).toString();
    const response = await fetch(`${world.app.url}/slack/events`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded', ...world.slack.signed(body, how) },
      body,
    });
    expect(response.status).toBe(401);
    expect((await world.database.prisma.handoff.findFirstOrThrow()).status).toBe('offered');
  });
});

describe('/handoff', () => {
  test('stats tells the manager how the team answered', async () => {
    world.moveTo(new Date('2026-03-02T14:07:00Z'));
    await world.slack.click(ada, { ts: ts(ada), actionId: 'handoff.accept' });
    await world.settle();
    const answer = await world.slack.command(grace, '/handoff', 'stats team 7d');
    expect(answer.status).toBe(200);
    const [text] = whispers(grace).slice(-1);
    expect(text).toContain('Americas, last 7 days');
    expect(text).toContain('median 4 min, p90 4 min (1)');
  });

  test('help lists what it can do, and a word it does not know is named', async () => {
    await world.slack.command(ada, '/handoff', 'help');
    await world.slack.command(ada, '/handoff', 'dance');
    expect(whispers(ada)).toEqual([
      expect.stringContaining('What /handoff can do'),
      expect.stringContaining('I do not know "dance".'),
    ]);
  });
});

function acceptPayload(userId: string, handoffId: string) {
  return {
    type: 'block_actions',
    user: { id: userId, username: 'somebody', team_id: 'T1' },
    team: { id: 'T1', domain: 'example' },
    channel: { id: 'D1', name: 'directmessage' },
    container: { type: 'message', message_ts: '1.1', channel_id: 'D1', is_ephemeral: false },
    api_app_id: 'A1',
    token: 'unused',
    trigger_id: '1.2.3',
    response_url: `${world.slack.url}/nowhere`,
    message: { type: 'message', ts: '1.1', text: 'card', blocks: [] },
    state: { values: {} },
    actions: [
      {
        type: 'button',
        action_id: 'handoff.accept',
        block_id: 'b',
        value: handoffId,
        action_ts: '1772460180.1',
      },
    ],
  };
}
