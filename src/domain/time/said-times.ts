import { folded, inEnglish, meaningsOf, type Typed } from '../words/typed.ts';

const within = [
  'now',
  'today',
  'tomorrow',
  'dayAfterTomorrow',
  'nextWeek',
  'oneDay',
  'oneWeek',
  'until',
  'through',
  'to',
  'for',
  'on',
  'at',
  'next',
  'this',
  'of',
  'oclock',
  'minutes',
  'hours',
  'days',
  'weeks',
] as const satisfies readonly Typed[];

const meanings = meaningsOf(within);
/** What may stand at the beginning: some languages have one word for "from" and "of". */
const atFirst = meaningsOf(['from', ...within]);

/**
 * Days and times that are said in any language with the words that English has between them: `bis morgen 15 Uhr` is
 * `until tomorrow 15:00`. Names of days and months stay as they are.
 */
export function timesInEnglish(said: string): string {
  return inEnglish(folded(said).split(' '), meanings, atFirst)
    .join(' ')
    .replaceAll(/\b(\d{1,2})(?::(\d\d))? o'clock\b/g, onTheClock)
    .replaceAll(/(?<=\bat )(\d{1,2}) hours\b/g, '$1:00')
    .replaceAll(/(?<=\S )(?<!\bfor )(\d{1,2})h(\d\d)?\b/g, onTheClock)
    .replaceAll(/^(\d{1,2})h(\d\d)\b/g, onTheClock);
}

function onTheClock(_: string, hour: string, minute = '00'): string {
  return `${hour}:${minute}`;
}
