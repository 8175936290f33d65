import { expect, it } from 'vitest';
import { firstMeant, meaningsOf, shownAs } from '../../../src/domain/words/typed.ts';
import { languages } from '../../../src/domain/words/words.ts';
import { askedIn, wordsMeantIn } from '../../../src/flow/answer/usage.ts';

it.each([
  ['why maya', 'why', ['maya']],
  ['WARUM Maya', 'why', ['Maya']],
  ['por que maya', 'why', ['maya']],
  ['Por Quê maya chen', 'why', ['maya', 'chen']],
  ['abwesend bis Freitag', 'ooo', ['bis', 'Freitag']],
  ['ausente até sexta', 'ooo', ['até', 'sexta']],
  ['zurück', 'back', []],
  ['ZURUECK', 'back', []],
  ['bin wieder da', 'back', []],
  ['voltei', 'back', []],
  ['hilfe alles', 'help', ['alles']],
  ['ajuda', 'help', []],
  ['meus números time', 'stats', ['time']],
  ['sent-back 7d', 'sentBack', ['7d']],
  ['sprache deutsch', 'language', ['deutsch']],
  ['idioma', 'language', []],
] as const)('"%s" asks for %s', (said, verb, rest) => {
  expect(askedIn(said)).toEqual({ verb, rest });
});

it.each(['maya chen', 'weggehen', 'por', ''])('"%s" asks for nothing that is known', (said) => {
  expect(askedIn(said)).toBeNull();
});

it('no word asks for two things, in whichever language', () => {
  const told = new Map<string, string>();
  for (const language of languages) {
    for (const { word, verb } of wordsMeantIn(language)) {
      expect(told.get(word) ?? verb, word).toBe(verb);
      told.set(word, verb);
    }
  }
});

it('is shown as the language has it first', () => {
  expect(languages.map((language) => shownAs('ooo', language))).toEqual(['ooo', 'abwesend', 'ausente']);
});

it('of words with several meanings the longest counts', () => {
  const meanings = meaningsOf(['until', 'through', 'tomorrow', 'dayAfterTomorrow']);
  expect(firstMeant(['bis', 'einschließlich', 'freitag'], meanings)).toEqual({
    name: 'through',
    rest: ['freitag'],
  });
  expect(firstMeant(['depois', 'de', 'amanhã'], meanings)?.name).toBe('dayAfterTomorrow');
});
