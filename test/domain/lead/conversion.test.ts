import { expect, it } from 'vitest';
import { titlesOf } from '../../../src/domain/lead/conversion.ts';

it.each([
  ['Demographics of buyers 2026: Download', 'Demographics of buyers 2026', 'Download'],
  [
    'Acme: the planner | Pricing: Request a demo',
    'Acme: the planner | Pricing',
    'the planner | Pricing: Request a demo',
  ],
  ['Home: Request a demo: EMEA', 'Home: Request a demo', 'Request a demo: EMEA'],
  ['Request a demo', null, 'Request a demo'],
  ['Meetings Link: ada-okafor/demo', null, 'Meetings Link: ada-okafor/demo'],
])('%s: the page is %j, the form %j', (name, page, form) => {
  expect(titlesOf({ name, at: new Date(0) })).toEqual({ page, form });
});
