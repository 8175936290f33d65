import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseDocument } from 'yaml';
import { markdownHtml } from '../../sandbox/console/page/teams/markdown.ts';
import { type Sandbox, startSandbox } from '../../sandbox/sandbox.ts';
import { browserPath, type OpenPage, openPage } from '../support/browser.ts';
import { removeDataDir, temporaryDataDir } from '../support/temporary-postgres.ts';

const why = browserPath === null ? ' (skipped: no Chromium on this machine; CHROMIUM may name one)' : '';
/** Until something hangs for ever: a busy machine is slow. */
const patience = { timeout: 120_000 };

/** Of all demonstrations: each begins with an empty database of the same server. */
let dataDir: string;
let sandbox: Sandbox;
let opened: OpenPage;
let page: Page;

const lead = (key: string) => page.locator(`[data-lead="${key}"]`);
const rep = () => page.locator('.pane-rep');
const manager = () => page.locator('.pane-manager');
const record = () => page.locator('.record');
const inSlack = () => rep().locator('.slack');
const inTeams = () => rep().locator('.teams');
const button = (name: string) => ({ name, exact: true });
const shown = (property: string) => page.locator(`.field[data-property="${property}"] dd`).textContent();
const inLog = (text: string | RegExp) => page.locator('.log-text', { hasText: text });
const contactId = (key: string) => sandbox.company.leads.find((one) => one.key === key)?.contactId ?? '';
const contactOf = (key: string) => sandbox.hubspot.object('contacts', contactId(key))?.properties ?? {};
const ownerOf = (name: string) => sandbox.company.colleagues.find((one) => one.name === name)?.ownerId ?? '';

/** Chooses a lead and lets something happen to it. */
const happens = async (key: string, way: string) => {
  await lead(key).getByRole('button').first().click();
  await lead(key).getByRole('button', button(way)).click();
};

/** Chooses what stands behind the dots of a card, in either chat. */
const chooseInMenu = async (card: Locator, name: string) => {
  await card.getByRole('button', { name: /^More (actions|options)$/ }).click();
  await page.getByRole('menuitem', button(name)).click();
};

/** Lets time pass by one of the page's buttons. */
const passes = async (name: string) => {
  await page.getByRole('button', button(name)).click();
  await page.locator('.journeys:not([disabled])').waitFor(patience);
};

beforeAll(async () => {
  dataDir = await temporaryDataDir();
});

afterAll(() => removeDataDir(dataDir));

/** A sandbox and a page for the steps of a demonstration, which follow each other. */
function demonstration(choosePolicy = async () => 'policy.yaml'): void {
  beforeAll(async () => {
    const policyFile = await choosePolicy();
    sandbox = await startSandbox({ host: '127.0.0.1', port: 0, dataDir, policyFile });
    opened = await openPage(sandbox.url);
    page = opened.page;
  });

  afterAll(async () => {
    await opened?.close();
    await sandbox?.stop();
  });
}

