import { existsSync } from 'node:fs';
import { type Browser, chromium, type Page } from 'playwright-core';

const usualPlaces = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** The Chromium of this machine, or null; CHROMIUM names one in an unusual place. */
export const browserPath =
  [process.env['CHROMIUM'], ...usualPlaces].find((path) => path && existsSync(path)) ?? null;

export type OpenPage = {
  page: Page;
  /** What went wrong in the page, and every request to elsewhere. */
  complaints: readonly string[];
  close: () => Promise<void>;
};

/** Opens an address in a browser of its own. @param scripts whether pages may run any */
export async function openPage(url: string, { scripts = true } = {}): Promise<OpenPage> {
  if (browserPath === null) throw new Error(`No Chromium at ${usualPlaces.join(', ')}: set CHROMIUM to one`);
  const browser: Browser = await chromium.launch({ executablePath: browserPath, args: ['--no-sandbox'] });
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, javaScriptEnabled: scripts });
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('request', (request) => {
    const { origin, protocol } = new URL(request.url());
    if (protocol !== 'data:' && origin !== new URL(url).origin) complaints.push(`asked for ${request.url()}`);
  });
  await page.goto(url);
  return { page, complaints, close: () => browser.close() };
}
