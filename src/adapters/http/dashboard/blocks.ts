import { timeInWords } from '../../../domain/measure/figure-words.ts';
import { dateTime, isWebLink, type Line } from '../../../domain/words/line.ts';
import { placeIn } from '../../../domain/words/place.ts';
import type { Block, Cell, Chart, Figure, Grid, Shown, Table, Visit } from '../../../flow/ports/dashboard.ts';
import { hrefOf, type Site } from './document.ts';
import { drawChart } from './draw-chart.ts';
import { type Html, html } from './html.ts';
import { lineOf, sectionOf, timeOf } from './said.ts';

type Page = Extract<Shown, { kind: 'page' }>;

/** On which page a block stands, who reads it, and where. */
export type Around = { page: Page; visit: Visit; site: Site };

/** A part of a page. */
export async function blockOf(block: Block, around: Around): Promise<Html> {
  const { visit, site } = around;
  const { words } = visit;
  switch (block.kind) {
    case 'figures':
      return html`<section><h2>${block.title}</h2><dl class="tiles">${block.figures.map((one) => figureOf(one, around))}</dl></section>`;
    case 'table':
      return tableOf(block, around);
    case 'grid':
      return gridOf(block, around);
    case 'chart':
      return chartOf(block, around);
    case 'text':
      return html`<section><h2>${block.title}</h2><p>${lineOf(block.text, visit)}</p></section>`;
    case 'sections':
      return html`<section><h2>${block.title}</h2>${block.sections.map((one) => sectionOf(one, visit))}</section>`;
    case 'search': {
      const { query, name } = around.page;
      const others = Object.entries(query).filter(([key]) => key !== block.name);
      return html`<section><form class="fields" method="get" action="${site.root}/${name}" role="search">
<label class="wide">${block.label}<input type="search" name="${block.name}" value="${block.value}"></label>
${others.map(([key, value]) => html`<input type="hidden" name="${key}" value="${value}">`)}
<button class="primary">${block.button}</button></form></section>`;
    }
    case 'terms':
      return html`<section><dl class="terms">${block.terms.map(
        ({ id, term, meaning }) => html`<dt id="${id}">${term}</dt><dd>${meaning}</dd>`,
      )}</dl></section>`;
    case 'boards': {
      const nameOf = (team: string | null) => team ?? words.text('dashboard.everybody');
      const columns = ['team', 'madeBy', 'made', 'goodUntil'] as const;
      const [, ...labels] = columns.map((key) => words.text(`dashboard.${key}`));
      return html`<section><h2>${words.text('dashboard.newBoard')}</h2>
<form class="fields" method="post" action="${site.root}/boards">
<label>${words.text('dashboard.team')}<select name="team">${block.teams.map(
        (team) => html`<option value="${team}">${nameOf(team)}</option>`,
      )}</select></label>
<label>${words.text('dashboard.goodFor')}<select name="days">${[7, 30, 90, 365].map(
        (days) =>
          html`<option value="${days}"${days === 30 ? html` selected` : ''}>${words.text('dashboard.days', { days })}</option>`,
      )}</select></label>
<button class="primary">${words.text('dashboard.makeBoard')}</button></form>
<p class="quiet">${words.text('dashboard.boardHint')}</p></section>
<section><h2>${words.text('dashboard.boards')}</h2>${
        block.boards.length === 0
          ? html`<p>${words.text('dashboard.noBoards')}</p>`
          : html`<div class="scroll" tabindex="0" role="region" aria-label="${words.text('dashboard.boards')}"><table class="stacked"><thead><tr>${columns.map(
              (key) => html`<th scope="col">${words.text(`dashboard.${key}`)}</th>`,
            )}<td></td></tr></thead><tbody>${block.boards.map(
              ({ id, team, by, madeAt, until }) =>
                html`<tr><th scope="row">${nameOf(team)}</th>${[
                  by,
                  timeOf(madeAt, visit),
                  timeOf(until, visit),
                ].map(
                  (cell, index) => html`<td data-label="${labels[index]}">${cell}</td>`,
                )}<td><form method="post" action="${site.root}/boards/${id}/revoke"><button>${words.text('dashboard.revoke')}</button></form></td></tr>`,
            )}</tbody></table></div>`
      }</section>`;
    }
    default:
      return block satisfies never;
  }
}

