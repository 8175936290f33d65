import { AssociationTypes } from '@hubspot/api-client';
import type { PublicAssociationMultiWithLabel } from '@hubspot/api-client/lib/codegen/crm/associations/v4/models/PublicAssociationMultiWithLabel.js';
import { type Outcome, resultOf } from '../../flow/ports/crm.ts';
import type { HubSpot } from './client.ts';
import { inLots, partsOf, succeeded } from './lots.ts';
import { sharedRequest } from './shared-request.ts';

/** A record that another is associated with. */
export type Link = { id: string; isPrimary: boolean };

/** Reads which records of another kind each of these is associated with. */
export type LinkReader = (ids: readonly string[]) => Promise<Outcome<Link[]>[]>;

/** HubSpot's limit, for associations. */
const maxAssociated = 1_000;

type Page = { links: Link[]; after: string | null };

/** Reads the associations of up to 1,000 records in a request, together with others, and all pages of them. */
export function linkReader(hubspot: HubSpot, from: string, to: string): LinkReader {
  const what = `read the ${to} of ${from}`;
  const readFirst = sharedRequest(hubspot, what, maxAssociated, async (crm, ids) => {
    const { results } = await crm.associations.v4.batchApi.getPage(from, to, {
      inputs: ids.map((id) => ({ id })),
    });
    return ids.map((id) => pageOf(id, results));
  });

  /** The further pages of many records go together as well. */
  async function readOn(pages: readonly { id: string; page: Page }[]): Promise<Outcome<Link[]>[]> {
    return inLots(pages, maxAssociated, async (lot) => {
      const collected = new Map(lot.map(({ id, page }) => [id, [...page.links]]));
      let next = lot.flatMap(({ id, page: { after } }) => (after === null ? [] : [{ id, after }]));
      while (next.length > 0) {
        const inputs = next;
        const { results } = await hubspot.read(what, (crm) =>
          crm.associations.v4.batchApi.getPage(from, to, { inputs }),
        );
        next = inputs.flatMap(({ id }) => {
          const { links, after } = pageOf(id, results);
          collected.get(id)?.push(...links);
          return after === null ? [] : [{ id, after }];
        });
      }
      return lot.map(({ id }) => succeeded(collected.get(id) ?? []));
    });
  }

  return async (ids) => {
    const first = (await Promise.all(partsOf(ids, maxAssociated).map(readFirst))).flat();
    const begun = ids.flatMap((id, index) => {
      const outcome = first[index];
      return outcome?.ok && outcome.value.after !== null ? [{ id, page: outcome.value }] : [];
    });
    const whole = await readOn(begun);
    const wholeOf = new Map(begun.map(({ id }, index) => [id, whole[index]]));
    return first.map(
      (outcome, index) =>
        wholeOf.get(ids[index] ?? '') ?? (outcome.ok ? succeeded(outcome.value.links) : outcome),
    );
  };
}

/** The ids of all records of another kind that any of these is associated with, each once. */
export function associationReader(
  hubspot: HubSpot,
  from: string,
  to: string,
): (ids: readonly string[]) => Promise<string[]> {
  const read = linkReader(hubspot, from, to);
  return async (ids) => {
    const links = (await read(ids)).flatMap(resultOf);
    return [...new Set(links.map(({ id }) => id))];
  };
}

/** Of a record that is associated with nothing HubSpot answers nothing, or an error beside the others' answers. */
function pageOf(id: string, results: readonly PublicAssociationMultiWithLabel[]): Page {
  const own = results.find(({ _from }) => String(_from.id) === id);
  return {
    links: (own?.to ?? []).map(({ toObjectId, associationTypes }) => ({
      // HubSpot writes these ids as numbers, whatever the library's types say.
      id: String(toObjectId),
      isPrimary: associationTypes.some(
        ({ category, typeId }) =>
          category === 'HUBSPOT_DEFINED' && typeId === AssociationTypes.primaryContactToCompany,
      ),
    })),
    after: own?.paging?.next?.after ?? null,
  };
}

/** The newest ids, each once: a record is linked once for every label. Later ids are larger. */
export function newestOf(ids: readonly string[], count: number): string[] {
  return [...new Set(ids)].sort((a, b) => Number(b) - Number(a)).slice(0, count);
}
