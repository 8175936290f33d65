import type { Chart, Section } from '../../../domain/card/card.ts';
import { isReachable, type Line, type Span } from '../../../domain/words/line.ts';
import type { Visit } from '../../../flow/ports/dashboard.ts';
import { type Html, html } from './html.ts';

type Reads = Pick<Visit, 'words' | 'zone'>;

/** A line as it reads, its times by the reader's clocks. */
export function lineOf(line: Line, reads: Reads): Html {
  return html`${line.map((span) => {
    const text = spanOf(span, reads);
    return span.bold ? html`<b>${text}</b>` : text;
  })}`;
}

function spanOf(span: Span, reads: Reads): Html {
  switch (span.kind) {
    case 'text':
      return html`${span.text}`;
    case 'person':
      return html`${span.name}`;
    case 'channel':
      return html`${span.text}`;
    case 'link':
      return isReachable(span.url)
        ? html`<a href="${span.url}" rel="noreferrer">${span.text}</a>`
        : html`${span.text}`;
    case 'time':
      return timeOf(span.at, reads);
    default:
      return span satisfies never;
  }
}

/** Making a format costs far more than using it. */
const formats = new Map<string, Intl.DateTimeFormat>();

export function timeOf(at: Date, { words, zone }: Reads): Html {
  const key = `${words.language} ${zone}`;
  const format =
    formats.get(key) ??
    new Intl.DateTimeFormat(words.language, { timeZone: zone, dateStyle: 'medium', timeStyle: 'short' });
  formats.set(key, format);
  return html`<time datetime="${at.toISOString()}">${format.format(at).replaceAll('\u202f', ' ')}</time>`;
}

/** What is said in chats, as a page has it. */
export function sectionOf(section: Section, reads: Reads): Html {
  switch (section.kind) {
    case 'text':
      return html`${section.title && html`<h3>${section.title}</h3>`}<p>${lineOf(section.text, reads)}</p>`;
    case 'facts':
      return html`${section.title && html`<h3>${section.title}</h3>`}<dl class="facts">${section.facts.map(
        ({ label, value }) => html`<dt>${label}</dt><dd>${value}</dd>`,
      )}</dl>`;
    case 'copy':
      return html`<h3>${section.title}</h3><pre>${section.text}</pre>`;
    case 'moments':
      return html`<h3>${section.title}</h3><ul>${section.moments.map(
        ({ at, text }) => html`<li>${timeOf(at, reads)}: ${text}</li>`,
      )}</ul>`;
    case 'table':
      return tableOf(section);
    case 'chart':
      return html`<h3>${section.title}</h3>${tableOf(section.table)}`;
    case 'rows':
      return html`${section.title && html`<h3>${section.title}</h3>`}<ul>${section.rows.map(
        ({ text, detail }) =>
          html`<li>${lineOf(text, reads)}${detail && html`<br>${lineOf(detail, reads)}`}</li>`,
      )}</ul>`;
    default:
      return section satisfies never;
  }
}

function tableOf({ columns, rows }: Chart['table']): Html {
  return html`<div class="scroll"><table><thead><tr>${columns.map(
    ({ title }) => html`<th scope="col">${title}</th>`,
  )}</tr></thead><tbody>${rows.map(
    (row) => html`<tr>${row.map((cell) => html`<td>${cell}</td>`)}</tr>`,
  )}</tbody></table></div>`;
}