describe.skipIf(browserPath === null)(`the sandbox's page${why}`, () => {
  demonstration();

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
    const headline = rep().getByRole('heading', { name: 'Maya Chen · Brightwater Logistics' });
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

    await form.getByLabel('What did you do?').selectOption('Called: talked');
    await form.getByRole('button', button('Log Touch')).click();
    await form.waitFor({ state: 'detached', ...patience });
    await page.locator('.timeline-title', { hasText: 'Called: talked' }).waitFor(patience);
  });

  it('changes a form in Slack with an answer, keeps what was typed, and finds what is typed', async () => {
    await rep()
      .getByRole('button', { name: /^Disqualify/ })
      .click();
    const form = page.getByRole('dialog', { name: 'Disqualify Lead' });
    await form.getByText('Maya Chen · Brightwater Logistics').waitFor(patience);
    const note = form.getByRole('textbox').last();
    await note.fill('Budget in June');
    await form.getByLabel('Why?').selectOption('Wrong timing');
    await form.getByLabel('When to try again?').selectOption('On a day of my own');
    await form.getByLabel('On which day?').fill('2031-06-02');
    expect(await note.inputValue()).toBe('Budget in June');

    await form.getByLabel('Why?').selectOption('Duplicate of another contact');
    const other = form.getByLabel('Of which other contact?');
    await other.fill('herrera');
    await form.getByRole('option', { name: /^Tomás Herrera/ }).click(patience);
    await form.getByRole('button', { name: /^Tomás Herrera/ }).waitFor(patience);
    expect(await note.inputValue()).toBe('Budget in June');
    await form.getByRole('button', button('Cancel')).click();
    await form.waitFor({ state: 'detached', ...patience });
  });

  it('brings an Adaptive Card to the rep who works in Teams', async () => {
    await happens('tomas', 'Demo request');
    await inTeams().getByText('Tomás Herrera · Copperleaf Health').waitFor(patience);
    expect(await rep().getAttribute('data-chat')).toBe('teams');
    await inLog('Ben Castillo got a card in Teams: Tomás Herrera').waitFor(patience);
    await expect.poll(refreshes, patience).toBeGreaterThan(0);
  });

  it("shows the card's own error when a lead is disqualified without a reason", async () => {
    await inTeams().getByRole('button', button('Disqualify')).click();
    await inTeams().getByRole('button', button('Disqualify')).nth(1).click();
    await inTeams().getByText('Choose one.').waitFor(patience);
    // He asked for the form; without a reason nothing is sent in.
    expect(await inLog('Ben Castillo pressed').count()).toBe(1);
  });

  it('keeps what is being typed into a card while other things happen', async () => {
    const before = refreshes();
    const note = inTeams().getByLabel('What should marketing know?');
    await note.fill('They asked for a partner price');
    await happens('amara', 'E-book download');
    await inLog('Amara Nwosu sent in').waitFor(patience);
    expect(await note.inputValue()).toBe('They asked for a partner price');
    // Looking at a conversation counts once, not at every change on the page.
    expect(refreshes()).toBe(before);
  });

  it('shows what the bot refuses at its field, with what was typed', async () => {
    const note = inTeams().getByLabel('What should marketing know?');
    await note.fill('');
    await inTeams().getByLabel('Why?').selectOption({ label: 'Other' });
    await inTeams().getByRole('button', button('Disqualify')).nth(1).click();
    await inTeams().getByText('needs a note').waitFor(patience);
    expect(await inTeams().getByLabel('Why?').inputValue()).toBe('other');
    await inTeams().getByRole('button', button('Cancel')).click();
    await inTeams()
      .getByText('needs a note')
      .waitFor({ state: 'detached', ...patience });
  });

  it('opens the record in HubSpot from a card in Teams', async () => {
    await record().getByRole('heading', { name: 'Amara Nwosu' }).waitFor(patience);
    await chooseInMenu(inTeams(), 'Open in HubSpot');
    await record().getByRole('heading', { name: 'Tomás Herrera' }).waitFor(patience);
  });

  it('brings the card to the manager when the target passes without an answer', async () => {
    await page.getByRole('button', button('+15 min')).click();
    await manager()
      .getByRole('heading', { name: /Tomás Herrera/ })
      .waitFor(patience);
    for (const name of [/^Give to/, /^Someone Else/, /^Take It/]) {
      await manager().getByRole('button', { name }).waitFor(patience);
    }
    await inTeams().getByText('Late since').last().waitFor(patience);
    await inTeams()
      .getByRole('button', { name: /^More: / })
      .click();
    await inTeams().getByText('was reminded to answer by').first().waitFor(patience);
    await inLog('The target was missed').waitFor(patience);
    await inLog('It is now Mon 9:18 AM').waitFor(patience);
  });

  it('brings one handoff into both chats of a person who reads both', async () => {
    await happens('priya', 'Demo request');
    const title = 'Priya Raman · Tidepool Analytics';
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
    await expect
      .poll(() => inLog('Chloe Nguyen’s card now says: Yours. Reach out by').count(), patience)
      .toBe(2);
    await takeScreenshot();
  });

  it('updates the card in Teams when she logs a touch in Slack', async () => {
    await inSlack()
      .getByRole('button', { name: /^Log a Touch/ })
      .click();
    const form = page.getByRole('dialog', { name: 'Log a Touch' });
    await form.getByLabel('What did you do?').selectOption('Called: talked');
    await form.getByRole('button', button('Log Touch')).click();
    await inTeams().getByText('Next step by').waitFor(patience);
    await rep().getByRole('button', button('Side by side')).click();
    await manager().waitFor(patience);
  });

  it('shows as text in Slack what a lead put into a form', async () => {
    await happens('siobhan', 'Contact sales');
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
    await happens('zoe', 'Demo request');
    await inTeams().getByText(`${name} Lindqvist`).filter({ visible: true }).first().waitFor(patience);
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
    await inTeams().getByText('Your leads, last 30 days').waitFor(patience);
    await inLog('Ben Castillo typed stats me 30d').waitFor(patience);
  });

  it('says so when the app does not answer', async () => {
    sandbox.slack.setRequestUrl('http://127.0.0.1:9/slack/events');
    await chooseInMenu(manager(), 'Allow More Time');
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
    await inLog('Ben Castillo’s card now says: Yours. Reach out by').waitFor(patience);
    await expect
      .poll(() => contactOf('zoe'), patience)
      .toMatchObject({ lifecyclestage: 'salesqualifiedlead' });
  });

  it('needs nothing from elsewhere and breaks nowhere', async () => {
    expect(opened.complaints).toEqual([]);
  });
});

