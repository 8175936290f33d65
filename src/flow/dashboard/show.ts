import { mayExport, reachOf } from '../../domain/measure/reader.ts';
import { datesInWords } from '../../domain/time/reported-period.ts';
import { keepMeasured } from '../measure/keep-measured.ts';
import { isPage, type PageName, pages } from '../pages/pages.ts';
import { namesOf } from '../people/people.ts';
import type { Dashboard, Shown, Visit } from '../ports/dashboard.ts';
import { type Filters, filtersOf, type Known, readFilters, sightFor } from './filters.ts';
import type { Asked, Page, PageNeeds } from './page.ts';

/** Shows somebody a page, as far as they may read: which leads are counted is decided here, for every page. */
export function showPage(needs: PageNeeds): Dashboard['show'] {
  return async (visit, name, query) => {
    if (!isPage(name)) return { kind: 'unknown' };
    const page: Page = pages[name];
    if (!page.isFor(visit.reader)) return { kind: 'forbidden' };
    const { directory, lists, measures, clock } = needs;
    const [policy, now, people] = [needs.policy(), clock(), await directory.people()];
    const reach = reachOf(visit.reader);
    const isFormer: Known['isFormer'] = (side, value) => lists.has(reach, side, value);
    const known: Known = { ...visit, policy, now, names: namesOf(people), sources: [], isFormer };
    const filters = await readFilters(query, known);
    if ('expected' in filters) return { kind: 'wrong', ...filters };
    await keepMeasured(needs);
    const { period, before } = filters.compared;
    const asked: Asked = {
      ...{ visit, filters, policy, names: known.names, now },
      sight: sightFor(filters, period, reach),
      before: sightFor(filters, before, reach),
    };
    const [blocks, sources] = await Promise.all([
      page.read(asked, needs),
      page.filters.includes('source') ? measures.sources() : [],
    ]);
    return {
      ...{ kind: 'page', name, blocks, asOf: now },
      title: visit.words.text(`dashboard.${name}Page`),
      pages: navigation(visit),
      filters: filtersOf(page.filters, filters, query, { ...known, sources }),
      days: page.filters.includes('period') ? (filters.days ?? { from: '', to: '' }) : null,
      query: standing(query),
      asked: Object.fromEntries(query),
      period: page.filters.includes('period') || name === 'board' ? periodOf(filters, visit) : null,
      mayExport: mayExport(visit.reader),
    } satisfies Shown;
  };
}

/** The pages that somebody may open; a board is a page of its own. */
function navigation({ reader, words }: Visit): { name: string; title: string }[] {
  if (reader.role === 'board') return [];
  return (Object.keys(pages) as PageName[])
    .filter((name) => pages[name].isFor(reader))
    .map((name) => ({ name, title: words.text(`dashboard.${name}Page`) }));
}

/** What of a query goes on to the next page: how everything is narrowed, and not what is looked at on one of them. */
function standing(query: URLSearchParams): Readonly<Record<string, string>> {
  const kept = ['period', 'from', 'to', 'team', 'rep', 'trigger', 'source'];
  return Object.fromEntries([...query].filter(([name, value]) => kept.includes(name) && value !== ''));
}

function periodOf({ compared }: Filters, { words, zone }: Visit): string {
  const days = (period: typeof compared.period) => datesInWords(period, zone, words.language);
  return words.text('dashboard.against', { period: days(compared.period), before: days(compared.before) });
}
