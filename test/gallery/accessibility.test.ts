import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { obstaclesOn } from '../support/axe.ts';
import { browserPath } from '../support/browser.ts';
import { openGallery } from './open-gallery.ts';

const why = browserPath === null ? ' (skipped: no Chromium on this machine; CHROMIUM may name one)' : '';

describe.skipIf(browserPath === null)(`the gallery${why}`, () => {
  let gallery: Awaited<ReturnType<typeof openGallery>>;
  beforeAll(async () => {
    gallery = await openGallery();
  });
  afterAll(() => gallery?.close());

  describe.each(['light', 'dark'] as const)('in %s colours', (colorScheme) => {
    test.each([1440, 390])('keeps nobody out, %i pixels wide', async (width) => {
      await gallery.page.setViewportSize({ width, height: 900 });
      await gallery.page.emulateMedia({ colorScheme });
      await gallery.show({});
      expect(await obstaclesOn(gallery.page)).toEqual([]);
    });
  });
});
