import type { Client } from '@hubspot/api-client';
import type { HubSpot, HubSpotRecord } from './client.ts';

/** Reads records of one kind by id; those that are gone, or merged into another, are left out. */
export type BatchReader = (ids: readonly string[]) => Promise<HubSpotRecord[]>;

/** HubSpot's limit, for records. */
const maxRecords = 100;

/** HubSpot's limit, for associations. */
const maxAssociated = 1_000;

/**
 * Reads up to 100 records in a request. Reads that wait for their turn share one: with nothing waiting each goes out
 * at once, and in a burst many leads cost one request. `properties` is asked when the request goes out.
 */
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
    return results;
  });
  return async (wanted) => {
    const parts = Array.from({ length: Math.ceil(wanted.length / maxRecords) }, (_, index) =>
      wanted.slice(index * maxRecords, (index + 1) * maxRecords),
    );
    const found = await Promise.all(
      parts.map(async (part) => (await read(part)).filter((record) => part.includes(record.id))),
    );
    return found.flat();
  };
}

/**
 * Reads which records of another kind up to 1,000 records are associated with, each once, in shared requests like
 * `batchReader`.
 */
export function associationReader(
  hubspot: HubSpot,
  from: string,
  to: string,
): (ids: readonly string[]) => Promise<string[]> {
  const read = sharedRequest(hubspot, `read the ${to} of ${from}`, maxAssociated, async (crm, ids) => {
    const { results } = await crm.associations.v4.batchApi.getPage(from, to, {
      inputs: ids.map((id) => ({ id })),
    });
    return results;
  });
  return async (wanted) => {
    if (wanted.length === 0) return [];
    const own = (await read(wanted)).filter(({ _from }) => wanted.includes(_from.id));
    // HubSpot writes these ids as numbers, whatever the library's types say.
    return [...new Set(own.flatMap((result) => result.to.map(({ toObjectId }) => String(toObjectId))))];
  };
}

function sharedRequest<T>(
  hubspot: HubSpot,
  what: string,
  maxInputs: number,
  ask: (crm: Client['crm'], ids: readonly string[]) => Promise<T[]>,
): (wanted: readonly string[]) => Promise<T[]> {
  type Batch = { ids: Set<string>; results: Promise<T[]> };
  let filling: Batch | null = null;

  function begin(): Batch {
    const ids = new Set<string>();
    const results = hubspot.read(what, (crm) => {
      if (filling?.ids === ids) filling = null;
      return ask(crm, [...ids]);
    });
    return { ids, results };
  }

  return (wanted) => {
    if (!filling || filling.ids.size + wanted.length > maxInputs) filling = begin();
    for (const id of wanted) filling.ids.add(id);
    return filling.results;
  };
}

/** An association as a contact lists it. */
export type Link = { id: string; type: string };

/** The newest ids, each once: a record is linked once for every label. Later ids are larger. */
export function newestOf(ids: readonly string[], count: number): string[] {
  return [...new Set(ids)].sort((a, b) => Number(b) - Number(a)).slice(0, count);
}
