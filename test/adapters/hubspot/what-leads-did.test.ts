import { describe, expect, test } from 'vitest';
import { afterForm, afterVisit } from '../../../sandbox/hubspot/tracking.ts';
import { start, startPortal } from './portal.ts';

const at = (minutes: number) => new Date(start.getTime() + minutes * 60_000);

/** A contact whose visits and forms are written as HubSpot's tracking writes them. */
async function tracked() {
  const test = await startPortal();
  const { portal, crm, wait } = test;
  const id = portal.createContact({ email: 'zoe@initech.test' });
  let now = start;
  const values = () => portal.object('contacts', id)?.properties ?? {};
  return {
    ...test,
    id,
    later: (minutes: number) => {
      now = wait(minutes);
    },
    visit: (...pages: string[]) => {
      const urls = pages.map((page) => `https://acme.test${page}`);
      portal.setProperties('contacts', id, afterVisit(values(), urls, now), { source: 'ANALYTICS' });
    },
    form: (name: string) =>
      portal.setProperties('contacts', id, afterForm(values(), name, now), { source: 'FORM' }),
    lead: () => crm.lead(id),
  };
}

describe('pages', () => {
  test('three visits that end on the very same page are three, though HubSpot keeps one version of it', async () => {
    const { portal, id, visit, later, lead } = await tracked();
    for (const _ of [1, 2, 3]) {
      visit('/pricing');
      later(60);
    }
    expect(portal.object('contacts', id)?.history['hs_analytics_last_url']).toHaveLength(1);
    expect((await lead())?.pages).toEqual([
      { url: 'https://acme.test/pricing', at: at(120) },
      { url: 'https://acme.test/pricing', at: at(60) },
      { url: 'https://acme.test/pricing', at: start },
    ]);
  });

  test('of a visit the last page is named, and how many there were before it', async () => {
    const { visit, later, lead } = await tracked();
    visit('/');
    later(60);
    visit('/pricing', '/pricing', '/plans', '/contact');
    expect((await lead())?.pages).toEqual([
      { url: 'https://acme.test/contact', at: at(60), before: 3 },
      { url: 'https://acme.test/', at: start },
    ]);
  });

  test('of the first visit the first page is named as well', async () => {
    const { visit, lead } = await tracked();
    visit('/blog', '/about', '/pricing');
    const began = new Date(start.getTime() - 20_000);
    expect((await lead())?.pages).toEqual([
      { url: 'https://acme.test/pricing', at: start, before: 1 },
      { url: 'https://acme.test/blog', at: began, opened: true },
    ]);
  });
});

describe('forms', () => {
  test('one that was sent in five seconds before the last is read as well', async () => {
    const { form, later, lead } = await tracked();
    form('Request a demo: Demo');
    later(5 / 60);
    form('News: Newsletter');
    expect((await lead())?.conversions).toEqual([
      { name: 'News: Newsletter', at: new Date(start.getTime() + 5_000) },
      { name: 'Request a demo: Demo', at: start },
    ]);
  });

  test('the same one sent in again counts again, though its name has no new version', async () => {
    const { portal, id, form, later, lead } = await tracked();
    form('Contact: Contact sales');
    later(60);
    form('Contact: Contact sales');
    expect(portal.object('contacts', id)?.history['recent_conversion_event_name']).toHaveLength(1);
    expect((await lead())?.conversions.map((sent) => sent.at)).toEqual([at(60), start]);
  });
});

describe('stages', () => {
  test('one that is entered again is dated by now, while HubSpot still has the date of the time before', async () => {
    const { portal, crm, wait } = await startPortal();
    const id = portal.createContact({ email: 'a@acme.test', lifecyclestage: 'marketingqualifiedlead' });
    wait(60);
    portal.setProperties('contacts', id, { lifecyclestage: 'lead' });
    wait(60);
    portal.setProperties('contacts', id, { lifecyclestage: 'marketingqualifiedlead' });
    const { hs_v2_date_entered_marketingqualifiedlead: entered = '' } =
      portal.object('contacts', id)?.properties ?? {};
    expect(new Date(entered)).toEqual(start);
    expect((await crm.lead(id))?.stageEnteredAt['marketingqualifiedlead']).toEqual(at(120));
  });
});
