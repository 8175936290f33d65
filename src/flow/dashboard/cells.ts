import {
  casesOf,
  changeOf,
  definitions,
  type Figure,
  type FigureName,
  hasSpread,
  isTelling,
  levelOf,
} from '../../domain/measure/definitions.ts';
import { figureInWords, tellFigure, timeInWords } from '../../domain/measure/figure-words.ts';
import type { Tally } from '../../domain/measure/tally.ts';
import type { Words } from '../../domain/words/words.ts';
import type { Block, Cell, Figure as FigureShown, Inside } from '../ports/dashboard.ts';
import type { Which } from '../ports/measured-lists.ts';

/** The list of those that a number counts. */
export function listOf(which: Which, query: Inside['query'] = {}): Inside {
  return { page: 'handoffs', query: { which, page: null, ...query } };
}

export function textCell(text: string, to?: Inside): Cell {
  return { shown: text, ...(to && { to }) };
}

/** How many, and those behind it. */
export function countCell(count: number, { language }: Words, to?: Inside): Cell {
  return { shown: count.toLocaleString(language), value: count, ...(to && count > 0 && { to }) };
}

/** A number in a row: a share, a median, or so many each; as a file has it, from 0 to 1 or in seconds. */
export function figureCell(name: FigureName, tally: Tally, words: Words, query: Inside['query'] = {}): Cell {
  const figure = definitions[name].of(tally);
  const shown =
    casesOf(figure) === 0
      ? '–'
      : figure.kind === 'time'
        ? medianOf(figure, words)
        : figureInWords(figure, words);
  return { shown, value: levelOf(figure), ...(casesOf(figure) > 0 && { to: listOf(name, query) }) };
}

/** How nine of ten went, where there are enough to say so. */
export function p90Cell(name: FigureName, tally: Tally, words: Words): Cell {
  const figure = definitions[name].of(tally);
  if (figure.kind !== 'time' || !figure.spread || !hasSpread(figure.spread))
    return { shown: '–', value: null, tone: 'quiet' };
  return { shown: timeInWords(figure.spread.p90, words), value: Math.round(figure.spread.p90) };
}

function medianOf({ spread }: Extract<Figure, { kind: 'time' }>, words: Words): string {
  return spread ? timeInWords(spread.median, words) : '–';
}

/** A time in seconds, of which there may be none. */
export function tookCell(seconds: number | null | undefined, words: Words): Cell {
  return seconds === null || seconds === undefined
    ? { shown: '–', value: null, tone: 'quiet' }
    : { shown: timeInWords(seconds, words), value: Math.round(seconds) };
}

/** Numbers one by one, each against the period before. */
export function figuresBlock(
  title: string,
  names: readonly FigureName[],
  { tally, earlier }: { tally: Tally; earlier: Tally },
  words: Words,
): Block {
  return { kind: 'figures', title, figures: names.map((name) => figureShown(name, tally, earlier, words)) };
}

function figureShown(name: FigureName, tally: Tally, earlier: Tally, words: Words): FigureShown {
  const { of, better } = definitions[name];
  const [figure, before] = [of(tally), of(earlier)];
  const { label, change } = tellFigure(name, tally, earlier, words);
  const isSame = change === words.text('figures.same');
  const rises = isSame ? 0 : (changeOf(figure, before) ?? 0);
  const isBetter = rises !== 0 && better !== null && rises > 0 === (better === 'more');
  return {
    label,
    definition: name,
    value: { shown: mainOf(figure, words), ...(casesOf(figure) > 0 && { to: listOf(name) }) },
    before: [besides(figure, words), beforeInWords(before, words)].filter(Boolean).join(' · '),
    change:
      change === null
        ? null
        : { text: change, tone: rises === 0 || !better ? 'quiet' : isBetter ? 'good' : 'bad' },
  };
}

/** What stands large: a share of enough, or the median. */
function mainOf(figure: Figure, words: Words): string {
  if (casesOf(figure) === 0) return '–';
  if (figure.kind === 'time') return medianOf(figure, words);
  if (figure.kind === 'share' && isTelling(figure))
    return (figure.count / figure.of).toLocaleString(words.language, { style: 'percent' });
  return figureInWords(figure, words);
}

/** Of how many it is, and how nine of ten went. */
function besides(figure: Figure, words: Words): string {
  if (casesOf(figure) === 0) return words.text('figures.none');
  if (figure.kind === 'share') return isTelling(figure) ? words.text('figures.counts', figure) : '';
  const cases = words.text('dashboard.cases', { count: casesOf(figure) });
  if (figure.kind !== 'time' || !figure.spread || !hasSpread(figure.spread)) return cases;
  return [words.text('dashboard.p90', { p90: timeInWords(figure.spread.p90, words) }), cases].join(' · ');
}

function beforeInWords(before: Figure, words: Words): string {
  if (casesOf(before) === 0) return words.text('dashboard.noneBefore');
  const value = before.kind === 'time' ? medianOf(before, words) : figureInWords(before, words);
  return words.text('dashboard.before', { value });
}
