import type { HandoffId } from '../../domain/handoff/handoff.ts';

/** The last line of a task that the bot made, by which an attempt with an unknown end is found again. */
export function taskMark(handoffId: HandoffId): string {
  return `Handoff ${handoffId}`;
}

/** The same for a logged touch. */
export function touchMark(handoffId: HandoffId, touchId: string): string {
  return `Handoff ${handoffId} · touch ${touchId}`;
}

/** The same for a note that somebody wrote. */
export function noteMark(handoffId: HandoffId, noteId: string): string {
  return `Handoff ${handoffId} · note ${noteId}`;
}

// Nobody types a UUID behind the word by accident.
const markOfTask = /^Handoff [0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const markOfTouchOrNote =
  /^Handoff [0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12} · (?:touch|note) [0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export function isTaskMark(line: string): boolean {
  return markOfTask.test(line);
}

export function isMark(line: string): boolean {
  return markOfTask.test(line) || markOfTouchOrNote.test(line);
}

/** Plain text as the HTML that HubSpot shows in bodies: what somebody typed stays text. */
export function toHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll(/\r?\n/g, '<br>');
}

const blocks = new Set('br p div li ul ol h1 h2 h3 h4 h5 h6 table tr blockquote hr'.split(' '));

/** A line ends with a block; every other tag is left out. */
function spacing(tag: string): string {
  const name = /^<\/?(\w+)/.exec(tag)?.[1]?.toLowerCase() ?? '';
  return blocks.has(name) ? '\n' : '';
}

const entities: Readonly<Record<string, string>> = {
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&nbsp;': ' ',
  '&middot;': '·',
  '&amp;': '&',
  '&lsquo;': '‘',
  '&rsquo;': '’',
  '&ldquo;': '“',
  '&rdquo;': '”',
  '&ndash;': '–',
  '&mdash;': '—',
  '&hellip;': '…',
};

function decoded(entity: string): string {
  if (!entity.startsWith('&#')) return entities[entity] ?? entity;
  const code = Number(entity.slice(2, -1));
  return code <= 0x10ffff ? String.fromCodePoint(code) : entity;
}

/** The lines of a body that have any text, without markup. */
export function linesOf(html: string): string[] {
  return html
    .replaceAll(/<[^<>]*>/g, spacing)
    .replaceAll(/&(?:lt|gt|quot|nbsp|middot|[lr][sd]quo|[mn]dash|hellip|#\d{1,7}|amp);/g, decoded)
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}
