import { comparable } from '../policy/compare-words.ts';
import { clean } from '../words/line.ts';
import { type Briefing, factsIn } from './briefing.ts';

/** A fact as a language model is told it, by a name by which it can be cited. */
export type CitableFact = { id: string; text: string };

/** What a language model wrote of facts, and which of them it went by. */
export type Draft = { facts: readonly string[]; text: string };

/** What is read of a draft, and what may be left of it. */
const mostRead = 2_000;
const mostWords = 60;

/** What a language model is told: everything but how to reach the lead, which nobody needs for a summary. */
export function citable(briefing: Briefing): CitableFact[] {
  const { phone, email } = briefing.reach;
  return factsIn(briefing)
    .filter((fact) => fact !== phone && fact !== email)
    .map(({ label, value, at }, index) => ({
      id: `f${index + 1}`,
      text: [label, value, at && dayInUtc(at)].filter(Boolean).join(' | '),
    }));
}

/**
 * What of a draft may stand on a card: nothing unless every number, name and time in it stands in the facts that it cites.
 * Links, mentions and markup are dropped. `refused`: why nothing does.
 */
export function believed(
  draft: Draft,
  facts: readonly CitableFact[],
): { text: string } | { refused: string } {
  const cited = draft.facts.map((id) => facts.find((fact) => fact.id === id));
  if (cited.length === 0) return { refused: 'cites nothing' };
  if (cited.includes(undefined)) return { refused: 'cites what it was not given' };
  const text = withoutMarkup(draft.text.slice(0, mostRead));
  const words = text.split(' ').filter(Boolean);
  if (words.length === 0) return { refused: 'says nothing' };
  if (words.length > mostWords) return { refused: 'is too long' };
  const known = new Set(cited.flatMap((fact) => wordsIn(fact?.text ?? '')));
  const invented = claimsIn(text).find(({ word, mayBegin }) => !known.has(word) && !mayBegin);
  return invented ? { refused: 'says what its facts do not' } : { text };
}

/** Whatever a chat, a browser or a reader could take for more than words. */
function withoutMarkup(text: string): string {
  return clean(text)
    .replaceAll(/<[^<>]*>/g, ' ')
    .replaceAll(/\{\{[^{}]*\}\}/g, ' ')
    .split(/\s+/)
    .filter((word) => !isAddress(word))
    .map((word) => word.replaceAll(/[<>[\]{}|\\`*_~#^=]/g, ''))
    .filter(Boolean)
    .join(' ');
}

/** A link, a mail address or a mention. */
function isAddress(word: string): boolean {
  return /:\/\/|@|^\W*www\./i.test(word) || /\w\.[a-z]{2,}(?:\W|$)/i.test(word);
}

/** A word that claims something, and whether it would stand there also if it claimed nothing. */
type Claim = { word: string; mayBegin: boolean };

/** Words with which a sentence may begin, and which are no names. */
const beginnings = new Set(
  'a after an and asks asked at but came for from has have in is it its looks needs new no nobody not on plans sales shows so the their them there these they this wants was with works'.split(
    ' ',
  ),
);

/** Numbers in letters as digits. */
const numbers = new Map(
  [
    'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty',
    'zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth',
    'never once twice thrice',
  ].flatMap((list) => list.split(' ').map((word, value) => [word, String(value)] as const)),
);
const amounts = new Set(
  'thirty forty fifty sixty seventy eighty ninety hundred hundreds thousand thousands million millions billion dozen dozens half double triple several'.split(
    ' ',
  ),
);

/** Words that say when. */
const times = new Set(
  'today yesterday tomorrow tonight morning evening weekend hour hours day days week weeks month months quarter quarters year years daily weekly monthly yearly annually'.split(
    ' ',
  ),
);
const calendar = calendarWords();

/** Written small, these are other words. */
const ambiguous = new Set(['may', 'march', 'mar', 'sun', 'sat', 'wed']);

/** Every word, and what it claims. */
function wordsIn(text: string): string[] {
  const tokens = [...text.matchAll(token)].map(([one]) => one);
  return tokens.flatMap((one) => [comparable(one), claimOf(one, comparable(one)) ?? []].flat());
}

/** A word, a number, or what begins a sentence. */
const token = /[\p{L}\p{M}]+|\d+(?:[.,]\d+)*|[.!?:|“"(]/gu;

/** What is claimed: numbers, in digits or letters, words that say when, and names, which are written with a capital. */
function claimsIn(text: string): Claim[] {
  const found: Claim[] = [];
  let begins = true;
  for (const [one] of text.matchAll(token)) {
    if (/^[.!?:|“"(]$/.test(one)) {
      begins = true;
      continue;
    }
    const word = comparable(one);
    const claim = claimOf(one, word);
    if (claim) found.push({ word: claim, mayBegin: begins && beginnings.has(word) });
    begins = false;
  }
  return found;
}

function claimOf(written: string, word: string): string | null {
  if (/^\d/.test(written)) return written.replaceAll(/[.,](?=\d{3}(?!\d))/g, '');
  const isCapital = /\p{Lu}|\p{Lo}/u.test(written);
  const number = numbers.get(word);
  if (number) return number;
  const month = calendar.get(word);
  if (month && (isCapital || !ambiguous.has(word))) return month;
  return isCapital || amounts.has(word) || times.has(word) ? word : null;
}

/** Months and weekdays, long and short, by one word for each. */
function calendarWords(): ReadonlyMap<string, string> {
  const named = (parts: Intl.DateTimeFormatOptions, at: Date) =>
    new Intl.DateTimeFormat('en', { ...parts, timeZone: 'UTC' }).format(at).toLowerCase();
  const months = Array.from({ length: 12 }, (_, month) => new Date(Date.UTC(2026, month, 1)));
  const days = Array.from({ length: 7 }, (_, day) => new Date(Date.UTC(2026, 5, 1 + day)));
  return new Map([
    ...months.flatMap((at) => {
      const short = named({ month: 'short' }, at);
      return [short, named({ month: 'long' }, at)].map((word) => [word, short] as const);
    }),
    ...days.flatMap((at) => {
      const short = named({ weekday: 'short' }, at);
      return [short, named({ weekday: 'long' }, at)].map((word) => [word, short] as const);
    }),
  ]);
}

function dayInUtc(at: Date): string {
  return new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeZone: 'UTC' }).format(at);
}
