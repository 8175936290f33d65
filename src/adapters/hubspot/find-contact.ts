import type { LeadId } from '../../domain/lead/lead.ts';
import type { HubSpot } from './client.ts';

/** The contact with this email; null when there is none. */
export async function findContact(hubspot: HubSpot, email: string): Promise<LeadId | null> {
  const answer = await hubspot.read('find a contact by email', (crm) =>
    crm.contacts.batchApi.read({
      idProperty: 'email',
      inputs: [{ id: email }],
      properties: [],
      propertiesWithHistory: [],
    }),
  );
  return answer.results[0]?.id ?? null;
}
