import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Sandbox, startSandbox } from '../../sandbox/sandbox.ts';
import { browserPath, type OpenPage, openPage } from '../support/browser.ts';
import { removeDataDir, temporaryDataDir } from '../support/temporary-postgres.ts';

const why = browserPath === null ? ' (skipped: no Chromium on this machine; CHROMIUM may name one)' : '';
/** Until something hangs for ever: a busy machine is slow. */
const patience = { timeout: 60_000 };

let dataDir: string;
let sandbox: Sandbox;
let opened: OpenPage;
let page: Page;

const ofAda = () => page.locator('.pane-rep').getByRole('region', { name: 'Home of Ada Okafor' });
const inRepSlack = () => page.locator('.pane-rep .slack');
const tab = (name: string) => inRepSlack().getByRole('button', { name, exact: true });

describe.skipIf(browserPath === null)(`the Home tab on the sandbox's page${why}`, () => {
  beforeAll(async () => {
    dataDir = await temporaryDataDir();
    sandbox = await startSandbox({ host: '127.0.0.1', port: 0, dataDir, policyFile: 'policy.yaml' });
    opened = await openPage(sandbox.url);
    page = opened.page;
  });
  afterAll(async () => {
    await opened?.close();
    await sandbox?.stop();
    await removeDataDir(dataDir);
  });

  it('teaches on the first day, beside the messages', async () => {
    await page
      .locator('.pane-rep')
      .getByRole('button', { name: /^Ada Okafor/ })
      .click();
    await tab('Home').click();
    await ofAda().getByText('What comes here').waitFor(patience);
    expect(await inRepSlack().getByRole('textbox').isVisible()).toBe(false);
  });

  it('shows a lead that comes while it is open, and takes it from there by the keyboard', async () => {
    await page
      .locator('[data-lead="maya"]')
      .getByRole('button', { name: 'Demo request', exact: true })
      .click();
    const accept = ofAda().getByRole('button', { name: 'Accept: Maya Chen · Brightwater Logistics' });
    await accept.waitFor(patience);
    await accept.focus();
    await page.keyboard.press('Enter');
    await ofAda()
      .getByRole('button', { name: /^Log: Maya Chen/ })
      .waitFor(patience);
  });

  it('puts answers and forms over it, and takes them away with Escape', async () => {
    await ofAda()
      .getByRole('button', { name: /^Settings/ })
      .click();
    await page.getByRole('dialog').getByText('Your cards come to').waitFor(patience);
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached', ...patience });
    await ofAda()
      .getByRole('button', { name: /^Log: Maya Chen/ })
      .click();
    await page.getByRole('dialog', { name: 'Log a Touch' }).waitFor(patience);
    await page.keyboard.press('Escape');
    const file = process.env['SCREENSHOT'];
    if (file) await page.screenshot({ path: file.replace('.png', '-desktop.png') });
  });

  it('fits a phone, without anything to the side', async () => {
    await page.setViewportSize({ width: 390, height: 844 });
    await page
      .getByRole('navigation', { name: 'Parts of the page' })
      .getByRole('button', { name: /^Rep/ })
      .click();
    await ofAda().waitFor(patience);
    const box = await ofAda().evaluate(({ scrollWidth, clientWidth }) => ({ scrollWidth, clientWidth }));
    expect(box.scrollWidth).toBe(box.clientWidth);
    const file = process.env['SCREENSHOT'];
    if (file) await page.screenshot({ path: file });
  });

  it('gives way to the messages again, and nothing went wrong on the page', async () => {
    await tab('Messages').click();
    await inRepSlack().getByRole('textbox').waitFor(patience);
    expect(opened.complaints).toEqual([]);
  });
});
