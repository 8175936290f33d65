import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startWebhook, type WebhookServer } from '../../sandbox/webhook/server.ts';
import { chats } from '../support/chats/client.ts';
import { ada, createLead, demoRequest, requestDemo, startWorld, type World } from '../support/world.ts';

const webhookSecret = 'a-secret-of-the-test-of-webhooks';

describe.each(chats)('in $name, a system that is told what happens', ({ platform }) => {
  let world: World;
  let crm: WebhookServer;
  const now = () => world.now();
  beforeEach(async () => {
    crm = await startWebhook({ secret: webhookSecret, now });
  });
  afterEach(() => Promise.all([world.close(), crm.close()]));

  const chat = () => world.in(platform);
  const types = () => crm.taken.map(({ body }) => body['type']);
  const seconds = (count: number) => world.moveTo(new Date(world.now().getTime() + count * 1000));
  const started = async (destination: object = {}) => {
    const events = [{ name: 'crm', url: crm.url, ...destination }];
    world = await startWorld({ chats: platform, amend: { events }, webhookSecret });
  };
  /** Until what was done last can be taken back no more. */
  const settled = async () => {
    seconds(13);
    await world.retryNow();
  };

  test('gets each event once and in order, whatever fails meanwhile and across a restart', async () => {
    await started();
    crm.failNext({ status: 503 });
    crm.failNext('dropAfterEffect');
    await demoRequest(world);
    await world.retryNow();
    await world.retryNow();
    await chat().press(ada, 'accept');
    crm.failNext('drop');
    await settled();
    await world.restart();
    await world.retryNow();
    expect(crm.refused).toEqual([]);
    expect(types()).toEqual(['offered', 'delivered', 'accepted']);
    expect(crm.calls.length).toBeGreaterThan(3);
    const [id] = crm.calls;
    expect(crm.taken[0]?.id).toBe(id);
    expect(crm.taken[0]?.body).toMatchObject({ id, handoff: { trigger: 'demo_request', rep: ada } });
  });

  test('is told nothing of the person but the id in HubSpot', async () => {
    await started();
    const lead = createLead(world, {
      firstname: '<Dana>',
      lastname: '"Ortiz"',
      jobtitle: 'VP {"lead":1}',
      phone: '+1 555 0100',
      message: 'Ring me at home',
    });
    requestDemo(world, lead);
    await world.settle();
    await chat().fill(ada, 'logTouch', { did: 'talked', note: 'she is Dana of Northwind' });
    await settled();
    await chat().fill(ada, 'disqualify', { reason: 'not_a_fit', note: 'Dana is no fit' });
    await settled();
    expect(types()).toContain('disqualified');
    const said = JSON.stringify(crm.taken);
    for (const personal of [
      'Dana',
      'Ortiz',
      'VP',
      'Northwind',
      'northwind',
      '555 0100',
      '5550100',
      'Ring',
      'fit"',
      'Request',
    ])
      expect(said.replaceAll('not_a_fit', '')).not.toContain(personal);
    expect(crm.taken.every(({ body }) => JSON.stringify(body['lead']) === JSON.stringify({ id: lead }))).toBe(
      true,
    );
  });

  test('hears nothing of what was taken back, and only of what it asked for', async () => {
    await started({ only: ['accepted', 'undone', 'touched'] });
    await demoRequest(world);
    await chat().press(ada, 'accept');
    await world.settle();
    seconds(5);
    await chat().press(ada, 'undo');
    await settled();
    expect(types()).toEqual([]);
    await chat().fill(ada, 'logTouch', { did: 'talked', note: '' });
    await settled();
    expect(types()).toEqual(['accepted', 'touched']);
  });

  test('that is gone hears nothing more of that lead, and of the next one again', async () => {
    await started({ only: ['accepted', 'offered'] });
    crm.failNext({ status: 410 });
    await demoRequest(world);
    await chat().press(ada, 'accept');
    await settled();
    expect([crm.calls.length, crm.taken]).toEqual([1, []]);
    expect(world.log.join()).toContain('eventsUnwanted');
    await demoRequest(world);
    expect(types()).toEqual(['offered']);
  });

  test('hears nothing more of a lead that was erased, of which it had still to hear', async () => {
    await started();
    const lead = await demoRequest(world);
    await chat().press(ada, 'accept');
    await world.settle();
    // HubSpot's deletion may be heard of before the erasure, as the end of the handoff: it is not taken either.
    const outage = 3;
    for (let attempt = 0; attempt < outage; attempt += 1) crm.failNext({ status: 503 });
    world.hubspot.privacyDelete(lead);
    await world.settle();
    for (let attempt = 0; attempt <= outage; attempt += 1) await settled();
    await demoRequest(world);
    await world.retryNow();
    const heard = crm.taken.filter(
      ({ body }) => JSON.stringify(body['lead']) === JSON.stringify({ id: lead }),
    );
    expect(heard.map(({ body }) => body['type'])).toEqual(['offered', 'delivered']);
  });

  test('that does not answer is tried again by the queue, which operators see', async () => {
    await started();
    for (let attempt = 0; attempt < 25; attempt += 1) crm.failNext({ status: 500 });
    await demoRequest(world);
    await world.database.pool.query(`update job set attempts = 24, run_at = now() where task = 'events'`);
    await world.settle();
    const measures = await (await fetch(`${world.app.metricsUrl}/metrics`)).text();
    expect(measures).toContain('handoff_job_failures_total{task="events",became="exhausted"} 1');
    expect(measures).toContain('handoff_jobs_exhausted{task="events"} 1');
  });
});