describe.skipIf(browserPath === null)(`the clock on the sandbox's page${why}`, () => {
  demonstration();

  /** What the log says of the bot and a lead. */
  const told = (name: string) => {
    const entries = page.locator('.log li').filter({ has: page.locator('[data-source="Bot"]') });
    return entries.filter({ hasText: name }).locator('.log-text').allTextContents();
  };

  it('brings the manager a card that says whom to give it to when nobody answers', async () => {
    await happens('maya', 'Demo request');
    await rep()
      .getByRole('heading', { name: /Maya Chen/ })
      .waitFor(patience);
    await passes('+15 min');
    await manager()
      .getByRole('heading', { name: /Maya Chen/ })
      .waitFor(patience);
    await manager().getByText('has not opened the card').waitFor(patience);
    for (const name of [/^Give to/, /^Someone Else/, /^Take It/]) {
      await manager().getByRole('button', { name }).waitFor(patience);
    }
  });

  it('brings a nudge into the conversation of the rep', async () => {
    await chooseInMenu(manager(), 'Nudge');
    await rep().locator('.message', { hasText: 'nudges you' }).last().waitFor(patience);
  });

  it('tells the bot that the rep opened the conversation', async () => {
    await rep()
      .getByRole('button', { name: /^Ada Okafor/ })
      .click();
    await inLog('Ada Okafor opened the conversation').waitFor(patience);
    await passes('+5 min');
    await manager().getByText('saw the card').waitFor(patience);
  });

  it('climbs the whole ladder up to the channel as the clock moves', async () => {
    await passes('+1 h');
    const rungs = [
      'Reminds the rep',
      'Offers the lead to the team',
      'Tells the channel',
      'The lead has another rep',
    ];
    await expect.poll(() => told('Maya Chen'), patience).toEqual(expect.arrayContaining(rungs));
    await manager().getByRole('button', button('Channel # lead-alarms, in Slack, 1 unread')).click();
    const channel = manager().getByRole('region', button('# lead-alarms'));
    await channel.getByRole('heading', { name: /Maya Chen/ }).waitFor(patience);
    await manager().getByRole('button', button('Channel # lead-alarms, in Slack')).waitFor(patience);
    // Anybody may read a channel.
    expect(await channel.getByText('maya.chen@').count()).toBe(0);
    await manager()
      .getByRole('button', { name: /^Grace Whitfield/ })
      .click();
    await channel.waitFor({ state: 'detached', ...patience });
  });

  it('lets the manager choose how much grace to give', async () => {
    await chooseInMenu(manager(), 'Allow More Time');
    const form = page.getByRole('dialog', { name: 'Allow More Time' });
    await choose(form.getByLabel('How much longer?'), '1 hour');
    await form.getByRole('button', button('Allow More Time')).click();
    await manager().getByText('has until').first().waitFor(patience);
  });

  it('stops the clock on the card by a call that the rep logs in HubSpot', async () => {
    await lead('zoe').getByRole('button').first().click();
    await record().getByLabel('Owner').selectOption('Ada Okafor');
    await happens('zoe', 'Demo request');
    await rep()
      .getByRole('heading', { name: /Zoë Lindqvist/ })
      .waitFor(patience);
    await record().getByRole('button', button('Call')).click();
    await rep().getByText('You are on it').waitFor(patience);
    await inLog('A touch counts').waitFor(patience);
    await expect.poll(() => shown('handoff_status'), patience).toBe('Working');
  });

  it('finds by itself what the rep does in HubSpot while no webhook tells', async () => {
    await record().getByLabel('Webhooks').click();
    await record().getByRole('button', button('Deal')).click();
    await inLog('entered the deal').waitFor(patience);
    await passes('+5 min');
    await inLog('Found by the poll, as no webhook told: a deal').waitFor(patience);
    await expect.poll(() => shown('handoff_outcome'), patience).toBe('Converted');
    await record().getByLabel('Webhooks').click();
    await record().getByRole('button', button('Win deal')).click();
    await inLog('The deal is won').waitFor(patience);
  });

  it('follows the owner who is chosen in HubSpot', async () => {
    await happens('priya', 'Demo request');
    await inLog('Chloe Nguyen got a card in Teams: Priya Raman').waitFor(patience);
    // The card comes before the owner is written.
    await expect.poll(() => shown('handoff_status'), patience).toBe('Offered');
    await record().getByLabel('Owner').selectOption('Ada Okafor');
    await inLog('Ada Okafor got a card in Slack: Priya Raman').waitFor(patience);
    await expect.poll(() => shown('handoff_rep'), patience).toBe('Ada Okafor');
    await record().getByLabel('Owner').selectOption('Chloe Nguyen');
    await inLog('Chloe Nguyen’s card now says: Accept by').first().waitFor(patience);
  });

  it('shows on the card in Slack and in Teams that the rep snoozed it', async () => {
    await rep()
      .getByRole('button', { name: /^Chloe Nguyen/ })
      .click();
    await rep().getByRole('button', button('Side by side')).click();
    const card = inTeams().locator('.card', { hasText: 'Accept by' }).filter({ hasText: 'Priya Raman' });
    await chooseInMenu(card, 'Snooze');
    await choose(inTeams().getByLabel('For how long?'), '30 minutes');
    await inTeams().getByRole('button', button('Snooze')).click();
    for (const chat of [inSlack(), inTeams()]) await chat.getByText('Back at').first().waitFor(patience);
  });

  it('hands a lead back from the card', async () => {
    const card = inSlack().locator('.message', { hasText: 'Priya Raman' }).first();
    await chooseInMenu(card, 'Hand Back');
    const form = page.getByRole('dialog', { name: 'Hand Back Lead' });
    await form.getByLabel('Why?').selectOption('No time for it');
    await form.getByRole('button', button('Hand Back')).click();
    await inLog('Chloe Nguyen sent “Hand Back Lead”').waitFor(patience);
    await expect.poll(() => shown('handoff_rep'), patience).not.toBe('Chloe Nguyen');
  });

  it('needs nothing from elsewhere and breaks nowhere', async () => {
    expect(opened.complaints).toEqual([]);
  });
});

