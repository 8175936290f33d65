import { readFileSync } from 'node:fs';
import { expect, onTestFinished, test } from 'vitest';
import project from '../../../manifests/hubspot/hsproject.json' with { type: 'json' };
import app from '../../../manifests/hubspot/src/app/app-hsmeta.json' with { type: 'json' };
import webhooks from '../../../manifests/hubspot/src/app/webhooks/webhooks-hsmeta.json' with { type: 'json' };
import action from '../../../manifests/hubspot/src/app/workflow-actions/hand-over-hsmeta.json' with {
  type: 'json',
};
import { apiVersions } from '../../../sandbox/hubspot/api-versions.ts';
import { call, email, meeting, message } from '../../../sandbox/hubspot/engagements.ts';
import { startHubSpot } from '../../../sandbox/hubspot/server.ts';
import type { Subscription } from '../../../sandbox/hubspot/subscriptions.ts';
import { parseWebhook } from '../../../src/adapters/hubspot/webhook.ts';
import type { CrmRecord } from '../../../src/flow/ports/crm.ts';
import { start } from './portal.ts';

const { crmObjects, hubEvents } = webhooks.config.subscriptions;
const subscriptions = [...crmObjects, ...hubEvents] as Subscription[];

/** A portal that sends what the manifest subscribes to, and what of it has to be looked into. */
async function subscribedPortal() {
  const portal = await startHubSpot({
    accessToken: 'pat-test',
    clientSecret: 'secret',
    portalId: 4711,
    now: () => start,
    webhookUrl: webhooks.config.settings.targetUrl,
    subscriptions,
    properties: {
      contacts: [{ name: 'lead_score', label: 'Score', type: 'number', fieldType: 'number' }],
    },
  });
  onTestFinished(() => portal.close());
  portal.pauseWebhooks();
  const arrived = () => {
    const body = Buffer.from(JSON.stringify(portal.takePendingWebhooks()));
    const parsed = parseWebhook(body, 'application/json', { portalId: '4711', receivedAt: new Date(0) });
    if ('rejected' in parsed) throw new Error(parsed.rejected.reason);
    return parsed.events;
  };
  return { portal, arrived };
}

test('the project is of the platform version whose API the bot speaks', () => {
  expect(project.platformVersion.replace('.', '-')).toBe(apiVersions[0]);
});

test('every address is one that the server listens on, at the placeholder host', () => {
  const source = readFileSync(new URL('../../../src/adapters/http/server.ts', import.meta.url), 'utf8');
  for (const address of [webhooks.config.settings.targetUrl, action.config.actionUrl]) {
    const { origin, pathname } = new URL(address);
    expect(origin).toBe('https://handoff.example.com');
    expect(source).toContain(`server.post('${pathname}'`);
  }
});

test('every subscribed change of a contact is an event that somebody looks into', async () => {
  const { portal, arrived } = await subscribedPortal();
  const [first = '', second = ''] = ['a', 'b'].map((name) =>
    portal.createContact({ email: `${name}@acme.test`, firstname: name }),
  );
  const ownerId = portal.createOwner({ email: 'ann@acme.test', firstName: 'Ann', lastName: 'Lee' }).id;
  const values: Record<string, string> = {
    hubspot_owner_id: ownerId,
    lifecyclestage: 'marketingqualifiedlead',
    lead_score: '80',
    recent_conversion_date: start.toISOString(),
    hs_analytics_last_url: 'https://acme.test/pricing',
    hs_analytics_num_page_views: '7',
    hs_language: 'de',
    hs_seniority: 'executive',
    email: 'c@acme.test',
  };
  const names = crmObjects.flatMap((one) =>
    'propertyName' in one && one.objectType === 'contact' ? [one.propertyName] : [],
  );
  arrived();
  portal.setProperties(
    'contacts',
    first,
    Object.fromEntries(names.map((name) => [name, values[name] ?? 'Something'])),
    { source: 'FORM' },
  );
  const changes = arrived();
  expect(changes.map(({ payload }) => (payload as { propertyName: string }).propertyName).sort()).toEqual(
    [...names].sort(),
  );
  expect(changes.every(({ leadId, ignored }) => leadId === first && ignored === null)).toBe(true);

  const companyId = portal.createCompany({ name: 'Initech' });
  portal.associate({ type: 'contacts', id: first }, { type: 'companies', id: companyId });
  const merged = portal.mergeContacts(first, second);
  portal.privacyDelete(merged);
  const others = arrived().filter(({ leadId }) => leadId !== null);
  expect(new Set(others.map(({ type }) => type))).toEqual(
    new Set(['object.associationChange', 'object.merge', 'object.deletion', 'contact.privacyDeletion']),
  );
  expect(others.map(({ ignored }) => ignored)).toEqual(others.map(() => null));
});

