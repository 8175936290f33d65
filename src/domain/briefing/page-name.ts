import type { PageView } from '../lead/lead.ts';
import { oneLine } from '../words/line.ts';

const mostLength = 60;

/** What a page is called; where nobody knows its title, its address within the site. */
export function pageName(page: Pick<PageView, 'title' | 'url'>): string {
  return oneLine(page.title?.trim() || pathOf(page), mostLength);
}

/** The address within its site, without how somebody came there. */
export function pathOf({ url }: Pick<PageView, 'url'>): string {
  return URL.parse(url)?.pathname ?? url;
}

/** A part of an address as a name: `harbor-freight-lines` is "Harbor Freight Lines". */
export function nameIn(part: string): string {
  const words = readable(part.replace(/\.[a-z]{1,5}$/, '')).split(/[-_+\s]+/);
  return words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join(' ');
}

function readable(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