describe.skipIf(browserPath === null)(`a standstill on the sandbox's page${why}`, () => {
  demonstration();

  const inSeconds = (seconds: number) => new Date(sandbox.clock.now().getTime() + seconds * 1000);

  it('is told in one message that lists what passed meanwhile', async () => {
    const properties = { hubspot_owner_id: ownerOf('Ben Castillo') };
    for (const key of ['tomas', 'jonas']) {
      sandbox.hubspot.setProperties('contacts', contactId(key), properties, { source: 'CRM_UI' });
    }
    await happens('tomas', 'Demo request');
    await happens('jonas', 'Contact sales');
    await inLog('Ben Castillo got a card in Teams: Tomás Herrera').waitFor(patience);
    await inLog('Ben Castillo got a card in Teams: Jonas Weber').waitFor(patience);
    await sandbox.passTimeUntil(inSeconds(1));
    // Nothing runs meanwhile.
    sandbox.clock.moveTo(inSeconds(28 * 60));
    await sandbox.passTimeUntil(inSeconds(1));
    await inLog('Ben Castillo is told: 2 leads passed their target').waitFor(patience);
    await inLog('Grace Whitfield is told: The clock stood still').waitFor(patience);
  });

  it('ends in Teams with the card that the rep asks for', async () => {
    const row = inTeams().locator('.ac-columnSet', { hasText: 'Jonas Weber' });
    await row.getByRole('button', button('Show Card')).click();
    await inTeams().getByText('The card is in this conversation now.').waitFor(patience);
    await inLog('Ben Castillo got a card in Teams: Jonas Weber').nth(1).waitFor(patience);
  });

  it('ends in Slack with the card that the manager asks for', async () => {
    const row = manager().locator('.block-section', { hasText: 'Tomás Herrera' });
    await row.getByRole('button', { name: /^Show Card/ }).click();
    await manager()
      .getByRole('heading', { name: /Tomás Herrera/ })
      .waitFor(patience);
    await manager()
      .getByRole('button', { name: /^Reassign/ })
      .waitFor(patience);
  });

  it('needs nothing from elsewhere and breaks nowhere', async () => {
    expect(opened.complaints).toEqual([]);
  });
});

