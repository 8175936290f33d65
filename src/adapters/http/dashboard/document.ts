import type { Words } from '../../../domain/words/words.ts';
import type { Shown, Visit } from '../../../flow/ports/dashboard.ts';
import { type Html, html } from './html.ts';
import { stylesheet } from './stylesheet.ts';

/** `root`: where the dashboard is, `/dashboard` unless the bot stands below another path. */
export type Site = { root: string };

type Framed = { title: string; words: Words; body: Html; kind?: 'wall' };

/** A whole document. */
function documentOf({ title, words, body, kind }: Framed, { root }: Site): string {
  const { text } = html`<!doctype html>
<html lang="${words.language}"${kind ? html` class="${kind}"` : ''}>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${title} · ${words.text('dashboard.name')}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="${root}/style/${stylesheet.name}">
</head>
<body>
<a class="skip" href="#main">${words.text('dashboard.skip')}</a>
${body}
</body>
</html>
`;
  return text;
}

/** A page that only says something, with a way on where there is one. */
export function noticeDocument(
  { title, text, words, action }: { title: string; text: string; words: Words; action?: Html },
  site: Site,
): string {
  const body = html`<main id="main"><section class="alone"><h1>${title}</h1><p>${text}</p>${action}</section></main>`;
  return documentOf({ title, words, body }, site);
}

type Page = Extract<Shown, { kind: 'page' }>;

/** What stands around a page: who looks, where else they may go, and what narrows it. */
export function pageDocument(
  page: Page,
  visit: Visit,
  { main, foot }: { main: Html; foot: Html },
  site: Site,
): string {
  const { words, name } = visit;
  const { root } = site;
  const body = html`<header>
<div class="top">
<a class="brand" href="${root}">${words.text('dashboard.name')}</a>
<div class="who"><span>${name}</span><form method="post" action="${root}/sign-out"><button class="plain">${words.text('dashboard.signOut')}</button></form></div>
</div>
<nav class="pages" aria-label="${words.text('dashboard.pages')}">${page.pages.map(
    (one) =>
      html`<a href="${hrefOf({ page: one.name, query: {} }, page, site)}"${
        one.name === page.name ? html` aria-current="page"` : ''
      }>${one.title}</a>`,
  )}</nav>
</header>
<main id="main">
<h1>${page.title}</h1>
<p class="period">${page.period}</p>
${filtersOf(page, words, site)}
${main}
</main>
<footer class="foot">${foot}</footer>`;
  return documentOf({ title: page.title, words, body }, site);
}

/** How long a board on a wall stays as it is; null: it is to stay, for whoever reads slowly or has it read to them. */
export function refreshSecondsOf({ asked }: Page): number | null {
  return asked['still'] ? null : 120;
}

/** A board on a wall: read from afar, and brought up to date by itself unless somebody wants it to stand still. */
export function wallDocument(
  page: Page,
  { words, name }: Visit,
  { main, foot }: { main: Html; foot: Html },
  site: Site,
): string {
  const title = name || page.title;
  const still =
    refreshSecondsOf(page) === null
      ? html`<a href="?">${words.text('dashboard.byItself')}</a>`
      : html`<a href="?still=1">${words.text('dashboard.standStill')}</a>`;
  const body = html`<main id="main"><h1>${title}</h1><p class="period">${page.period}</p>${main}</main><footer class="foot">${foot}<p>${still}</p></footer>`;
  return documentOf({ title, words, body, kind: 'wall' }, site);
}

/** What a link within the dashboard says of the page that it is on: the filters stay, and a page of a list does not. */
export function hrefOf(
  to: { page: string; query: Readonly<Record<string, string | null>> },
  { query }: Pick<Page, 'query'>,
  { root }: Site,
): string {
  const all = Object.entries({ ...query, ...to.query }).filter(([, value]) => value);
  const asked = new URLSearchParams(all as [string, string][]).toString();
  const path = to.page === 'overview' ? root : `${root}/${to.page}`;
  return asked ? `${path}?${asked}` : path;
}

function filtersOf({ name, filters, days }: Page, words: Words, site: Site): Html | '' {
  if (filters.length === 0) return '';
  const day = (key: 'from' | 'to') =>
    html`<label>${words.text(`dashboard.${key}`)}<input type="date" name="${key}" value="${days?.[key]}"></label>`;
  const chosen = filters.flatMap(
    ({ value, choices }) => choices.find((one) => one.value === value && value)?.label ?? [],
  );
  return html`<details class="narrowing"><summary>${words.text('dashboard.filters')}: ${words.list(chosen) || words.text('dashboard.all')}</summary><form class="filters" method="get" action="${hrefOf({ page: name, query: {} }, { query: {} }, site)}" aria-label="${words.text('dashboard.filters')}">
${filters.map(
  (filter) =>
    html`<label>${filter.label}<select name="${filter.name}">${filter.choices.map(
      ({ value, label }) =>
        html`<option value="${value}"${value === filter.value ? html` selected` : ''}>${label}</option>`,
    )}</select></label>${filter.name === 'period' ? [day('from'), day('to')] : ''}`,
)}
<button class="primary">${words.text('dashboard.show')}</button>
</form></details>`;
}
