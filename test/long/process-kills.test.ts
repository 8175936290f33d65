import { afterEach, describe, expect, test } from 'vitest';
import { peopleOf } from '../../src/domain/policy/people-of.ts';
import { readPolicyFile } from '../../src/policy-file.ts';
import { chats } from '../support/chats/client.ts';
import { type Child, environmentOf, startChild } from '../support/child.ts';
import { storedHandoffs } from '../support/stored-handoffs.ts';
import {
  createLead,
  policyFile,
  requestDemo,
  type Surroundings,
  startSurroundings,
} from '../support/world.ts';

let around: Surroundings | null = null;
let children: Child[] = [];

function start(environment: Record<string, string>): Child {
  const child = startChild(environment);
  children.push(child);
  return child;
}

afterEach(async () => {
  for (const child of children) child.kill('SIGKILL');
  await Promise.all(children.map(({ ended }) => ended));
  children = [];
  await around?.close();
  around = null;
});

const everybody = peopleOf(readPolicyFile(policyFile).policy);
/** The demo request's webhook, answered with 200 by the child. */
async function deliverDemoRequest(world: Surroundings): Promise<void> {
  world.hubspot.pauseWebhooks();
  const lead = createLead(world);
  requestDemo(world, lead);
  const answer = await world.hubspot.deliver(world.hubspot.takePendingWebhooks());
  expect(answer.status).toBe(200);
}

describe.each(chats)('kill -9 of the bot in $name', ({ platform }) => {
  const cards = (world: Surroundings) => everybody.flatMap((person) => world.in(platform).cards(person));

  test.each([
    {
      when: 'while the lead is read from HubSpot',
      hold: ({ hubspot }: Surroundings) =>
        hubspot.failNext({ method: 'GET', path: /contacts/, connection: 'hang' }),
      isHeld: ({ hubspot }: Surroundings) =>
        hubspot.requests.some(({ method, path }) => method === 'GET' && /contacts/.test(path)),
      sent: 1,
    },
    {
      when: 'while the card is sent',
      hold: (world: Surroundings) => world.in(platform).fail('post', 'hang'),
      isHeld: (world: Surroundings) => world.in(platform).isHanging(),
      sent: 1,
    },
    {
      when: 'when the chat has the card and has not said so',
      hold: (world: Surroundings) => world.in(platform).fail('post', 'hangAfterEffect'),
      isHeld: (world: Surroundings) => cards(world).length > 0,
      // Slack's messages can be looked through for the card. Teams' cannot, and a lead must not be lost.
      sent: { slack: 1, teams: 2 }[platform],
    },
  ])('$when: after the restart the card is there, once', async ({ hold, isHeld, sent }) => {
    const world = await startSurroundings({ chats: platform, realTime: true });
    around = world;
    const first = start(environmentOf(world));
    await first.ready;
    await world.everybodyArrives();
    hold(world);
    await deliverDemoRequest(world);
    await expect.poll(() => isHeld(world)).toBe(true);
    first.kill('SIGKILL');
    expect((await first.ended).signal).toBe('SIGKILL');

    const second = start(environmentOf(world));
    await second.ready;
    const delivered = async () =>
      (await storedHandoffs(world.database)).filter(({ deliveredAt }) => deliveredAt !== null).length;
    await expect.poll(delivered).toBe(1);
    expect(cards(world)).toHaveLength(sent);
    for (const person of everybody) await world.in(platform).look(person);
    await expect.poll(() => cards(world).length).toBe(1);
    second.kill('SIGTERM');
    expect((await second.ended).code).toBe(0);
    expect(cards(world)).toHaveLength(1);
  });

  test('when HubSpot has made the deal and has not said so: after the restart it is known, and the only one', async () => {
    const deal = { when: 'accept', pipeline: 'default', stage: 'appointmentscheduled', unless: 'open deal' };
    const world = await startSurroundings({ chats: platform, realTime: true, amend: { deals: [deal] } });
    around = world;
    const first = start(environmentOf(world));
    await first.ready;
    await world.everybodyArrives();
    await deliverDemoRequest(world);
    const holder = () => everybody.find((person) => world.in(platform).cards(person).length > 0);
    await expect.poll(holder).toBeDefined();
    // While the request is being answered.
    world.hubspot.onChange((news) => {
      if (news.kind === 'change' && news.change.kind === 'created' && news.change.record.type === 'deals')
        first.kill('SIGKILL');
    });
    await world.in(platform).press(holder() ?? '', 'accept');
    expect((await first.ended).signal).toBe('SIGKILL');
    expect(world.hubspot.objects('deals')).toHaveLength(1);

    const second = start(environmentOf(world));
    await second.ready;
    const known = () => world.database.prisma.handoffEvent.count({ where: { type: 'dealMade' } });
    await expect.poll(known).toBe(1);
    second.kill('SIGTERM');
    expect((await second.ended).code).toBe(0);
    expect(await known()).toBe(1);
    expect(world.hubspot.objects('deals')).toHaveLength(1);
  });
});
