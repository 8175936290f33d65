import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { openGallery, type View } from './open-gallery.ts';

type Picture = View & { file: string; width: 'phone'; dark?: true; columns: number };

const mostUsed = 'offered,late,accepted,worked,recycled,claimed,manager-late,manager-asked';

/** For docs/cards.md. */
const pictures: readonly Picture[] = [
  { file: 'slack.png', chat: 'slack', width: 'phone', only: mostUsed, columns: 4 },
  { file: 'teams.png', chat: 'teams', width: 'phone', only: mostUsed, columns: 4 },
  {
    file: 'dark.png',
    chat: 'both',
    width: 'phone',
    only: 'offered,touch-late',
    dark: true,
    columns: 4,
  },
  { file: 'hostile.png', chat: 'both', width: 'phone', lead: 'hostile', only: 'offered', columns: 2 },
  { file: 'stats.png', chat: 'both', width: 'phone', lead: 'answers', only: 'stats', columns: 2 },
  { file: 'arabic.png', chat: 'both', width: 'phone', lead: 'arabic', only: 'offered', columns: 2 },
];

/** Of a card with its gap, and beside all of them. */
const cardWidth = 382;
const margins = 40;
/** With less the page is a phone, and has the chats below each other. */
const leastWidth = 830;

/** Takes them anew. */
export async function takePictures(folder: URL): Promise<void> {
  await mkdir(folder, { recursive: true });
  const gallery = await openGallery();
  try {
    for (const { file, dark, columns, ...view } of pictures) {
      await gallery.page.emulateMedia({ colorScheme: dark ? 'dark' : 'light' });
      await gallery.page.setViewportSize({
        width: Math.max(columns * cardWidth + margins, leastWidth),
        height: 900,
      });
      await gallery.show(view);
      const path = fileURLToPath(new URL(file, folder));
      await gallery.page.locator('main').screenshot({ path, style: '.gallery-head { display: none }' });
    }
  } finally {
    await gallery.close();
  }
}
