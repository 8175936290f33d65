import { FilterOperatorEnum } from '@hubspot/api-client/lib/codegen/crm/objects/models/Filter.js';
import personalMail from 'email-providers/all.json' with { type: 'json' };
import { emailDomainOf } from '../../domain/policy/condition.ts';
import type { AccountMatch } from '../../domain/policy/policy.ts';
import type { BatchReader } from './batch-read.ts';
import type { HubSpot, HubSpotRecord } from './client.ts';
import { comparableName, wordsToSearch } from './company-name.ts';
import { answerBehind } from './error-answer.ts';
import type { FoundCompany } from './map-lead.ts';
import { listOf, textOf } from './values.ts';

/** Where a contact's company may be found. */
export type Clues = {
  /** The primary company that is associated with the contact. */
  associatedId: string | null;
  email: string | null;
  /** The company as the contact wrote it. */
  companyName: string | null;
};

export type AccountFinder = (clues: Clues, by: readonly AccountMatch[]) => Promise<FoundCompany | null>;

/** A search that finds more tells nothing of one company. */
const mostMatches = 100;

/** Whatever is longer is no name, and would not fit into the 3,000 characters of a search. */
const longestName = 200;

/** Mailboxes that anybody can have. */
const personalDomains: ReadonlySet<string> = new Set(personalMail);

/** A company that is new in HubSpot is found this much later. */
const rememberedMs = 10 * 60_000;
const mostRemembered = 10_000;

type Filter = {
  propertyName: 'domain' | 'hs_additional_domains' | 'name';
  operator: FilterOperatorEnum;
  value: string;
};

/** Finds the company of a contact in the ways that the policy allows, in its order; null when none leads to one. */
export function accountFinder(hubspot: HubSpot, readCompanies: BatchReader): AccountFinder {
  const remembered = new Map<string, { id: Promise<string | null>; until: number }>();

  /** Somebody who reads page after page is looked at for each of them, and searches are few. */
  function remember(key: string, find: () => Promise<string | null>): Promise<string | null> {
    const known = remembered.get(key);
    if (known && known.until > performance.now()) return known.id;
    const id = find();
    if (remembered.size >= mostRemembered) remembered.clear();
    remembered.set(key, { id, until: performance.now() + rememberedMs });
    // Whoever asked meanwhile fails with it; the next one searches again.
    id.catch(() => remembered.delete(key));
    return id;
  }

  /** What the search tells of a record may be old; it is for finding the record alone. */
  async function search(...anyOf: readonly (readonly Filter[])[]): Promise<HubSpotRecord[]> {
    const { results, total } = await hubspot
      .search('search the companies', (crm) =>
        crm.objects.searchApi.doSearch('companies', {
          filterGroups: anyOf.map((filters) => ({ filters: [...filters] })),
          properties: ['name', 'domain', 'hs_additional_domains', 'hubspot_owner_id'],
          limit: mostMatches,
        }),
      )
      .catch(nothingWhenRefused);
    return total > mostMatches ? [] : results;
  }

  async function read(id: string | null, associatedId: string | null): Promise<FoundCompany | null> {
    const [record] = id === null ? [] : await readCompanies([id]);
    return record ? { record, isAssociated: record.id === associatedId } : null;
  }

  const ways: Readonly<Record<AccountMatch, (clues: Clues) => Promise<FoundCompany | null>>> = {
    association: ({ associatedId }) => read(associatedId, associatedId),
    domain: async ({ email, associatedId }) => {
      const domain = emailDomainOf(email);
      if (domain === null || personalDomains.has(domain)) return null;
      const id = await remember(`domain ${domain}`, async () => {
        const found = await search(
          [{ propertyName: 'domain', operator: FilterOperatorEnum.Eq, value: domain }],
          // HubSpot takes domains apart into words, and finds others that have all of them.
          [
            {
              propertyName: 'hs_additional_domains',
              operator: FilterOperatorEnum.ContainsToken,
              value: domain,
            },
          ],
        );
        return theOneOf(found.filter((record) => domainsOf(record).includes(domain)));
      });
      return read(id, associatedId);
    },
    name: async ({ companyName, associatedId }) => {
      const written = companyName ?? '';
      const words = wordsToSearch(written);
      if (words.length === 0 || written.length > longestName) return null;
      const name = comparableName(written);
      const id = await remember(`name ${name}`, async () => {
        const found = await search(
          words.map((value) => ({ propertyName: 'name', operator: FilterOperatorEnum.ContainsToken, value })),
        );
        return theOneOf(found.filter((record) => comparableName(record.properties['name'] ?? '') === name));
      });
      return read(id, associatedId);
    },
  };

  return async (clues, by) => {
    for (const way of by) {
      const found = await ways[way](clues);
      if (found) return found;
    }
    return null;
  };
}

/** All domains of a company, the first of which is its main one. */
function domainsOf({ properties }: HubSpotRecord): string[] {
  const all = [...listOf(properties['domain']), ...listOf(properties['hs_additional_domains'])];
  return all.map((domain) => domain.toLowerCase());
}

/** What a stranger typed into a form, and HubSpot will not search for, must not keep the lead from being read. */
function nothingWhenRefused(error: unknown): { results: HubSpotRecord[]; total: number } {
  if (answerBehind(error)?.status === 400) return { results: [], total: 0 };
  throw error;
}

/** The oldest of several companies, if they all belong to the same owner; else nobody knows which one is meant. */
function theOneOf(records: readonly HubSpotRecord[]): string | null {
  const [oldest, ...others] = [...records].sort((a, b) => Number(a.id) - Number(b.id));
  if (!oldest) return null;
  const owner = ownerOf(oldest);
  const isClear =
    others.length === 0 || (owner !== null && others.every((other) => ownerOf(other) === owner));
  return isClear ? oldest.id : null;
}

function ownerOf({ properties }: HubSpotRecord): string | null {
  return textOf(properties['hubspot_owner_id']);
}
