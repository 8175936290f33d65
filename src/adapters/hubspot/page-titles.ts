import { type Conversion, titlesOf } from '../../domain/lead/conversion.ts';
import type { PageView } from '../../domain/lead/lead.ts';

type Titles = ReadonlyMap<string, string>;

/**
 * What is known of the titles of pages: those of the policy, and of the page on which the last form was sent in, whose
 * title HubSpot puts before the form's.
 */
export function titlesByPath(pages: Titles, formPage: string | null, [last]: readonly Conversion[]): Titles {
  const title = last && titlesOf(last).page;
  const ofForm: [string, string][] = formPage && title ? [[pathOf(formPage), title]] : [];
  return new Map([...ofForm, ...[...pages].map(([path, name]) => [pathOf(path), name] as const)]);
}

export function withTitles(pages: readonly PageView[], titles: Titles): PageView[] {
  return pages.map((page) => {
    const title = titles.get(pathOf(page.url));
    return title === undefined ? page : { ...page, title };
  });
}

/** Without how somebody came there, in lower case, as most websites take both. */
function pathOf(url: string): string {
  const path = URL.parse(url, 'https://www.example.com')?.pathname ?? url;
  return path.toLowerCase().replace(/(?<=.)\/$/, '');
}
