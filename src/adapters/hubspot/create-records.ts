import { AssociationSpecAssociationCategoryEnum } from '@hubspot/api-client/lib/codegen/crm/objects/models/AssociationSpec.js';
import type { Outcome } from '../../flow/ports/crm.ts';
import { TemporaryFailure } from '../../flow/ports/failure.ts';
import type { HubSpot } from './client.ts';
import { answerBehind, refusedOf } from './error-answer.ts';
import { inLots, maxRecords, outcomeOf, succeeded } from './lots.ts';
import { without } from './update-records.ts';

type Values = Readonly<Record<string, string>>;

/** To which record, by which of HubSpot's association types. */
export type NewLink = { id: string; type: number };

/** A record as it is created beside its contact. */
export type NewRecord = {
  properties: Values;
  /** A property that it is nothing without; others that HubSpot will not take are left out. */
  needed: string;
  contact: NewLink;
  /** Another contact that it is about. */
  besides?: NewLink;
  /** Left out when it is gone. */
  account: NewLink | null;
  /** Whether an answer that does not say which record it is about is about this one. */
  isIn(properties: Readonly<Record<string, string | null>>): boolean;
};

/** Creates records of one kind, up to a hundred in a request. @returns their ids */
export function createRecords(
  hubspot: HubSpot,
  objectType: string,
  records: readonly NewRecord[],
): Promise<Outcome<string>[]> {
  return inLots(records, maxRecords, (lot) => createLot(hubspot, objectType, lot));
}

async function createLot(
  hubspot: HubSpot,
  objectType: string,
  lot: readonly NewRecord[],
): Promise<Outcome<string>[]> {
  const [first, ...others] = lot;
  if (first && others.length === 0) return [succeeded(await createAlone(hubspot, objectType, first))];
  const answer = await hubspot.write(`create ${objectType}`, (crm) =>
    crm.objects.batchApi.create(objectType, {
      // With such an id the bad ones are refused by themselves.
      inputs: lot.map((record, index) => ({ ...inputOf(record), objectWriteTraceId: String(index) })),
    }),
  );
  const refused = new Set(
    ('errors' in answer ? (answer.errors ?? []) : []).flatMap(
      ({ context }) => context?.['objectWriteTraceId'] ?? [],
    ),
  );
  return Promise.all(
    lot.map((record, index) =>
      outcomeOf(async () => {
        const trace = String(index);
        // Answers come in any order.
        const created = answer.results.find(({ objectWriteTraceId, properties }) =>
          objectWriteTraceId === undefined ? record.isIn(properties) : objectWriteTraceId === trace,
        );
        if (created) return created.id;
        // Asked for alone it tells why, and is created without a company that is gone.
        if (refused.has(trace)) return createAlone(hubspot, objectType, record);
        throw new TemporaryFailure(`HubSpot did not say whether it created one of the ${objectType}`, {
          outcome: 'unknown',
        });
      }),
    ),
  );
}

async function createAlone(hubspot: HubSpot, objectType: string, record: NewRecord): Promise<string> {
  const { account, properties, needed } = record;
  try {
    const { id } = await hubspot.write(`create one of the ${objectType}`, (crm) =>
      crm.objects.basicApi.create(objectType, inputOf(record)),
    );
    return id;
  } catch (error) {
    const refused = refusedOf(error, properties);
    if (refused.length > 0 && !refused.includes(needed)) {
      return createAlone(hubspot, objectType, { ...record, properties: without(properties, refused) });
    }
    // A company deleted meanwhile makes HubSpot refuse the whole record.
    const status = answerBehind(error)?.status;
    if (account === null || (status !== 400 && status !== 404)) throw error;
    return createAlone(hubspot, objectType, { ...record, account: null });
  }
}

function inputOf({ properties, contact, besides, account }: NewRecord) {
  return {
    properties: { ...properties },
    associations: [contact, ...(besides ? [besides] : []), ...(account ? [account] : [])].map(
      ({ id, type }) => ({
        to: { id },
        types: [
          {
            associationCategory: AssociationSpecAssociationCategoryEnum.HubspotDefined,
            associationTypeId: type,
          },
        ],
      }),
    ),
  };
}
