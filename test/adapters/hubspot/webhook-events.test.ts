import { expect, test } from 'vitest';
import { parseWebhook } from '../../../src/adapters/hubspot/webhook.ts';
import type { InboundEvent } from '../../../src/flow/ports/inbox.ts';

/** What all events of one write have in common. */
const usual = {
  eventId: 3_181_526_809,
  subscriptionId: 25,
  portalId: 4711,
  appId: 9,
  occurredAt: 1763632800000,
  attemptNumber: 0,
  changeSource: 'CRM_UI',
  sourceId: 'userId:41',
};
const linked = {
  ...usual,
  subscriptionType: 'object.associationChange',
  associationCategory: 'HUBSPOT_DEFINED',
  associationTypeId: 279,
  fromObjectId: 123,
  fromObjectTypeId: '0-1',
  toObjectId: 456,
  toObjectTypeId: '0-2',
  associationRemoved: false,
  isPrimaryAssociation: false,
};
const classicLink = {
  ...usual,
  subscriptionType: 'contact.associationChange',
  associationType: 'CONTACT_TO_COMPANY',
  fromObjectId: 123,
  toObjectId: 456,
  associationRemoved: false,
  isPrimaryAssociation: false,
};
const merge = {
  ...usual,
  objectId: 123,
  primaryObjectId: 123,
  mergedObjectIds: [124],
  newObjectId: 999,
  numberOfPropertiesMoved: 2,
};
const stage = { propertyName: 'lifecyclestage', propertyValue: 'marketingqualifiedlead' };

function parse(events: readonly unknown[]): InboundEvent[] {
  const body = Buffer.from(JSON.stringify(events));
  const parsed = parseWebhook(body, 'application/json', { portalId: '4711', receivedAt: new Date(0) });
  if ('rejected' in parsed) throw new Error(parsed.rejected.reason);
  return parsed.events;
}

const said = ({ leadId, record, ignored }: InboundEvent) =>
  ignored?.as ?? leadId ?? `${record?.objectType} ${record?.id}`;

/** One of every kind that HubSpot has, and what it is about. */
const every: readonly [string, Record<string, unknown>][] = [
  ['123', { ...usual, subscriptionType: 'object.creation', objectTypeId: '0-1', objectId: 123 }],
  [
    '123',
    { ...usual, subscriptionType: 'object.propertyChange', objectTypeId: '0-1', objectId: 123, ...stage },
  ],
  ['123', { ...usual, subscriptionType: 'object.deletion', objectTypeId: '0-1', objectId: 123 }],
  ['123', { ...usual, subscriptionType: 'object.restore', objectTypeId: '0-1', objectId: 123 }],
  ['999', { ...merge, subscriptionType: 'object.merge', objectTypeId: '0-1' }],
  ['123', linked],
  ['calls 77', { ...usual, subscriptionType: 'object.creation', objectTypeId: '0-48', objectId: 77 }],
  ['otherRecord', { ...usual, subscriptionType: 'object.creation', objectTypeId: '2-31', objectId: 8 }],
  ['123', { ...usual, subscriptionType: 'contact.creation', objectId: 123 }],
  ['123', { ...usual, subscriptionType: 'contact.propertyChange', objectId: 123, ...stage }],
  ['123', { ...usual, subscriptionType: 'contact.deletion', objectId: 123 }],
  ['123', { ...usual, subscriptionType: 'contact.restore', objectId: 123 }],
  ['999', { ...merge, subscriptionType: 'contact.merge' }],
  ['123', classicLink],
  ['123', { ...usual, subscriptionType: 'contact.privacyDeletion', objectId: 123 }],
  ['deals 88', { ...usual, subscriptionType: 'deal.creation', objectId: 88 }],
  ['otherRecord', { ...usual, subscriptionType: 'ticket.creation', objectId: 5 }],
  ['otherRecord', { ...usual, subscriptionType: 'conversation.newMessage', objectId: 6, messageId: 'm' }],
];

test('one of every kind that HubSpot sends is read in one request, and none is taken for another', () => {
  const events = parse(every.map(([, event]) => event));
  expect(events.map(said)).toEqual(every.map(([about]) => about));
  expect(new Set(events.map(({ dedupeKey }) => dedupeKey)).size).toBe(every.length);
});

test.each([
  ['another company', { toObjectId: 457 }],
  ['another contact', { fromObjectId: 124 }],
  ['the same as the primary one', { associationTypeId: 1, isPrimaryAssociation: true }],
  ['one of a label that the portal made', { associationCategory: 'USER_DEFINED' }],
  ['one that was removed', { associationRemoved: true }],
  ['another type of record', { toObjectTypeId: '0-3' }],
])('two associations of one write are two events: %s', (_, other) => {
  const keys = parse([linked, { ...linked, ...other }]).map(({ dedupeKey }) => dedupeKey);
  expect(new Set(keys).size).toBe(2);
});

test('an association that is delivered again is the same event', () => {
  for (const event of [linked, classicLink, { ...merge, subscriptionType: 'object.merge' }]) {
    const [first, again] = parse([event, { ...event, attemptNumber: 3 }]);
    expect(again?.dedupeKey).toBe(first?.dedupeKey);
  }
});

test('two merges of one write are two events', () => {
  const type = { subscriptionType: 'object.merge', objectTypeId: '0-1' };
  const keys = parse([
    { ...merge, ...type },
    { ...merge, ...type, mergedObjectIds: [125] },
  ]).map(({ dedupeKey }) => dedupeKey);
  expect(new Set(keys).size).toBe(2);
});

test.each<[string, Record<string, unknown>, string]>([
  ['a contact', linked, '123'],
  [
    'a contact at the other end',
    { ...linked, fromObjectTypeId: '0-3', fromObjectId: 7, toObjectTypeId: '0-1', toObjectId: 123 },
    '123',
  ],
  ['a contact, the older way', classicLink, '123'],
  [
    'a contact at the other end, the older way',
    {
      ...classicLink,
      subscriptionType: 'deal.associationChange',
      associationType: 'DEAL_TO_CONTACT',
      fromObjectId: 7,
      toObjectId: 123,
    },
    '123',
  ],
  [
    'a call that is filed under a contact',
    { ...linked, fromObjectTypeId: '0-48', fromObjectId: 7, toObjectTypeId: '0-1', toObjectId: 123 },
    '123',
  ],
  ['a contact that lost its company', { ...linked, associationRemoved: true }, '123'],
  [
    'a contact, by an older subscription that names no types',
    { ...classicLink, associationType: undefined },
    '123',
  ],
  ['no contact', { ...linked, fromObjectTypeId: '0-3' }, 'otherRecord'],
  ['a contact without its id', { ...linked, fromObjectId: undefined }, 'nameless'],
  ['our own doing', { ...linked, changeSource: 'INTEGRATION', sourceId: '9' }, 'ownEcho'],
  ['nobody knows what', { ...linked, fromObjectTypeId: undefined, toObjectTypeId: undefined }, 'unknownType'],
])('an association is news of the contact at either end: %s', (_, event, expected) => {
  expect(parse([event]).map(said)).toEqual([expected]);
});
