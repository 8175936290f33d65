import type { Button, Overflow, RichTextElement } from '@slack/types';
import type { AnyBlock } from '../../../src/adapters/slack/card.ts';

/** What a person reads in the blocks, a line for each row. */
export function read(blocks: readonly AnyBlock[]): string[] {
  return blocks.flatMap((block): string[] => {
    switch (block.type) {
      case 'header':
        return [`# ${block.text.text}`];
      case 'actions':
        return [block.elements.map((element) => inWords(element as Button | Overflow)).join(' ')];
      case 'context':
        return block.elements.map((element) => ('text' in element ? element.text : ''));
      case 'container':
        return [`▸ ${block.title?.text}`, ...read(block.child_blocks).map((row) => `~ ${row}`)];
      case 'section':
        return [[block.text?.text, inWords(block.accessory as Button)].join(' ')];
      case 'rich_text':
        return block.elements.flatMap((part) => {
          if (part.type === 'rich_text_list') {
            return part.elements.map((item) => `- ${item.elements.map(readElement).join('')}`);
          }
          const rows = part.elements.map(readElement).join('').split('\n');
          return part.type === 'rich_text_quote' ? rows.map((row) => `> ${row}`) : rows;
        });
      case 'table':
        return block.rows.map((row) =>
          row.map((cell) => (cell.type === 'rich_text' ? read([cell]).join(' ') : cell.text)).join(' | '),
        );
      case 'data_visualization': {
        const { title, chart } = block;
        const bars = chart.series.map(
          ({ name, data }) => `${name}: ${data.map(({ label, value }) => `${label} ${value}`).join(', ')}`,
        );
        return [`[${chart.type}] ${title} (${chart.axis_config.y_label})`, ...bars];
      }
      case 'divider':
        return ['---'];
      default:
        throw new Error(`no message of the bot has a ${block.type}`);
    }
  });
}

function readElement(element: RichTextElement): string {
  const words = {
    text: () => (element as { text: string }).text,
    user: () => `@${(element as { user_id: string }).user_id}`,
    date: () => `{${(element as { timestamp: number }).timestamp}}`,
    emoji: () => `:${(element as { name: string }).name}:`,
    link: () => (element as { text?: string }).text ?? '',
  }[element.type as 'text'];
  return 'style' in element && element.style?.bold ? `*${words()}*` : words();
}

function inWords(element: Button | Overflow): string {
  if (element.type === 'overflow') return `[… ${element.options.map(({ text }) => text.text).join(' | ')}]`;
  return `[${element.text.text}]`;
}
