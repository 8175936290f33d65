import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Sandbox, startSandbox } from '../../sandbox/sandbox.ts';
import { obstaclesOn } from '../support/axe.ts';
import { browserPath, type OpenPage, openPage } from '../support/browser.ts';
import { removeDataDir, temporaryDataDir } from '../support/temporary-postgres.ts';

const why = browserPath === null ? ' (skipped: no Chromium on this machine; CHROMIUM may name one)' : '';
/** Until something hangs for ever: a busy machine is slow. */
const patience = { timeout: 60_000 };

let dataDir: string;
let sandbox: Sandbox;
let opened: OpenPage;
let page: Page;

/** What keeps somebody out of the page as it stands, on a desk and on parts of it on a phone, in both colours. */
async function obstacles(parts = /^Rep/): Promise<string[]> {
  const found = await inBothColours('on a desk');
  await page.setViewportSize({ width: 390, height: 844 });
  for (const part of await page
    .getByRole('navigation', { name: 'Parts of the page' })
    .getByRole('button', { name: parts })
    .all()) {
    await part.click();
    found.push(...(await inBothColours(`on a phone, ${await part.textContent()}`)));
  }
  await page.setViewportSize({ width: 1440, height: 900 });
  return found;
}

async function inBothColours(where: string): Promise<string[]> {
  const found: string[] = [];
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    found.push(...(await obstaclesOn(page)).map((one) => `${where}, ${colorScheme}: ${one}`));
  }
  return found;
}

const rep = () => page.locator('.pane-rep');
const happens = async (key: string) => {
  const lead = page.locator(`[data-lead="${key}"]`);
  await lead.getByRole('button').first().click();
  await lead.getByRole('button', { name: 'Demo request', exact: true }).click();
};

describe.skipIf(browserPath === null)(`the sandbox's page keeps nobody out${why}`, () => {
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

  test('before anything has happened', async () => {
    await page.locator('[data-lead="maya"]').waitFor(patience);
    expect(await obstacles(/./)).toEqual([]);
  });

  test('with a card in Slack, and its menu', async () => {
    await happens('maya');
    await rep().getByRole('heading', { name: 'Maya Chen · Brightwater Logistics' }).waitFor(patience);
    expect(await obstacles()).toEqual([]);
    await rep().getByRole('button', { name: 'More actions' }).click();
    await page.getByRole('menuitem').first().waitFor(patience);
    expect(await obstacles()).toEqual([]);
    await page.keyboard.press('Escape');
  });

  test('with a form in Slack', async () => {
    await rep()
      .getByRole('button', { name: /^Disqualify/ })
      .click();
    const form = page.getByRole('dialog', { name: 'Disqualify Lead' });
    await form.waitFor(patience);
    expect(await obstacles()).toEqual([]);
    await form.getByRole('button', { name: 'Cancel', exact: true }).click();
  });

  test('with somebody’s home', async () => {
    await rep().locator('.slack').getByRole('button', { name: 'Home', exact: true }).click();
    await rep()
      .getByRole('region', { name: 'Home of Ada Okafor' })
      .getByText('Maya Chen')
      .first()
      .waitFor(patience);
    expect(await obstacles()).toEqual([]);
  });

  test('with a card in Teams, and its form', async () => {
    await happens('tomas');
    const inTeams = rep().locator('.teams');
    await inTeams.getByText('Tomás Herrera · Copperleaf Health').waitFor(patience);
    expect(await obstacles()).toEqual([]);
    await inTeams.getByRole('button', { name: 'Disqualify', exact: true }).click();
    await inTeams.getByLabel('What should marketing know?').waitFor(patience);
    expect(await obstacles()).toEqual([]);
  });
});
