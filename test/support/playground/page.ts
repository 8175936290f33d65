import type { Locator, Page } from 'playwright-core';
import { openPage } from '../browser.ts';

/** Until something hangs for ever: a busy machine is slow. */
export const patienceMs = 120_000;

/** The Playground's page, as whoever sits at it uses it. */
export type PlaygroundPage = {
  page: Page;
  /** The cards in the chat, oldest first. */
  cards: Locator;
  /** A line of its log for each message of the bot's that it has drawn anew, because the bot updated it. */
  updated: Locator;
  say(words: string): Promise<void>;
  /** What the Playground says that it cannot show or do. */
  limitations(): Promise<string[]>;
  close(): Promise<void>;
};

/** Opens the personal chat with the bot; the Playground then tells the bot that it was installed. */
export async function openPlaygroundPage(url: string): Promise<PlaygroundPage> {
  const { page, close } = await openPage(`${url}/_debug/ping`);
  // Its fonts lie elsewhere, and a machine without a network may be long in finding out that they do not come.
  await page.route(
    ({ origin }) => origin !== url,
    (route) => route.abort(),
  );
  await page.goto(url);
  page.setDefaultTimeout(patienceMs);
  return {
    page,
    cards: page.locator('.ac-preview-panel'),
    updated: page.getByText('message 200', { exact: true }),
    say: async (words) => {
      await page.locator('[data-lexical-editor]').pressSequentially(words);
      await page.getByRole('button', { name: 'Send Message' }).click();
    },
    limitations: async () => {
      const found = (await page.locator('body').innerText()).matchAll(/([\w -]+?) is not supported yet/g);
      return [...new Set([...found].map(([, feature = '']) => feature.trim()))];
    },
    close,
  };
}
