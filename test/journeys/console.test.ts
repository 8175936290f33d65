import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts';
import { browserPath, type OpenPage, openPage } from '../support/browser.ts';
import { removeDataDir, temporaryDataDir } from '../support/temporary-postgres.ts';

const why = browserPath === null ? ' (skipped: no Chromium on this machine; CHROMIUM may name one)' : '';
/** A busy machine is slow; what is measured is printed. */
const patience = { timeout: 10_000 };

// The steps follow each other as in a demonstration.
describe.skipIf(browserPath === null)(`the sandbox's page${why}`, () => {
  let dataDir: string;
  let sandbox: Sandbox;
  let opened: OpenPage;
  let page: Page;

  beforeAll(async () => {
    dataDir = await temporaryDataDir();
    sandbox = await startSandbox({ host: '127.0.0.1', port: 0, dataDir, policyFile: 'policy.yaml' });
    opened = await openPage(sandbox.url);
    page = opened.page;
  }, 60_000);

  afterAll(async () => {
    await opened?.close();
    await sandbox?.stop();
    await removeDataDir(dataDir);
  });

  const lead = (key: string) => page.locator(`[data-lead="${key}"]`);
  const rep = () => page.locator('.pane-rep');
  const manager = () => page.locator('.pane-manager');
  const button = (name: string) => ({ name, exact: true });
  const shown = (property: string) => page.locator(`.field[data-property="${property}"] dd`).textContent();
  const inLog = (text: string) => page.locator('.log-text', { hasText: text });
  const contactOf = (key: string) => {
    const seeded = sandbox.company.leads.find((one) => one.key === key);
    return sandbox.hubspot.object('contacts', seeded?.contactId ?? '')?.properties ?? {};
  };

  /** For the README: one lead in good hands, and one that nobody answered. */
  const takeScreenshot = async () => {
    const file = process.env['SCREENSHOT'];
    if (!file) return;
    await lead('maya').getByRole('button').first().click();
    await rep()
      .getByRole('button', { name: /^Ada Okafor/ })
      .click();
    await inLog('It is now Mon 9:18 AM').waitFor(patience);
    await page.screenshot({ path: file });
  };

  it('brings the card to the rep when a lead requests a demo', async () => {
    const clickedAt = performance.now();
    await lead('maya').getByRole('button', button('Demo request')).click();
    const headline = rep().getByRole('heading', { name: 'Demo request: Maya Chen · Brightwater Logistics' });
    await headline.waitFor(patience);
    console.info(`click to card: ${Math.round(performance.now() - clickedAt)} ms`);

    await expect.poll(() => shown('handoff_status'), patience).toBe('Offered');
    expect(await shown('hubspot_owner_id')).toBe('Ada Okafor');
    await inLog('Ada Okafor got a card').waitFor(patience);
  });

  it('writes to HubSpot what the rep accepts', async () => {
    await rep()
      .getByRole('button', { name: /^Accept/ })
      .click();

    await rep().getByText('reach out by').waitFor(patience);
    await rep()
      .getByRole('button', { name: /^Accept/ })
      .waitFor({ state: 'detached', ...patience });
    await expect.poll(() => shown('lifecyclestage'), patience).toBe('Sales Qualified Lead');
    expect(await shown('hs_lead_status')).toBe('Open');
    expect(contactOf('maya')).toMatchObject({ lifecyclestage: 'salesqualifiedlead', hs_lead_status: 'OPEN' });
    await inLog('Ada Okafor clicked “Accept”').waitFor(patience);
  });

  it('shows beside the field what a form lacks, and takes it when it is there', async () => {
    await rep()
      .getByRole('button', { name: /^Log a Touch/ })
      .click();
    const form = page.getByRole('dialog', { name: 'Log a Touch' });
    await form.getByRole('button', button('Log Touch')).click();
    await form.getByText('Please complete this required field.').waitFor(patience);

    await form.getByLabel('How did it go?').selectOption('Connected');
    await form.getByRole('button', button('Log Touch')).click();
    await form.waitFor({ state: 'detached', ...patience });
    await page.locator('.timeline-title', { hasText: 'Call: Connected' }).waitFor(patience);
  });

  it('brings the card to the manager when the target passes without an answer', async () => {
    await lead('tomas').getByRole('button').first().click();
    await lead('tomas').getByRole('button', button('Demo request')).click();
    await rep()
      .getByRole('heading', { name: /Tomás Herrera/ })
      .waitFor(patience);

    await page.getByRole('button', button('+15 min')).click();
    await manager()
      .getByRole('heading', { name: /Tomás Herrera/ })
      .waitFor(patience);
    for (const name of [/^Reassign/, /^Take It/, /^Give Grace/]) {
      await manager().getByRole('button', { name }).waitFor(patience);
    }
    await rep().getByText('this lead waits for your answer').first().waitFor(patience);
    await inLog('The target was missed').waitFor(patience);
    await takeScreenshot();
  });

  it('shows as text what a lead put into a form', async () => {
    await lead('siobhan').getByRole('button').first().click();
    await lead('siobhan').getByRole('button', button('Contact sales')).click();
    await rep().getByRole('heading', { name: "Siobhán O'Brien *bold* <!channel>" }).waitFor(patience);
    await rep().getByText('Owner & _everything_ <https://evil.example|click here>').first().waitFor(patience);
  });

  it('answers a command so that only the person sees it', async () => {
    const field = manager().getByRole('textbox');
    await field.fill('/handoff stats team 30d');
    await field.press('Enter');
    await manager().getByRole('heading', { name: 'Americas, last 30 days' }).waitFor(patience);
    await manager().getByText('Only visible to you').waitFor(patience);
  });

  it('says so when the app does not answer', async () => {
    sandbox.slack.setRequestUrl('http://127.0.0.1:9/slack/events');
    await manager()
      .getByRole('button', { name: /^Give Grace/ })
      .click();
    await page.getByRole('status').getByText('could not be reached').waitFor(patience);
    sandbox.slack.setRequestUrl(`${sandbox.appUrl}/slack/events`);
    await page.getByRole('button', button('Dismiss')).click();
  });

  it('needs nothing from elsewhere and breaks nowhere', async () => {
    expect(opened.complaints).toEqual([]);
  });
});
