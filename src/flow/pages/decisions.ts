import { why } from '../answer/why.ts';
import { anybody, type Page } from '../dashboard/page.ts';
import type { Block, Cell } from '../ports/dashboard.ts';

/** Why a lead is with whom it is, with all that was looked at: what `/handoff why` says, on a page. */
export const decisions: Page = {
  isFor: anybody,
  filters: [],
  read: async ({ visit, filters }, needs) => {
    const { words, reader } = visit;
    const { search } = filters;
    const form: Block = {
      ...{ kind: 'search', name: 'lead', value: search },
      ...{ label: words.text('dashboard.searchLead'), button: words.text('dashboard.search') },
    };
    if (search === '' || !reader.person) return [form];
    const { title, sections, actions = [] } = await why(reader.person, `${search} all`, words, needs);
    const others = actions.flatMap((action): Cell[][] => {
      const lead = action.kind === 'say' ? leadIn(action.words) : null;
      return lead && lead !== search
        ? [[{ shown: action.label, to: { page: 'decisions', query: { lead } } }]]
        : [];
    });
    return [
      form,
      { kind: 'sections', title, sections },
      ...(others.length > 0
        ? [
            {
              kind: 'table',
              name: 'others',
              title: words.text('dashboard.whichOne'),
              columns: [{ title: words.text('dashboard.lead') }],
              rows: others,
              empty: '',
            } as const,
          ]
        : []),
    ];
  },
};

/** The lead of a button that asks why: `why 4711`, or `why 4711 all`. */
function leadIn(said: string): string | null {
  return /^why (\S+)/.exec(said)?.[1] ?? null;
}
