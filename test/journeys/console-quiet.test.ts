import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { withEverythingOn } from '../../sandbox/company/everything-on.ts';
import { type Sandbox, startSandbox } from '../../sandbox/sandbox.ts';
import { browserPath, type OpenPage, openPage } from '../support/browser.ts';
import { removeDataDir, temporaryDataDir } from '../support/temporary-postgres.ts';

const why = browserPath === null ? ' (skipped: no Chromium on this machine; CHROMIUM may name one)' : '';
/** Until something hangs for ever: a busy machine is slow. */
const patience = { timeout: 120_000 };

describe.skipIf(browserPath === null)(`manners on the sandbox's page${why}`, () => {
  let dataDir: string;
  let sandbox: Sandbox;
  let opened: OpenPage;
  let page: Page;
  beforeAll(async () => {
    dataDir = await temporaryDataDir();
    const policyFile = await withEverythingOn('policy.yaml', dataDir);
    sandbox = await startSandbox({ host: '127.0.0.1', port: 0, dataDir, policyFile });
    opened = await openPage(sandbox.url);
    page = opened.page;
  });
  afterAll(async () => {
    await opened?.close();
    await sandbox?.stop();
    await removeDataDir(dataDir);
  });

  const inLog = (text: string) => page.locator('.log-text', { hasText: text }).first();
  const quiet = () => page.locator('.pane-rep .slack').getByRole('button', { name: 'Do Not Disturb' });

  it('a lead comes to somebody who has a mail for themselves', async () => {
    const asked = await sandbox.slack.command(
      'ada.okafor@example.com',
      '/handoff',
      'notify mail after 5 min',
    );
    expect(asked.acknowledged).toBe(true);
    await page
      .locator('[data-lead="maya"]')
      .getByRole('button', { name: 'Demo request', exact: true })
      .click();
    await inLog('Ada Okafor got a card').waitFor(patience);
  });

  it('they are on Do Not Disturb for an hour, and off again', async () => {
    await quiet().click();
    await inLog('Ada Okafor is on Do Not Disturb for an hour').waitFor(patience);
    await expect.poll(() => quiet().getAttribute('aria-pressed'), patience).toBe('true');
    await quiet().click();
    await inLog('Ada Okafor wants notifications again').waitFor(patience);
  });

  it('their mail stands in the log when time has passed', async () => {
    await page.getByRole('button', { name: '+15 min', exact: true }).click();
    await inLog('Ada Okafor got a mail: Waiting for your answer: Maya Chen').waitFor(patience);
    expect(sandbox.mail.refused).toEqual([]);
  });
});
