import { describe, expect, it } from 'vitest';
import { comparable, containsWords, isInArea, isLanguage } from '../../../src/domain/policy/compare-words.ts';

describe('words', () => {
  it.each([
    ['Demographics of buyers', 'demo', false],
    ['Live Demo, today', 'demo', true],
    ['demos', 'demo', false],
    ['Contact  sales', 'contact sales', true],
    ['Request a\u00a0demo', 'request a demo', true],
    ['De\u0301mo', 'D\u00e9mo', true],
    ['demo\u0301', 'demo', false],
    ['demo\u{1D41A}', 'demo', false],
    ['\u{1D41A}demo', 'demo', false],
    ['demo 🎉', 'demo', true],
    ['Talk to us: CONTACT SALES!', 'contact sales', true],
    ['International buyer', 'intern', false],
    ['VP of Finance & Intern', 'intern', true],
    ['Buyer’s guide', "buyer's guide", true],
    ['https://we.example/pricing', '/pricing', true],
    ['https://we.example/pricing/teams', '/pricing', true],
    ['https://we.example/pricingtable', '/pricing', false],
    ['https://we.example/our/plans', '/plans', true],
    ['営業部長', '営業', true],
    ['株式会社ABC', 'ABC', true],
    ['株式会社ABCD', 'ABC', false],
  ])('%j has %j in it: %j', (text, wanted, has) => {
    expect(containsWords(text, wanted)).toBe(has);
  });
});

describe('languages', () => {
  it.each([
    ['de', 'de', true],
    ['de-at', 'de', true],
    ['de_AT', 'DE', true],
    ['fil', 'fi', false],
    ['de', 'de-at', false],
  ])('%s is %s: %j', (language, wanted, is) => {
    expect(isLanguage(language, wanted)).toBe(is);
  });
});

describe('postcodes', () => {
  it.each([
    ['EC2A 4BX', 'ec', true],
    ['E14 5AB', 'E14', true],
    ['E14 5AB', 'E1', false],
    ['E1 6AN', 'E1', true],
    ['E1W 1AA', 'E1', true],
    ['K1A 0B1', 'K1', true],
    ['10115', '10', true],
    ['10115', '101', true],
    ['20115', '10', false],
  ])('%s lies in %s: %j', (postcode, area, lies) => {
    expect(isInArea(postcode, area)).toBe(lies);
  });
});

it('HubSpot’s keys compare as people write them', () => {
  expect(comparable(' COMPUTER_SOFTWARE ')).toBe(comparable('computer software'));
});