function figureOf({ label, value, before, change, definition }: Figure, around: Around): Html {
  const { page, site, visit } = around;
  const meaning = hrefOf({ page: 'definitions', query: {} }, page, site);
  const isLinked = page.pages.some(({ name }) => name === 'definitions');
  return html`<div><dt>${
    isLinked && definition
      ? html`<a class="quiet" href="${meaning}#${definition}" aria-label="${visit.words.text('dashboard.whatIs', { figure: label })}">${label}</a>`
      : label
  }</dt><dd><span class="number">${cellOf(value, around)}</span>${
    change ? html`<span class="${change.tone}">${change.text}</span> ` : ''
  }${before === null ? '' : html`<span class="before">${before}</span>`}</dd></div>`;
}

/** What is shown, and where it leads. */
function cellOf({ shown, to, tone }: Cell, { page, visit, site }: Around): Html {
  const text = typeof shown === 'string' ? html`${shown}` : lineOf(shown as Line, visit);
  const toned = tone ? html`<span class="${tone}">${text}</span>` : text;
  if (!to) return toned;
  if ('url' in to) return isWebLink(to.url) ? html`<a href="${to.url}" rel="noreferrer">${toned}</a>` : toned;
  // A board leads nowhere.
  if (!page.pages.some(({ name }) => name === to.page)) return toned;
  return html`<a href="${hrefOf(to, page, site)}">${toned}</a>`;
}

function tableOf(table: Table, around: Around): Html {
  const { title, columns, rows, empty, note } = table;
  // On a phone the rows of these stand as a list each.
  const isWide = columns.length > 3;
  const body =
    rows.length === 0
      ? html`<p>${empty}</p>`
      : html`<div class="scroll" tabindex="0" role="region" aria-label="${title}"><table${isWide ? html` class="stacked"` : ''}><thead><tr>${columns.map(
          (column) => html`<th scope="col"${column.isNumber ? html` class="n"` : ''}>${column.title}</th>`,
        )}</tr></thead><tbody>${rows.map(
          (row) =>
            html`<tr>${row.map((cell, index) => {
              if (index === 0) return html`<th scope="row">${cellOf(cell, around)}</th>`;
              const { title: label, isNumber } = columns[index] ?? {};
              return html`<td data-label="${label}"${isNumber ? html` class="n"` : ''}>${cellOf(cell, around)}</td>`;
            })}</tr>`,
        )}</tbody></table></div>`;
  const under = underOf(table, rows.length > 0, note, around);
  return html`<section><h2>${title}</h2>${body}${turnsOf(table, around)}${under}</section>`;
}

/** The way through a long list. */
function turnsOf(
  { pages, title }: Table,
  { page: { name, query, asked }, visit: { words }, site }: Around,
): Html | '' {
  if (!pages || pages.last < 2) return '';
  const { page, last } = pages;
  const to = (number: number, key: 'earlier' | 'further') =>
    number < 1 || number > last
      ? ''
      : html`<a href="${hrefOf({ page: name, query: { ...asked, page: String(number) } }, { query }, site)}">${words.text(`dashboard.${key}`)}</a>`;
  return html`<nav class="under" aria-label="${title}">${to(page - 1, 'earlier')}<span>${words.text('dashboard.pageOf', { page, last })}</span>${to(page + 1, 'further')}</nav>`;
}

/** A word to what stands above, and the same as a file. */
function underOf(
  { name }: Pick<Table | Grid, 'name'>,
  hasRows: boolean,
  note: string | undefined,
  { page, visit, site }: Around,
): Html | '' {
  const file = hrefOf({ page: `${page.name}.csv`, query: { ...page.asked, table: name } }, page, site);
  const download =
    hasRows && page.mayExport
      ? html`<a href="${file}" download>${visit.words.text('dashboard.asFile')}</a>`
      : '';
  return note || download ? html`<p class="under">${note && html`<span>${note}</span>`}${download}</p>` : '';
}

