import type { Page } from 'playwright-core';
import { startGallery } from '../../sandbox/gallery/server.ts';
import { openPage } from '../support/browser.ts';

/** What of the gallery is shown. */
export type View = {
  lead?: string;
  chat?: 'slack' | 'teams' | 'both';
  width?: 'phone' | 'desk';
  /** The keys of some states, with commas between them. */
  only?: string;
};

/** The gallery in a real browser. */
export async function openGallery() {
  const gallery = await startGallery({ host: '127.0.0.1', port: 0 });
  const { page, complaints, close } = await openPage(`${gallery.url}/gallery`);
  return {
    page,
    complaints,
    office: gallery.office,
    /** Shows something else, and waits until it is there. */
    show: (view: View) => showIn(page, `${gallery.url}/gallery`, view),
    close: async () => {
      await close();
      await gallery.close();
    },
  };
}

async function showIn(page: Page, address: string, view: View): Promise<void> {
  const { lead = 'normal', chat = 'both', width = 'phone', only = '' } = view;
  await page.goto(`${address}?${new URLSearchParams({ lead, chat, width, only })}`);
  await page.locator(`main[data-lead="${lead}"] .gallery-state`).last().waitFor();
  await page.locator('body').evaluate(({ ownerDocument }) => ownerDocument.fonts.ready);
}

/** The card of a state in a chat. */
export function cardIn(page: Page, state: string, chat: 'slack' | 'teams') {
  return page.locator(`[data-state="${state}"] [data-chat="${chat}"] .gallery-card`);
}
