import type { Deal, Lead } from '../../domain/lead/lead.ts';
import { associationReader, newestOf } from './associations.ts';
import { batchReader } from './batch-read.ts';
import type { HubSpot, HubSpotRecord } from './client.ts';
import { isForbidden } from './error-answer.ts';
import { instantOf } from './values.ts';

/** What is known of a lead's deals. */
type Deals = Pick<Lead, 'deals' | 'openDeals'>;

export type DealReader = (of: {
  /** The deals that the contact is associated with. */
  dealIds: readonly string[];
  /** With which company's deals the open ones are counted; null when nobody asks how many there are. */
  countedWith: { companyId: string | null } | null;
}) => Promise<Deals>;

/** Without the scope for deals. */
export const unseenDeals: Deals = { deals: [], openDeals: null };

const newestOfLead = 10;

/** Reads the newest deals of a contact, and counts those of it and its company that are not closed, each once. */
export function dealReader(hubspot: HubSpot): DealReader {
  const dealsOfCompany = associationReader(hubspot, 'companies', 'deals');
  const readDeals = batchReader(hubspot, 'deals', () => ['closedate', 'hs_is_closed', 'hs_is_closed_won']);
  return async ({ dealIds, countedWith }) => {
    try {
      const companyId = countedWith?.companyId ?? null;
      const ofCompany = companyId === null ? [] : await dealsOfCompany([companyId]);
      const own = newestOf(dealIds, newestOfLead);
      const counted = countedWith ? [...dealIds, ...ofCompany] : [];
      const records = await readDeals([...new Set([...own, ...counted])]);
      const newestFirst = records.sort((a, b) => b.createdAt.getTime() - a.createdAt.getTime());
      return {
        deals: newestFirst.filter(({ id }) => own.includes(id)).map(dealOf),
        openDeals: countedWith
          ? records.filter(({ properties }) => properties['hs_is_closed'] !== 'true').length
          : null,
      };
    } catch (error) {
      if (isForbidden(error)) return unseenDeals;
      throw error;
    }
  };
}

function dealOf({ id, properties, createdAt }: HubSpotRecord): Deal {
  const isWon = properties['hs_is_closed_won'] === 'true';
  return { id, createdAt, wonAt: isWon ? (instantOf(properties['closedate']) ?? createdAt) : null };
}
