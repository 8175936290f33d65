import { AssociationTypes } from '@hubspot/api-client';
import { AssociationSpecAssociationCategoryEnum } from '@hubspot/api-client/lib/codegen/crm/objects/models/AssociationSpec.js';
import type { LeadId } from '../../domain/lead/lead.ts';
import { batchReader, newestOf } from './batch-read.ts';
import { linesOf } from './body.ts';
import type { HubSpot } from './client.ts';
import { answerBehind } from './error-answer.ts';

/** A record on a contact's timeline, as it is created. */
export type NewEngagement = {
  objectType: keyof typeof associationTypes;
  properties: Readonly<Record<string, string>>;
  leadId: LeadId;
  accountId: string | null;
};

/** How a record of ours is found again: by a line in its body. */
export type MarkedEngagement = Pick<NewEngagement, 'objectType' | 'leadId'> & {
  mark: string;
  bodyProperty: string;
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

/** Creates a record on the contact and its company. @returns the record's id */
export async function createEngagement(hubspot: HubSpot, engagement: NewEngagement): Promise<string> {
  const { objectType, properties, leadId, accountId } = engagement;
  const types = associationTypes[objectType];
  const associations = [link(leadId, types.contact), ...(accountId ? [link(accountId, types.company)] : [])];
  try {
    const { id } = await hubspot.write(`create one of the ${objectType}`, (crm) =>
      crm.objects.basicApi.create(objectType, { properties: { ...properties }, associations }),
    );
    return id;
  } catch (error) {
    // A company deleted meanwhile makes HubSpot refuse the whole record.
    const status = answerBehind(error)?.status;
    if (accountId === null || (status !== 400 && status !== 404)) throw error;
    return createEngagement(hubspot, { ...engagement, accountId: null });
  }
}

function link(id: string, associationTypeId: number) {
  const associationCategory = AssociationSpecAssociationCategoryEnum.HubspotDefined;
  return { to: { id }, types: [{ associationCategory, associationTypeId }] };
}

/** An earlier attempt's record is among the newest of its kind. */
const newestLookedAt = 100;

/** The record of ours with that mark among the contact's newest; null when there is none. */
export async function findEngagement(
  hubspot: HubSpot,
  { objectType, leadId, mark, bodyProperty }: MarkedEngagement,
): Promise<string | null> {
  const contact = await hubspot.read(`read a contact's ${objectType}`, (crm) =>
    crm.objects.basicApi.getById('contacts', leadId, ['hs_object_id'], undefined, [objectType], false),
  );
  const links = contact.associations?.[objectType]?.results ?? [];
  const ids = newestOf(
    links.map(({ id }) => id),
    newestLookedAt,
  );
  const records = await batchReader(hubspot, objectType, () => [bodyProperty])(ids);
  const marked = records.find(({ properties }) => linesOf(properties[bodyProperty] ?? '').includes(mark));
  return marked?.id ?? null;
}
