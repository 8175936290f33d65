import { expect, test } from 'vitest';
import { zoneOfPlace } from '../../../src/domain/time/zone-of-place.ts';

const now = new Date('2026-01-15T12:00:00Z');
const nowhere = { zone: null, country: null, state: null };

test.each([
  ["HubSpot's own zone", { zone: 'america_slash_new_york', country: 'Germany' }, 'America/New_York'],
  ['a zone with hyphens', { zone: 'america_slash_port_hyphen_au_hyphen_prince' }, 'America/Port-au-Prince'],
  ['a zone as it is usually written', { zone: 'Europe/Berlin' }, 'Europe/Berlin'],
  ['a country of one zone', { country: 'Germany' }, 'Europe/Berlin'],
  ['a country of one zone, by its code', { country: 'de' }, 'Europe/Berlin'],
  ['a country as people call it', { country: 'UK' }, 'Europe/London'],
  ['a country that tz knows by an older name', { country: 'India' }, 'Asia/Calcutta'],
  ['a state with one zone to itself', { country: 'United States', state: 'New York' }, 'America/New_York'],
  ['a state by its code', { country: 'usa', state: 'CA' }, 'America/Los_Angeles'],
  ['a territory', { country: 'Australia', state: 'Queensland' }, 'Australia/Brisbane'],
  ['what is no zone of HubSpot, in a country of one', { zone: 'mars', country: 'France' }, 'Europe/Paris'],
])('%s is certain', (_, place, zone) => {
  expect(zoneOfPlace({ ...nowhere, ...place }, now)).toBe(zone);
});

test.each([
  ['a country of several zones', { country: 'United States' }],
  ['a state that is in two', { country: 'United States', state: 'Texas' }],
  ['a country with islands far away', { country: 'Spain' }],
  ['a state of no country', { state: 'New York' }],
  ['a country that nobody knows', { country: 'Atlantis' }],
  ['nothing', {}],
])('%s tells no zone', (_, place) => {
  expect(zoneOfPlace({ ...nowhere, ...place }, now)).toBeNull();
});
