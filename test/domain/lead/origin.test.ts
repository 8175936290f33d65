import { expect, it } from 'vitest';
import { originOf } from '../../../src/domain/lead/origin.ts';
import { lead } from '../../support/examples.ts';

const none = { original: null, detail: null, furtherDetail: null };
const asked = (source: object) =>
  originOf(lead({ source: { ...none, latest: null, latestDetail: null, ...source } }));

it.each([
  ['PAID_SEARCH', 'spring'],
  ['EMAIL_MARKETING', 'spring'],
  ['OTHER_CAMPAIGNS', 'spring'],
  ['PAID_SOCIAL', 'below'],
  ['SOCIAL_MEDIA', 'below'],
  ['ORGANIC_SEARCH', null],
  ['DIRECT_TRAFFIC', null],
  ['OFFLINE', null],
])('the campaign of %s is %s', (original, campaign) => {
  const told = asked({ original, detail: 'spring', furtherDetail: 'below' });
  expect(told).toMatchObject({ source: original, campaign });
});

it('the latest source has a campaign of its own', () => {
  const told = asked({
    original: 'OFFLINE',
    detail: 'IMPORT',
    latest: 'PAID_SEARCH',
    latestDetail: 'autumn',
  });
  expect(told).toMatchObject({ campaign: null, latestSource: 'PAID_SEARCH', latestCampaign: 'autumn' });
});

it('of the score it is what it was made of, without its history', () => {
  const components = [
    { label: 'Fit', points: 20 },
    { label: 'Engagement', points: 10 },
  ];
  expect(originOf(lead()).score).toEqual({ value: 30, components });
  expect(originOf(lead({ score: null })).score).toBeNull();
});
