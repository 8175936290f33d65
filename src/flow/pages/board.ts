import { countCell, figuresBlock } from '../dashboard/cells.ts';
import { bothTallies, type Page } from '../dashboard/page.ts';
import type { Block, Figure } from '../ports/dashboard.ts';
import { inTimeByWeek } from './overview.ts';

/** What hangs on a wall: of leads as a whole, and of nobody by name. */
export const board: Page = {
  isFor: ({ role }) => role === 'board',
  filters: [],
  read: async (asked, needs) => {
    const { words } = asked.visit;
    const both = await bothTallies(asked, needs);
    const { handoffs, open, acknowledge, touch } = both.tally;
    const names = ['answeredInTime', 'toAcknowledge', 'toTouch', 'meetings', 'deals', 'rescued'] as const;
    const counted = (label: string, count: number): Figure => ({
      ...{ label, value: countCell(count, words), before: null, change: null, definition: '' },
    });
    const now: Block = {
      ...{ kind: 'figures', title: words.text('dashboard.now') },
      figures: [
        counted(words.text('dashboard.stillOpen'), open),
        counted(words.text('dashboard.toAnswer'), acknowledge.open),
        counted(words.text('dashboard.toTouch'), touch.open),
      ],
    };
    return [
      figuresBlock(words.text('dashboard.inShort', { count: handoffs }), names, both, words),
      now,
      await inTimeByWeek(asked, needs),
    ];
  },
};
