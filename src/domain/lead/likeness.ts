import { mistakesAllowed, mistakesBetween } from '../words/meant.ts';
import type { Lead } from './lead.ts';

/**
 * How well words fit a lead by its name, company or email: 0 where each begins one of its words, more where some have typing
 * mistakes; null where one fits nothing. A name that was written in other letters is found by the email or the company only:
 * how it is read nobody knows for certain.
 */
export function likeness(
  words: string,
  lead: Pick<Lead, 'name' | 'company' | 'account' | 'email'>,
): number | null {
  const theirs = partsOf([lead.name, lead.company, lead.account?.name, lead.email].filter(Boolean).join(' '));
  const wanted = partsOf(words);
  if (wanted.length === 0) return null;
  let sum = 0;
  for (const word of wanted) {
    const mistakes = Math.min(...theirs.map((part) => mistakesIn(word, part)));
    if (!Number.isFinite(mistakes)) return null;
    sum += mistakes;
  }
  return sum;
}

/** A letter or two begin half of all words. */
const shortest = 3;

function mistakesIn(word: string, part: string): number {
  if (part.startsWith(word)) return word.length >= shortest || word === part ? 0 : Number.POSITIVE_INFINITY;
  const mistakes = mistakesBetween(word, part);
  return mistakes <= mistakesAllowed(word) ? mistakes : Number.POSITIVE_INFINITY;
}

/** Words without accents, in small letters: "Lindqvist", and "zoe" for "Zoë". */
function partsOf(text: string): string[] {
  const plain = text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();
  return plain.split(/[^\p{L}\p{N}]+/u).filter(Boolean);
}
