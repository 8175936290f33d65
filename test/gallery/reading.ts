import type { Locator } from 'playwright-core';

/** One line of a card as it stands on the screen. */
export type Line = { text: string; hasButton: boolean };

/** What somebody reads on a card, line by line; nothing that is folded. */
export function linesOf(card: Locator): Promise<Line[]> {
  return card.evaluate((element) => {
    type Word = { text: string; top: number; bottom: number; left: number; isButton: boolean };
    const words: Word[] = [];
    const page = element.ownerDocument;
    // 4: text alone.
    const texts = page.createTreeWalker(element, 4);
    for (let node = texts.nextNode(); node; node = texts.nextNode()) {
      const parent = node.parentElement;
      if (!parent?.checkVisibility({ visibilityProperty: true })) continue;
      const isButton = parent.closest('button') !== null;
      for (const { 0: text, index } of (node.textContent ?? '').matchAll(/\S+/g)) {
        const range = page.createRange();
        range.setStart(node, index);
        range.setEnd(node, index + text.length);
        // A long word may be broken: each part of it stands in a line.
        for (const { top, bottom, left, width } of range.getClientRects()) {
          if (width > 1) words.push({ text, top, bottom, left, isButton });
        }
      }
    }
    const lines: Word[][] = [];
    for (const word of words.sort((a, b) => a.top + a.bottom - b.top - b.bottom)) {
      const line = lines.at(-1);
      const middle = (word.top + word.bottom) / 2;
      const isBeside = line?.some(({ top, bottom }) => top < middle && middle < bottom);
      if (line && isBeside) line.push(word);
      else lines.push([word]);
    }
    return lines.map((line) => ({
      text: line
        .sort((a, b) => a.left - b.left)
        // What only says where a line may be broken is not read.
        .map(({ text }) => text.replaceAll('\u200B', ''))
        .join(' '),
      hasButton: line.some(({ isButton }) => isButton),
    }));
  });
}

export type Reading = { words: number; lines: number };

/** How much there is to read, and how much of it before the first button. */
export function readingOf(lines: readonly Line[]): { all: Reading; before: Reading } {
  const first = lines.findIndex(({ hasButton }) => hasButton);
  return { all: count(lines), before: count(first === -1 ? lines : lines.slice(0, first)) };
}

/** A word has a letter or a digit. */
function count(lines: readonly Line[]): Reading {
  const words = lines.flatMap(({ text }) => text.split(' ')).filter((word) => /[\p{L}\p{N}]/u.test(word));
  return { words: words.length, lines: lines.length };
}
