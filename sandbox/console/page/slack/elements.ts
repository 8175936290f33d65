import type { BlockState } from '../../protocol.ts';

/** Something in a block, as Slack describes it. */
export type BlockElement = Readonly<Record<string, unknown>>;

export function isElement(value: unknown): value is BlockElement {
  return typeof value === 'object' && value !== null;
}

/** What a block's text says; null without one. */
export function textIn({ text }: BlockState): string | null {
  return isElement(text) ? String(text['text']) : null;
}
