import type { LeadId } from '../../domain/lead/lead.ts';
import type { Crm } from '../../flow/ports/crm.ts';
import type { Clock } from '../../flow/ports/time.ts';
import { leadChanges } from './changes.ts';
import { readChoices } from './choices.ts';
import type { HubSpot } from './client.ts';
import { contactPropertiesReader, contactValuesReader } from './contact-properties.ts';
import { duplicateNotes } from './duplicate-notes.ts';
import { answersReader } from './form-answers.ts';
import { labelReader, stageReader } from './labels.ts';
import { leadNotes } from './lead-notes.ts';
import { movingBack } from './lifecycle-back.ts';
import { dealMaker } from './make-deals.ts';
import { ownersReader } from './owners.ts';
import { pausedLeads } from './paused-leads.ts';
import { leadReader, type ReadingPolicy } from './read-leads.ts';
import { contactFinder } from './search-contacts.ts';
import { segments } from './segments.ts';
import { followUpTasks } from './tasks.ts';
import { touchLog } from './touches.ts';
import { answersWriter } from './write-answers.ts';
import { leadWriter } from './write-leads.ts';

/** The CRM port on HubSpot. */
export function hubspotCrm(
  hubspot: HubSpot,
  options: {
    portalId: string;
    /** Asked at every read: the policy may change while we run. */
    policy: () => ReadingPolicy;
    clock: Clock;
    /** Where people open records. */
    appUrl?: string;
  },
): Crm {
  const { portalId, policy, clock, appUrl = 'https://app.hubspot.com' } = options;
  const urlOf = (objectType: string, id: string) =>
    `${appUrl}/contacts/${portalId}/record/${objectType}/${id}`;
  const recordUrl = (id: LeadId) => urlOf('0-1', id);
  // A first card waits for them.
  const inCardLane = hubspot.inLane('card');
  const contactProperties = contactPropertiesReader(inCardLane, clock);
  return {
    leads: leadReader(hubspot, {
      policy,
      recordUrl,
      clock,
      readLabels: labelReader(inCardLane, clock, contactProperties),
      readStages: stageReader(inCardLane, clock),
      readAnswers: answersReader(inCardLane, clock, contactProperties),
    }),
    ...leadChanges(hubspot, { policy, recordUrl, clock }),
    writeAnswers: answersWriter(hubspot),
    contactProperties,
    writeLeads: movingBack(hubspot, leadWriter(hubspot, clock)),
    valuesOf: contactValuesReader(hubspot),
    ...followUpTasks(hubspot),
    ...touchLog(hubspot),
    findContacts: contactFinder(inCardLane),
    ...pausedLeads(hubspot),
    ...segments(hubspot),
    ...dealMaker(hubspot, (id) => urlOf('0-3', id)),
    writeNote: leadNotes(hubspot),
    linkDuplicates: duplicateNotes(hubspot, recordUrl),
    owners: ownersReader(hubspot, clock),
    choices: (withPipelinesOf) => readChoices(hubspot, withPipelinesOf),
  };
}
