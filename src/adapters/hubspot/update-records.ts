import type { HubSpot } from './client.ts';

/** Values to write on a record. */
export type RecordWrite = { id: string; properties: Readonly<Record<string, string>> };

/** The values without those of some properties. */
export function without(
  properties: RecordWrite['properties'],
  names: readonly string[],
): RecordWrite['properties'] {
  return Object.fromEntries(Object.entries(properties).filter(([name]) => !names.includes(name)));
}

/**
 * Writes up to 100 records of one kind in one request, none of them twice; throws when it fails as a whole.
 *
 * @returns the ids of those that were written. Of the others HubSpot says less in a batch than alone: they may be gone,
 * refused, or merged into a record that answered under its own id. Writing them again alone is safe and tells.
 */
export async function updateRecords(
  hubspot: HubSpot,
  objectType: string,
  writes: readonly RecordWrite[],
): Promise<ReadonlySet<string>> {
  const inputs = writes.map(({ id, properties }) => ({ id, properties: { ...properties } }));
  const [first, ...others] = inputs;
  if (!first) return new Set();
  const { id, properties } = first;
  if (others.length === 0) {
    await hubspot.write(`write one of the ${objectType}`, (crm) =>
      crm.objects.basicApi.update(objectType, id, { properties }),
    );
    return new Set([id]);
  }
  const { results } = await hubspot.write(`write ${objectType}`, (crm) =>
    crm.objects.batchApi.update(objectType, { inputs }),
  );
  return new Set(results.map((record) => record.id));
}
