import { isFields, stringAt } from '../fields.ts';
import { nodesOf } from '../teams/card-tree.ts';
import type { CardState } from './protocol.ts';

/** What a card is about, and how that stands. */
export function topOf(card: CardState): { headline: string; status: string } {
  const [first = '', second = ''] = nodesOf(card['body']).flatMap(({ node }) => textIn(node) || []);
  if (isForm(card) || handoffIn(card) === null) return { headline: first, status: second };
  // A lead's card begins with its status, and that with a sign that stands for its colour.
  return { headline: second, status: first.replace(/^[^\p{L}\p{N}]+/u, '') };
}

/** The text of a block; null for anything that is none. */
function textIn(block: Record<string, unknown>): string | null {
  if (block['type'] === 'TextBlock') return stringAt(block, 'text') ?? '';
  if (block['type'] !== 'RichTextBlock' || !Array.isArray(block['inlines'])) return null;
  const runs = block['inlines'].map((run) => (isFields(run) ? (stringAt(run, 'text') ?? '') : String(run)));
  return runs.join('').trim();
}

/** The handoff that the buttons of a card are about; null when it is no lead's card, as a bulletin is none. */
export function handoffIn(card: CardState): string | null {
  for (const { node } of nodesOf(card)) {
    const { data } = node;
    if (!isFields(data)) continue;
    if (stringAt(data, 'bulletin') !== null) return null;
    const handoff = stringAt(data, 'handoff');
    if (handoff !== null) return handoff;
  }
  return null;
}

/** Whether it is a form about a lead, and not its card. */
export function isForm(card: CardState): boolean {
  return nodesOf(card).some(({ node: { data } }) => isFields(data) && isFields(data['form']));
}

/** What stands on the button with a verb. */
export function titleOf(card: CardState, verb: string): string {
  const button = nodesOf(card).find(({ node }) => node['verb'] === verb && node['title'] !== undefined);
  return String(button?.node['title'] ?? verb);
}
