import { expect, test } from 'vitest';
import { labelOf } from '../../../src/domain/lead/label.ts';

const labels = { industry: { TRUCKING: 'Trucking & railroad' } };

test.each([
  ['a label is what HubSpot shows', 'TRUCKING', 'Trucking & railroad'],
  ['without a label the key is put into words', 'FOOD_PRODUCTION', 'Food production'],
  ['a value that every object knows has no label', 'constructor', 'Constructor'],
])('%s', (_, value, shown) => {
  expect(labelOf({ labels }, 'industry', value)).toBe(shown);
});
