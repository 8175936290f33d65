import { type FigureName, definitions as figures } from '../../domain/measure/definitions.ts';
import { everybody, type Page } from '../dashboard/page.ts';

/** What each number means. */
export const definitions: Page = {
  isFor: everybody,
  filters: [],
  read: async ({ visit: { words } }) => [
    { kind: 'text', title: words.text('dashboard.howCounted'), text: words.line('dashboard.howCountedText') },
    {
      kind: 'terms',
      terms: [
        ...(Object.keys(figures) as FigureName[]).map((name) => ({
          id: name,
          term: words.text(`figures.${name}`),
          meaning: words.text(`figures.${name}Means`),
        })),
        { id: 'went', term: words.text('dashboard.minutesPage'), meaning: words.text('figures.wentMeans') },
      ],
    },
  ],
};
