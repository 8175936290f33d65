import { isTelling } from '../../domain/measure/definitions.ts';
import type { Words } from '../../domain/words/words.ts';
import { figuresBlock } from '../dashboard/cells.ts';
import { listTable } from '../dashboard/lead-list.ts';
import {
  type Asked,
  allFilters,
  anybody,
  bothTallies,
  type Page,
  type PageNeeds,
} from '../dashboard/page.ts';
import type { Grid } from '../ports/dashboard.ts';
import type { HourOfWeek } from '../ports/measured-lists.ts';

/** How targets were kept, by the hour of the week in which cards came: when a team is short of people. */
export const sla: Page = {
  isFor: anybody,
  filters: allFilters,
  read: async (asked, needs) => {
    const { visit, filters } = asked;
    const { words } = visit;
    const both = await bothTallies(asked, needs);
    const names = ['answeredInTime', 'touchedInTime', 'inTime', 'movedOn', 'escalated', 'rescued'] as const;
    const figures = figuresBlock(
      words.text('dashboard.inShort', { count: both.tally.handoffs }),
      names,
      both,
      words,
    );
    const grid = await gridOf(asked, needs);
    if (!filters.hour) return [figures, grid];
    const title = words.text('dashboard.cardsOf', { when: hourInWords(filters.hour, words) });
    return [
      figures,
      grid,
      await listTable({ ...asked, filters: { ...filters, which: 'held' } }, title, needs),
    ];
  },
};

async function gridOf({ sight, now, visit, filters }: Asked, { lists }: PageNeeds): Promise<Grid> {
  const { words, zone } = visit;
  const hours = await lists.byHour(sight, zone, now);
  const first = Math.min(9, ...hours.map(({ hour }) => hour));
  const last = Math.max(17, ...hours.map(({ hour }) => hour));
  const cell = (weekday: number, hour: number) => {
    const found = hours.find((one) => one.weekday === weekday && one.hour === hour);
    const { inTime = 0, late = 0 } = found ?? {};
    const figure = { kind: 'share', count: inTime, of: inTime + late } as const;
    const { count, of } = figure;
    const isChosen = filters.hour?.weekday === weekday && filters.hour.hour === hour;
    const percent = (count / of).toLocaleString(words.language, { style: 'percent' });
    return {
      shown: of === 0 ? '' : isTelling(figure) ? percent : `${count}/${of}`,
      value: of === 0 ? null : count / of,
      share: of === 0 ? null : count / of,
      isChosen,
      ...(of > 0 && {
        to: { page: 'sla', query: { hour: isChosen ? null : `${weekday}-${hour}`, page: null } },
      }),
    };
  };
  const weekdays = [1, 2, 3, 4, 5, 6, 7];
  return {
    ...{ kind: 'grid', name: 'hours' },
    title: words.text('dashboard.byHour', { figure: words.text('figures.inTime') }),
    columns: weekdays.map((weekday) => weekdayInWords(weekday, words)),
    rows: Array.from({ length: last - first + 1 }, (_, index) => first + index).map((hour) => ({
      title: timeInWords(hour, words),
      cells: weekdays.map((weekday) => cell(weekday, hour)),
    })),
    note: words.text('dashboard.byHourNote'),
  };
}

/** 2024 began on a Monday. */
function weekdayInWords(weekday: number, { language }: Words): string {
  const day = new Intl.DateTimeFormat(language, { timeZone: 'UTC', weekday: 'short' });
  return day.format(new Date(Date.UTC(2024, 0, weekday)));
}

function timeInWords(hour: number, { language }: Words): string {
  const time = new Intl.DateTimeFormat(language, { timeZone: 'UTC', hour: 'numeric' });
  return time.format(new Date(Date.UTC(2024, 0, 1, hour))).replaceAll('\u202f', ' ');
}

function hourInWords({ weekday, hour }: HourOfWeek, words: Words): string {
  return `${weekdayInWords(weekday, words)} ${timeInWords(hour, words)}`;
}
