import type { HubSpot, HubSpotRecord } from './client.ts';

/** Reads records of one kind by id; those that are gone are left out. */
export type BatchReader = (ids: readonly string[]) => Promise<HubSpotRecord[]>;

/** HubSpot's limit. */
const maxInputs = 100;

/**
 * Reads up to 100 records in a request. Reads that wait for their turn share one: with nothing waiting each goes out
 * at once, and in a burst many leads cost one request.
 */
export function batchReader(
  hubspot: HubSpot,
  objectType: string,
  properties: readonly string[],
): BatchReader {
  type Batch = { ids: Set<string>; records: Promise<HubSpotRecord[]> };
  let filling: Batch | null = null;

  function begin(): Batch {
    const ids = new Set<string>();
    const records = hubspot.read(`read ${objectType}`, async (crm) => {
      if (filling?.ids === ids) filling = null;
      const { results } = await crm.objects.batchApi.read(objectType, {
        inputs: [...ids].map((id) => ({ id })),
        properties: [...properties],
        propertiesWithHistory: [],
      });
      return results;
    });
    return { ids, records };
  }

  return async (wanted) => {
    if (wanted.length === 0) return [];
    if (!filling || filling.ids.size + wanted.length > maxInputs) filling = begin();
    for (const id of wanted) filling.ids.add(id);
    const records = await filling.records;
    return records.filter((record) => wanted.includes(record.id));
  };
}

/** An association as a contact lists it. */
export type Link = { id: string; type: string };

/** The ids of the newest records, each once: a record is linked once for every label. Later ids are larger. */
export function newestOf(links: readonly Link[], count: number): string[] {
  const ids = [...new Set(links.map(({ id }) => id))];
  return ids.sort((a, b) => Number(b) - Number(a)).slice(0, count);
}
