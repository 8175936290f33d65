import type { Deal, Lead, OurDeal } from '../../domain/lead/lead.ts';
import { associationReader, newestOf } from './associations.ts';
import { batchReader } from './batch-read.ts';
import type { HubSpot, HubSpotRecord } from './client.ts';
import { dealMarks, isUntouched } from './deal-properties.ts';
import { isForbidden } from './error-answer.ts';
import { instantOf, textOf } from './values.ts';

/** What is known of a lead's deals. */
type Deals = Pick<Lead, 'deals' | 'accountDeals' | 'openDeals'>;

export type DealReader = (of: {
  /** The deals that the contact is associated with. */
  dealIds: readonly string[];
  /** With which company's deals the open ones are counted; null when nobody asks how many there are. */
  countedWith: { companyId: string | null } | null;
}) => Promise<Deals>;

/** The labels of all stages of deals by their ids; none of those that the bot may not see. */
export type StageReader = () => Promise<ReadonlyMap<string, string>>;

/** Without the scope for deals. */
export const unseenDeals: Deals = { deals: [], accountDeals: [], openDeals: null };

const newestOfLead = 10;
const newestOfAccount = 5;

const properties = [
  'dealname',
  'closedate',
  'hs_is_closed',
  'hs_is_closed_won',
  'dealstage',
  'hs_v2_date_entered_current_stage',
  ...Object.values(dealMarks),
];

/**
 * Reads the newest deals of a contact, and counts those of it and its company that are not closed, each once; but for
 * those that the bot made and nobody has moved on.
 */
export function dealReader(hubspot: HubSpot, readStages: StageReader): DealReader {
  const dealsOfCompany = associationReader(hubspot, 'companies', 'deals');
  const readDeals = batchReader(hubspot, 'deals', () => properties);
  return async ({ dealIds, countedWith }) => {
    try {
      const companyId = countedWith?.companyId ?? null;
      const ofCompany = companyId === null ? [] : await dealsOfCompany([companyId]);
      const own = newestOf(dealIds, newestOfLead);
      const counted = countedWith ? [...dealIds, ...ofCompany] : [];
      const records = await readDeals([...new Set([...own, ...counted])]);
      const stages = records.length > 0 ? await readStages() : new Map<string, string>();
      const newestFirst = records.sort((a, b) => b.createdAt.getTime() - a.createdAt.getTime());
      const known = (some: readonly HubSpotRecord[]) => some.map((record) => dealOf(record, stages));
      return {
        deals: known(newestFirst.filter(({ id }) => own.includes(id))),
        accountDeals: known(newestFirst.filter(({ id }) => !dealIds.includes(id)).slice(0, newestOfAccount)),
        openDeals: countedWith
          ? records.filter(
              ({ properties }) => properties['hs_is_closed'] !== 'true' && !isUntouched(properties),
            ).length
          : null,
      };
    } catch (error) {
      if (isForbidden(error)) return unseenDeals;
      throw error;
    }
  };
}

function dealOf({ id, properties, createdAt }: HubSpotRecord, stages: ReadonlyMap<string, string>): Deal {
  const isWon = properties['hs_is_closed_won'] === 'true';
  const isClosed = properties['hs_is_closed'] === 'true';
  const closedAt = instantOf(properties['closedate']) ?? createdAt;
  const ours = ourDealOf({ id, properties, createdAt });
  return {
    id,
    name: textOf(properties['dealname']),
    stage: stages.get(properties['dealstage'] ?? '') ?? null,
    createdAt,
    wonAt: isWon ? closedAt : null,
    lostAt: isClosed && !isWon ? closedAt : null,
    ...(ours && { ours }),
  };
}

function ourDealOf({ properties, createdAt }: HubSpotRecord): OurDeal | null {
  const handoffId = textOf(properties[dealMarks.handoff]);
  if (handoffId === null) return null;
  const isLost = properties['hs_is_closed'] === 'true' && properties['hs_is_closed_won'] !== 'true';
  const movedAt = instantOf(properties['hs_v2_date_entered_current_stage']) ?? createdAt;
  return { handoffId, opportunitySince: isUntouched(properties) || isLost ? null : movedAt };
}
