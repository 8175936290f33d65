import { clockTime, instant, type SeenCard } from './client.ts';

/** Every word in blocks: those of one paragraph follow each other, everything else stands apart. */
export function words(node: unknown, names: ReadonlyMap<string, string>): string {
  if (Array.isArray(node)) return node.map((part) => words(part, names)).join('\n');
  if (typeof node !== 'object' || node === null) return '';
  const { type, text, elements, user_id, channel_id, timestamp, ...rest } = node as Record<string, unknown>;
  if (type === 'data_visualization') return String(rest['title']);
  if (typeof text === 'string') return text;
  if (typeof user_id === 'string') return names.get(user_id) ?? user_id;
  if (typeof channel_id === 'string') return channel_id;
  if (typeof timestamp === 'number') return timeAs(String(rest['format']), new Date(timestamp * 1000));
  if (type === 'rich_text_section' && Array.isArray(elements)) {
    return elements.map((part) => words(part, names)).join('');
  }
  return [text, elements, ...Object.values(rest)].map((part) => words(part, names)).join('\n');
}

/** As its reader sees it: of today the clock, of any other day the instant. */
function timeAs(format: string, at: Date): string {
  if (format.includes('{date')) return instant(at);
  return format.includes('{ago}') ? `at ${clockTime(at)}` : clockTime(at);
}

/** What was chosen from a menu says what it is behind the handoff. */
export function menuOption(node: unknown, actionId: string): string | null {
  if (Array.isArray(node))
    return node.map((part) => menuOption(part, actionId)).find((one) => one !== null) ?? null;
  if (typeof node !== 'object' || node === null) return null;
  const { type, options, ...rest } = node as Record<string, unknown>;
  if (type !== 'overflow') return menuOption(Object.values(rest), actionId);
  const values = (options as { value: string }[]).map(({ value }) => value);
  return values.find((value) => value.endsWith(` ${actionId}`)) ?? null;
}

/** The value behind a label in a menu. */
export function optionNamed(node: unknown, label: string): string | null {
  if (Array.isArray(node))
    return node.map((part) => optionNamed(part, label)).find((one) => one !== null) ?? null;
  if (typeof node !== 'object' || node === null) return null;
  const { type, options, ...rest } = node as Record<string, unknown>;
  if (type !== 'overflow') return optionNamed(Object.values(rest), label);
  const all = options as { text: unknown; value: string }[];
  return all.find(({ text }) => words(text, new Map()) === label)?.value ?? null;
}

/** What an `action_id` stands for; nothing where it only says something. */
export function buttonsIn(node: unknown): SeenCard['buttons'] {
  return actionsIn(node).flatMap((id) => (id.startsWith('handoff.ask') ? [] : [named(id)]));
}

function actionsIn(node: unknown): string[] {
  if (Array.isArray(node)) return node.flatMap(actionsIn);
  if (typeof node !== 'object' || node === null) return [];
  const { action_id, type, options, ...rest } = node as Record<string, unknown>;
  if (typeof action_id !== 'string') return Object.values(rest).flatMap(actionsIn);
  if (type !== 'overflow') return [action_id];
  return (options as { value: string }[]).map(({ value }) => value.split(' ')[1] ?? '');
}

function named(actionId: string): SeenCard['buttons'][number] {
  return actionId.replace(/^handoff\.(form\.)?/, '') as SeenCard['buttons'][number];
}

/** The button with this label: the ids of its block and of itself; null when there is none. */
export function buttonNamed(
  blocks: readonly Record<string, unknown>[],
  label: string,
): { blockId: string; actionId: string } | null {
  for (const { block_id, elements, accessory, child_blocks } of blocks) {
    const folded = Array.isArray(child_blocks) ? buttonNamed(child_blocks, label) : null;
    if (folded) return folded;
    const pressable = [elements, accessory].flat() as (Record<string, unknown> | undefined)[];
    const named = pressable.find(
      (one) => one?.['type'] === 'button' && words(one['text'], new Map()) === label,
    );
    if (named) return { blockId: String(block_id), actionId: String(named['action_id']) };
  }
  return null;
}

/** What a bulletin lists: its titles, and the value of the button beside each. */
export function itemsIn(blocks: readonly Record<string, unknown>[]): { title: string; value: string }[] {
  return blocks.flatMap(({ text, accessory }) => {
    const button = find(accessory, 'handoff.show');
    return button ? [{ title: words(text, new Map()), value: String(button['value']) }] : [];
  });
}

/** What the menus in blocks let somebody choose from. */
export function optionsIn(node: unknown): string[] {
  if (Array.isArray(node)) return node.flatMap(optionsIn);
  if (typeof node !== 'object' || node === null) return [];
  const { options, initial_option: _chosen, ...rest } = node as Record<string, unknown>;
  const own = Array.isArray(options) ? options.map(({ text }) => words(text, new Map())) : [];
  return [...own, ...Object.values(rest).flatMap(optionsIn)];
}

/** The element with this `action_id`; a mistake when there is none. */
export function elementOf(node: unknown, actionId: string): Record<string, unknown> {
  const found = find(node, actionId);
  if (!found) throw new Error(`the card has no button ${actionId}`);
  return found;
}

function find(node: unknown, actionId: string): Record<string, unknown> | null {
  if (typeof node !== 'object' || node === null) return null;
  const fields = node as Record<string, unknown>;
  if (fields['action_id'] === actionId) return fields;
  for (const part of Object.values(fields)) {
    const found = find(part, actionId);
    if (found) return found;
  }
  return null;
}