describe.skipIf(browserPath === null)(`nurture on the sandbox's page${why}`, () => {
  demonstration(withoutSuppression);

  const nurture = () => record().locator('.nurture');
  const status = () => nurture().locator('.nurture-status').textContent();
  const mails = () => nurture().locator('.mails span').allTextContents();
  /** As the bot would. */
  const write = (values: Record<string, string>) =>
    sandbox.hubspot.setProperties('contacts', contactId('zoe'), values, { source: 'INTEGRATION' });

  it('shows where a lead stands in the workflow, and what it was sent', async () => {
    await lead('zoe').getByRole('button').first().click();
    await expect.poll(status, patience).toBe('Enrolled');
    await expect
      .poll(mails, patience)
      .toEqual([
        'How Harbor Freight Lines plans its peaks',
        'Three plans that survived Monday',
        'Welcome: planning without spreadsheets',
      ]);
    await nurture().getByText('Next: “What planners ask us most”').waitFor(patience);
  });

  it('sends what is due as time passes, and no mail is a touch of anybody', async () => {
    await passes('+7 d');
    await inLog('Zoë Lindqvist was sent the marketing mail “What planners ask us most”').waitFor(patience);
    await expect.poll(async () => (await mails())[0], patience).toBe('What planners ask us most');
    expect(contactOf('zoe')).toMatchObject({ hs_email_delivered: '4' });
    expect(contactOf('zoe')).not.toHaveProperty('notes_last_contacted');
    expect(await inLog('A touch counts').count()).toBe(0);
  });

  it('sends nothing more when the pause is written, neither from the workflow nor from a campaign', async () => {
    write({ handoff_nurture_paused: 'true' });
    await passes('+5 min');
    await inLog('Zoë Lindqvist was taken out of “Lead nurture”').waitFor(patience);
    await expect.poll(status, patience).toBe('Paused by the suppression list');
    await passes('+30 d');
    await inLog(/campaign “Invitation: our open day” went to \d+; left out, as nurture is paused: 1/).waitFor(
      patience,
    );
    expect(await mails()).toHaveLength(4);
  });

  it('does not begin by itself when the pause is lifted', async () => {
    write({ handoff_nurture_paused: 'false' });
    await passes('+30 d');
    expect([await status(), (await mails()).length]).toEqual(['Paused by the suppression list', 4]);
  });

  it('begins anew when it is resumed', async () => {
    write({ handoff_nurture_resumed_at: sandbox.clock.now().toISOString() });
    await passes('+5 min');
    await expect.poll(status, patience).toBe('Enrolled');
    expect(await mails()).toHaveLength(5);
    await passes('+90 d');
    expect((await mails()).slice(0, -5)).toEqual([
      'Planning letter no. 2',
      'Planning letter no. 1',
      'What planners ask us most',
      'How Harbor Freight Lines plans its peaks',
      'Three plans that survived Monday',
    ]);
    // Whatever ran meanwhile, the clock did not stand still.
    expect(await inLog('The clock stood still').count()).toBe(0);
  });

  it('lets a lead open a mail and reply to it, if it was sent one', async () => {
    await happens('zoe', 'Opens a marketing mail');
    await expect.poll(() => contactOf('zoe'), patience).toMatchObject({ hs_email_open: '1' });
    await happens('zoe', 'Replies to a mail');
    await record().locator('.timeline-title', { hasText: 'Re: your letter' }).waitFor(patience);
    expect(contactOf('zoe')).toMatchObject({ hs_email_replied: '1' });
    await lead('sam').getByRole('button').first().click();
    expect(await lead('sam').getByRole('button', button('Replies to a mail')).isDisabled()).toBe(true);
  });

  it('shows the conversation of somebody in marketing', async () => {
    await manager()
      .getByRole('button', { name: /^Mona Petersen, Marketing/ })
      .click();
    await manager().getByRole('heading', { name: 'Marketing’s Slack' }).waitFor(patience);
  });

  it('shows all of it on a phone', async () => {
    await page.setViewportSize({ width: 390, height: 844 });
    await page.getByRole('navigation').getByRole('button', button('HubSpot')).click();
    await nurture().waitFor(patience);
    expect(await page.locator('html').evaluate(({ scrollWidth }) => scrollWidth)).toBe(390);
  });

  it('needs nothing from elsewhere and breaks nowhere', async () => {
    expect(opened.complaints).toEqual([]);
  });
});

