import type { Choice, Choices } from '../../domain/policy/portal-choices.ts';
import type { HubSpot } from './client.ts';
import { isForbidden, isNotFound } from './error-answer.ts';

/** Reads which lifecycle stages and lead statuses the portal has; none of what the app may not see. */
export async function readChoices(hubspot: HubSpot): Promise<Choices> {
  const [lifecycle, lead_status] = await Promise.all(
    ['lifecyclestage', 'hs_lead_status'].map((name) => choicesOf(hubspot, name)),
  );
  return { lifecycle: lifecycle ?? [], lead_status: lead_status ?? [] };
}

async function choicesOf(hubspot: HubSpot, name: string): Promise<Choice[]> {
  try {
    const { options } = await hubspot.read(`read the property ${name}`, (crm) =>
      crm.properties.coreApi.getByName('contacts', name),
    );
    return options.map(({ value, label }) => ({ value, label }));
  } catch (error) {
    if (isForbidden(error) || isNotFound(error)) return [];
    throw error;
  }
}
