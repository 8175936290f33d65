import { AssociationTypes } from '@hubspot/api-client';
import type { LeadId } from '../../domain/lead/lead.ts';
import type { Outcome } from '../../flow/ports/crm.ts';
import { linesOf } from './body.ts';
import type { HubSpot } from './client.ts';
import { createRecords, type NewRecord } from './create-records.ts';
import { findEngagements, type MarkedEngagement } from './find-engagements.ts';
import { succeeded } from './lots.ts';

/** A record on a contact's timeline, as it is created. */
export type NewEngagement = MarkedEngagement & {
  objectType: keyof typeof associationTypes;
  properties: Readonly<Record<string, string>>;
  leadId: LeadId;
  accountId: string | null;
  /** Another contact on whose timeline it stands, too. */
  besides?: LeadId;
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
      const created = await createRecords(hubspot, objectType, ofType.map(recordOf));
      ofType.forEach((engagement, index) => {
        const outcome = created[index] as Outcome<string>;
        outcomes.set(engagement, outcome.ok ? succeeded({ id: outcome.value, found: false }) : outcome);
      });
    }),
  );
  return engagements.map((engagement) => outcomes.get(engagement) as Outcome<Created>);
}

function recordOf({
  objectType,
  properties,
  bodyProperty,
  mark,
  leadId,
  accountId,
  besides,
}: NewEngagement): NewRecord {
  const types = associationTypes[objectType];
  return {
    properties,
    // Without its body nobody would find it again.
    needed: bodyProperty,
    contact: { id: leadId, type: types.contact },
    ...(besides && { besides: { id: besides, type: types.contact } }),
    account: accountId === null ? null : { id: accountId, type: types.company },
    isIn: (answered) => linesOf(answered[bodyProperty] ?? '').includes(mark),
  };
}
