import { Signature } from '@hubspot/api-client';
import { describe, expect, test } from 'vitest';
import { call } from '../../../sandbox/hubspot/engagements.ts';
import { signatureHeaders } from '../../../sandbox/hubspot/signature.ts';
import {
  decodeAsSigned,
  type SignatureVersion,
  type SignedRequest,
  verifySignature,
} from '../../../src/adapters/hubspot/signature.ts';
import { parseWebhook } from '../../../src/adapters/hubspot/webhook.ts';
import type { CrmRecord } from '../../../src/flow/ports/crm.ts';
import type { InboundEvent } from '../../../src/flow/ports/inbox.ts';
import { startPortal } from './portal.ts';

const receivedAt = new Date('2025-11-20T10:00:07Z');
const echo: InboundEvent['ignored'] = { as: 'ownEcho', why: 'our own echo' };

describe('signature', () => {
  const clientSecret = 'yyyyyyyy-yyyy-yyyy-yyyy-yyyyyyyyyyyy';
  const signedAt = 1693657560000;
  const documented: SignedRequest = {
    method: 'POST',
    url: 'https://www.example.com/webhook_uri',
    body: Buffer.from("{'example_field':'example_value'}"),
    headers: {
      'x-hubspot-signature-v3': 'K36dawei4A+QBNolUOqo7s91KQDWQ5MXZ/QufNYuk/Y=',
      'x-hubspot-request-timestamp': String(signedAt),
    },
  };

  function verdict(
    override: Partial<SignedRequest> = {},
    options: { at?: number; accept?: SignatureVersion[] } = {},
  ): string {
    const { at = signedAt, ...accept } = options;
    const rejection = verifySignature(
      { ...documented, ...override },
      { clientSecret, now: new Date(at), ...accept },
    );
    if (!rejection) return 'ok';
    expect(rejection).toMatchObject({ status: 401, answer: 'unauthorized' });
    return rejection.reason;
  }

  test("HubSpot's documented v3 example is accepted", () => {
    expect(verdict()).toBe('ok');
  });

  test.each([
    ['another body', { body: Buffer.from("{'example_field':'another_value'}") }],
    ['another URL', { url: 'https://attacker.example/webhook_uri' }],
    ['another method', { method: 'PUT' }],
    ['a query', { url: `${documented.url}?a=1` }],
  ])('the signature does not fit %s', (_, override) => {
    expect(verdict(override)).toContain('wrong v3 signature');
  });

  test('a signature of another length is refused like any other wrong one', () => {
    const headers = { ...documented.headers, 'x-hubspot-signature-v3': 'short' };
    expect(verdict({ headers })).toContain('wrong v3 signature');
  });

  test.each([
    ['five minutes later', 300_000, 'ok'],
    ['a moment after that', 301_000, 'signed more than 5 minutes ago'],
    ['five minutes before', -300_000, 'ok'],
    ['a moment before that', -301_000, 'signed more than 5 minutes in the future'],
  ])('a request is good for five minutes both ways: %s', (_, offset, expected) => {
    expect(verdict({}, { at: signedAt + offset })).toBe(expected);
  });

  test.each([undefined, '', 'soon', '1693657560000.5'])('a timestamp of %j is none', (timestamp) => {
    const headers = { ...documented.headers, 'x-hubspot-request-timestamp': timestamp };
    expect(verdict({ headers })).toBe('no request timestamp');
  });

  test("the library's own signer and ours agree about a body in UTF-8", () => {
    const requestBody = '[{"propertyValue":"Zoë 🎉"}]';
    const signature = Signature.getSignature('POST', 'v3', {
      clientSecret,
      requestBody,
      url: documented.url,
      timestamp: signedAt,
      signature: '',
    });
    const headers = { ...documented.headers, 'x-hubspot-signature-v3': signature };
    expect(verdict({ body: Buffer.from(requestBody), headers })).toBe('ok');
  });

  test('twelve escapes of the URL are decoded before it is signed, and no others', () => {
    expect(decodeAsSigned('/a%3A%2F%3F%40%21%24%27%28%29%2A%2C%3B%3b')).toBe("/a:/?@!$'()*,;;");
    expect(decodeAsSigned('/a%20b%26c%25d%3D?x=%C3%A9')).toBe('/a%20b%26c%25d%3D?x=%C3%A9');
  });

  describe('of the older versions', () => {
    const body = documented.body.toString();
    const signed = (version: 'v1' | 'v2', secret = clientSecret) => {
      const request = { secret, method: 'POST', uri: documented.url, body };
      const headers = Object.entries(signatureHeaders(version, request, signedAt));
      return { headers: Object.fromEntries(headers.map(([name, value]) => [name.toLowerCase(), value])) };
    };

    test.each(['v1', 'v2'] as const)('%s is refused unless it is allowed', (version) => {
      expect(verdict(signed(version))).toBe('no signature of version v3');
      expect(verdict(signed(version), { accept: ['v3', version] })).toBe('ok');
      expect(verdict(signed(version, 'forged'), { accept: ['v3', version] })).toBe(
        `wrong ${version} signature`,
      );
    });

    test('a good old signature does not make up for a wrong v3 one', () => {
      const headers = { ...documented.headers, ...signed('v1').headers };
      const wrong = { ...headers, 'x-hubspot-signature-v3': 'K36d' };
      expect(verdict({ headers: wrong }, { accept: ['v3', 'v1'] })).toContain('wrong v3 signature');
    });
  });

  test('a request without any signature is refused', () => {
    expect(verdict({ headers: {} }, { accept: ['v3', 'v2', 'v1'] })).toBe(
      'no signature of version v3 or v2 or v1',
    );
  });
});

