import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type App, startApp } from '../../src/app.ts';
import { browserPath } from '../support/browser.ts';
import { openPlaygroundPage, type PlaygroundPage, patienceMs } from '../support/playground/page.ts';
import { type Playground, startPlayground } from '../support/playground/playground.ts';
import { type SigningProxy, startSigningProxy } from '../support/playground/proxy.ts';
import { ben, createLead, requestDemo, type Surroundings, startSurroundings } from '../support/world.ts';

const why = browserPath === null ? ' (skipped: no Chromium on this machine; CHROMIUM may name one)' : '';
const patience = { timeout: patienceMs };
const title = 'Dana Ortiz · Northwind Traders';
const note = 'Wants SSO. Call back <Friday> & bring *pricing*.';

// The steps follow each other as in a rep's morning.
describe.skipIf(browserPath === null)(`Microsoft 365 Agents Playground as the Teams of a rep${why}`, () => {
  let around: Surroundings;
  let proxy: SigningProxy;
  let app: App;
  let playground: Playground;
  let client: PlaygroundPage;
  let leadId: string;
  const log: string[] = [];

  beforeAll(async () => {
    around = await startSurroundings({ chats: 'teams', realTime: true });
    const { config, secrets } = around;
    const { teams } = config;
    const appPassword = secrets.teams?.appPassword;
    if (!teams || !appPassword) throw new Error('Teams does not run in these surroundings');
    const { appId, tenantId } = teams;
    proxy = await startSigningProxy(
      { appId, appPassword, tenantId },
      `${config.http.publicUrl}/api/messages`,
    );
    app = await startApp({ ...config, teams: { ...teams, apiUrl: proxy.url } }, secrets, {
      logTo: { write: (line) => log.push(line) },
    });
    const user = { email: ben, givenName: 'Ben', surname: 'Castillo' };
    playground = await startPlayground({ messagesUrl: proxy.messagesUrl, appId, tenantId, user });
    client = await openPlaygroundPage(playground.url);
  });

  afterAll(async () => {
    await client?.close();
    await playground?.stop();
    await app?.stop();
    await proxy?.close();
    await around?.close();
  });

  const card = () => client.cards.filter({ hasText: title }).first();
  /** The form that was asked for last, which is a message of its own. */
  const form = () => client.cards.filter({ has: client.page.getByRole('button', { name: 'Cancel' }) }).last();
  const button = (name: string) => card().getByRole('button', { name, exact: true });
  const choice = (label: string) => form().getByRole('combobox', { name: label });
  const contact = () => around.hubspot.object('contacts', leadId)?.properties ?? {};
  const cardSent = () => {
    const sent = proxy.fromBot.find(({ method, body }) => method === 'POST' && body.includes(title));
    return JSON.parse(sent?.body ?? '{}');
  };
  const formSent = () => {
    const sent = proxy.fromBot.findLast(({ body }) => body.includes('handoff.cancel'));
    return JSON.parse(sent?.body ?? '{}');
  };
  const updates = () => proxy.fromBot.filter(({ method }) => method === 'PUT').length;

  /** To be looked at: the lead's card, and the answer below it. */
  const takeScreenshot = async () => {
    const path = process.env['SCREENSHOT_PLAYGROUND'];
    if (!path) return;
    await client.page.setViewportSize({ width: 1440, height: 1400 });
    await client.page.screenshot({ path });
  };

  it('greets the rep who adds the app', async () => {
    await client.cards.getByText('Your leads come here').waitFor();
  });

  it('shows everything that the bot put on the card of a demo request', async () => {
    const owner = around.hubspot.objects('users').find(({ properties }) => properties['hs_email'] === ben);
    leadId = createLead(around, { hubspot_owner_id: owner?.properties['hubspot_owner_id'] ?? '' });
    requestDemo(around, leadId);
    await card().waitFor();

    for (const name of ['Accept', 'Log a Touch', 'Disqualify']) await button(name).waitFor();
    await button('More options').click();
    await client.page.getByRole('menuitem', { name: 'Open in HubSpot' }).waitFor();
    await client.page.keyboard.press('Escape');
    const words = wordsOf(cardSent());
    const shown = await card().textContent();
    expect(words).toContain(title);
    expect(words.filter((word) => !shown?.includes(word))).toEqual([]);
    // The Playground says so of any card that asks for them; Teams has both.
    const known = ['Full width control', 'User specific view'];
    expect((await client.limitations()).filter((feature) => !known.includes(feature))).toEqual([]);
  });

  it('says in the words of the card that a mandatory reason is missing, and sends nothing', async () => {
    const before = proxy.toBot.length;
    await button('Disqualify').click();
    await choice('Why?').waitFor();
    // The form comes while the click is still being answered.
    await expect.poll(() => proxy.toBot.length, patience).toBeGreaterThan(before);
    const opened = proxy.toBot.length;
    const error = form().getByText(errorMessageOf('disqualify.reason', formSent()), { exact: true });
    await expect(error.isVisible()).resolves.toBe(false);

    await form().getByRole('button', { name: 'Disqualify', exact: true }).click();
    await error.waitFor();
    expect(proxy.toBot).toHaveLength(opened);
    expect(contact()).toMatchObject({ lifecyclestage: 'lead' });
  });

  it('changes the card in its place when the rep accepts', async () => {
    await form().getByRole('button', { name: 'Cancel' }).click();
    await expect.poll(() => form().count(), patience).toBe(0);
    const before = await client.cards.count();
    const updatesBefore = updates();
    await button('Accept').click();
    await button('Accept').waitFor({ state: 'detached' });
    await card().getByText('Reach out by').first().waitFor();

    await expect.poll(updates, patience).toBe(updatesBefore + 1);
    await card().getByText('Reach out by').first().waitFor();
    await expect(button('Accept').count()).resolves.toBe(0);
    await expect(client.cards.count()).resolves.toBe(before);
    await expect
      .poll(contact, patience)
      .toMatchObject({ lifecyclestage: 'salesqualifiedlead', hs_lead_status: 'OPEN' });
  });

  it('hands over what the rep fills into a form', async () => {
    await button('Log a Touch').click();
    await choice('What did you do?').click();
    await client.page.getByRole('option', { name: 'Called: talked', exact: true }).click();
    await form().getByRole('textbox', { name: 'What should we remember?' }).fill(note);
    await form().getByRole('button', { name: 'Log Touch', exact: true }).click();

    await card().getByText('Next step by').first().waitFor();
    await card()
      .getByRole('button', { name: /^More: / })
      .click();
    await card().getByText(note).last().waitFor();
    await expect.poll(contact, patience).toMatchObject({ hs_lead_status: 'CONNECTED' });
  });

  it('gets a card for typed words', async () => {
    await client.say('stats me 7d');
    const answer = client.cards.filter({ hasText: 'Your leads, last 7 days' });
    await answer.getByText('Answered in time', { exact: true }).waitFor();
    await takeScreenshot();
  });

  it('is refused nothing, and is sent nothing without a valid token', async () => {
    const pressed = proxy.toBot.flatMap(({ body }) => JSON.parse(body).value?.action?.verb ?? []);
    expect(pressed).toEqual([
      'handoff.open.disqualify',
      'handoff.cancel',
      'handoff.accept',
      'handoff.open.logTouch',
      'handoff.form.logTouch',
    ]);
    expect([...proxy.toBot, ...proxy.fromBot].filter(({ status }) => status >= 300)).toEqual([]);
    await expect(client.page.getByText('Unable to reach app').count()).resolves.toBe(0);
    expect(log.map((line) => JSON.parse(line)).filter(({ level }) => level >= 40)).toEqual([]);
  });

  it('is not believed when nobody signs for it', async () => {
    const said = proxy.toBot.findLast(({ body }) => body.includes('stats me 7d'));
    const { status } = await fetch(`${app.url}/api/messages`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: said?.body ?? '',
    });
    expect(status).toBe(401);
  });
});

/** What can be read on a card without unfolding anything; without the times, which the client words itself. */
function wordsOf(node: unknown): string[] {
  if (Array.isArray(node)) return node.flatMap(wordsOf);
  if (!isObject(node) || node['isVisible'] === false) return [];
  if (node['type'] === 'TextRun') return String(node['text']).split(/\{\{[^}]*\}\}/);
  return Object.values(node).flatMap(wordsOf);
}

/** What an input of the card says when it is missing. */
function errorMessageOf(inputId: string, node: unknown): string {
  if (Array.isArray(node)) return node.map((part) => errorMessageOf(inputId, part)).find(Boolean) ?? '';
  if (!isObject(node)) return '';
  return node['id'] === inputId ? String(node['errorMessage']) : errorMessageOf(inputId, Object.values(node));
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
