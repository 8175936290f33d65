/** A block, or something in one, as Slack describes it. */
export type BlockElement = Readonly<Record<string, unknown>>;

export function isElement(value: unknown): value is BlockElement {
  return typeof value === 'object' && value !== null;
}

/** What the text of a block or an element says; null without one. */
export function textIn({ text }: BlockElement): string | null {
  return isElement(text) ? String(text['text']) : null;
}

export function stringIn(element: BlockElement, name: string): string | null {
  const value = element[name];
  return typeof value === 'string' ? value : null;
}

/** Whether a text is one in which nothing is markup. */
export function isPlainText(text: unknown): boolean {
  return isElement(text) && text['type'] === 'plain_text';
}
