import { AssociationTypes } from '@hubspot/api-client';
import { AssociationSpecAssociationCategoryEnum } from '@hubspot/api-client/lib/codegen/crm/objects/models/AssociationSpec.js';
import type { LeadId } from '../../domain/lead/lead.ts';
import type { Outcome } from '../../flow/ports/crm.ts';
import { TemporaryFailure } from '../../flow/ports/failure.ts';
import { linesOf } from './body.ts';
import type { HubSpot } from './client.ts';
import { answerBehind, refusedOf } from './error-answer.ts';
import { findEngagements, type MarkedEngagement } from './find-engagements.ts';
import { inLots, maxRecords, outcomeOf, succeeded } from './lots.ts';
import { without } from './update-records.ts';

/** A record on a contact's timeline, as it is created. */
export type NewEngagement = MarkedEngagement & {
  objectType: keyof typeof associationTypes;
  properties: Readonly<Record<string, string>>;
  leadId: LeadId;
  accountId: string | null;
  /** An attempt with an unknown end may have created it: it is looked for first. */
  mayExist: boolean;
};

const associationTypes = {
  calls: { contact: AssociationTypes.callToContact, company: AssociationTypes.callToCompany },
  emails: { contact: AssociationTypes.emailToContact, company: AssociationTypes.emailToCompany },
  meetings: { contact: AssociationTypes.meetingToContact, company: AssociationTypes.meetingToCompany },
  notes: { contact: AssociationTypes.noteToContact, company: AssociationTypes.noteToCompany },
  tasks: { contact: AssociationTypes.taskToContact, company: AssociationTypes.taskToCompany },
  communications: {
    contact: AssociationTypes.communicationToContact,
    company: AssociationTypes.communicationToCompany,
  },
};

type Created = { id: string; found: boolean };

/** Creates records on their contacts and companies, up to a hundred of a kind in a request. */
export async function createEngagements(
  hubspot: HubSpot,
  engagements: readonly NewEngagement[],
): Promise<Outcome<Created>[]> {
  const outcomes = new Map<NewEngagement, Outcome<Created>>();
  const uncertain = engagements.filter(({ mayExist }) => mayExist);
  const looked = await findEngagements(hubspot, uncertain);
  uncertain.forEach((engagement, index) => {
    const outcome = looked[index] as Outcome<string | null>;
    if (!outcome.ok) outcomes.set(engagement, outcome);
    else if (outcome.value !== null) outcomes.set(engagement, succeeded({ id: outcome.value, found: true }));
  });
  const wanted = engagements.filter((engagement) => !outcomes.has(engagement));
  await Promise.all(
    [...Map.groupBy(wanted, ({ objectType }) => objectType)].map(async ([objectType, ofType]) => {
      const created = await inLots(ofType, maxRecords, (lot) => createLot(hubspot, objectType, lot));
      ofType.forEach((engagement, index) => {
        const outcome = created[index] as Outcome<string>;
        outcomes.set(engagement, outcome.ok ? succeeded({ id: outcome.value, found: false }) : outcome);
      });
    }),
  );
  return engagements.map((engagement) => outcomes.get(engagement) as Outcome<Created>);
}

async function createLot(
  hubspot: HubSpot,
  objectType: NewEngagement['objectType'],
  lot: readonly NewEngagement[],
): Promise<Outcome<string>[]> {
  const [first, ...others] = lot;
  if (first && others.length === 0) return [succeeded(await createAlone(hubspot, first))];
  const answer = await hubspot.write(`create ${objectType}`, (crm) =>
    crm.objects.batchApi.create(objectType, {
      // With such an id the bad ones are refused by themselves.
      inputs: lot.map((engagement, index) => ({ ...inputOf(engagement), objectWriteTraceId: String(index) })),
    }),
  );
  const refused = new Set(
    ('errors' in answer ? (answer.errors ?? []) : []).flatMap(
      ({ context }) => context?.['objectWriteTraceId'] ?? [],
    ),
  );
  return Promise.all(
    lot.map((engagement, index) =>
      outcomeOf(async () => {
        const trace = String(index);
        const created = answer.results.find((record) => isOf(record, trace, engagement));
        if (created) return created.id;
        // Asked for alone it tells why, and is created without a company that is gone.
        if (refused.has(trace)) return createAlone(hubspot, engagement);
        throw new TemporaryFailure(`HubSpot did not say whether it created one of the ${objectType}`, {
          outcome: 'unknown',
        });
      }),
    ),
  );
}

/** Answers come in any order. */
function isOf(
  record: { objectWriteTraceId?: string; properties: Readonly<Record<string, string | null>> },
  trace: string,
  { bodyProperty, mark }: NewEngagement,
): boolean {
  if (record.objectWriteTraceId !== undefined) return record.objectWriteTraceId === trace;
  return linesOf(record.properties[bodyProperty] ?? '').includes(mark);
}

async function createAlone(hubspot: HubSpot, engagement: NewEngagement): Promise<string> {
  const { objectType, accountId, properties, bodyProperty } = engagement;
  try {
    const { id } = await hubspot.write(`create one of the ${objectType}`, (crm) =>
      crm.objects.basicApi.create(objectType, inputOf(engagement)),
    );
    return id;
  } catch (error) {
    const refused = refusedOf(error, properties);
    // Without its body nobody would find it again.
    if (refused.length > 0 && !refused.includes(bodyProperty)) {
      return createAlone(hubspot, { ...engagement, properties: without(properties, refused) });
    }
    // A company deleted meanwhile makes HubSpot refuse the whole record.
    const status = answerBehind(error)?.status;
    if (accountId === null || (status !== 400 && status !== 404)) throw error;
    return createAlone(hubspot, { ...engagement, accountId: null });
  }
}

function inputOf({ objectType, properties, leadId, accountId }: NewEngagement) {
  const types = associationTypes[objectType];
  return {
    properties: { ...properties },
    associations: [link(leadId, types.contact), ...(accountId ? [link(accountId, types.company)] : [])],
  };
}

function link(id: string, associationTypeId: number) {
  const associationCategory = AssociationSpecAssociationCategoryEnum.HubspotDefined;
  return { to: { id }, types: [{ associationCategory, associationTypeId }] };
}
