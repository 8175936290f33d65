import { Agenda } from './agenda.ts';
import type { AssociationType } from './association-types.ts';
import { type Actor, type Change, calculation, dealAutomation } from './changes.ts';
import { consequencesOf, contactFigures } from './computed.ts';
import { primaryContact, primaryContactAfterMs, refuseWithoutPrimary } from './lead-records.ts';
import { movesBack } from './lifecycle.ts';
import {
  activityTypes,
  isActivity,
  type ObjectType,
  objectTypeFacts,
  objectTypeNamed,
} from './object-types.ts';
import { type Pipeline, Pipelines, type PipelineType, stageProperties } from './pipelines.ts';
import { primaryCompany, typesToConnect } from './primary-company.ts';
import type { PropertyCatalog } from './properties.ts';
import { checkedValues, instant, valueTaken } from './property-values.ts';
import { obeyOnCreate, obeyOnUpdate, type RecordRule } from './record-rules.ts';
import { conflict, invalid, notFound } from './rejection.ts';
import { requireProperties, standardValues } from './required.ts';
import { type CrmRecord, Store } from './store.ts';

/** A record to connect to a new one, with the association as seen from the new record. */
export type Link = {
  type: AssociationType;
  id: string;
};

/** So long after a stage the date of its entry came in a real contact's history. */
const stageDatedAfterMs = 13_000;

type Write = {
  writeId: number;
  at: Date;
  actor: Actor;
};

/** A HubSpot portal: its records, and the rules HubSpot applies to every write whoever makes it. */
export class Portal {
  readonly #store = new Store();
  /** The ids a record may be assigned to. */
  readonly owners = new Set<string>();
  readonly pipelines = new Pipelines();
  /** What the admin demands of records. */
  readonly rules = new Set<RecordRule>();
  readonly catalog: PropertyCatalog;
  readonly portalId: number;
  /** What HubSpot will do by itself. */
  readonly agenda: Agenda;
  readonly now: () => Date;
  readonly #announce: (change: Change) => void;
  readonly #written: ((record: CrmRecord, property: string) => void)[] = [];
  #lastWriteId = 1_000_000;

  constructor(options: {
    catalog: PropertyCatalog;
    portalId: number;
    now: () => Date;
    onChange: (change: Change) => void;
  }) {
    this.catalog = options.catalog;
    this.portalId = options.portalId;
    this.agenda = new Agenda(options.now);
    this.now = this.agenda.now;
    this.#announce = options.onChange;
    for (const type of ['deals', 'leads'] as const) this.#offerStages(type);
  }

  /** The records as they are now. */
  get store(): Store {
    this.agenda.catchUp();
    return this.#store;
  }

  /** Hears of every new value, whoever wrote it. */
  onWritten(listener: (record: CrmRecord, property: string) => void): void {
    this.#written.push(listener);
  }

  /** The live record; throws HubSpot's 404. */
  record(type: ObjectType, id: string): CrmRecord {
    const record = this.store.find(type, id);
    if (record !== undefined) return record;
    if (/^\d+$/.test(id)) throw notFound();
    // The two spaces are HubSpot's.
    throw notFound('Object not found.  objectId are usually numeric.', { id: [id] });
  }

  definePipeline(type: PipelineType, pipeline: Pipeline): void {
    this.pipelines.define(type, pipeline);
    this.#offerStages(type);
  }

  create(type: ObjectType, input: Record<string, string>, actor: Actor, links: Link[] = []): CrmRecord {
    return this.planCreate(type, input, actor, links)();
  }

