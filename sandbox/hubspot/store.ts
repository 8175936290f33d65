import { type AssociationType, associationType } from './association-types.ts';
import { allObjectTypes, type ObjectType } from './object-types.ts';

/** A value that a property had or has, from `at` on, and who wrote it. */
export type PropertyVersion = {
  value: string;
  at: Date;
  source: string;
  sourceId: string;
};

/** A record of the portal. */
export type CrmRecord = {
  readonly id: string;
  readonly type: ObjectType;
  readonly createdAt: Date;
  updatedAt: Date;
  archivedAt: Date | undefined;
  readonly properties: Map<string, string>;
  /** Newest first. */
  readonly history: Map<string, PropertyVersion[]>;
};

/** The other end of a record's associations, and of which types they are. */
export type Associated = {
  id: string;
  types: AssociationType[];
};

/** The records, their values and their associations; it only stores, the rules are the portal's. */
export class Store {
  readonly #records = new Map(allObjectTypes.map((type) => [type, new Map<string, CrmRecord>()]));
  /** `type:id` of a merged record → the id of what it became. */
  readonly #mergedInto = new Map<string, string>();
  /** `type:property:value` → id, for the properties whose value is unique. */
  readonly #unique = new Map<string, string>();
  /** `type:id:otherType` → the other ids and the association types to each. */
  readonly #edges = new Map<string, Map<string, Set<number>>>();
  // One sequence for all types: an id used with the wrong type finds nothing.
  #lastId = 10_000;

  add(type: ObjectType, at: Date): CrmRecord {
    this.#lastId += 1;
    const record: CrmRecord = {
      id: String(this.#lastId),
      type,
      createdAt: at,
      updatedAt: at,
      archivedAt: undefined,
      properties: new Map(),
      history: new Map(),
    };
    this.#of(type).set(record.id, record);
    return record;
  }

  /** The record with this id, or what it was merged into; archived ones only when asked for. */
  find(type: ObjectType, id: string, archived = false): CrmRecord | undefined {
    const record = this.#of(type).get(this.#mergedInto.get(`${type}:${id}`) ?? id);
    return record !== undefined && (record.archivedAt !== undefined) === archived ? record : undefined;
  }

  findUnique(type: ObjectType, property: string, value: string): CrmRecord | undefined {
    const id = this.#unique.get(uniqueKey(type, property, value));
    return id === undefined ? undefined : this.find(type, id);
  }

  all(type: ObjectType, archived = false): CrmRecord[] {
    return [...this.#of(type).values()].filter((one) => (one.archivedAt !== undefined) === archived);
  }

  /** Sets a value, or clears it with an empty string, and keeps the old one in the history. */
  write(record: CrmRecord, property: string, version: PropertyVersion, isUnique = false): void {
    const before = record.properties.get(property);
    if (isUnique && before !== undefined) this.#unique.delete(uniqueKey(record.type, property, before));
    if (version.value === '') record.properties.delete(property);
    else record.properties.set(property, version.value);
    if (isUnique && version.value !== '') {
      this.#unique.set(uniqueKey(record.type, property, version.value), record.id);
    }
    record.history.set(property, [version, ...(record.history.get(property) ?? [])]);
    record.updatedAt = version.at;
  }

  /** Forgets the record, its history and its associations, and frees its unique values. */
  remove(record: CrmRecord, mergedInto?: CrmRecord): void {
    for (const other of allObjectTypes) {
      for (const { id, types } of this.associated(record, other)) {
        for (const { typeId } of types) this.disconnect(record, other, id, typeId);
      }
    }
    for (const [property, value] of record.properties) {
      const key = uniqueKey(record.type, property, value);
      if (this.#unique.get(key) === record.id) this.#unique.delete(key);
    }
    this.#of(record.type).delete(record.id);
    if (mergedInto === undefined) return;
    for (const [key, id] of this.#mergedInto) {
      if (id === record.id) this.#mergedInto.set(key, mergedInto.id);
    }
    this.#mergedInto.set(`${record.type}:${record.id}`, mergedInto.id);
  }

  /** The live records of a type that are associated with this one, in the order of their ids. */
  associated(record: CrmRecord, type: ObjectType): Associated[] {
    const edges = this.#edges.get(`${record.type}:${record.id}:${type}`) ?? new Map<string, Set<number>>();
    return [...edges]
      .filter(([id]) => this.find(type, id) !== undefined)
      .sort(([a], [b]) => Number(a) - Number(b))
      .map(([id, typeIds]) => ({
        id,
        types: [...typeIds].flatMap((typeId) => associationType(typeId) ?? []),
      }));
  }

  /** Connects both directions. */
  connect(from: CrmRecord, to: CrmRecord, type: AssociationType): void {
    this.#edge(from.type, from.id, to.type, to.id).add(type.typeId);
    this.#edge(to.type, to.id, from.type, from.id).add(type.inverseId);
  }

  /** Removes one type of association, in both directions. */
  disconnect(from: CrmRecord, toType: ObjectType, toId: string, typeId: number): void {
    const inverseId = associationType(typeId)?.inverseId ?? typeId;
    this.#removeEdge(`${from.type}:${from.id}:${toType}`, toId, typeId);
    this.#removeEdge(`${toType}:${toId}:${from.type}`, from.id, inverseId);
  }

  #of(type: ObjectType): Map<string, CrmRecord> {
    const records = this.#records.get(type);
    if (records === undefined) throw new Error(`No such object type: ${type}`);
    return records;
  }

  #edge(fromType: ObjectType, fromId: string, toType: ObjectType, toId: string): Set<number> {
    const key = `${fromType}:${fromId}:${toType}`;
    const edges = this.#edges.get(key) ?? new Map<string, Set<number>>();
    this.#edges.set(key, edges);
    const typeIds = edges.get(toId) ?? new Set<number>();
    edges.set(toId, typeIds);
    return typeIds;
  }

  #removeEdge(key: string, toId: string, typeId: number): void {
    const typeIds = this.#edges.get(key)?.get(toId);
    typeIds?.delete(typeId);
    if (typeIds?.size === 0) this.#edges.get(key)?.delete(toId);
  }
}

function uniqueKey(type: ObjectType, property: string, value: string): string {
  return `${type}:${property}:${value.toLowerCase()}`;
}
