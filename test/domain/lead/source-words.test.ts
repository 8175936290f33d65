import { expect, it } from 'vitest';
import { leadSources } from '../../../sandbox/hubspot/standard-options.ts';
import { sourceInWords } from '../../../src/domain/lead/source-words.ts';
import { wordsIn } from '../../../src/domain/words/words.ts';

it('each source that HubSpot has of itself is called as the reader calls it', () => {
  const german = leadSources.map(({ value }) => sourceInWords(value, wordsIn('de')));
  expect(german).toContain('Bezahlte Suche');
  expect(new Set(german).size).toBe(leadSources.length);
  expect(sourceInWords('SOCIAL_MEDIA', wordsIn('en'))).toBe('Organic social');
});

it.each([
  ['PARTNER_PORTAL', 'Partner portal'],
  ['constructor', 'Constructor'],
])('%s, which HubSpot does not have, is called %s', (key, words) => {
  expect(sourceInWords(key, wordsIn('de'))).toBe(words);
});
