import { associationReader, batchReader, newestOf } from './batch-read.ts';
import type { HubSpot } from './client.ts';
import { isForbidden } from './error-answer.ts';

export type OpenDealCounter = (of: {
  /** The deals that the contact is associated with. */
  dealIds: readonly string[];
  companyId: string | null;
}) => Promise<number | null>;

/** One read's worth: whoever has had more deals than that is judged by the newest. */
const newestLookedAt = 100;

/** Counts the deals of a contact and of its company that are not closed, each once; null without the scope for deals. */
export function openDealCounter(hubspot: HubSpot): OpenDealCounter {
  const dealsOfCompany = associationReader(hubspot, 'companies', 'deals');
  const readDeals = batchReader(hubspot, 'deals', () => ['hs_is_closed']);
  return async ({ dealIds, companyId }) => {
    try {
      const ofCompany = companyId === null ? [] : await dealsOfCompany(companyId);
      const deals = await readDeals(newestOf([...dealIds, ...ofCompany], newestLookedAt));
      return deals.filter(({ properties }) => properties['hs_is_closed'] !== 'true').length;
    } catch (error) {
      if (isForbidden(error)) return null;
      throw error;
    }
  };
}
