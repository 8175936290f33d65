import { describe, expect, test } from 'vitest';
import { minutesAfter } from '../../support/examples.ts';
import { start, startPortal } from './portal.ts';

const page = { title: 'Request a demo', url: 'https://www.example.com/demo?utm_source=mail' };
const plan = 'We plan 12 depots in spreadsheets.';

/** A portal with a form, and Zoë, who has not sent it in. */
async function portalWithForm(options: Parameters<typeof startPortal>[0] = {}) {
  const test = await startPortal(options);
  const { portal, crm } = test;
  for (const name of ['depots', 'tools', 'utm_campaign']) {
    portal.defineProperty('contacts', {
      ...{ name, label: name === 'depots' ? 'Number of depots' : name, type: 'string', fieldType: 'text' },
    });
  }
  const form = portal.forms.create({
    name: 'Demo request',
    fields: [
      { name: 'firstname', label: 'First name', fieldType: 'single_line_text' },
      { name: 'email', label: 'Email', fieldType: 'email' },
      { name: 'depots', label: 'How many depots?', fieldType: 'single_line_text' },
      {
        ...{ name: 'tools', label: 'What do you use?', fieldType: 'multiple_checkboxes' },
        options: [
          { value: 't_1', label: 'Spreadsheets' },
          { value: 't_2', label: 'A whiteboard' },
        ],
      },
      { name: 'message', label: 'What would you like to plan?', fieldType: 'multi_line_text' },
      { name: 'utm_campaign', label: 'Campaign', fieldType: 'single_line_text', hidden: true },
    ],
  });
  const contact = (email: string) => portal.createContact({ email, firstname: 'Zoë' });
  const leadId = contact('zoe@initech.test');
  const send = (values: Record<string, string> = { message: plan }, contactId = leadId) =>
    portal.forms.submit(form, contactId, { values, page });
  const answers = async (id = leadId) => (await crm.lead(id))?.formAnswers;
  const asked = () => portal.requests.filter(({ path }) => path.includes('form')).map(({ path }) => path);
  return { ...test, form, leadId, contact, send, answers, asked };
}

describe.each(['2026-09', 'legacy'] as const)('what a lead wrote into its newest form (%s)', (apiVersion) => {
  test('is read as the form asks it, in its order, without what is known otherwise', async () => {
    const { send, answers } = await portalWithForm({ apiVersion });
    send({ message: plan, depots: '12', tools: 't_2;t_1', utm_campaign: 'autumn' });
    expect(await answers()).toEqual([
      { label: 'How many depots?', value: '12' },
      { label: 'What do you use?', value: 'A whiteboard, Spreadsheets' },
      { label: 'What would you like to plan?', value: plan },
    ]);
  });

  test('costs a call for each form of a lot, and once an hour another', async () => {
    const { crm, send, contact, asked, wait } = await portalWithForm({ apiVersion });
    const ids = Array.from({ length: 30 }, (_, index) => contact(`c${index}@initech.test`));
    for (const [index, id] of ids.entries()) send({ message: `No. ${index}` }, id);
    const leads = await crm.leads(ids, 'card');
    expect(leads.map((one) => one.ok && one.value?.formAnswers[0]?.value)).toEqual(
      ids.map((_, index) => `No. ${index}`),
    );
    expect(asked()).toHaveLength(2);
    await crm.leads(ids, 'card');
    expect(asked()).toHaveLength(3);
    wait(60);
    await crm.leads(ids, 'background');
    expect(asked()).toHaveLength(5);
  });
});

test('is that of the last form, whatever was sent in before it', async () => {
  const { send, answers, wait } = await portalWithForm();
  send({ depots: '3' });
  wait(10);
  send({ depots: '12' });
  expect(await answers()).toEqual([{ label: 'How many depots?', value: '12' }]);
});

test('is nothing of a form that is no reason to call today, which costs no call', async () => {
  const { send, answers, asked, wait } = await portalWithForm();
  send();
  wait(8 * 24 * 60);
  expect([await answers(), asked()]).toEqual([[], []]);
});

test('is not read when the policy says so', async () => {
  const { send, answers, asked } = await portalWithForm({ formAnswers: false });
  send();
  expect([await answers(), asked()]).toEqual([[], []]);
});

test('is what the form wrote into “Message” where the bot may not read forms, and asks again in an hour', async () => {
  const scopes = ['crm.objects.contacts.read'];
  const { send, answers, asked, wait } = await portalWithForm({ scopes });
  send();
  const message = [{ label: 'Message', value: plan }];
  expect([await answers(), await answers()]).toEqual([message, message]);
  expect(asked()).toHaveLength(1);
  wait(60);
  expect(await answers()).toEqual(message);
  expect(asked()).toHaveLength(2);
});

test('is no message that another form wrote', async () => {
  const { send, answers, wait } = await portalWithForm({ scopes: ['crm.objects.contacts.read'] });
  send();
  wait(10);
  send({ depots: '12' });
  expect(await answers()).toEqual([]);
});

test('is found by the email where two send the form in at the same time', async () => {
  const { send, answers, contact } = await portalWithForm();
  const other = contact('ann@initech.test');
  send({ message: 'Ann’s' }, other);
  send({ message: 'Zoë’s' });
  expect((await answers(other))?.map(({ value }) => value)).toEqual(['Ann’s']);
  expect((await answers())?.map(({ value }) => value)).toEqual(['Zoë’s']);
});

test('is named by its properties where the form cannot be read', async () => {
  const { portal, send, answers } = await portalWithForm();
  send({ depots: '12', utm_campaign: 'autumn' });
  portal.failNext({ path: /marketing/, status: 500 });
  expect(await answers()).toEqual([{ label: 'Number of depots', value: '12' }]);
});

test('is nothing as long as HubSpot does not tell which form it was', async () => {
  const { portal, leadId, send, answers, wait } = await portalWithForm();
  send();
  const booked = wait(30);
  portal.setProperties('contacts', leadId, {
    recent_conversion_event_name: 'Meetings Link: ann/demo',
    recent_conversion_date: booked.toISOString(),
  });
  expect(await answers()).toEqual([]);
});

test('pages have the titles of the policy, and the page of the form its own', async () => {
  const { portal, crm, leadId, send, wait } = await portalWithForm({ pages: [['/pricing', 'Pricing']] });
  const seen = (path: string, total: number) =>
    portal.setProperties('contacts', leadId, {
      hs_analytics_last_url: `https://www.example.com${path}`,
      hs_analytics_num_page_views: String(total),
    });
  seen('/Pricing/?plan=team', 1);
  wait(60);
  seen('/blog', 2);
  wait(60);
  seen('/demo', 3);
  send();
  const lead = await crm.lead(leadId);
  expect(lead?.pages.map(({ title, at }) => [title, at])).toEqual([
    ['Request a demo', minutesAfter(start, 120)],
    [undefined, minutesAfter(start, 60)],
    ['Pricing', start],
  ]);
});
