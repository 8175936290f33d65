import { listName, listTable } from '../dashboard/lead-list.ts';
import { allFilters, anybody, type Page } from '../dashboard/page.ts';

/** The leads behind a number. */
export const handoffs: Page = {
  isFor: anybody,
  filters: allFilters,
  read: async (asked, needs) => [
    await listTable(asked, listName(asked.filters.which, asked.visit.words), needs),
  ],
};
