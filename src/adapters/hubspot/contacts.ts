import type { LeadId } from '../../domain/lead/lead.ts';
import { type Outcome, resultOf } from '../../flow/ports/crm.ts';
import { type Link, type LinkReader, linkReader } from './associations.ts';
import type { HubSpot } from './client.ts';
import { isForbidden, isNotFound } from './error-answer.ts';
import { inLots, maxRecords, maxRecordsWithHistory, outcomeOf, succeeded } from './lots.ts';
import type { HubSpotContact } from './map-lead.ts';

/** A contact, and what it is associated with by object type; a type that the app may not see is not in it. */
export type ReadContact = { contact: HubSpotContact; links: ReadonlyMap<string, readonly Link[]> };

/** What is read of contacts beside their associations. */
type Wanted = { properties: string[]; histories: string[] };

export type ContactReader = (
  ids: readonly LeadId[],
  wanted: Wanted,
) => Promise<Outcome<ReadContact | null>[]>;

/**
 * Reads contacts with their associations: a few one by one, each in one request, more of them in as many requests as
 * there are types. Of the `optional` types a contact is read without those that the app may not see.
 */
export function contactReader(
  hubspot: HubSpot,
  types: { needed: readonly string[]; optional: readonly string[] },
): ContactReader {
  const allTypes = [...types.needed, ...types.optional];
  const linkReaders = new Map(allTypes.map((type) => [type, linkReader(hubspot, 'contacts', type)]));

  /** Null when it is gone; a merged one under its new id. */
  async function readAlone(id: LeadId, wanted: Wanted): Promise<ReadContact | null> {
    const read = await readWithLinks(hubspot, id, allTypes, wanted);
    if (!read) return null;
    const links = read.types.map(async (type): Promise<[string, readonly Link[]]> => {
      const { results = [], paging } = read.contact.associations?.[type] ?? {};
      if (!paging?.next) {
        return [type, results.map((link) => ({ id: link.id, isPrimary: link.type === primaryName }))];
      }
      return [type, await linksOf(linkReaders.get(type), read.contact.id)];
    });
    return { contact: contactOf(read.contact), links: new Map(await Promise.all(links)) };
  }

  /** Null when a batch does not tell: deleted, merged, or refused. */
  function readTogether(ids: readonly LeadId[], { properties, histories }: Wanted) {
    return inLots(ids, sizeOf(histories), async (lot) => {
      if (lot.length === 1) return [succeeded(null)];
      const { results } = await hubspot.read('read contacts', (crm) =>
        crm.objects.batchApi.read('contacts', {
          inputs: lot.map((id) => ({ id })),
          properties,
          propertiesWithHistory: histories,
        }),
      );
      const found = new Map(results.map((record) => [record.id, record]));
      return lot.map((id) => succeeded(found.get(id) ?? null));
    });
  }

  async function readLot(ids: readonly LeadId[], wanted: Wanted): Promise<Outcome<ReadContact | null>[]> {
    const [records, ...linksByType] = await Promise.all([
      readTogether(ids, wanted),
      ...[...linkReaders].map(async ([type, read]) => ({ type, outcomes: await read(ids) })),
    ]);
    return Promise.all(
      records.map((record, index) =>
        outcomeOf(async () => {
          const contact = resultOf(record);
          // Asked for alone a merged one is read under its new id.
          if (!contact) return readAlone(ids[index] ?? '', wanted);
          const links = linksByType.flatMap(({ type, outcomes }): [string, readonly Link[]][] => {
            const outcome = outcomes[index] as Outcome<Link[]>;
            const isUnseen = !outcome.ok && types.optional.includes(type) && isForbidden(outcome.error);
            return isUnseen ? [] : [[type, resultOf(outcome)]];
          });
          return { contact: contactOf(contact), links: new Map(links) };
        }),
      ),
    );
  }

  return async (ids, wanted) => {
    const unique = [...new Set(ids)];
    const callsTogether = Math.ceil(unique.length / sizeOf(wanted.histories)) + allTypes.length;
    const outcomes =
      unique.length <= callsTogether
        ? await Promise.all(unique.map((id) => outcomeOf(() => readAlone(id, wanted))))
        : await readLot(unique, wanted);
    const byId = new Map(unique.map((id, index) => [id, outcomes[index]]));
    return ids.map((id) => byId.get(id) as Outcome<ReadContact | null>);
  };
}

const primaryName = 'contact_to_company';

function sizeOf(histories: readonly string[]): number {
  return histories.length > 0 ? maxRecordsWithHistory : maxRecords;
}

/** The contact with its associations, those with deals only if they may be seen. */
async function readWithLinks(hubspot: HubSpot, id: LeadId, types: readonly string[], wanted: Wanted) {
  const ask = async (asked: readonly string[]) => ({
    types: asked,
    contact: await hubspot.read('read a contact', (crm) =>
      crm.objects.basicApi.getById('contacts', id, wanted.properties, wanted.histories, [...asked], false),
    ),
  });
  try {
    return await ask(types).catch((error) => {
      // A lead without its deals is better than none.
      if (isForbidden(error) && types.includes('deals')) return ask(types.filter((type) => type !== 'deals'));
      throw error;
    });
  } catch (error) {
    if (isNotFound(error)) return null;
    throw error;
  }
}

async function linksOf(read: LinkReader | undefined, id: LeadId): Promise<readonly Link[]> {
  return (await read?.([id]))?.flatMap(resultOf) ?? [];
}

type Answered = Omit<HubSpotContact, 'history'> & { propertiesWithHistory?: HubSpotContact['history'] };

function contactOf({ id, properties, createdAt, propertiesWithHistory = {} }: Answered): HubSpotContact {
  return { id, properties, createdAt, history: propertiesWithHistory };
}
