import { countCell, figuresBlock, listOf, textCell } from '../dashboard/cells.ts';
import { nameOn, reasonInWords } from '../dashboard/names.ts';
import {
  type Asked,
  allFilters,
  anybody,
  bothTallies,
  type Page,
  type PageNeeds,
} from '../dashboard/page.ts';
import type { Block, Cell } from '../ports/dashboard.ts';

type SentBack = Awaited<ReturnType<PageNeeds['lists']['sentBack']>>;

/** Why leads were sent back, and where those came from. */
export const reasons: Page = {
  isFor: anybody,
  filters: allFilters,
  read: async (asked, needs) => {
    const { words } = asked.visit;
    const [both, now, earlier] = await Promise.all([
      bothTallies(asked, needs),
      needs.lists.sentBack(asked.sight),
      needs.lists.sentBack(asked.before),
    ]);
    const names = ['disqualified', 'recycled', 'handedBack'] as const;
    return [
      figuresBlock(words.text('dashboard.inShort', { count: both.tally.handoffs }), names, both, words),
      byReason(now, earlier, asked),
      bySource(now, asked),
    ];
  },
};

function byReason(now: SentBack, earlier: SentBack, asked: Asked): Block {
  const { words } = asked.visit;
  const countOf = (some: SentBack, reason: string | null) =>
    some.filter((one) => one.reason === reason).reduce((sum, { count }) => sum + count, 0);
  const rows = [...new Set([...now, ...earlier].map(({ reason }) => reason))]
    .map((reason) => ({ reason, count: countOf(now, reason), before: countOf(earlier, reason) }))
    .toSorted((a, b) => b.count - a.count || b.before - a.before)
    .map(({ reason, count, before }): Cell[] => [
      textCell(reasonInWords(reason, asked.policy, words)),
      countCell(count, words, listOf('sentBack', { reason: reason ?? '' })),
      countCell(before, words),
    ]);
  return {
    ...{ kind: 'table', name: 'reasons', rows, empty: words.text('dashboard.nothingSentBack') },
    title: words.text('dashboard.byReason'),
    columns: [
      { title: words.text('dashboard.reason') },
      { title: words.text('dashboard.leads'), isNumber: true },
      { title: words.text('dashboard.periodBefore'), isNumber: true },
    ],
  };
}

function bySource(now: SentBack, asked: Asked): Block {
  const { words } = asked.visit;
  const sources = Map.groupBy(now, ({ source }) => source);
  const all = [...new Set(now.map(({ reason }) => reason))];
  const sum = (some: SentBack) => some.reduce((total, { count }) => total + count, 0);
  const rows = [...sources]
    .toSorted(([, a], [, b]) => sum(b) - sum(a))
    .map(([source, some]): Cell[] => [
      textCell(nameOn('source', source, asked)),
      countCell(sum(some), words, source === null ? undefined : listOf('sentBack', { source })),
      ...all.map((reason) =>
        countCell(
          sum(some.filter((one) => one.reason === reason)),
          words,
          source === null ? undefined : listOf('sentBack', { source, reason: reason ?? '' }),
        ),
      ),
    ]);
  return {
    ...{ kind: 'table', name: 'sources', rows, empty: words.text('dashboard.nothingSentBack') },
    title: words.text('dashboard.reasonsBySource'),
    columns: [
      { title: words.text('dashboard.source') },
      { title: words.text('dashboard.which_sentBack'), isNumber: true },
      ...all.map((reason) => ({
        title: reasonInWords(reason, asked.policy, words),
        isNumber: true as const,
      })),
    ],
  };
}
