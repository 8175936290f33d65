import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { freePort } from '../../sandbox/free-port.ts';
import { obstaclesOn } from '../support/axe.ts';
import { browserPath, type OpenPage, openPage } from '../support/browser.ts';
import { everyRole, olga, openDashboard } from '../support/dashboard.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { ada, at, grace } from '../support/examples.ts';
import { measuredPast } from '../support/measured-past.ts';

const why = browserPath === null ? ' (skipped: no Chromium on this machine; CHROMIUM may name one)' : '';

let database: TestDatabase;
let there: Awaited<ReturnType<typeof openDashboard>>;
let url: string;
let opened: OpenPage;

const signedIn = async (person: string, options?: { scripts?: boolean }): Promise<Page> => {
  opened = await openPage(`${url}${await there.pathTo(person)}`, options);
  await opened.page.getByRole('button', { name: 'Sign In' }).click();
  await opened.page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor();
  return opened.page;
};
const pagesOf = (page: Page) =>
  page
    .getByRole('navigation', { name: 'Pages' })
    .getByRole('link')
    .evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? ''));

describe.skipIf(browserPath === null)(`the dashboard in a browser${why}`, () => {
  beforeAll(async () => {
    database = await testDatabase();
    await measuredPast(database, 120, at('15:00'));
    const port = (await freePort('127.0.0.1', 0)) ?? 0;
    url = `http://127.0.0.1:${port}`;
    const rules = everyRole({ suppression: null });
    there = await openDashboard(database, { rules, now: at('15:00'), publicUrl: url });
    await there.server.listen({ host: '127.0.0.1', port });
  });
  afterEach(() => opened?.close());
  afterAll(async () => {
    await there?.close();
    await database?.drop();
  });

  test('works from the link to a lead with scripts switched off', async () => {
    const page = await signedIn(grace, { scripts: false });
    await page.getByLabel('Rep').selectOption('Ben Castillo');
    await page.getByLabel('Period').selectOption('This quarter');
    await page.getByRole('button', { name: 'Show', exact: true }).click();
    await page.getByRole('heading', { name: '30 leads' }).waitFor();
    await page.getByRole('link', { name: 'Reps' }).click();
    await page.getByText('Show as a table').waitFor({ state: 'detached' });
    await page
      .getByRole('row', { name: /Ben Castillo/ })
      .getByRole('link', { name: '30', exact: true })
      .click();
    await page.getByRole('heading', { name: 'Times held: 30' }).waitFor();
    await page.getByRole('link', { name: 'Lead 1 · Northwind Robotics' }).click();
    await page.getByRole('heading', { level: 2, name: /^Why: / }).waitFor();
    await page.getByRole('button', { name: 'Sign Out' }).click();
    await page.goto(`${url}/dashboard`);
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('Sign in from chat');
  });

  test('works by the keyboard alone: past the links, through them, and into a chart’s table', async () => {
    const page = await signedIn(ada);
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.textContent')).toBe('To the content');
    await page.keyboard.press('Enter');
    expect(new URL(page.url()).hash).toBe('#main');
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.closest("main") !== null')).toBe(true);
    await page.getByText('Show as a table').focus();
    await page.keyboard.press('Enter');
    await page.getByRole('columnheader', { name: 'Answered in time' }).waitFor();
    await page.getByRole('link', { name: 'Speed', exact: true }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Speed', exact: true }).waitFor();
  });

  test.each([
    ['on a desk, in the light', { width: 1440, height: 900 }, 'light'],
    ['on a phone, in the dark', { width: 390, height: 844 }, 'dark'],
  ] as const)('every page keeps nobody out and nothing is refused, %s', async (_where, size, colorScheme) => {
    const page = await signedIn(olga);
    await page.setViewportSize(size);
    await page.emulateMedia({ colorScheme });
    const paths = await pagesOf(page);
    expect(paths.length).toBeGreaterThan(14);
    for (const path of [...paths, '/dashboard/sla?hour=1-9', '/dashboard/speed?period=x']) {
      await page.goto(`${url}${path}`);
      expect([path, await obstaclesOn(page)]).toEqual([path, []]);
      expect([path, await page.evaluate('document.documentElement.scrollWidth')]).toEqual([path, size.width]);
    }
    expect(opened.complaints.filter((one) => !one.includes('status of 400'))).toEqual([]);
  });

  test('a board on the wall is read without signing in, and shows no name', async () => {
    const page = await signedIn(grace);
    await page.getByRole('link', { name: 'Boards' }).click();
    await page.getByRole('button', { name: 'Make a Board' }).click();
    const address = await page.getByLabel('Address of the board').inputValue();
    await page.context().clearCookies();
    await page.goto(address);
    await page.getByRole('heading', { level: 1, name: 'Americas' }).waitFor();
    expect(await page.getByRole('link').allTextContents()).toEqual(['To the content', 'Let it stand still']);
    expect(await obstaclesOn(page)).toEqual([]);
    await page.getByRole('link', { name: 'Let it stand still' }).click();
    await page.getByRole('link', { name: 'Bring it up to date by itself' }).waitFor();
    expect(opened.complaints).toEqual([]);
  });

  test('a name that is markup stays text', async () => {
    const page = await signedIn(ada);
    await page.goto(`${url}/dashboard/handoffs`);
    await page.getByRole('link', { name: /Robert'\); drop table lead/ }).hover();
    expect(await page.locator('b[onmouseover]').count()).toBe(0);
    expect(opened.complaints).toEqual([]);
  });
});
