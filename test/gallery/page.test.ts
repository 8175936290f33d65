import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { leadTitles } from '../../sandbox/gallery/content.ts';
import { states } from '../../sandbox/gallery/states.ts';
import { browserPath } from '../support/browser.ts';
import { paleTexts } from '../support/contrast.ts';
import { openGallery } from './open-gallery.ts';

const why = browserPath === null ? ' (skipped: no Chromium on this machine; CHROMIUM may name one)' : '';

describe.skipIf(browserPath === null)(`the gallery${why}`, () => {
  let gallery: Awaited<ReturnType<typeof openGallery>>;
  beforeAll(async () => {
    gallery = await openGallery();
  });
  afterAll(() => gallery?.close());

  test.each([...Object.keys(leadTitles), 'triggers', 'answers'])(
    'shows every card of %s in both chats, as wide as a phone and no wider',
    async (lead) => {
      await gallery.show({ lead });
      const { page } = gallery;
      const count = { triggers: 7, answers: 2 }[lead] ?? states.length;
      expect(await page.locator('[data-chat="slack"] .gallery-card').count()).toBe(count);
      expect(await page.locator('[data-chat="teams"] .gallery-card .ac-adaptiveCard').count()).toBe(count);
      expect(await page.locator('.unshown').count()).toBe(0);
      const tooWide = await page
        .locator('.gallery-card')
        .evaluateAll(
          (cards) => cards.filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth).length,
        );
      expect(tooWide).toBe(0);
    },
  );

  test.each(['light', 'dark'] as const)('can be read when it is %s', async (colorScheme) => {
    await gallery.page.emulateMedia({ colorScheme });
    for (const lead of ['normal', 'answers']) {
      await gallery.show({ lead });
      expect(await paleTexts(gallery.page.locator('body'))).toEqual([]);
    }
  });

  test('draws the chart of an answer in both chats, and its numbers where Slack takes none', async () => {
    await gallery.show({ lead: 'answers' });
    const drawn = (state: string, what: string) => gallery.page.locator(`[data-state="${state}"] ${what}`);
    expect(await drawn('stats', '[data-chat="slack"] svg[aria-label^="Bar chart"] rect').count()).toBe(8);
    expect(await drawn('stats', '[data-chat="teams"] .bars-part').count()).toBe(7);
    expect(await drawn('stats-uncharted', '[data-chat="slack"]').textContent()).toContain('Nov 16 · 12 · 0');
  });

  test('has buttons for thumbs on a phone, and nothing beside the screen', async () => {
    const { page } = gallery;
    await page.setViewportSize({ width: 390, height: 844 });
    await gallery.show({});
    expect(await page.locator('html').evaluate(({ scrollWidth }) => scrollWidth)).toBe(390);
    const heights = await page
      .locator('.gallery-card button:visible')
      .evaluateAll((buttons) => buttons.map((button) => button.getBoundingClientRect().height));
    expect(heights.length).toBeGreaterThan(100);
    expect(Math.min(...heights)).toBeGreaterThanOrEqual(40);
    await page.setViewportSize({ width: 1440, height: 900 });
  });

  test('keeps the colours that somebody chose', async () => {
    const { page } = gallery;
    const ground = () =>
      page
        .locator('body')
        .evaluate((body) => body.ownerDocument.defaultView?.getComputedStyle(body).backgroundColor);
    await page.emulateMedia({ colorScheme: 'light' });
    await gallery.show({});
    const light = await ground();
    await page.getByLabel('Colours').selectOption('Dark');
    expect(await ground()).not.toBe(light);
    await gallery.show({});
    expect(await page.getByLabel('Colours').inputValue()).toBe('dark');
    expect(await ground()).not.toBe(light);
    await page.getByLabel('Colours').selectOption('Auto');
    expect(await ground()).toBe(light);
  });

  test('needs nothing from elsewhere and breaks nowhere', () => {
    expect(gallery.complaints).toEqual([]);
  });
});
