import type { LeadId } from '../../domain/lead/lead.ts';
import type { Crm } from '../../flow/ports/crm.ts';
import { taskMark, toHtml } from './body.ts';
import type { HubSpot } from './client.ts';
import { createEngagements } from './create-engagements.ts';
import { succeeded } from './lots.ts';

/** Says in a note on both contacts that they are the same. Whether they are merged is for people to decide. */
export function duplicateNotes(hubspot: HubSpot, recordUrl: (id: LeadId) => string): Crm['linkDuplicates'] {
  return async (duplicates) => {
    const created = await createEngagements(
      hubspot,
      duplicates.map(({ duplicate, mayExist }) => {
        const { handoffId, leadId, otherId, ownerId, at } = duplicate;
        const mark = taskMark(handoffId);
        const body = [
          'Sales says that these two contacts are the same:',
          recordUrl(leadId),
          recordUrl(otherId),
          mark,
        ].join('\n');
        const owner = ownerId ? { hubspot_owner_id: ownerId } : {};
        return {
          objectType: 'notes' as const,
          bodyProperty: 'hs_note_body',
          properties: { hs_timestamp: at.toISOString(), hs_note_body: toHtml(body), ...owner },
          leadId,
          besides: otherId,
          accountId: null,
          mark,
          mayExist,
        };
      }),
    );
    return created.map((outcome) => (outcome.ok ? succeeded(undefined) : outcome));
  };
}
