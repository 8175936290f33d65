import type { Policy } from '../policy/policy.ts';
import { joined, type Line } from '../words/line.ts';
import type { Language, Words } from '../words/words.ts';
import {
  casesOf,
  changeOf,
  definitions,
  type Figure,
  type FigureName,
  hasSpread,
  isTelling,
  minutesWent,
} from './definitions.ts';
import type { Tally } from './tally.ts';

/** A number with its name, as it is told; `change`: against the period before, where both say something. */
export type ToldFigure = { name: FigureName; label: string; value: string; change: string | null };

/**
 * A number over a period in words. A share of few is told as a count, and how nine of ten went only of enough.
 * @param before the same in the period before; null: there is nothing to compare with
 */
export function tellFigure(name: FigureName, tally: Tally, before: Tally | null, words: Words): ToldFigure {
  const { of } = definitions[name];
  const figure = of(tally);
  return {
    name,
    label: words.text(`figures.${name}`),
    value: figureInWords(figure, words),
    change: before && changeInWords(figure, of(before), words),
  };
}

/** Numbers with their names, each with what changed since the period before. */
export function figureFacts(
  names: readonly FigureName[],
  tally: Tally,
  before: Tally,
  words: Words,
): { label: string; value: string }[] {
  return names.map((name) => {
    const { label, value, change } = tellFigure(name, tally, before, words);
    return { label, value: change ? words.text('stats.change', { value, change }) : value };
  });
}

/** Where the time went until somebody reached out; null while nobody has. */
export function wentLine(tally: Tally, words: Words): Line | null {
  const went = minutesWent(tally);
  if (!went) return null;
  const told = (seconds: number) => timeInWords(seconds, words);
  return words.line('figures.went', {
    ...{ system: told(went.system), offHours: told(went.offHours), rep: told(went.rep) },
  });
}

/** Why sales sent leads back, and how many for each reason; null when it sent none. */
export function sentBackLine(
  sentBack: readonly { reason: string | null; count: number }[],
  { disqualifyReasons }: Policy,
  words: Words,
): Line | null {
  if (sentBack.length === 0) return null;
  const labelOf = (name: string) => disqualifyReasons.find((reason) => reason.name === name)?.label ?? name;
  const each = sentBack.map(({ reason, count }) =>
    words.line('stats.reason', {
      reason: reason === null ? words.text('stats.unknown') : labelOf(reason),
      count,
    }),
  );
  return words.line('stats.sentBack', { reasons: joined(each, ', ') });
}

/** As `86 % (36 of 42)`, `median 31 min, p90 2.4 hr` or `1.8`. */
export function figureInWords(figure: Figure, words: Words): string {
  if (casesOf(figure) === 0) return words.text('figures.none');
  switch (figure.kind) {
    case 'share': {
      const { count, of } = figure;
      if (!isTelling(figure)) return words.text('figures.counts', { count, of });
      return words.text('figures.share', { percent: percent(count / of, words.language), count, of });
    }
    case 'time': {
      const { spread } = figure;
      if (!spread) return words.text('figures.none');
      const median = timeInWords(spread.median, words);
      if (!hasSpread(spread)) return words.text('figures.median', { median });
      return words.text('figures.spread', { median, p90: timeInWords(spread.p90, words) });
    }
    case 'each':
      return (figure.sum / figure.of).toLocaleString(words.language, { maximumFractionDigits: 1 });
    default:
      return figure satisfies never;
  }
}

/** As `▲ 6 pts` or `▼ 12 min`; null where either period says too little. */
function changeInWords(figure: Figure, before: Figure, words: Words): string | null {
  const change = changeOf(figure, before);
  if (change === null) return null;
  const by = amountInWords(Math.abs(change), figure, words);
  if (by === amountInWords(0, figure, words)) return words.text('figures.same');
  return words.text(change > 0 ? 'figures.more' : 'figures.less', { by });
}

function amountInWords(amount: number, { kind }: Figure, words: Words): string {
  if (kind === 'time') return timeInWords(amount, words);
  if (kind === 'share') return words.text('figures.points', { by: Math.round(amount * 100) });
  return amount.toLocaleString(words.language, { maximumFractionDigits: 1 });
}

/** Seconds in the unit that fits: to the second below a minute, to the tenth from an hour on. */
export function timeInWords(seconds: number, { language }: Words): string {
  const unit = units.find(({ below }) => seconds < below) ?? lastUnit;
  const value = seconds / unit.seconds;
  const { name, digits } = unit;
  return value.toLocaleString(language, {
    ...{ style: 'unit', unit: name, unitDisplay: 'short', maximumFractionDigits: digits },
  });
}

const units = [
  { name: 'second', seconds: 1, digits: 0, below: 59.5 },
  { name: 'minute', seconds: 60, digits: 0, below: 59.5 * 60 },
  { name: 'hour', seconds: 3600, digits: 1, below: 48 * 3600 },
] as const;
const lastUnit = { name: 'day', seconds: 86_400, digits: 1 } as const;

function percent(share: number, language: Language): string {
  return share.toLocaleString(language, { style: 'percent' });
}
