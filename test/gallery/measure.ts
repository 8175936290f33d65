import { states } from '../../sandbox/gallery/states.ts';
import { cardIn, openGallery } from './open-gallery.ts';
import { linesOf, readingOf } from './reading.ts';

const head =
  '| state | Slack: words | lines | before the buttons | Teams: words | lines | before the buttons |';

/** How much there is to read on each card at a phone's width, as a table in Markdown. */
export async function table(): Promise<string> {
  const gallery = await openGallery();
  try {
    await gallery.show({ width: 'phone' });
    const rows = [head, '|---|---|---|---|---|---|---|'];
    for (const { key, title } of states) {
      const cells: (string | number)[] = [title];
      for (const chat of ['slack', 'teams'] as const) {
        const { all, before } = readingOf(await linesOf(cardIn(gallery.page, key, chat)));
        cells.push(all.words, all.lines, `${before.words} in ${before.lines}`);
      }
      rows.push(`| ${cells.join(' | ')} |`);
    }
    return rows.join('\n');
  } finally {
    await gallery.close();
  }
}