describe('parsing', () => {
  const usual = {
    eventId: 100,
    subscriptionId: 7,
    portalId: 4711,
    appId: 9,
    occurredAt: 1763632800000,
    subscriptionType: 'object.propertyChange',
    objectTypeId: '0-1',
    objectId: 123,
    propertyName: 'lifecyclestage',
    propertyValue: 'marketingqualifiedlead',
    attemptNumber: 0,
    changeSource: 'CRM_UI',
  };

  function parse(payload: unknown, contentType: string | undefined = 'application/json') {
    const body = Buffer.from(typeof payload === 'string' ? payload : JSON.stringify(payload));
    return parseWebhook(body, contentType, { portalId: '4711', receivedAt });
  }

  function parseOne(override: Record<string, unknown>): InboundEvent {
    const parsed = parse([{ ...usual, ...override }]);
    if ('rejected' in parsed) throw new Error(parsed.rejected.reason);
    expect(parsed.events).toHaveLength(1);
    return parsed.events[0] as InboundEvent;
  }

  test('an event keeps what changed and who did it, but not to what value, under a key that a redelivery has too', () => {
    const event = parseOne({ email: 'zoe@acme.test' });
    expect(event).toEqual({
      dedupeKey: '4711:object.propertyChange:0-1:123:lifecyclestage:100:1763632800000',
      leadId: '123',
      record: null,
      type: 'object.propertyChange',
      occurredAt: new Date('2025-11-20T10:00:00Z'),
      payload: {
        ...{ type: 'object.propertyChange', subscriptionType: 'object.propertyChange' },
        ...{ portalId: '4711', appId: '9', eventId: '100', objectTypeId: '0-1', objectId: '123' },
        ...{ occurredAt: 1763632800000, propertyName: 'lifecyclestage', changeSource: usual.changeSource },
      },
      ignored: null,
    });
    expect(parseOne({ attemptNumber: 3 }).dedupeKey).toBe(event.dedupeKey);
    expect(parseOne({ objectTypeId: '0-2' }).dedupeKey).not.toBe(event.dedupeKey);
    expect(parseOne({ occurredAt: 1763632800001 }).dedupeKey).not.toBe(event.dedupeKey);
  });

  test.each<[string, Record<string, unknown>, string | null, InboundEvent['ignored']]>([
    ['a new contact', { subscriptionType: 'contact.creation' }, '123', null],
    ['a changed contact', { subscriptionType: 'contact.propertyChange' }, '123', null],
    ['a restored contact', { subscriptionType: 'contact.restore' }, '123', null],
    ['a deleted contact', { subscriptionType: 'object.deletion' }, '123', null],
    ['an erased contact', { subscriptionType: 'contact.privacyDeletion' }, '123', null],
    [
      "the docs' other name for the type",
      { subscriptionType: undefined, eventType: 'contact.creation' },
      '123',
      null,
    ],
    ['an id as text', { objectId: '123' }, '123', null],
    ['a merge', { subscriptionType: 'contact.merge', primaryObjectId: 123, newObjectId: 999 }, '999', null],
    ['an older merge', { subscriptionType: 'contact.merge', objectId: 5, primaryObjectId: 123 }, '123', null],
    [
      'a contact that got a company',
      {
        subscriptionType: 'contact.associationChange',
        objectId: undefined,
        associationType: 'CONTACT_TO_COMPANY',
        fromObjectId: 123,
        toObjectId: 456,
      },
      '123',
      null,
    ],
    [
      'the same from the other end',
      {
        subscriptionType: 'contact.associationChange',
        objectId: undefined,
        associationType: 'COMPANY_TO_CONTACT',
        fromObjectId: 456,
        toObjectId: 123,
      },
      '123',
      null,
    ],
    ['our own property', { propertyName: 'handoff_status' }, '123', echo],
    [
      'a stage that only marketing sets, written by our app',
      { changeSource: 'INTEGRATION', sourceId: '9' },
      '123',
      null,
    ],
    [
      'a company',
      { subscriptionType: 'object.creation', objectTypeId: '0-2' },
      null,
      { as: 'otherRecord', why: 'about a company' },
    ],
    [
      'a company, the older way',
      { subscriptionType: 'company.creation' },
      null,
      { as: 'otherRecord', why: 'about a company' },
    ],
    ['a new owner', { propertyName: 'hubspot_owner_id', propertyValue: '7' }, '123', null],
    [
      'a note',
      { subscriptionType: 'object.creation', objectTypeId: '0-46' },
      null,
      { as: 'otherRecord', why: 'about a note' },
    ],
    [
      'a task',
      { subscriptionType: 'object.creation', objectTypeId: '0-27' },
      null,
      { as: 'otherRecord', why: 'about a task' },
    ],
    [
      'a deleted call',
      { subscriptionType: 'object.deletion', objectTypeId: '0-48' },
      null,
      { as: 'otherRecord', why: 'about a call' },
    ],
    [
      'a merged deal',
      { subscriptionType: 'object.merge', objectTypeId: '0-3' },
      null,
      { as: 'otherRecord', why: 'about a deal' },
    ],
    [
      'a call that is filed under a company',
      {
        subscriptionType: 'object.associationChange',
        objectTypeId: '0-48',
        associationType: 'CALL_TO_COMPANY',
        fromObjectId: 123,
        toObjectId: 456,
      },
      null,
      { as: 'otherRecord', why: 'about a call' },
    ],
    [
      'a call without its id',
      { subscriptionType: 'object.creation', objectTypeId: '0-48', objectId: undefined },
      null,
      { as: 'nameless', why: 'names no call' },
    ],
    [
      'a call that our app made',
      {
        subscriptionType: 'object.creation',
        objectTypeId: '0-48',
        changeSource: 'INTEGRATION',
        sourceId: '9',
      },
      null,
      echo,
    ],
    [
      'a custom object',
      { objectTypeId: '2-77' },
      null,
      { as: 'otherRecord', why: 'about a record of type 2-77' },
    ],
    [
      'a type nobody knows',
      { subscriptionType: 'contact.promotion' },
      '123',
      { as: 'unknownType', why: 'unknown event type contact.promotion' },
    ],
    [
      'no type of object',
      { objectTypeId: undefined },
      null,
      { as: 'unknownType', why: 'unknown event type object.propertyChange' },
    ],
    ['another portal', { portalId: 1 }, null, { as: 'foreignPortal', why: 'from portal 1, not 4711' }],
    ['a contact without its id', { objectId: undefined }, null, { as: 'nameless', why: 'names no contact' }],
    ['odd extras', { propertyName: null, eventId: {}, associationType: 7 }, '123', null],
  ])('%s', (_, override, leadId, ignored) => {
    expect(parseOne(override)).toMatchObject({ leadId, record: null, ignored });
  });

  const made = { subscriptionType: 'object.creation' };
  test.each<[string, Record<string, unknown>, CrmRecord['objectType']]>([
    ['a call', { ...made, objectTypeId: '0-48' }, 'calls'],
    ['an email', { ...made, objectTypeId: '0-49' }, 'emails'],
    ['a meeting', { ...made, objectTypeId: '0-47' }, 'meetings'],
    ['a message', { ...made, objectTypeId: '0-18' }, 'communications'],
    ['a deal', { ...made, objectTypeId: '0-3' }, 'deals'],
    ['a deal, the older way', { subscriptionType: 'deal.creation', objectTypeId: undefined }, 'deals'],
    ['the stage of a deal', { objectTypeId: '0-3', propertyName: 'dealstage' }, 'deals'],
    ['the outcome of a meeting', { objectTypeId: '0-47', propertyName: 'hs_meeting_outcome' }, 'meetings'],
    [
      "a call by another maker's dialer",
      { ...made, objectTypeId: '0-48', changeSource: 'INTEGRATION', sourceId: '77' },
      'calls',
    ],
  ])('%s tells of leads that have still to be found', (_, override, objectType) => {
    expect(parseOne(override)).toMatchObject({
      leadId: null,
      record: { objectType, id: '123' },
      ignored: null,
    });
  });

  test('a merge keeps the ids that were merged', () => {
    const merge = {
      subscriptionType: 'object.merge',
      primaryObjectId: 123,
      mergedObjectIds: [124, 125],
      newObjectId: 999,
    };
    expect(parseOne(merge)).toMatchObject({
      leadId: '999',
      payload: { primaryObjectId: '123', mergedObjectIds: ['124', '125'], newObjectId: '999' },
    });
  });

  test.each([
    ['no JSON', '{"a"'],
    ['a single event', usual],
    ['no events', []],
    ['101 events', Array(101).fill(usual)],
    ['5,000 levels of lists', `${'['.repeat(5_000)}${']'.repeat(5_000)}`],
    ['5,000 levels in an event', `[{"portalId":4711,"a":${'{"a":'.repeat(5_000)}1${'}'.repeat(5_001)}]`],
  ])('%s is answered with 400 and no detail', (_, payload) => {
    expect(parse(payload)).toMatchObject({ rejected: { status: 400, answer: 'bad request' } });
  });

  test('100 events are taken', () => {
    expect(parse(Array(100).fill(usual))).toMatchObject({ events: { length: 100 } });
  });

  test.each<[string, unknown, string]>([
    ['without a portal', { ...usual, portalId: undefined }, 'portalId'],
    ['without a time and a subject', { ...usual, occurredAt: undefined, objectId: undefined }, 'occurredAt'],
    ['without a type', { ...usual, subscriptionType: undefined }, 'subscriptionType'],
    ['that is none', null, 'fields'],
  ])('an event %s costs none of the other 99, and the reason tells what it lacks', (_, odd, lacks) => {
    const others = Array.from({ length: 99 }, (_, index) => ({ ...usual, objectId: index }));
    expect(parse([...others.slice(0, 3), odd, ...others.slice(3)])).toMatchObject({
      events: others.map(({ objectId }) => ({ leadId: String(objectId) })),
      odd: [`event 3 has no usable ${lacks}`],
    });
  });

  test.each([undefined, null, 'today', -1, 1.5, 9e15])(
    'an event at the time %j happened when it came, and counts once a day',
    (occurredAt) => {
      const at = (time: string) => {
        const body = Buffer.from(JSON.stringify([{ ...usual, occurredAt }]));
        const parsed = parseWebhook(body, 'application/json', {
          portalId: '4711',
          receivedAt: new Date(time),
        });
        if ('rejected' in parsed) throw new Error(parsed.rejected.reason);
        expect(parsed.odd).toEqual([]);
        return parsed.events[0];
      };
      const first = at('2025-11-20T10:00:07Z');
      expect(first).toMatchObject({ leadId: String(usual.objectId), occurredAt: receivedAt });
      expect(at('2025-11-20T23:59:59Z')?.dedupeKey).toBe(first?.dedupeKey);
      expect(at('2025-11-21T00:00:00Z')?.dedupeKey).not.toBe(first?.dedupeKey);
    },
  );

  test('a time in text is one', () => {
    expect(parseOne({ occurredAt: '1763632800000' })).toEqual(parseOne({}));
  });

  test.each([{ occurredAt: undefined }, { occurredAt: '1767225600000' }])(
    'an erasure is taken with %j',
    (time) => {
      expect(parseOne({ subscriptionType: 'contact.privacyDeletion', ...time })).toMatchObject({
        type: 'contact.privacyDeletion',
        leadId: String(usual.objectId),
        ignored: null,
      });
    },
  );

  test.each(['constructor', '__proto__', 'toString'])(
    'a type of record called %s is one nobody knows',
    (name) => {
      const about = `about a record of type ${name}`;
      expect(parseOne({ objectTypeId: name })).toMatchObject({ ignored: { as: 'otherRecord', why: about } });
      const association = { subscriptionType: 'object.associationChange', fromObjectTypeId: name };
      expect(parseOne({ ...association, toObjectTypeId: name })).toMatchObject({
        ignored: { as: 'otherRecord' },
      });
      expect(parseOne({ subscriptionType: `contact.${name}` })).toMatchObject({
        ignored: { as: 'unknownType' },
      });
    },
  );

  test.each([undefined, 'text/plain', 'application/x-www-form-urlencoded'])(
    'content type %s is answered with 415',
    (contentType) => {
      const body = Buffer.from(JSON.stringify([usual]));
      expect(parseWebhook(body, contentType, { portalId: null, receivedAt })).toMatchObject({
        rejected: { status: 415 },
      });
    },
  );

  test('the content type may name its encoding', () => {
    expect(parse([usual], 'application/json; charset=utf-8')).toHaveProperty('events');
  });

  test('everything the bot writes itself comes back as an echo, and the same by somebody else does not', async () => {
    const { portal, crm } = await startPortal();
    portal.setWebhookUrl('https://handoff.example.com/hubspot/webhooks');
    portal.pauseWebhooks();
    const ownerId = portal.createOwner({ email: 'ann@acme.test', firstName: 'Ann', lastName: 'Lee' }).id;
    const accountId = portal.createCompany({ name: 'Initech' });
    const leadId = portal.createContact({ email: 'zoe@initech.test' }, { companyId: accountId });
    const isEcho = ({ ignored }: InboundEvent) => ignored?.as === 'ownEcho';
    const pending = () => {
      const parsed = parse(portal.takePendingWebhooks());
      if ('rejected' in parsed) throw new Error(parsed.rejected.reason);
      return parsed.events.filter((event) => event.leadId !== null || event.record !== null || isEcho(event));
    };
    pending();

    await crm.writeLead(leadId, { ownerId, leadStatus: 'NEW', lifecycleStage: 'salesqualifiedlead' });
    const handoff = { handoffId: '6f2b1c9e-0d4a-4c8e-9b57-1a2b3c4d5e6f', leadId, accountId, ownerId };
    const dueAt = new Date('2026-11-20T11:00:00Z');
    await crm.createTask({ ...handoff, subject: 'Follow up', body: '', dueAt });
    for (const kind of ['call', 'email', 'meeting', 'message'] as const) {
      const touch = { id: `t-${kind}`, kind, outcome: 'connected', note: '' } as const;
      await crm.logTouch({ ...handoff, touch, title: 'Talked', at: dueAt }, false);
    }
    const echoes = pending();
    expect(echoes.length).toBeGreaterThan(10);
    expect(echoes.map(({ ignored }) => ignored)).toEqual(echoes.map(() => echo));

    portal.setProperties('contacts', leadId, {
      hs_lead_status: 'OPEN',
      lifecyclestage: 'customer',
      hubspot_owner_id: '',
    });
    const callId = portal.log(call(), {});
    const news = pending();
    expect(news.map(({ leadId: about, record, ignored }) => [about ?? record, ignored])).toEqual([
      [leadId, null],
      [leadId, null],
      [leadId, null],
      [{ objectType: 'calls', id: callId }, null],
    ]);
  });
});
