import { type Crm, resultOf } from '../../flow/ports/crm.ts';
import { noteMark, toHtml } from './body.ts';
import type { HubSpot } from './client.ts';
import { createEngagements } from './create-engagements.ts';

/** Notes of people's about a lead, on the timelines of contact and company. */
export function leadNotes(hubspot: HubSpot): Crm['writeNote'] {
  return async ({ id, handoffId, leadId, accountId, ownerId, text, at }) => {
    const mark = noteMark(handoffId, id);
    const owner = ownerId ? { hubspot_owner_id: ownerId } : {};
    const [created] = await createEngagements(hubspot, [
      {
        objectType: 'notes',
        bodyProperty: 'hs_note_body',
        properties: { hs_timestamp: at.toISOString(), hs_note_body: toHtml(`${text}\n${mark}`), ...owner },
        leadId,
        accountId,
        mark,
        mayExist: true,
      },
    ]);
    if (created) resultOf(created);
  };
}
