import type { HandoffId } from '../../domain/handoff/handoff.ts';

/** The last line of a task that the bot made, by which an attempt with an unknown end is found again. */
export function taskMark(handoffId: HandoffId): string {
  return `Handoff ${handoffId}`;
}

/** The same for a logged touch. */
export function touchMark(handoffId: HandoffId, touchId: string): string {
  return `Handoff ${handoffId} · touch ${touchId}`;
}

/** What the bot alone writes: nobody types a UUID behind the word by accident. */
const uuid = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';
const ofTask = new RegExp(`^Handoff ${uuid}$`);
const ofAny = new RegExp(`^Handoff ${uuid}( · touch ${uuid})?$`);

export function isTaskMark(line: string): boolean {
  return ofTask.test(line);
}

export function isMark(line: string): boolean {
  return ofAny.test(line);
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

const blockTags = /<(br|\/?(p|div|li|ul|ol|h[1-6]|table|tr|blockquote|hr))\b[^>]*>/gi;
const entities: Readonly<Record<string, string>> = {
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
  '&nbsp;': ' ',
  '&middot;': '·',
  '&amp;': '&',
};

/** The lines of a body that have any text, without markup. */
export function linesOf(html: string): string[] {
  return html
    .replaceAll(blockTags, '\n')
    .replaceAll(/<[^>]*>/g, '')
    .replaceAll(/&(lt|gt|quot|#39|nbsp|middot|amp);/g, (entity) => entities[entity] ?? entity)
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}