function gridOf(grid: Grid, around: Around): Html {
  const { title, columns, rows, note } = grid;
  return html`<section class="grid"><h2>${title}</h2><table><thead><tr><td></td>${columns.map(
    (column) => html`<th scope="col">${column}</th>`,
  )}</tr></thead><tbody>${rows.map(
    (row) =>
      html`<tr><th scope="row">${row.title}</th>${row.cells.map((cell) => {
        const { share, isChosen, to, shown } = cell;
        const heat = share === null ? '' : `heat-${Math.min(4, Math.floor(share * 5))}`;
        const classes = [heat, isChosen ? 'chosen' : ''].filter(Boolean).join(' ');
        const text = typeof shown === 'string' ? html`${shown}` : lineOf(shown, around.visit);
        const href = to && 'page' in to ? hrefOf(to, around.page, around.site) : null;
        return html`<td>${
          href
            ? html`<a class="${classes}" href="${href}"${isChosen ? html` aria-current="true"` : ''}>${text}</a>`
            : html`<span class="${classes}">${text}</span>`
        }</td>`;
      })}</tr>`,
  )}</tbody></table>${underOf(grid, rows.length > 0, note, around)}</section>`;
}

async function chartOf(chart: Chart, { visit }: Around): Promise<Html> {
  const { words } = visit;
  const { title, labels, series } = chart;
  const { scale, write } = axisOf(chart, words.language);
  const scaled = series.map((one) => ({ ...one, values: one.values.map((value) => value && value / scale) }));
  const drawn = await drawChart({ ...chart, series: scaled }, write);
  const written = (value: number | null | undefined) =>
    value === null || value === undefined
      ? '–'
      : chart.unit === 'seconds'
        ? timeInWords(value, words)
        : write(value);
  return html`<section><figure aria-labelledby="${idOf(title)}"><h2 id="${idOf(title)}">${title}</h2>${drawn}
<details><summary>${words.text('dashboard.asTable')}</summary><div class="scroll" tabindex="0" role="region" aria-label="${title}"><table><thead><tr><td></td>${series.map(
    ({ name }) => html`<th scope="col" class="n">${name}</th>`,
  )}</tr></thead><tbody>${labels.map(
    (label, index) =>
      html`<tr><th scope="row">${label}</th>${series.map(
        ({ values }) => html`<td class="n">${written(values[index])}</td>`,
      )}</tr>`,
  )}</tbody></table></div></details></figure></section>`;
}

const units = [
  { name: 'second', seconds: 1 },
  { name: 'minute', seconds: 60 },
  { name: 'hour', seconds: 3600 },
  { name: 'day', seconds: 86_400 },
] as const;

/** In which unit the values of a chart are drawn, so that its axis has round numbers, and how a language writes them. */
function axisOf(
  { unit, form, labels, series }: Chart,
  language: string,
): { scale: number; write: (value: number) => string } {
  if (unit === 'percent')
    return { scale: 1, write: (value) => value.toLocaleString(language, { style: 'percent' }) };
  if (unit === 'count') return { scale: 1, write: (value) => value.toLocaleString(language) };
  const at = (index: number) => series.map(({ values }) => values[index] ?? 0);
  const heights = labels.map((_, index) =>
    form === 'stack' ? at(index).reduce((sum, value) => sum + value, 0) : Math.max(...at(index)),
  );
  const highest = Math.max(0, ...heights);
  const { name, seconds } = units.findLast((one) => highest >= 2 * one.seconds) ?? units[0];
  const options = { style: 'unit', unit: name, unitDisplay: 'short', maximumFractionDigits: 1 } as const;
  return { scale: seconds, write: (value) => value.toLocaleString(language, options) };
}

function idOf(title: string): string {
  return `chart-${title.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')}`;
}

/** As of when it is so, by whose clocks, and where it is told what the numbers mean. */
export function footOf({ page, visit, site }: Around): Html {
  const { words, zone } = visit;
  const asOf = lineOf(words.line('dashboard.asOf', { at: dateTime(page.asOf), place: placeIn(zone) }), visit);
  const isLinked = page.pages.some(({ name }) => name === 'definitions');
  const meaning = html` · <a href="${hrefOf({ page: 'definitions', query: {} }, page, site)}">${words.text('dashboard.meanings')}</a>`;
  return html`<p>${asOf}${isLinked ? meaning : ''}</p>`;
}
