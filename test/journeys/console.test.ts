import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { markdownHtml } from '../../src/sandbox/console/page/teams/markdown.ts';
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
  const contactId = (key: string) => sandbox.company.leads.find((one) => one.key === key)?.contactId ?? '';
  const contactOf = (key: string) => sandbox.hubspot.object('contacts', contactId(key))?.properties ?? {};
  const inSlack = () => rep().locator('.slack');
  const inTeams = () => rep().locator('.teams');
  const ownerOf = (name: string) =>
    sandbox.company.colleagues.find((one) => one.name === name)?.ownerId ?? '';
  /** How often Teams has asked for cards by itself, because somebody looked at them. */
  const refreshes = () => sandbox.teams.deliveries.filter(({ verb }) => verb === 'handoff.refresh').length;

  /** For the README: one handoff, in both chats of the same person. */
  const takeScreenshot = async () => {
    const file = process.env['SCREENSHOT'];
    if (!file) return;
    await page.locator('.leads ul').evaluate((list) => list.scrollTo(0, 0));
    await page.mouse.move(0, 0);
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

  it('brings an Adaptive Card to the rep who works in Teams', async () => {
    await lead('tomas').getByRole('button').first().click();
    await lead('tomas').getByRole('button', button('Demo request')).click();
    await inTeams().getByText('Demo request: Tomás Herrera · Copperleaf Health').waitFor(patience);
    expect(await rep().getAttribute('data-chat')).toBe('teams');
    await inLog('Ben Castillo got a card in Teams: Demo request: Tomás Herrera').waitFor(patience);
    await expect.poll(refreshes, patience).toBeGreaterThan(0);
  });

  it("shows the card's own error when a lead is disqualified without a reason", async () => {
    await inTeams().getByRole('button', button('Disqualify')).click();
    await inTeams().getByRole('button', button('Disqualify')).nth(1).click();
    await inTeams().getByText('Choose one.').waitFor(patience);
    expect(await inLog('Ben Castillo pressed').count()).toBe(0);
  });

  it('keeps what is being typed into a card while other things happen', async () => {
    const before = refreshes();
    const note = inTeams().getByLabel('What marketing should learn from it');
    await note.fill('They asked for a partner price');
    await lead('amara').getByRole('button').first().click();
    await lead('amara').getByRole('button', button('E-book download')).click();
    await inLog('Amara Nwosu sent in').waitFor(patience);
    expect(await note.inputValue()).toBe('They asked for a partner price');
    // Looking at a conversation counts once, not at every change on the page.
    expect(refreshes()).toBe(before);
  });

  it('shows what the bot refuses at its field, with what was typed', async () => {
    const note = inTeams().getByLabel('What marketing should learn from it');
    await note.fill('');
    await inTeams().getByLabel('Why?').selectOption('Wrong timing');
    await inTeams().getByRole('button', button('Disqualify')).nth(1).click();
    await inTeams().getByText('needs a note').waitFor(patience);
    expect(await inTeams().getByLabel('Why?').inputValue()).toBe('timing');
    await inTeams().getByRole('button', button('Cancel')).click();
    await inTeams()
      .getByText('needs a note')
      .waitFor({ state: 'detached', ...patience });
  });

  it('opens the record in HubSpot from a card in Teams', async () => {
    const record = page.locator('.record');
    await record.getByRole('heading', { name: 'Amara Nwosu' }).waitFor(patience);
    await inTeams().getByRole('link', button('Open in HubSpot')).click();
    await record.getByRole('heading', { name: 'Tomás Herrera' }).waitFor(patience);
  });

  it('brings the card to the manager when the target passes without an answer', async () => {
    await page.getByRole('button', button('+15 min')).click();
    await manager()
      .getByRole('heading', { name: /Tomás Herrera/ })
      .waitFor(patience);
    for (const name of [/^Reassign/, /^Take It/, /^Give Grace/]) {
      await manager().getByRole('button', { name }).waitFor(patience);
    }
    await inTeams().getByText('this lead waits for your answer').last().waitFor(patience);
    await inTeams()
      .getByRole('button', { name: /^Earlier/ })
      .click();
    await inTeams().getByText('this lead waits for your answer').first().waitFor(patience);
    await inLog('The target was missed').waitFor(patience);
    await inLog('It is now Mon 9:18 AM').waitFor(patience);
  });

  it('brings one handoff into both chats of a person who reads both', async () => {
    await lead('priya').getByRole('button').first().click();
    await lead('priya').getByRole('button', button('Demo request')).click();
    const title = 'Demo request: Priya Raman · Tidepool Analytics';
    await inLog(`Chloe Nguyen got a card in Slack: ${title}`).waitFor(patience);
    await inLog(`Chloe Nguyen got a card in Teams: ${title}`).waitFor(patience);
    const unread = rep().locator('.chat-tab .badge');
    await expect.poll(() => unread.count(), patience).toBe(1);

    await rep().getByRole('button', button('Side by side')).click();
    await inSlack().getByRole('heading', { name: title }).waitFor(patience);
    await inTeams().getByText(title).waitFor(patience);
    await expect.poll(() => unread.count(), patience).toBe(0);
    await expect.poll(() => shown('handoff_status'), patience).toBe('Offered');
  });

  it('updates the card in the other chat and HubSpot when she accepts in Teams', async () => {
    await inTeams().getByRole('button', button('Accept')).click();
    await inTeams().getByText('reach out by').waitFor(patience);
    await inSlack().getByText('reach out by').waitFor(patience);
    for (const chat of [inSlack(), inTeams()]) {
      await chat.getByRole('button', { name: /^Accept/ }).waitFor({ state: 'detached', ...patience });
    }
    await expect.poll(() => shown('lifecyclestage'), patience).toBe('Sales Qualified Lead');
    expect(contactOf('priya')).toMatchObject({
      lifecyclestage: 'salesqualifiedlead',
      hs_lead_status: 'OPEN',
    });
    await inLog('Chloe Nguyen pressed “Accept”').waitFor(patience);
    await expect.poll(() => inLog('Chloe Nguyen’s card now says: Accepted').count(), patience).toBe(2);
    await takeScreenshot();
  });

  it('updates the card in Teams when she logs a touch in Slack', async () => {
    await inSlack()
      .getByRole('button', { name: /^Log a Touch/ })
      .click();
    const form = page.getByRole('dialog', { name: 'Log a Touch' });
    await form.getByLabel('How did it go?').selectOption('Connected');
    await form.getByRole('button', button('Log Touch')).click();
    await inTeams().getByText('Working · 1 touch').waitFor(patience);
    await rep().getByRole('button', button('Side by side')).click();
    await manager().waitFor(patience);
  });

  it('shows as text in Slack what a lead put into a form', async () => {
    await lead('siobhan').getByRole('button').first().click();
    await lead('siobhan').getByRole('button', button('Contact sales')).click();
    await rep().getByRole('heading', { name: "Siobhán O'Brien *bold* <!channel>" }).waitFor(patience);
    await rep().getByText('Owner & _everything_ <https://evil.example|click here>').first().waitFor(patience);
  });

  it('shows as text in Teams what a lead put into a form', async () => {
    const name = 'Zoë **bold** [here](https://evil.example) <b>now</b>';
    sandbox.hubspot.setProperties(
      'contacts',
      contactId('zoe'),
      { firstname: name, hubspot_owner_id: ownerOf('Ben Castillo') },
      { source: 'CRM_UI' },
    );
    await lead('zoe').getByRole('button').first().click();
    await lead('zoe').getByRole('button', button('Demo request')).click();
    await inTeams().getByText(`Demo request: ${name} Lindqvist`).first().waitFor(patience);
    expect(await inTeams().locator('[href*="evil"], .card b, .card strong').count()).toBe(0);
    // This page would have shown a link, had the bot let one through.
    expect(markdownHtml(name)).toContain('<a href="https://evil.example">');
  });

  it('answers a command so that only the person sees it', async () => {
    const field = manager().getByRole('textbox');
    await field.fill('/handoff stats team 30d');
    await field.press('Enter');
    await manager().getByRole('heading', { name: 'Americas, last 30 days' }).waitFor(patience);
    await manager().getByText('Only visible to you').waitFor(patience);
  });

  it('answers plain words in Teams', async () => {
    const field = inTeams().getByRole('textbox', { name: 'Message to Lead Handoff' });
    await field.fill('stats me 30d');
    await field.press('Enter');
    await inTeams().getByText('Your handoffs, last 30 days').waitFor(patience);
    await inLog('Ben Castillo typed stats me 30d').waitFor(patience);
  });

  it('says so when the app does not answer', async () => {
    sandbox.slack.setRequestUrl('http://127.0.0.1:9/slack/events');
    await manager()
      .getByRole('button', { name: /^Give Grace/ })
      .click();
    await page.getByRole('status').getByText('could not be reached').waitFor(patience);
    sandbox.slack.setRequestUrl(`${sandbox.appUrl}/slack/events`);
    await page.getByRole('button', button('Dismiss')).click();

    sandbox.teams.setMessagesUrl('http://127.0.0.1:9/api/messages');
    await inTeams().getByRole('button', button('Accept')).last().click();
    await inTeams().getByText('Unable to reach app. Please try again.').waitFor(patience);
    await page.getByRole('status').getByText('Unable to reach app').waitFor(patience);
    sandbox.teams.setMessagesUrl(`${sandbox.appUrl}/api/messages`);
    await page.getByRole('button', button('Dismiss')).click();

    await inTeams().getByRole('button', button('Accept')).last().click();
    await inLog('Ben Castillo’s card now says: Accepted').waitFor(patience);
    expect(contactOf('zoe')).toMatchObject({ lifecyclestage: 'salesqualifiedlead' });
  });

  it('needs nothing from elsewhere and breaks nowhere', async () => {
    expect(opened.complaints).toEqual([]);
  });
});