describe.skipIf(browserPath === null)(`the bot's pauses on the sandbox's page${why}`, () => {
  demonstration();

  const nurture = () => record().locator('.nurture');
  const status = () => nurture().locator('.nurture-status').textContent();
  const mails = () => nurture().locator('.mails li');

  it('take a lead out of the workflow while sales has it', async () => {
    await happens('maya', 'Demo request');
    await inLog('Ada Okafor got a card in Slack: Maya Chen').waitFor(patience);
    await rep()
      .getByRole('button', { name: /^Accept/ })
      .click();
    await expect
      .poll(() => contactOf('maya'), patience)
      .toMatchObject({
        handoff_status: 'accepted',
        handoff_nurture_paused: 'true',
      });
    await record().getByRole('button', button('Call')).click();
    await inLog('A touch counts').waitFor(patience);
    await passes('+5 min');
    await inLog('Maya Chen was taken out of “Lead nurture”').waitFor(patience);
    await expect.poll(status, patience).toBe('Paused by the suppression list');
  });

  it('keep every mail from the lead that is due meanwhile', async () => {
    const before = await mails().count();
    await passes('+7 d');
    await inLog('Tomás Herrera was sent the marketing mail')
      .or(inLog('Zoë Lindqvist was sent'))
      .first()
      .waitFor(patience);
    expect(await mails().count()).toBe(before);
  });

  it('needs nothing from elsewhere and breaks nowhere', async () => {
    expect(opened.complaints).toEqual([]);
  });
});

/** A policy by which the bot leaves nurture alone, so that what is written of it stays. */
async function withoutSuppression(): Promise<string> {
  const policy = parseDocument(await readFile('policy.yaml', 'utf8'));
  policy.delete('suppression');
  const file = join(dataDir, 'without-suppression.yaml');
  await writeFile(file, String(policy));
  return file;
}

/** Chooses the option that says so. */
async function choose(select: Locator, words: string): Promise<void> {
  const option = select.locator('option', { hasText: words });
  await option.waitFor({ state: 'attached', ...patience });
  await select.selectOption({ label: (await option.textContent()) ?? '' });
}
