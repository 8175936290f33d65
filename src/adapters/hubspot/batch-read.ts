import { resultOf } from '../../flow/ports/crm.ts';
import type { HubSpot, HubSpotRecord } from './client.ts';
import { maxRecords, partsOf } from './lots.ts';
import { sharedRequest } from './shared-request.ts';

/** Reads records of one kind by id; those that are gone, or merged into another, are left out. */
export type BatchReader = (ids: readonly string[]) => Promise<HubSpotRecord[]>;

/** Reads up to 100 records in a request, together with others. `properties` is asked when the request goes out. */
export function batchReader(
  hubspot: HubSpot,
  objectType: string,
  properties: () => readonly string[],
): BatchReader {
  const read = sharedRequest(hubspot, `read ${objectType}`, maxRecords, async (crm, ids) => {
    const { results } = await crm.objects.batchApi.read(objectType, {
      inputs: ids.map((id) => ({ id })),
      properties: [...properties()],
      propertiesWithHistory: [],
    });
    const found = new Map(results.map((record) => [record.id, record]));
    return ids.map((id) => found.get(id) ?? null);
  });
  return async (wanted) => {
    const found = await Promise.all(partsOf(wanted, maxRecords).map(read));
    return found
      .flat()
      .map(resultOf)
      .filter((record) => record !== null);
  };
}
