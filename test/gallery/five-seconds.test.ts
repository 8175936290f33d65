import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readPolicyFile } from '../../src/policy-file.ts';
import { browserPath } from '../support/browser.ts';
import { cardIn, openGallery } from './open-gallery.ts';
import { linesOf, readingOf } from './reading.ts';

const why = browserPath === null ? ' (skipped: no Chromium on this machine; CHROMIUM may name one)' : '';
const { policy } = readPolicyFile('policy.yaml');
/** So much is read in five seconds. */
const firstLines = 9;

describe.skipIf(browserPath === null)(`on a phone${why}`, () => {
  let gallery: Awaited<ReturnType<typeof openGallery>>;
  beforeAll(async () => {
    gallery = await openGallery();
  });
  afterAll(() => gallery?.close());

  describe.each(policy.triggers.map(({ name }) => name))('in five seconds a rep knows of %s', (trigger) => {
    test.each(['slack', 'teams'] as const)(
      'in %s who it is, until when, why now, and what to do',
      async (chat) => {
        await gallery.show({ lead: 'triggers', only: trigger });
        const lines = await linesOf(cardIn(gallery.page, trigger, chat));
        const [first = '', ...others] = lines.slice(0, firstLines + 1).map(({ text }) => text);
        // Until when, and after it what the lead did.
        expect(first).toMatch(/Accept by (\w{3} )?\d{1,2}:\d{2} [AP]M · \S+/);
        const lead = gallery.office.byTrigger.get(trigger);
        expect(others.slice(0, 3).join(' ')).toContain(lead?.name);
        const { before } = readingOf(lines);
        expect(before.lines).toBeLessThan(firstLines);
        expect(lines[before.lines]?.text).toMatch(/^Accept /);
      },
    );
  });

  test.each([
    ['offered', { words: 96, lines: 14 }],
    ['late', { words: 40, lines: 7 }],
    ['accepted', { words: 96, lines: 14 }],
    ['worked', { words: 40, lines: 7 }],
    ['disqualified', { words: 21, lines: 4 }],
    ['claimed', { words: 21, lines: 4 }],
    ['manager-late', { words: 63, lines: 11 }],
    ['manager-asked', { words: 63, lines: 11 }],
    ['channel', { words: 40, lines: 7 }],
  ])('all that there is to read when it is %s', async (state, most) => {
    await gallery.show({ only: state });
    for (const chat of ['slack', 'teams'] as const) {
      const { all } = readingOf(await linesOf(cardIn(gallery.page, state, chat)));
      expect(all.words).toBeLessThanOrEqual(most.words);
      expect(all.lines).toBeLessThanOrEqual(most.lines);
    }
  });
});
