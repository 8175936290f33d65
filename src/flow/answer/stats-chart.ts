import type { Chart } from '../../domain/card/card.ts';
import { definitions, type Figure } from '../../domain/measure/definitions.ts';
import { noAssignments, noHandoffs, type Tally } from '../../domain/measure/tally.ts';
import { weekInWords } from '../../domain/time/week-words.ts';
import type { Words } from '../../domain/words/words.ts';

const nothing: Tally = { ...noAssignments, ...noHandoffs };
const weekMs = 7 * 24 * 3_600_000;
/** More bars are no chart for a phone: the newest are drawn. */
const mostWeeks = 12;

/**
 * How many leads were answered in time and late, week by week: numbers, as of few cases no share is told.
 * @param weeks by their Mondays
 * @returns null while there are not two weeks to compare
 */
export function statsChart(weeks: ReadonlyMap<string | null, Tally>, words: Words): Chart | null {
  const mondays = [...weeks.keys()].filter((name) => name !== null).toSorted();
  const [first, last] = [mondays[0], mondays.at(-1)];
  if (first === undefined || last === undefined || first === last) return null;
  const shown = everyWeek(first, last).slice(-mostWeeks);
  const labels = shown.map((monday) => weekInWords(monday, words));
  const answered = shown.map((monday) => inTimeAndLate(weeks.get(monday) ?? nothing));
  if (answered.filter(({ inTime, late }) => inTime + late > 0).length < 2) return null;
  const [inTime, late] = [words.text('stats.inTime'), words.text('stats.late')];
  return {
    ...{ kind: 'chart', title: words.text('stats.chart'), unit: words.text('stats.leadsColumn'), labels },
    series: [
      { name: inTime, values: answered.map((week) => week.inTime) },
      { name: late, values: answered.map((week) => week.late) },
    ],
    table: {
      columns: [
        { title: words.text('stats.week') },
        { title: inTime, isNumber: true },
        { title: late, isNumber: true },
      ],
      rows: labels.map((label, index) => {
        const week = answered[index];
        return [label, String(week?.inTime ?? 0), String(week?.late ?? 0)];
      }),
    },
  };
}

/** Those in which no lead came as well. */
function everyWeek(first: string, last: string): string[] {
  const [from, until] = [Date.parse(first), Date.parse(last)];
  const count = Math.round((until - from) / weekMs) + 1;
  return Array.from({ length: count }, (_, index) =>
    new Date(from + index * weekMs).toISOString().slice(0, 10),
  );
}

function inTimeAndLate(tally: Tally): { inTime: number; late: number } {
  const { count, of } = definitions.answeredInTime.of(tally) as Extract<Figure, { kind: 'share' }>;
  return { inTime: count, late: of - count };
}