test('every subscribed change of a company is an event whose leads are looked for, a new one is none', async () => {
  const { portal, arrived } = await subscribedPortal();
  const id = portal.createCompany({ name: 'Initech' });
  arrived();
  portal.setProperties('companies', id, { numberofemployees: '450', hubspot_owner_id: '' });
  expect(arrived()).toMatchObject([{ record: { objectType: 'companies', id }, leadId: null, ignored: null }]);
});

test('every record that tells of a touch, a meeting or a deal is an event whose leads are looked for', async () => {
  const { portal, arrived } = await subscribedPortal();
  const records: CrmRecord[] = [
    { objectType: 'calls', id: portal.log(call(), {}) },
    { objectType: 'emails', id: portal.log(email(), {}) },
    { objectType: 'meetings', id: portal.log(meeting({ startsAt: start }), {}) },
    { objectType: 'communications', id: portal.log(message(), {}) },
  ];
  const dealId = portal.createDeal({ dealname: 'Seats', dealstage: 'contractsent' });
  const deal: CrmRecord = { objectType: 'deals', id: dealId };
  // Some come with a change of their own, as a new deal with its stage.
  const told = arrived().map(({ record }) => record);
  expect(told.filter((one, place) => one?.id !== told[place - 1]?.id)).toEqual([...records, deal]);
  portal.setProperties('deals', dealId, { dealstage: 'closedwon' });
  expect(arrived()).toMatchObject([{ record: deal, leadId: null, ignored: null }]);
});

test('whatever is subscribed to may be read', () => {
  const scopes = new Set(app.config.auth.requiredScopes);
  const needed: Record<string, string> = {
    // Calls, meetings and messages are read with the contacts.
    contact: 'crm.objects.contacts.read',
    call: 'crm.objects.contacts.read',
    meeting_event: 'crm.objects.contacts.read',
    communication: 'crm.objects.contacts.read',
    email: 'sales-email-read',
    deal: 'crm.objects.deals.read',
    company: 'crm.objects.companies.read',
  };
  const types = new Set(crmObjects.map(({ objectType }) => objectType));
  expect(types).toEqual(new Set(Object.keys(needed)));
  for (const type of types) expect(scopes).toContain(needed[type]);
});

test('the workflow action is for contacts and asks for the trigger, labelled', () => {
  const { inputFields, labels, objectTypes } = action.config;
  expect(objectTypes).toEqual(['CONTACT']);
  expect(inputFields).toMatchObject([{ typeDefinition: { name: 'trigger' }, isRequired: true }]);
  expect(Object.keys(labels.en.inputFieldLabels)).toEqual(['trigger']);
});

test('what only some policies ask for is optional', () => {
  expect(app.config.auth.optionalScopes).toEqual(
    expect.arrayContaining([
      'automation.sequences.read',
      'automation.sequences.enrollments.write',
      'forms',
      'scheduler.meetings.meeting-link.read',
    ]),
  );
});

test('the app of one company has a fixed token, and no right to write anything but contacts', () => {
  const { auth, distribution } = app.config;
  expect([auth.type, distribution]).toEqual(['static', 'private']);
  expect(auth.requiredScopes.filter((scope) => scope.endsWith('.write'))).toEqual([
    'crm.objects.contacts.write',
    'crm.schemas.contacts.write',
  ]);
});

test('the right to make deals, and their two properties, is asked for where a policy makes any', () => {
  expect(app.config.auth.conditionallyRequiredScopes).toEqual(
    expect.arrayContaining(['crm.objects.deals.write', 'crm.schemas.deals.read', 'crm.schemas.deals.write']),
  );
});
