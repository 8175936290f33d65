import type { en } from './en.ts';
import { type Language, languages, wordsIn } from './words.ts';

/** Something that people type, by the name that the catalogues have for it. */
export type Typed = Extract<keyof (typeof en)['typed'], string>;

/** Words as they are compared: without capitals, accents and spaces that mean nothing. */
export function folded(text: string): string {
  return text.toLowerCase().normalize('NFD').replaceAll(/\p{M}/gu, '').replaceAll(/\s+/g, ' ').trim();
}

/** In how many words of somebody's one thing may be said. */
const wordsMax = 5;

/** What some words mean, by the words. @param spoken in which languages */
export function meaningsOf(
  names: readonly Typed[],
  spoken: readonly Language[] = languages,
): ReadonlyMap<string, Typed> {
  const meanings = new Map<string, Typed>();
  for (const language of spoken) {
    for (const name of names) {
      for (const one of wordsIn(language).text(`typed.${name}`).split(',')) {
        if (!meanings.has(folded(one))) meanings.set(folded(one), name);
      }
    }
  }
  return meanings;
}

/** What stands at the beginning of some words, said in as many of them as possible, and what follows it. */
export function firstMeant(
  said: readonly string[],
  meanings: ReadonlyMap<string, Typed>,
): { name: Typed; rest: readonly string[] } | null {
  for (let count = Math.min(wordsMax, said.length); count > 0; count -= 1) {
    const name = meanings.get(folded(said.slice(0, count).join(' ')));
    if (name) return { name, rest: said.slice(count) };
  }
  return null;
}

/**
 * The same words with those that are known as English has them; all others stay as they are.
 * @param atFirst what those at the beginning mean, where that is something else
 */
export function inEnglish(
  said: readonly string[],
  meanings: ReadonlyMap<string, Typed>,
  atFirst = meanings,
): string[] {
  const english: string[] = [];
  for (let place = 0; place < said.length; ) {
    const some = said.slice(place, place + wordsMax);
    const meant = firstMeant(some, place === 0 ? atFirst : meanings);
    english.push(meant ? shownAs(meant.name, 'en') : (some[0] ?? ''));
    place += meant ? some.length - meant.rest.length : 1;
  }
  return english;
}

/** How something is typed in a language. */
export function shownAs(name: Typed, language: Language): string {
  return wordsIn(language).text(`typed.${name}`).split(',', 1)[0] ?? name;
}
