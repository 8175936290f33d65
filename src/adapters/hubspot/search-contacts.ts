import { FilterOperatorEnum } from '@hubspot/api-client/lib/codegen/crm/objects/models/Filter.js';
import type { Crm, FoundContact } from '../../flow/ports/crm.ts';
import { inTime } from '../in-time.ts';
import type { HubSpot } from './client.ts';
import { textOf } from './values.ts';

/** Slack shows nothing that comes after three seconds ("block_suggestion payload"). */
const withinMs = 2000;

/** HubSpot takes 3,000 characters of a search; nobody types so many to find a contact. */
const mostTyped = 200;

const properties = ['firstname', 'lastname', 'email', 'company'];

/** Finds contacts by what people type: HubSpot's search looks at name, email, phone and company, but not at the id. */
export function contactFinder(hubspot: HubSpot): Crm['findContacts'] {
  return async (text, limit) => {
    const typed = text.trim().slice(0, mostTyped);
    if (typed === '') return [];
    const byId = { propertyName: 'hs_object_id', operator: FilterOperatorEnum.Eq, value: typed };
    const wanted = /^\d+$/.test(typed) ? { filterGroups: [{ filters: [byId] }] } : { query: typed };
    const asked = hubspot.search('find contacts by what was typed', (crm) =>
      crm.objects.searchApi.doSearch('contacts', { ...wanted, properties, limit }),
    );
    return ((await inTime(asked, withinMs))?.results ?? []).map(contactOf);
  };
}

function contactOf(record: { id: string; properties: Record<string, string | null> }): FoundContact {
  const { firstname, lastname, email, company } = record.properties;
  const name = [textOf(firstname), textOf(lastname)].filter(Boolean).join(' ') || null;
  return { id: record.id, name, company: textOf(company), email: textOf(email) };
}
