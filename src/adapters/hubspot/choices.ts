import type { PortalProperties } from '../../domain/policy/hard-to-answer.ts';
import type { PipelineObject } from '../../domain/policy/pipelines.ts';
import type { Choice, Choices } from '../../domain/policy/portal-choices.ts';
import type { HubSpot } from './client.ts';
import { readContactProperties } from './contact-properties.ts';
import { isForbidden, isNotFound } from './error-answer.ts';
import { readPipelines } from './pipelines.ts';

/** Reads which lifecycle stages, lead statuses and pipelines the portal has; null where the app may not see them. */
export async function readChoices(
  hubspot: HubSpot,
  withPipelinesOf: readonly PipelineObject[],
): Promise<Choices> {
  const pipelinesOf = async (objectType: PipelineObject) =>
    withPipelinesOf.includes(objectType) ? readPipelines(hubspot, objectType) : null;
  const [lifecycle, lead_status, deals, leads] = await Promise.all([
    choicesOf(hubspot, 'contacts', 'lifecyclestage'),
    choicesOf(hubspot, 'contacts', 'hs_lead_status'),
    pipelinesOf('deals'),
    pipelinesOf('leads'),
  ]);
  return { lifecycle, lead_status, pipelines: { deals, leads } };
}

/** Reads which properties contacts and companies have in the portal; null when the app may not see them. */
export async function readProperties(hubspot: HubSpot): Promise<PortalProperties | null> {
  try {
    const [contact, { results }] = await Promise.all([
      readContactProperties(hubspot),
      hubspot.read('read the properties of companies', (crm) => crm.properties.coreApi.getAll('companies')),
    ]);
    return contact && { contact, company: new Set(results.map(({ name }) => name)) };
  } catch (error) {
    if (isForbidden(error)) return null;
    throw error;
  }
}

/** Reads what a property can be chosen from; null where the app may not see it. */
export async function choicesOf(
  hubspot: HubSpot,
  objectType: string,
  name: string,
): Promise<Choice[] | null> {
  try {
    const { options } = await hubspot.read(`read the property ${name}`, (crm) =>
      crm.properties.coreApi.getByName(objectType, name),
    );
    return options.map(({ value, label }) => ({ value, label }));
  } catch (error) {
    if (isForbidden(error) || isNotFound(error)) return null;
    throw error;
  }
}
