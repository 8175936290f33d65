import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startSandboxes } from '../../sandbox/begin-anew.ts';
import { browserPath, type OpenPage, openPage } from '../support/browser.ts';
import { paleTexts } from '../support/contrast.ts';
import { removeDataDir, temporaryDataDir } from '../support/temporary-postgres.ts';

const why = browserPath === null ? ' (skipped: no Chromium on this machine; CHROMIUM may name one)' : '';
/** Until something hangs for ever: a busy machine is slow. */
const patience = { timeout: 120_000 };

describe.skipIf(browserPath === null)(`the way through the product on the sandbox's page${why}`, () => {
  let dataDir: string;
  let sandbox: Awaited<ReturnType<typeof startSandboxes>>;
  let opened: OpenPage;
  let page: Page;

  beforeAll(async () => {
    dataDir = await temporaryDataDir();
    sandbox = await startSandboxes({ host: '127.0.0.1', port: 0, dataDir, policyFile: 'policy.yaml' });
    opened = await openPage(sandbox.url);
    page = opened.page;
  });
  afterAll(async () => {
    await opened?.close();
    await sandbox?.stop();
    await removeDataDir(dataDir);
  });

  const button = (name: string | RegExp) => page.getByRole('button', { name, exact: true });
  const lead = (key: string) => page.locator(`[data-lead="${key}"]`);
  const step = (text: string) => page.locator('.tour li', { hasText: text });
  const isTaken = (text: string) =>
    expect.poll(() => step(text).getAttribute('data-done'), patience).toBe('true');
  const inLog = (text: string | RegExp) => page.locator('.log-text', { hasText: text });

  it('lights up a step once it is taken, by its own button or another one', async () => {
    await step('A lead asks for a demo').getByRole('button').click();
    await isTaken('A lead asks for a demo');
    expect(await step('Ada is in a meeting').getAttribute('data-next')).toBe('true');

    await step('Ada is in a meeting').getByRole('button').click();
    await isTaken('Ada is in a meeting');
    await step('Grace decides').getByRole('button').click();
    await page
      .locator('.pane-manager')
      .getByRole('button', { name: /^Take It/ })
      .click();
    await isTaken('Grace decides');
    await step('See the numbers').getByRole('button').click();
    await isTaken('See the numbers');
  });

  it('shows the record of the lead whose card is used', async () => {
    await lead('tomas').getByRole('button').first().click();
    await page.getByRole('region', { name: 'HubSpot record of Tomás Herrera' }).waitFor(patience);
    await page
      .locator('.pane-manager')
      .getByRole('heading', { name: /Maya Chen/ })
      .first()
      .click();
    await page.getByRole('region', { name: 'HubSpot record of Maya Chen' }).waitFor(patience);
  });

  it.each([
    ['Keeps looking at prices', 'zoe', ['Reads prices again', 'Reads prices again']],
    ['High score', 'siobhan', ['Score → 84']],
    ['Handed over by marketing', 'misaki', ['Workflow hands over']],
    ["Read the buyer's guide", 'jonas', ['Reads the guide']],
  ])('has a lead that is handed over for: %s', async (label, key, ways) => {
    await lead(key).getByRole('button').first().click();
    for (const way of ways) await lead(key).getByRole('button', { name: way, exact: true }).click();
    const field = page.locator('.field[data-property="handoff_trigger"] dd');
    await expect.poll(() => field.textContent(), patience).toBe(label);
  });

  it('is read in light and dark', async () => {
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      expect(await paleTexts(page.locator('body'))).toEqual([]);
    }
  });

  it('costs the keyboard one stop for all names in the log, and a skip leads past the head', async () => {
    expect(await page.locator('.log-lead').count()).toBeGreaterThan(5);
    expect(await page.locator('.log-lead[tabindex="0"]').count()).toBe(1);
    await page.locator('.log-lead[tabindex="0"]').focus();
    await page.keyboard.press('ArrowUp');
    expect(await page.locator('.log-lead:focus').getAttribute('tabindex')).toBe('-1');

    await page.reload();
    await page.locator('.tour').waitFor(patience);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    expect(await page.locator('.pane-rep:focus').count()).toBe(1);
  });

  it('has buttons for thumbs and a low head on a phone', async () => {
    await page.setViewportSize({ width: 390, height: 844 });
    expect(await page.locator('html').evaluate(({ scrollWidth }) => scrollWidth)).toBe(390);
    expect((await page.locator('.header').boundingBox())?.height).toBeLessThanOrEqual(56);
    await page
      .getByRole('navigation', { name: 'Parts of the page' })
      .getByRole('button', { name: /^Manager/ })
      .click();
    const heights = await page
      .locator('.pane-manager .message-content button:visible')
      .evaluateAll((buttons) => buttons.map((one) => one.getBoundingClientRect().height));
    expect(Math.min(...heights)).toBeGreaterThanOrEqual(40);
    await page.setViewportSize({ width: 1440, height: 900 });
  });

  it('begins anew at the same address', async () => {
    await button('Begin anew').click();
    await step('A lead asks for a demo').and(page.locator('[data-next="true"]')).waitFor(patience);
    await inLog('The week begins').waitFor(patience);
    expect(await page.locator('.tour [data-done="true"]').count()).toBe(0);
  });
});
