import { FilterOperatorEnum } from '@hubspot/api-client/lib/codegen/crm/objects/models/Filter.js';
import type { LeadId } from '../../domain/lead/lead.ts';
import type { HubSpot } from './client.ts';
import { listOf } from './values.ts';

/** HubSpot takes emails apart into words, and finds others that have all of them. */
const mostMatches = 100;

/** The contact with this email, as its main one or among its others; null when there is none. */
export async function findContact(hubspot: HubSpot, email: string): Promise<LeadId | null> {
  const answer = await hubspot.read('find a contact by email', (crm) =>
    crm.contacts.batchApi.read({
      idProperty: 'email',
      inputs: [{ id: email }],
      properties: [],
      propertiesWithHistory: [],
    }),
  );
  return answer.results[0]?.id ?? findByAnother(hubspot, email.toLowerCase());
}

async function findByAnother(hubspot: HubSpot, email: string): Promise<LeadId | null> {
  const { ContainsToken } = FilterOperatorEnum;
  const { results } = await hubspot.search('search a contact by email', (crm) =>
    crm.objects.searchApi.doSearch('contacts', {
      filterGroups: [
        { filters: [{ propertyName: 'hs_additional_emails', operator: ContainsToken, value: email }] },
      ],
      properties: ['hs_additional_emails'],
      limit: mostMatches,
    }),
  );
  const found = results.find(({ properties }) =>
    listOf(properties['hs_additional_emails']).some((one) => one.toLowerCase() === email),
  );
  return found?.id ?? null;
}
