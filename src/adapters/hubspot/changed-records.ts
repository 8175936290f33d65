import {
  type Filter,
  FilterOperatorEnum,
} from '@hubspot/api-client/lib/codegen/crm/objects/models/Filter.js';
import type { HubSpot, HubSpotRecord } from './client.ts';
import { instantOf } from './values.ts';

/** HubSpot's largest page of a search. */
const pageSize = 200;

/**
 * The ids of the records of one kind that changed in a span of time, both ends included, in pages, the oldest change
 * first.
 *
 * Every page begins at the last time of the page before, and not at a number: HubSpot numbers no more than 10,000
 * results, and a record that changes meanwhile moves to the end, so that the next page would begin one too late. When
 * more records than fill a page changed in the same millisecond, as in a bulk edit, these are gone through by their ids.
 */
export async function* changedRecords(
  hubspot: HubSpot,
  objectType: string,
  span: { since: Date; until: Date },
): AsyncGenerator<string[]> {
  // Contacts alone have the older name.
  const modified = objectType === 'contacts' ? 'lastmodifieddate' : 'hs_lastmodifieddate';
  const timeOf = ({ properties }: HubSpotRecord) => instantOf(properties[modified])?.getTime() ?? 0;

  const search = (filters: Filter[], sortedBy: string): Promise<HubSpotRecord[]> =>
    hubspot.search(`search the ${objectType}`, async (crm) => {
      const { results } = await crm.objects.searchApi.doSearch(objectType, {
        filterGroups: [{ filters }],
        // What HubSpot documents has no type in the library.
        sorts: [{ propertyName: sortedBy, direction: 'ASCENDING' }] as unknown as string[],
        properties: [modified],
        limit: pageSize,
      });
      return results;
    });

  async function* changedAt(time: number): AsyncGenerator<string[]> {
    let lastId = '0';
    for (;;) {
      const page = await search([is(modified, 'Eq', time), is('hs_object_id', 'Gt', lastId)], 'hs_object_id');
      yield idsOf(page);
      if (page.length < pageSize) return;
      lastId = page.at(-1)?.id ?? lastId;
    }
  }

  let from = span.since.getTime();
  for (;;) {
    const filters = [is(modified, 'Gte', from), is(modified, 'Lte', span.until.getTime())];
    const page = await search(filters, modified);
    const last = page.at(-1);
    if (last === undefined) return;
    if (page.length < pageSize) {
      yield idsOf(page);
      return;
    }
    const lastTime = timeOf(last);
    if (lastTime > from) {
      // The next page begins with the others.
      yield idsOf(page.filter((record) => timeOf(record) < lastTime));
      from = lastTime;
    } else {
      yield* changedAt(from);
      from += 1;
    }
  }
}

function idsOf(records: readonly HubSpotRecord[]): string[] {
  return records.map(({ id }) => id);
}

function is(propertyName: string, operator: 'Eq' | 'Gt' | 'Gte' | 'Lte', value: string | number): Filter {
  return { propertyName, operator: FilterOperatorEnum[operator], value: String(value) };
}