  /** Checks a new record and returns what creates it: a batch is checked whole before anything is written. */
  planCreate(
    type: ObjectType,
    input: Record<string, string>,
    actor: Actor,
    links: Link[] = [],
  ): () => CrmRecord {
    const values = this.#checked(type, { ...standardValues[type], ...input }, actor);
    requireProperties(type, values);
    refuseWithoutPrimary(type, links);
    this.pipelines.refuseStrayStage(type, values);
    if (actor.obeysRecordRules) obeyOnCreate([...this.rules], type, values);
    this.#refuseDuplicates(type, values);
    const targets = links.map((link) => {
      const target = this.store.find(link.type.to, link.id);
      if (target === undefined) throw invalid(`No ${link.type.to} with ID ${link.id} exists`);
      return { target, type: link.type };
    });
    return () => {
      // A record created since, in the same batch, may hold a unique value by now.
      this.#refuseDuplicates(type, values);
      const { createdProperty } = objectTypeFacts[type];
      const write = this.#begin(actor);
      const record = this.store.add(type, new Date(values.get(createdProperty) ?? write.at));
      values.set(createdProperty, instant(record.createdAt));
      this.#announce({ kind: 'created', record, ...write });
      this.#compute(
        record,
        new Map([
          ['hs_object_id', record.id],
          ['hs_object_source', actor.source],
          ['hs_object_source_id', actor.sourceId],
        ]),
        write,
      );
      this.#apply(record, values, write);
      for (const { target, type: association } of targets) this.#connect(record, target, association, write);
      return record;
    };
  }

  update(record: CrmRecord, input: Record<string, string>, actor: Actor): void {
    this.planUpdate(record, input, actor)();
  }

  /**
   * Checks an update and returns what writes the values that differ. A stage that would move back is left
   * as it is, without a word, as HubSpot does.
   */
  planUpdate(record: CrmRecord, input: Record<string, string>, actor: Actor): () => void {
    const values = this.#checked(record.type, input, actor);
    this.#refuseDuplicates(record.type, values, record);
    this.pipelines.refuseStrayStage(record.type, new Map([...record.properties, ...values]));
    if (actor.obeysRecordRules) {
      obeyOnUpdate([...this.rules], record.type, new Map([...record.properties, ...values]), values);
    }
    return () => this.#apply(record, values, this.#begin(actor));
  }

  archive(record: CrmRecord, actor: Actor): void {
    const write = this.#begin(actor);
    record.archivedAt = write.at;
    this.#announce({ kind: 'deleted', record, ...write });
  }

  associate(from: CrmRecord, to: CrmRecord, type: AssociationType, actor: Actor): void {
    this.#connect(from, to, type, this.#begin(actor));
  }

  /** Removes every association between the two. */
  dissociate(from: CrmRecord, to: CrmRecord, actor: Actor): void {
    const write = this.#begin(actor);
    const types = this.store.associated(from, to.type).find(({ id }) => id === to.id)?.types ?? [];
    for (const type of types) {
      this.store.disconnect(from, to.type, to.id, type.typeId);
      this.#announce({ kind: 'associated', from, to, type, removed: true, ...write });
    }
    this.#summarise([from, to], write);
    const lead = [from, to].find((one) => one.type === 'leads');
    // Without whom it is about it is no more.
    if (lead && primaryContact(this.store, lead) === null) this.archive(lead, actor);
  }

  /**
   * Merges two contacts into a new record, which takes the primary's values first, and both sides' histories and
   * associations; the two old ids lead to it from then on.
   */
  mergeContacts(primary: CrmRecord, other: CrmRecord, actor: Actor): CrmRecord {
    const write = this.#begin(actor);
    const merged = this.store.add('contacts', primary.createdAt);
    const formerIds = [primary, other].flatMap(({ properties, id }) => [
      ...(properties.get('hs_merged_object_ids')?.split(';') ?? []),
      id,
    ]);
    const values = new Map([
      ...other.properties,
      ...primary.properties,
      ['hs_object_id', merged.id],
      ['hs_merged_object_ids', formerIds.join(';')],
    ]);
    for (const side of [primary, other]) {
      for (const type of ['companies', 'deals', 'leads', ...activityTypes] as const) {
        for (const { id, types } of this.store.associated(side, type)) {
          const target = this.store.find(type, id);
          const hasPrimary = primaryCompany(this.store, merged) !== undefined;
          for (const association of types) {
            if (target === undefined || (hasPrimary && association.label === 'Primary')) continue;
            this.store.connect(merged, target, association);
          }
        }
      }
      this.store.remove(side, merged);
    }
    for (const [property, value] of values) {
      const versions = [primary, other]
        .flatMap(({ history }) => history.get(property) ?? [])
        .sort((a, b) => b.at.getTime() - a.at.getTime());
      const [newest, ...older] = versions;
      if (newest?.value === value) {
        merged.history.set(property, older);
        this.store.write(merged, property, newest, this.#isUnique(merged.type, property));
      } else {
        merged.history.set(property, versions);
        this.#set(merged, property, value, write);
      }
    }
    this.#summarise([merged], write);
    const moved = [...other.properties.keys()].filter((name) => !primary.properties.has(name)).length;
    const ids = { primaryId: primary.id, mergedId: other.id };
    this.#announce({ kind: 'merged', record: merged, ...ids, moved, ...write });
    return merged;
  }

  /** Erases a contact for good (a privacy deletion): no read finds it, archived or not. */
  erase(record: CrmRecord, actor: Actor): void {
    const write = this.#begin(actor);
    this.store.remove(record);
    this.#announce({ kind: 'deleted', record, ...write });
    this.#announce({ kind: 'erased', record, ...write });
  }

  #begin(actor: Actor): Write {
    this.#lastWriteId += 1;
    return { writeId: this.#lastWriteId, at: this.now(), actor };
  }

  #checked(type: ObjectType, input: Record<string, string>, actor: Actor): Map<string, string> {
    const { catalog, owners, portalId } = this;
    return checkedValues(type, input, {
      catalog,
      owners,
      portalId,
      mayWriteReadOnly: actor.mayWriteReadOnly,
    });
  }

  /** Pipelines and their stages are what the properties that name them allow. */
  #offerStages(type: PipelineType): void {
    const objectType = objectTypeNamed(type);
    if (objectType === undefined) return;
    const pipelines = this.pipelines.list(type);
    const offered = { pipeline: pipelines, stage: pipelines.flatMap(({ stages }) => stages) };
    for (const part of ['pipeline', 'stage'] as const) {
      const property = this.catalog.get(objectType, stageProperties[type][part]);
      const options = offered[part].map(({ id, label }) => ({ value: id, label }));
      if (property) this.catalog.define(objectType, { ...property, options });
    }
  }

  #isUnique(type: ObjectType, property: string): boolean {
    return this.catalog.get(type, property)?.hasUniqueValue === true;
  }

  #refuseDuplicates(type: ObjectType, values: ReadonlyMap<string, string>, self?: CrmRecord): void {
    for (const [name, value] of values) {
      if (value === '' || !this.#isUnique(type, name)) continue;
      const holder = this.store.findUnique(type, name, value);
      if (holder === undefined || holder === self) continue;
      if (name === 'email') throw conflict(`Contact already exists. Existing ID: ${holder.id}`);
      throw valueTaken(name, value, holder.id, this.portalId);
    }
  }

  #apply(record: CrmRecord, values: ReadonlyMap<string, string>, write: Write): void {
    const stages = this.catalog.get(record.type, 'lifecyclestage')?.options ?? [];
    for (const [property, value] of values) {
      const before = record.properties.get(property);
      const movesStageBack = property === 'lifecyclestage' && movesBack(stages, before, value);
      if (movesStageBack && !write.actor.mayMoveStageBack) continue;
      if (!this.#set(record, property, value, write)) continue;
      this.#announce({ kind: 'property', record, property, value, ...write });
      const consequences = consequencesOf({ property, before, value }, stages, this.pipelines, write.at);
      // A value that the write names itself, as a seed does with a date in the past, wins over a computed one.
      for (const name of values.keys()) consequences.delete(name);
      if (property === 'lifecyclestage') {
        const due = new Date(write.at.getTime() + stageDatedAfterMs);
        this.agenda.add(due, () => this.#compute(record, consequences, { ...write, at: due }));
      } else {
        this.#compute(record, consequences, write);
      }
    }
    const counts = isActivity(record.type) || record.type === 'deals';
    const contacts = counts ? this.store.associated(record, 'contacts') : [];
    this.#summarise(
      contacts.flatMap(({ id }) => this.store.find('contacts', id) ?? []),
      write,
    );
  }

  /** Writes values of HubSpot's own making: they have a history and cause no webhook. */
  #compute(record: CrmRecord, values: ReadonlyMap<string, string>, write: Write): void {
    for (const [property, value] of values) {
      if (this.catalog.get(record.type, property) === undefined) continue;
      this.#set(record, property, value, { ...write, actor: calculation });
    }
  }

  /** Writes one value; false when it already was so. */
  #set(record: CrmRecord, property: string, value: string, { at, actor }: Write): boolean {
    if ((record.properties.get(property) ?? '') === value) return false;
    this.#store.write(
      record,
      property,
      { value, at, source: actor.source, sourceId: actor.sourceId },
      this.#isUnique(record.type, property),
    );
    record.properties.set(objectTypeFacts[record.type].modifiedProperty, instant(at));
    for (const listener of this.#written) listener(record, property);
    return true;
  }

  #connect(from: CrmRecord, to: CrmRecord, type: AssociationType, write: Write): void {
    const { added, displaced } = typesToConnect(this.store, from, to, type);
    for (const one of displaced) this.store.disconnect(one.holder, 'companies', one.companyId, one.typeId);
    for (const one of added) {
      this.store.connect(from, to, one);
      this.#announce({ kind: 'associated', from, to, type: one, removed: false, ...write });
    }
    this.#summarise([from, to], write);
    const lead = [from, to].find((one) => one.type === 'leads');
    if (lead) this.#workOutPrimary(lead, write);
    // A portal's default setting: whoever is connected to a deal becomes at least an opportunity.
    if (from.type !== 'deals' && to.type !== 'deals') return;
    const other = from.type === 'deals' ? to : from;
    if (other.type === 'contacts' || other.type === 'companies') {
      this.#apply(other, new Map([['lifecyclestage', 'opportunity']]), { ...write, actor: dealAutomation });
    }
  }

  #workOutPrimary(lead: CrmRecord, write: Write): void {
    const due = new Date(write.at.getTime() + primaryContactAfterMs);
    this.agenda.add(due, () => {
      const id = primaryContact(this.store, lead) ?? '';
      this.#compute(lead, new Map([['hs_primary_contact_id', id]]), { ...write, at: due });
    });
  }

  #summarise(records: CrmRecord[], write: Write): void {
    for (const record of records) {
      if (record.type === 'contacts')
        this.#compute(record, contactFigures(this.store, record, write.at), write);
      if (record.type === 'companies') {
        const contacts = this.store.associated(record, 'contacts').length;
        this.#compute(record, new Map([['num_associated_contacts', String(contacts)]]), write);
      }
    }
  }
}
