import { expect, test } from 'vitest';
import { type SignatureKind, signatureHeaders } from '../../../sandbox/hubspot/signature.ts';
import { receiveWebhook } from '../../../src/adapters/hubspot/receive.ts';
import type { SignatureVersion } from '../../../src/adapters/hubspot/signature.ts';
import type { Observation } from '../../../src/flow/ports/observe.ts';
import { memoryStores } from '../../support/memory/stores.ts';

const now = new Date('2026-11-20T10:00:00Z');
const hour = 3_600_000;
const publicUrl = 'https://handoff.example.com';
const url = '/hubspot/webhooks';
const event = {
  eventId: 1,
  portalId: 4711,
  occurredAt: now.getTime(),
  subscriptionType: 'object.creation',
  objectTypeId: '0-1',
  objectId: 123,
};

/** A door that takes these versions, and requests that come to it. */
function door(signatures: readonly SignatureVersion[]) {
  const { inbox } = memoryStores();
  const observed: Observation[] = [];
  const receive = receiveWebhook({
    clientSecret: 'secret',
    portalId: 4711,
    publicUrl,
    signatures,
    inbox,
    clock: () => now,
    observe: (observation) => observed.push(observation),
  });
  const come = (kind: SignatureKind, events: unknown[] = [event]) => {
    const body = JSON.stringify(events);
    const request = { secret: 'secret', method: 'POST', uri: publicUrl + url, body };
    const signed = Object.entries(signatureHeaders(kind, request, now.getTime()));
    const headers = Object.fromEntries(signed.map(([name, value]) => [name.toLowerCase(), value]));
    return receive({
      method: 'POST',
      url,
      body: Buffer.from(body),
      headers: { ...headers, 'content-type': 'application/json' },
    });
  };
  return { inbox, observed, come };
}

test.each<[SignatureVersion[], SignatureKind[], SignatureKind[]]>([
  [['v3'], ['v3'], ['v2', 'v1', 'none', 'forged']],
  [
    ['v3', 'v1'],
    ['v3', 'v1'],
    ['v2', 'none', 'forged'],
  ],
  [
    ['v2', 'v1'],
    ['v2', 'v1', 'v3'],
    ['none', 'forged'],
  ],
])('with %j allowed %j are taken in, and %j turned away', async (signatures, taken, turnedAway) => {
  const { come } = door(signatures);
  for (const kind of taken) expect((await come(kind)).status).toBe(200);
  for (const kind of turnedAway) expect((await come(kind)).status).toBe(401);
});

test.each(['v2', 'v1'] as const)('an old request in %s that is sent again counts once', async (version) => {
  const { come, inbox } = door([version]);
  for (let times = 0; times < 3; times += 1) expect((await come(version)).status).toBe(200);
  expect(await inbox.undecided('123')).toHaveLength(1);
});

test.each(['v2', 'v1'] as const)('what HubSpot would no longer send is refused in %s', async (version) => {
  const { come, observed } = door([version]);
  const at = (hours: number) => ({ ...event, eventId: hours, occurredAt: now.getTime() - hours * hour });
  expect((await come(version, [at(24)])).status).toBe(200);
  expect((await come(version, [at(30), at(25)])).status).toBe(401);
  expect(observed.at(-1)).toMatchObject({
    what: 'rejected',
    reason: 'signed without a time, and the newest event is more than a day old',
  });
  expect((await come(version, [at(30), at(1)])).status).toBe(200);
});

test('in v3 it is the request that must be new: HubSpot may be late with an event', async () => {
  const { come } = door(['v3']);
  expect((await come('v3', [{ ...event, occurredAt: now.getTime() - 30 * hour }])).status).toBe(200);
});

test('which version arrives, and whether it counts, is observed', async () => {
  const { come, observed } = door(['v3', 'v2']);
  for (const kind of ['v3', 'v2', 'v1', 'none', 'forged'] as const) await come(kind);
  const signed = observed.flatMap((one) => (one.what === 'signed' ? [[one.version, one.accepted]] : []));
  expect(signed).toEqual([
    ['v3', true],
    ['v2', true],
    ['v1', false],
    ['none', false],
    ['v3', false],
  ]);
});
