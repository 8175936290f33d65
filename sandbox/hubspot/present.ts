import { type ObjectType, objectTypeFacts } from './object-types.ts';
import type { Portal } from './portal.ts';
import type { CrmRecord } from './store.ts';
import { pageOf } from './wire.ts';

/** A record as the API writes it. */
export type PresentedRecord = {
  id: string;
  properties: Record<string, string | null>;
  propertiesWithHistory?: Record<string, HistoryEntry[]>;
  associations?: Record<string, AssociatedIds>;
  createdAt: string;
  updatedAt: string;
  archived: boolean;
  archivedAt?: string;
};

type AssociatedIds = {
  results: { id: string; type: string }[];
  paging?: { next: { after: string } };
};

/** HubSpot lists so many associations with a record; further ones are read by themselves. */
const maxAssociated = 500;

type HistoryEntry = {
  value: string;
  timestamp: string;
  sourceType: string;
  sourceId: string;
};

/** What a read asks for besides the id and the two dates. */
export type Selection = {
  properties?: readonly string[];
  history?: readonly string[];
  associations?: readonly ObjectType[];
};

function historyOf(record: CrmRecord, name: string): HistoryEntry[] {
  return (record.history.get(name) ?? []).map(({ value, at, source, sourceId }) => ({
    value,
    timestamp: at.toISOString(),
    sourceType: source,
    sourceId,
  }));
}

/**
 * A record with the wanted properties: one without a value is null, one that does not exist is left out.
 * The id and the two dates always come along.
 */
export function presentRecord(portal: Portal, record: CrmRecord, selection: Selection = {}): PresentedRecord {
  const { shown, createdProperty, modifiedProperty } = objectTypeFacts[record.type];
  const wanted = selection.properties?.length ? selection.properties : shown;
  const exists = (name: string) => portal.catalog.get(record.type, name) !== undefined;
  const names = [...new Set([...wanted, 'hs_object_id', createdProperty, modifiedProperty])].filter(exists);

  const associations: PresentedRecord['associations'] = {};
  for (const type of selection.associations ?? []) {
    const { page, paging } = pageOf(portal.store.associated(record, type), maxAssociated, null);
    const results = page.flatMap(({ id, types }) => types.map(({ name }) => ({ id, type: name })));
    if (results.length > 0) associations[type] = { results, ...paging };
  }

  return {
    id: record.id,
    properties: Object.fromEntries(names.map((name) => [name, record.properties.get(name) ?? null])),
    ...(selection.history?.length
      ? {
          propertiesWithHistory: Object.fromEntries(
            selection.history.filter(exists).map((name) => [name, historyOf(record, name)]),
          ),
        }
      : {}),
    ...(Object.keys(associations).length > 0 ? { associations } : {}),
    createdAt: record.createdAt.toISOString(),
    updatedAt: record.updatedAt.toISOString(),
    archived: record.archivedAt !== undefined,
    ...(record.archivedAt === undefined ? {} : { archivedAt: record.archivedAt.toISOString() }),
  };
}
