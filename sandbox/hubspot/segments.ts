import { type ObjectType, objectTypeFacts } from './object-types.ts';
import type { Portal } from './portal.ts';
import { invalid, notFound } from './rejection.ts';
import { type FilterBranch, passes, propertiesIn, refuseUnknownProperties } from './segment-filters.ts';
import type { CrmRecord } from './store.ts';

/** Filled by hand alone, by filters all the time, or by filters once and by hand from then on. */
export type ProcessingType = 'MANUAL' | 'DYNAMIC' | 'SNAPSHOT';

/** What is asked of a new segment. */
export type NewSegment = {
  name: string;
  type?: ObjectType;
  processingType: ProcessingType;
  filters?: FilterBranch;
};

/** A segment, which the API still calls a list. */
export type Segment = {
  readonly id: string;
  readonly name: string;
  readonly type: ObjectType;
  readonly processingType: ProcessingType;
  readonly filters: FilterBranch | null;
  readonly createdAt: Date;
  updatedAt: Date;
  isProcessed: boolean;
};

/** A record's place in a segment, since when. */
export type Member = { id: string; at: Date };

/** Who came into a segment, or left it. */
export type MembershipChange = { segment: Segment; record: CrmRecord; isMember: boolean };

/** What became of the records that a write named. */
export type MembershipOutcome = { added: string[]; removed: string[]; missing: string[] };

/** So long after a change HubSpot has looked whether a record belongs into its active segments. */
export const evaluatedAfterMs = 15_000;

/** The portal's segments, and who is in them. */
export class Segments {
  readonly #portal: Portal;
  readonly #segments = new Map<string, Segment>();
  /** By segment and record. */
  readonly #since = new Map<string, Map<string, Date>>();
  readonly #listeners: ((change: MembershipChange) => void)[] = [];
  #lastId = 100;

  constructor(portal: Portal) {
    this.#portal = portal;
    portal.onWritten((record, property) => this.#evaluateLater(record, property));
  }

  onChange(listener: (change: MembershipChange) => void): void {
    this.#listeners.push(listener);
  }

  create({ name, type = 'contacts', processingType, filters }: NewSegment): Segment {
    if (this.named(type, name) !== undefined) {
      throw invalid(`A list with the name "${name}" already exists: list names are unique`);
    }
    if (processingType === 'DYNAMIC' && filters === undefined) {
      throw invalid('A DYNAMIC list needs a filterBranch');
    }
    if (processingType === 'MANUAL' && filters !== undefined) {
      throw invalid('A MANUAL list has no filterBranch');
    }
    if (filters !== undefined) refuseUnknownProperties(filters, type, this.#portal.catalog);
    this.#lastId += 1;
    const at = this.#portal.now();
    const segment: Segment = {
      id: String(this.#lastId),
      name,
      type,
      processingType,
      filters: filters ?? null,
      createdAt: at,
      updatedAt: at,
      isProcessed: filters === undefined,
    };
    this.#segments.set(segment.id, segment);
    this.#since.set(segment.id, new Map());
    if (filters !== undefined) {
      this.#later(() => {
        for (const record of this.#portal.store.all(type)) this.#evaluate(segment, record);
        segment.isProcessed = true;
      });
    }
    return segment;
  }

  /** Throws HubSpot's 404. */
  find(id: string): Segment {
    this.#portal.agenda.catchUp();
    const segment = this.#segments.get(id);
    if (segment === undefined) throw notFound(`List does not exist with ID ${id}.`);
    return segment;
  }

  named(type: ObjectType, name: string): Segment | undefined {
    return this.all().find((segment) => segment.type === type && segment.name === name);
  }

  all(): Segment[] {
    this.#portal.agenda.catchUp();
    return [...this.#segments.values()];
  }

  remove(id: string): void {
    this.#segments.delete(this.find(id).id);
    this.#since.delete(id);
  }

  /** In the order of their ids. A merged record is in under the id of what it became, an archived one is not. */
  members({ id, type }: Segment): Member[] {
    const { store } = this.#portal;
    const now = [...(this.#since.get(id) ?? [])].flatMap(([recordId, at]) => {
      const record = store.find(type, recordId);
      return record === undefined ? [] : [{ id: record.id, at }];
    });
    return [...Map.groupBy(now, (member) => member.id).values()]
      .flatMap(([first]) => first ?? [])
      .sort((a, b) => Number(a.id) - Number(b.id));
  }

  has(segment: Segment, record: CrmRecord): boolean {
    return this.members(segment).some(({ id }) => id === record.id);
  }

  /** Takes records in and out by hand; who is in already, or is not, is left as it is. */
  write(segment: Segment, given: { add?: readonly string[]; remove?: readonly string[] }): MembershipOutcome {
    if (segment.processingType === 'DYNAMIC') {
      throw invalid(
        `The list ${segment.id} is DYNAMIC: its memberships cannot be changed by hand, expected MANUAL or SNAPSHOT`,
      );
    }
    const outcome: MembershipOutcome = { added: [], removed: [], missing: [] };
    const each = (ids: readonly string[] = [], isMember: boolean) => {
      for (const id of ids) {
        const record = this.#portal.store.find(segment.type, id);
        if (record === undefined) outcome.missing.push(id);
        else if (this.#set(segment, record, isMember)) outcome[isMember ? 'added' : 'removed'].push(id);
      }
    };
    each(given.add, true);
    each(given.remove, false);
    return outcome;
  }

  #evaluateLater(record: CrmRecord, property: string): void {
    for (const segment of this.#segments.values()) {
      const { type, processingType, filters } = segment;
      if (type !== record.type || processingType !== 'DYNAMIC' || filters === null) continue;
      // Of a new record the id is written first.
      if (property !== 'hs_object_id' && !propertiesIn(filters).has(property)) continue;
      this.#later(() => this.#evaluate(segment, record));
    }
  }

  #later(play: () => void): void {
    const { agenda } = this.#portal;
    agenda.add(new Date(agenda.now().getTime() + evaluatedAfterMs), play);
  }

  #evaluate(segment: Segment, record: CrmRecord): void {
    if (segment.filters !== null) this.#set(segment, record, passes(segment.filters, record.properties));
  }

  /** @returns whether that was news */
  #set(segment: Segment, record: CrmRecord, isMember: boolean): boolean {
    const members = this.#since.get(segment.id);
    if (members === undefined || this.has(segment, record) === isMember) return false;
    const at = this.#portal.now();
    if (isMember) members.set(record.id, at);
    else for (const id of [...members.keys()]) if (this.#is(record, segment.type, id)) members.delete(id);
    segment.updatedAt = at;
    for (const listener of this.#listeners) listener({ segment, record, isMember });
    return true;
  }

  /** Whether the id is the record's, or of one that was merged into it. */
  #is(record: CrmRecord, type: ObjectType, id: string): boolean {
    return id === record.id || this.#portal.store.find(type, id) === record;
  }
}

/** The type's number in the API, such as `0-1`. */
export function typeIdOf({ type }: Segment): string {
  return objectTypeFacts[type].id;
}
