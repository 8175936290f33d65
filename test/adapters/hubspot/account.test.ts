import { describe, expect, test } from 'vitest';
import { comparableName, wordsToSearch } from '../../../src/adapters/hubspot/company-name.ts';
import { resultOf } from '../../../src/flow/ports/crm.ts';
import { startPortal } from './portal.ts';

/** A portal with two reps. */
async function portalWithReps(options?: Parameters<typeof startPortal>[0]) {
  const test = await startPortal(options);
  const hire = (firstName: string) =>
    test.portal.createOwner({ email: `${firstName}@acme.test`, firstName, lastName: 'Lee' }).id;
  const [ann, bob] = [hire('ann'), hire('bob')];
  test.requests();
  return { ...test, ann, bob };
}

describe('the company of a lead', () => {
  test('that is associated needs no search, whatever others there are', async () => {
    const { portal, crm, requests } = await portalWithReps();
    portal.createCompany({ name: 'Namesake', domain: 'initech.test' });
    const companyId = portal.createCompany({ name: 'Initech' });
    const leadId = portal.createContact({ email: 'zoe@initech.test', company: 'Namesake' }, { companyId });
    expect((await crm.lead(leadId))?.account).toMatchObject({ id: companyId, name: 'Initech' });
    expect(requests()).not.toContain('POST companies/search');
  });

  test('is found by the domain of its mail, with everything that is known of it', async () => {
    const { portal, crm, ann, requests } = await portalWithReps({ properties: { company: ['type'] } });
    portal.createCompany({
      name: 'Initech',
      domain: 'initech.test',
      numberofemployees: '250',
      type: 'PARTNER',
      hubspot_owner_id: ann,
    });
    const leadId = portal.createContact({ email: 'zoe@initech.test', company: 'Something else' });
    expect((await crm.lead(leadId))?.account).toMatchObject({
      name: 'Initech',
      domain: 'initech.test',
      employees: 250,
      ownerId: ann,
      properties: { type: 'PARTNER' },
    });
    expect(requests()).toEqual([
      `GET contacts/${leadId}`,
      'POST companies/search',
      'POST companies/batch/read',
    ]);
  });

  test('that was only matched has no id, so that nothing is filed under it', async () => {
    const { portal, crm } = await portalWithReps();
    portal.createCompany({ name: 'Initech', domain: 'initech.test' });
    const leadId = portal.createContact({ email: 'zoe@initech.test' });
    expect((await crm.lead(leadId))?.account?.id).toBeNull();
  });

  test.each([
    ['zoe@gmail.com', 'gmail.com'],
    ['zoe@web.de', 'web.de'],
  ])('is not looked for by the domain of %s, where anybody can have a mailbox', async (email, domain) => {
    const { portal, crm, requests } = await portalWithReps();
    portal.createCompany({ name: 'A mail provider', domain });
    const leadId = portal.createContact({ email });
    expect((await crm.lead(leadId))?.account).toBeNull();
    expect(requests()).toEqual([`GET contacts/${leadId}`]);
  });

  test.each([
    ['Initech, Inc.', 'INITECH GmbH & Co. KG'],
    ['initech', 'Initech Ltd.'],
    ['Smith & Sons LLC', 'Smith and Sons'],
    ["O'Reilly Media, plc", "O'Reilly Media"],
    ['E.ON SE', 'e.on'],
    ['Nordwind Energie AG', 'Nordwind  Energie'],
  ])('that wrote "%s" is "%s"', async (written, name) => {
    const { portal, crm, ann } = await portalWithReps();
    portal.createCompany({ name, hubspot_owner_id: ann });
    portal.createCompany({ name: `${name} Holding` });
    const leadId = portal.createContact({ email: 'zoe@gmail.com', company: written });
    expect((await crm.lead(leadId))?.account).toMatchObject({ name, ownerId: ann });
  });

  test.each([
    ['Initech Germany', 'Initech'],
    ['Tech', 'Initech'],
    ['Inc.', 'Ltd'],
    ['***', '***'],
    ['x'.repeat(201), 'x'.repeat(201)],
  ])('that wrote "%s" is not "%s"', async (written, name) => {
    const { portal, crm } = await portalWithReps();
    portal.createCompany({ name });
    const leadId = portal.createContact({ email: 'zoe@gmail.com', company: written });
    expect((await crm.lead(leadId))?.account).toBeNull();
  });

  test.each([['initech.example'], ['initech.de;Initech.Example;initech.fr']])(
    'is found by a further domain of its own, in %s',
    async (hs_additional_domains) => {
      const { portal, crm, ann } = await portalWithReps();
      portal.createCompany({
        name: 'Initech',
        domain: 'initech.test',
        hs_additional_domains,
        hubspot_owner_id: ann,
      });
      const leadId = portal.createContact({ email: 'zoe@initech.example' });
      expect((await crm.lead(leadId))?.account).toMatchObject({ name: 'Initech', domain: 'initech.test' });
    },
  );

  test.each(['mail.initech.example', 'initech.example.org', 'example;initech'])(
    'is not found by %s, in which HubSpot finds the same words',
    async (domains) => {
      const { portal, crm } = await portalWithReps();
      portal.createCompany({ name: 'Initech', domain: 'initech.test', hs_additional_domains: domains });
      const leadId = portal.createContact({ email: 'zoe@initech.example' });
      expect((await crm.lead(leadId))?.account).toBeNull();
    },
  );

  test('the domain comes before the name, and the name is searched for only without it', async () => {
    const { portal, crm, requests } = await portalWithReps();
    portal.createCompany({ name: 'Initech' });
    const byName = portal.createContact({ email: 'zoe@unknown.test', company: 'Initech' });
    expect((await crm.lead(byName))?.account?.name).toBe('Initech');
    expect(requests().filter((request) => request.endsWith('/search'))).toHaveLength(2);
    portal.createCompany({ name: 'Hooli', domain: 'hooli.test' });
    const byDomain = portal.createContact({ email: 'gil@hooli.test', company: 'Initech' });
    expect((await crm.lead(byDomain))?.account?.name).toBe('Hooli');
    expect(requests().filter((request) => request.endsWith('/search'))).toHaveLength(1);
  });

  test('several companies count when they all have one owner, and the oldest stands for them', async () => {
    const { portal, crm, ann } = await portalWithReps();
    for (const name of ['Initech Berlin', 'Initech Paris']) {
      portal.createCompany({ name, domain: 'initech.test', hubspot_owner_id: ann });
    }
    const leadId = portal.createContact({ email: 'zoe@initech.test' });
    expect((await crm.lead(leadId))?.account).toMatchObject({ name: 'Initech Berlin', ownerId: ann });
  });

  test('several companies of different owners, or of none, are no match', async () => {
    const { portal, crm, ann, bob } = await portalWithReps();
    portal.createCompany({ name: 'Initech Berlin', domain: 'initech.test', hubspot_owner_id: ann });
    portal.createCompany({ name: 'Initech Paris', domain: 'initech.test', hubspot_owner_id: bob });
    portal.createCompany({ name: 'Hooli' });
    portal.createCompany({ name: 'Hooli Inc' });
    const leadId = portal.createContact({ email: 'zoe@initech.test', company: 'Hooli' });
    expect((await crm.lead(leadId))?.account).toBeNull();
  });

  test('a name that more than a hundred companies have in them is no match', async () => {
    const { portal, crm, ann } = await portalWithReps();
    for (let index = 0; index <= 100; index += 1) {
      portal.createCompany({ name: index === 0 ? 'Acme' : `Acme ${index}`, hubspot_owner_id: ann });
    }
    const leadId = portal.createContact({ email: 'zoe@gmail.com', company: 'Acme' });
    expect((await crm.lead(leadId))?.account).toBeNull();
  });

  test('is looked for in the ways that the policy allows, and no others', async () => {
    const { portal, crm, requests } = await portalWithReps({ accountBy: ['association', 'domain'] });
    portal.createCompany({ name: 'Hooli' });
    const leadId = portal.createContact({ email: 'zoe@initech.test', company: 'Hooli' });
    expect((await crm.lead(leadId))?.account).toBeNull();
    expect(requests().filter((request) => request.endsWith('/search'))).toHaveLength(1);
  });

  test('is looked for in the order of the policy, and an associated one keeps its id however it was found', async () => {
    const { portal, crm } = await portalWithReps({ accountBy: ['domain', 'association'] });
    const companyId = portal.createCompany({ name: 'Associated' });
    const leadId = portal.createContact({ email: 'zoe@initech.test' }, { companyId });
    expect((await crm.lead(leadId))?.account).toMatchObject({ id: companyId, name: 'Associated' });
    portal.createCompany({ name: 'By domain', domain: 'umbrella.test' });
    portal.setProperties('contacts', leadId, { email: 'zoe@umbrella.test' });
    expect((await crm.lead(leadId))?.account).toMatchObject({ id: null, name: 'By domain' });
    portal.setProperties('companies', companyId, { domain: 'hooli.test' });
    portal.setProperties('contacts', leadId, { email: 'zoe@hooli.test' });
    expect((await crm.lead(leadId))?.account).toMatchObject({ id: companyId, name: 'Associated' });
  });

  test('whose search HubSpot will not carry out stays unknown, and the lead is read', async () => {
    const { portal, crm } = await portalWithReps();
    portal.createCompany({ name: 'Initech' });
    const leadId = portal.createContact({ email: 'zoe@gmail.com', company: 'Initech' });
    portal.failNext({ path: /companies\/search$/, status: 400 });
    expect(await crm.lead(leadId)).toMatchObject({ email: 'zoe@gmail.com', account: null });
  });

  test('whose search fails for a moment makes the lead be read again', async () => {
    const { portal, crm } = await portalWithReps();
    const leadId = portal.createContact({ email: 'zoe@gmail.com', company: 'Initech' });
    portal.failNext({ path: /companies\/search$/, status: 503 });
    await expect(crm.lead(leadId)).rejects.toMatchObject({ name: 'TemporaryFailure' });
  });

  test('is searched for once in a while, however often its people are looked at', async () => {
    const { portal, crm } = await portalWithReps();
    const companyId = portal.createCompany({ name: 'Initech', domain: 'initech.test' });
    const ids = ['zoe@initech.test', 'yan@initech.test'].map((email) => portal.createContact({ email }));
    for (const id of [...ids, ...ids]) expect((await crm.lead(id))?.account?.name).toBe('Initech');
    portal.setProperties('companies', companyId, { name: 'Initech Group' });
    expect((await crm.lead(ids[0] ?? ''))?.account?.name).toBe('Initech Group');
    const searches = portal.requests.filter(({ path }) => path.endsWith('/companies/search'));
    expect(searches).toHaveLength(1);
  });

  test('is searched for once for all its people who are looked at together', async () => {
    const { portal, crm, requests } = await portalWithReps();
    portal.createCompany({ name: 'Initech', domain: 'initech.test' });
    const ids = Array.from({ length: 7 }, (_, index) =>
      portal.createContact({ email: `c${index}@initech.test` }),
    );
    requests();
    const leads = (await crm.leads(ids, 'card')).map(resultOf);
    expect(leads.map((lead) => lead?.account?.name)).toEqual(ids.map(() => 'Initech'));
    expect(requests().filter((request) => request.endsWith('companies/search'))).toHaveLength(1);
  });

  test('whose search failed is searched for again', async () => {
    const { portal, crm } = await portalWithReps();
    portal.createCompany({ name: 'Initech', domain: 'initech.test' });
    const leadId = portal.createContact({ email: 'zoe@initech.test' });
    portal.failNext({ path: /companies\/search$/, status: 503 });
    await expect(crm.lead(leadId)).rejects.toMatchObject({ name: 'TemporaryFailure' });
    expect((await crm.lead(leadId))?.account?.name).toBe('Initech');
  });

  test('searches of many leads at once stay below the five a second that HubSpot allows', async () => {
    const { portal, crm } = await portalWithReps();
    const names = Array.from({ length: 7 }, (_, index) => `company${index}.test`);
    for (const domain of names) portal.createCompany({ name: domain, domain });
    const ids = names.map((domain) => portal.createContact({ email: `zoe@${domain}` }));
    const leads = await Promise.all(ids.map((id) => crm.lead(id)));
    expect(leads.map((lead) => lead?.account?.name)).toEqual(names);
    expect(portal.requests.filter(({ status }) => status === 429)).toEqual([]);
  });
});

describe('a company name', () => {
  test.each([
    ['Initech GmbH & Co. KG', 'initech'],
    ['Crédit Agricole S.A.', 'credit agricole'],
    ['AG Barr p.l.c.', 'ag barr'],
    ['Foo-Bar (Pty) Ltd', 'foo bar'],
    ['GmbH', 'gmbh'],
    ['東京 株式会社', '東京 株式会社'],
    [' – ', ''],
  ])('%s is compared as "%s"', (name, comparable) => {
    expect(comparableName(name)).toBe(comparable);
  });

  test.each([
    ["O'Reilly Media, Inc.", ["O'Reilly", 'Media']],
    ['Smith & Sons', ['Smith', 'Sons']],
    ['E*trade', ['E', 'trade']],
    ['one two three four five six seven', ['one', 'two', 'three', 'four', 'five', 'six']],
  ])('%s is searched by its words without the legal form', (name, words) => {
    expect(wordsToSearch(name)).toEqual(words);
  });
});
