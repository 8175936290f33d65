import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startWebhook, type WebhookServer } from '../../../sandbox/webhook/server.ts';
import { webhookCalls } from '../../../src/adapters/webhook/call.ts';

const secret = 'a-secret-of-the-test-of-webhooks';
const now = () => new Date('2026-03-03T15:00:00Z');
const body = { event: 'handoff.waiting', dedup_key: 'b7f0:acknowledge' };

let server: WebhookServer;
beforeEach(async () => {
  server = await startWebhook({ secret, now });
});
afterEach(() => server.close());

const call = (with_: string | null = secret, url = server.url) =>
  webhookCalls({ secret: with_, clock: now }).call({ id: 'b7f0:4', url, body });

describe('a call', () => {
  it('arrives signed, and counts once however often it is made', async () => {
    await call();
    await call();
    expect(server.calls).toEqual(['b7f0:4', 'b7f0:4']);
    expect(server.taken).toEqual([{ id: 'b7f0:4', body }]);
    expect(server.refused).toEqual([]);
  });

  it('with another secret is refused, for good', async () => {
    await expect(call('another-secret-of-the-test')).rejects.toMatchObject({
      name: 'PermanentFailure',
      why: 'it answers 400',
    });
    expect(server.refused).toEqual(['webhook-signature does not fit']);
  });

  it('without a secret is not made', async () => {
    await expect(call(null)).rejects.toMatchObject({
      name: 'PermanentFailure',
      why: 'no secret to sign with is configured (WEBHOOK_SECRET)',
    });
    expect(server.calls).toEqual([]);
  });

  it('follows no redirect', async () => {
    server.failNext({ status: 302, headers: { location: server.url } });
    await expect(call()).rejects.toMatchObject({
      name: 'PermanentFailure',
      why: 'it points elsewhere (302)',
    });
    expect(server.calls).toHaveLength(1);
  });

  it.each([404, 410, 422])('that is answered %i is given up', async (status) => {
    server.failNext({ status });
    await expect(call()).rejects.toMatchObject({ name: 'PermanentFailure', code: String(status) });
  });

  it.each([408, 429, 500, 503])('that is answered %i may be made again', async (status) => {
    server.failNext({ status, headers: { 'retry-after': '7' } });
    await expect(call()).rejects.toMatchObject({
      name: 'TemporaryFailure',
      outcome: 'notDone',
      retryAfterSeconds: 7,
    });
  });

  it.each(['drop', 'dropAfterEffect'] as const)('whose line breaks (%s) may have arrived', async (fault) => {
    server.failNext(fault);
    await expect(call()).rejects.toMatchObject({ name: 'TemporaryFailure', outcome: 'unknown' });
    await call();
    expect(server.taken).toHaveLength(1);
  });

  it('to nobody may be made again', async () => {
    await expect(call(secret, 'http://127.0.0.1:1/')).rejects.toMatchObject({ name: 'TemporaryFailure' });
  });
});
