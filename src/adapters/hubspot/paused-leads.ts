import { FilterOperatorEnum } from '@hubspot/api-client/lib/codegen/crm/objects/models/Filter.js';
import type { LeadId } from '../../domain/lead/lead.ts';
import type { Crm } from '../../flow/ports/crm.ts';
import { batchReader } from './batch-read.ts';
import type { HubSpot } from './client.ts';
import { handoffPropertyNames } from './properties.ts';

/** HubSpot's largest page of a search. */
const pageSize = 200;

const property = handoffPropertyNames.nurturePaused;

/** Whose nurture HubSpot shows as paused. */
export function pausedLeads(hubspot: HubSpot): Pick<Crm, 'nurturePaused' | 'pausedLeads'> {
  const read = batchReader(hubspot, 'contacts', () => [property]);
  return {
    nurturePaused: async (ids) =>
      new Map((await read(ids)).map(({ id, properties }) => [id, properties[property] === 'true'])),

    // Page by page from the last id on, as HubSpot numbers no more than 10,000 results.
    pausedLeads: async () => {
      const paused: LeadId[] = [];
      let lastId = '0';
      for (;;) {
        const filters = [
          { propertyName: property, operator: FilterOperatorEnum.Eq, value: 'true' },
          { propertyName: 'hs_object_id', operator: FilterOperatorEnum.Gt, value: lastId },
        ];
        const { results } = await hubspot.search('search for paused contacts', (crm) =>
          crm.objects.searchApi.doSearch('contacts', {
            filterGroups: [{ filters }],
            // What HubSpot documents has no type in the library.
            sorts: [{ propertyName: 'hs_object_id', direction: 'ASCENDING' }] as unknown as string[],
            properties: ['hs_object_id'],
            limit: pageSize,
          }),
        );
        paused.push(...results.map(({ id }) => id));
        if (results.length < pageSize) return paused;
        lastId = results.at(-1)?.id ?? lastId;
      }
    },
  };
}
