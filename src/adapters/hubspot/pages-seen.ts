import type { PageView } from '../../domain/lead/lead.ts';
import type { HubSpotRecord } from './client.ts';
import { instantOf, numberOf, textOf } from './values.ts';

/** Earlier and current values by property, newest first; HubSpot keeps no more than 45 of a property. */
export type History = Readonly<Record<string, readonly { value: string; timestamp: Date }[]>>;

const mostVersions = 45;

/** What HubSpot writes of one visit, it writes within this time; the next visit begins half an hour later at least. */
const visitMs = 2 * 60_000;

/**
 * The pages that HubSpot names, newest first. It writes once for a visit, some seconds after its last page, which page
 * that was and how many there were by then in all. A last page that is the same again leaves no version, so the visits
 * are those that the number of pages tells of.
 */
export function pagesSeen(values: HubSpotRecord['properties'], history: History): PageView[] {
  const ends = (history['hs_analytics_last_url'] ?? []).filter(({ value }) => value !== '');
  const visits = visitsIn(history);
  const endOf = (visit: Date) =>
    ends.find(({ timestamp }) => timestamp.getTime() <= visit.getTime() + visitMs)?.value ?? null;
  const counted = visits.flatMap(({ at, before }): PageView[] => {
    const url = endOf(at);
    return url === null ? [] : [{ url, at, ...(before > 0 && { before }) }];
  });
  const isCounted = (end: Date) => visits.some(({ at }) => Math.abs(at.getTime() - end.getTime()) <= visitMs);
  const uncounted = ends
    .filter(({ timestamp }) => !isCounted(timestamp))
    .map(({ value, timestamp }) => ({ url: value, at: timestamp }));
  const pages = [...counted, ...uncounted].sort((a, b) => b.at.getTime() - a.at.getTime());
  return withFirst(pages, values);
}

/** When a visit was written down, and how many pages there were in it before the last. */
function visitsIn(history: History): { at: Date; before: number }[] {
  const totals = (history['hs_analytics_num_page_views'] ?? []).flatMap(({ value, timestamp }) => {
    const total = numberOf(value);
    return total === null ? [] : [{ total, at: timestamp }];
  });
  return totals.flatMap(({ total, at }, index) => {
    const earlier = totals[index + 1]?.total;
    // Of the oldest that HubSpot still keeps nobody knows how many there were before.
    const views = total - (earlier ?? (totals.length < mostVersions ? 0 : total - 1));
    return views > 0 ? [{ at, before: views - 1 }] : [];
  });
}

/** The very first page has properties of its own. */
function withFirst(pages: readonly PageView[], values: HubSpotRecord['properties']): PageView[] {
  const url = textOf(values['hs_analytics_first_url']);
  const at = instantOf(values['hs_analytics_first_timestamp']);
  if (!url || !at) return [...pages];
  const oldest = pages.at(-1);
  const opened = { url, at, opened: true } as const;
  if (!oldest) return [opened];
  const { before = 0, ...end } = oldest;
  const isSame = end.url === url && end.at.getTime() - at.getTime() <= visitMs;
  if (before === 0) return isSame ? [...pages] : [...pages, opened];
  return [...pages.slice(0, -1), { ...end, ...(before > 1 && { before: before - 1 }) }, opened];
}
