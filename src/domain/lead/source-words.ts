import { sources } from '../words/en/sources.ts';
import type { Words } from '../words/words.ts';
import { keyInWords } from './label.ts';

/** Where leads come from, in the reader's words; a key that HubSpot does not have of itself, as it is. */
export function sourceInWords(key: string, words: Words): string {
  return Object.hasOwn(sources, key) ? words.text(`sources.${key as keyof typeof sources}`) : keyInWords(key);
}
