import { Temporal } from 'temporal-polyfill';
import { flowing, instant, type SeenCard } from './client.ts';

type Fields = Record<string, unknown>;

/** The heading of the part that tells what happened. */
const historyTitle = 'What happened';

/** Whether it is the card of a lead, and not a line or an answer: those never change, so nothing asks for them anew. */
export function isLeadCard(card: unknown): boolean {
  const refresh = isFields(card) && isFields(card['refresh']) ? card['refresh']['action'] : null;
  return isFields(refresh) && refresh['verb'] === 'handoff.refresh';
}

/** Whether it has a heading of its own, as bulletins and answers have; a line has the words of its lead's card. */
export function isTitled(card: unknown): boolean {
  const [heading] = partsOf(bodyOf(card)[0]?.['inlines']);
  return heading?.['size'] === 'large';
}

/** Whether it is a form with this name that waits to be filled in. */
export function isForm(card: unknown, form: string): boolean {
  return nodesOf(card).some(({ verb }) => verb === `handoff.form.${form}`);
}

/** What a bulletin lists, each with what its button carries. */
export function itemsOn(card: unknown): { title: string; data: Fields }[] {
  const rows = bodyOf(card).filter(({ type }) => type === 'ColumnSet');
  return rows.map((row) => {
    const [heading] = nodesOf(row).filter(({ type }) => type === 'RichTextBlock');
    const button = nodesOf(row).find(({ type }) => type === 'Action.Execute');
    return { title: words(heading), data: isFields(button?.['data']) ? button['data'] : {} };
  });
}

/** Every word on a card, without what happened: that is told by itself. */
export function wordsOn(card: unknown): string {
  return words(bodyOf(card).map(withoutHistory));
}

/** What happened, line by line, the folded lines as well. */
export function happenedOn(card: unknown): string[] {
  const history = nodesOf(bodyOf(card)).find(isHistory);
  const blocks = nodesOf(history).filter(({ type }) => type === 'RichTextBlock');
  return blocks.flatMap((block) => {
    const [, line] = /^\S+Z · (.*)$/.exec(words(block)) ?? [];
    return line === undefined ? [] : [line];
  });
}

export function buttonsOn(card: unknown): SeenCard['buttons'] {
  const sets = bodyOf(card).filter(({ type }) => type === 'ActionSet');
  return sets
    .flatMap((set) => partsOf(set['actions']))
    .filter(({ type }) => type !== 'Action.ToggleVisibility')
    .flatMap((action) => {
      if (action['type'] === 'Action.OpenUrl') return ['open'];
      const verb = nodesOf(action).find(({ type }) => type === 'Action.Execute')?.['verb'];
      if (verb === 'handoff.say') return [];
      return [String(verb).replace(/^handoff\.(open\.)?/, '') as SeenCard['buttons'][number]];
    });
}

/** The button with this label, as what it sends; null when there is none. */
export function buttonNamed(card: unknown, label: string): { verb: string; data: Fields } | null {
  const named = nodesOf(card).find(({ type, title }) => type === 'Action.Execute' && title === label);
  return named ? { verb: String(named['verb']), data: named['data'] as Fields } : null;
}

/** What the menus of a form let somebody choose from. */
export function choicesOn(card: unknown, form: string): string[] {
  const menus = nodesOf(card).filter(({ id }) => typeof id === 'string' && id.startsWith(`${form}.`));
  return menus.flatMap((menu) => partsOf(menu['choices']).map((choice) => words(choice)));
}

/** By field, whether a form needs an answer. */
export function requiredOn(card: unknown, form: string): Record<string, boolean> {
  const inputs = nodesOf(card).flatMap(({ id, isRequired, label }): [string, boolean][] => {
    const [, field] = typeof id === 'string' ? id.split(`${form}.`) : [];
    return field === undefined ? [] : [[field, isRequired === true || String(label).endsWith(' *')]];
  });
  return Object.fromEntries(inputs);
}

/** Why nothing came of it: on top of the lead's card, or all that there is on another. Null: something came of it. */
export function noticeOn(card: unknown): string | null {
  if (!isFields(card)) return null;
  const warning = warningOn(card);
  if (warning !== null) return warning;
  const ofLead = isLeadCard(card) || nodesOf(card).some(({ type }) => String(type).startsWith('Action.'));
  return ofLead ? null : wordsOn(card);
}

/** Why nothing came of it, on top of a card or in its place. */
export function warningOn(card: unknown): string | null {
  const [top] = bodyOf(card);
  return top?.['style'] === 'warning' ? words(top) : null;
}

/** The errors in a form, by field: each stands below its input. */
export function errorsOn(card: unknown): Record<string, string> {
  const form = bodyOf(card).find(({ style }) => style === 'emphasis');
  const errors: Record<string, string> = {};
  let field = '';
  for (const item of partsOf(form?.['items'])) {
    const { id, inlines } = item;
    if (typeof id === 'string') field = id.slice(id.indexOf('.') + 1);
    if (partsOf(inlines).some(({ color }) => color === 'attention')) errors[field] = words(item);
  }
  return errors;
}

function bodyOf(card: unknown): Fields[] {
  return isFields(card) ? partsOf(card['body']) : [];
}

function withoutHistory(part: Fields): Fields {
  if (!Array.isArray(part['items'])) return part;
  return { ...part, items: partsOf(part['items']).filter((item) => !isHistory(item)) };
}

function isHistory(part: Fields): boolean {
  const [heading] = partsOf(part['items']);
  return heading !== undefined && words(heading) === historyTitle;
}

function words(node: unknown): string {
  return flowing(readable(node)).replaceAll('\u200B', '');
}

function readable(node: unknown): string {
  if (Array.isArray(node)) return node.map(readable).join('\n');
  if (!isFields(node)) return '';
  const { type, inlines, text, title, card: _unfoldsLater, fallback: _otherwise, ...rest } = node;
  if (type === 'RichTextBlock') {
    return withInstants(
      partsOf(inlines)
        .map((run) => run['text'])
        .join(''),
    );
  }
  const { id, label, value } = rest;
  const toCopy = String(id).startsWith('copy.') ? [label, value] : [];
  const own = [text, title, ...toCopy].filter((word) => typeof word === 'string').join('\n');
  return [own, ...Object.values(rest).map(readable)].join('\n');
}

/** The clock of everybody in the tests. */
export const zone = 'America/New_York';
const year = 2026;
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const written =
  /(?:[A-Z][a-z]{2}, )?([A-Z][a-z]{2}) (\d{1,2}), (?:(\d{4}), )?(\d{1,2}):(\d{2}) ([AP])M( UTC)?/g;

/** Times as instants, of which a reader knows the year. */
function withInstants(text: string): string {
  return text.replaceAll(written, (_, month, day, told, hour, minute, half, utc) => {
    const time = {
      year: Number(told ?? year),
      month: months.indexOf(month) + 1,
      day: Number(day),
      hour: (Number(hour) % 12) + (half === 'P' ? 12 : 0),
      minute: Number(minute),
    };
    const at = Temporal.ZonedDateTime.from({ ...time, timeZone: utc ? 'UTC' : zone });
    return instant(new Date(at.epochMilliseconds));
  });
}

function nodesOf(node: unknown): Fields[] {
  if (Array.isArray(node)) return node.flatMap(nodesOf);
  return isFields(node) ? [node, ...Object.values(node).flatMap(nodesOf)] : [];
}

function partsOf(list: unknown): Fields[] {
  return Array.isArray(list) ? list.filter(isFields) : [];
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
