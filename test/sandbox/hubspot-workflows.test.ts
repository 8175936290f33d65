import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { Signature } from '@hubspot/api-client';
import { expect, onTestFinished, test } from 'vitest';
import { startHubSpot } from '../../sandbox/hubspot/server.ts';

const start = new Date('2026-11-20T10:00:00Z');

/** A portal, and an app whose action answers as told and keeps what it was asked. */
async function portalWithAction(answer: { status: number; body: string }) {
  const portal = await startHubSpot({
    accessToken: 'pat-test',
    clientSecret: 'secret',
    portalId: 4711,
    now: () => start,
  });
  onTestFinished(() => portal.close());
  const received: { headers: IncomingHttpHeaders; body: string }[] = [];
  const app = createServer(async (request, response) => {
    received.push({ headers: request.headers, body: await text(request) });
    response.writeHead(answer.status).end(answer.body);
  });
  await new Promise<void>((resolve) => app.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    app.closeAllConnections();
    app.close();
  });
  const url = `http://127.0.0.1:${(app.address() as AddressInfo).port}/action`;
  return { portal, received, url };
}

test('an execution of the action tells who and what, and is signed in v2 alone', async () => {
  const body = '{"outputFields":{"hs_execution_state":"SUCCESS"}}';
  const { portal, received, url } = await portalWithAction({ status: 200, body });
  const objectId = portal.createContact({ email: 'ada@example.com' });
  const answer = await portal.runWorkflowAction({ url, objectId, inputFields: { trigger: 'hand_over' } });
  expect(answer).toEqual({
    callbackId: expect.any(String),
    status: 200,
    body: { outputFields: { hs_execution_state: 'SUCCESS' } },
  });
  const [asked] = received;
  expect(JSON.parse(asked?.body ?? '')).toEqual({
    callbackId: answer.callbackId,
    origin: { portalId: 4711, actionDefinitionId: expect.any(Number), actionDefinitionVersion: 1 },
    context: { source: 'WORKFLOWS', workflowId: expect.any(Number) },
    object: { objectId: Number(objectId), properties: {}, objectType: 'CONTACT' },
    inputFields: { trigger: 'hand_over' },
  });
  const signature = Signature.getSignature('POST', 'v2', {
    clientSecret: 'secret',
    requestBody: asked?.body ?? '',
    url,
    method: 'POST',
    signature: '',
  });
  expect(asked?.headers).toMatchObject({
    'x-hubspot-signature': signature,
    'x-hubspot-signature-version': 'v2',
    'content-type': 'application/json',
  });
  expect(asked?.headers).not.toHaveProperty('x-hubspot-signature-v3');
});

test('each execution has a callback id of its own, which another attempt at it repeats', async () => {
  const { portal, received, url } = await portalWithAction({ status: 503, body: '' });
  const objectId = portal.createCompany({ name: 'Initech' });
  const action = { url, objectId, objectType: 'companies', inputFields: {} } as const;
  const first = await portal.runWorkflowAction(action);
  expect(first).toMatchObject({ status: 503, body: undefined });
  await portal.runWorkflowAction({ ...action, callbackId: first.callbackId });
  await portal.runWorkflowAction(action);
  const ids = received.map(({ body }) => JSON.parse(body).callbackId);
  expect(ids[1]).toBe(ids[0]);
  expect(ids[2]).not.toBe(ids[0]);
  expect(JSON.parse(received[0]?.body ?? '').object.objectType).toBe('COMPANY');
});

test('a record that does not exist cannot be enrolled', async () => {
  const { portal, url } = await portalWithAction({ status: 200, body: '' });
  await expect(portal.runWorkflowAction({ url, objectId: '404', inputFields: {} })).rejects.toThrow(
    'resource not found',
  );
});
