import type { Policy } from '../../domain/policy.ts';
import type { Clock, Crm, CrmOwner } from '../../flow/ports.ts';
import type { HubSpot } from './client.ts';
import { leadReader } from './read-lead.ts';
import { followUpTasks } from './tasks.ts';
import { touchLog } from './touches.ts';
import { leadWriter } from './write-lead.ts';

/** The CRM port on HubSpot. */
export function hubspotCrm(
  hubspot: HubSpot,
  options: {
    portalId: string;
    /** Asked at every read: the policy may change while we run. */
    properties: () => Policy['properties'];
    clock: Clock;
    /** Where people open records. */
    appUrl?: string;
  },
): Crm {
  const { portalId, properties, clock, appUrl = 'https://app.hubspot.com' } = options;
  return {
    lead: leadReader(hubspot, {
      properties,
      recordUrl: (id) => `${appUrl}/contacts/${portalId}/record/0-1/${id}`,
    }),
    writeLead: leadWriter(hubspot, clock),
    ...followUpTasks(hubspot),
    logTouch: touchLog(hubspot),
    owners: async () => (await Promise.all([ownersOf(hubspot, true), ownersOf(hubspot, false)])).flat(),
  };
}

const ownersPerPage = 500;

async function ownersOf(hubspot: HubSpot, active: boolean): Promise<CrmOwner[]> {
  const owners: CrmOwner[] = [];
  let after: string | undefined;
  do {
    const page = await hubspot.read('read the owners', (crm) =>
      crm.owners.ownersApi.getPage(undefined, after, ownersPerPage, !active),
    );
    for (const { id, email, firstName, lastName } of page.results) {
      // A queue is an owner too, but no person.
      if (!email) continue;
      owners.push({ id, email, name: [firstName, lastName].filter(Boolean).join(' ') || email, active });
    }
    after = page.paging?.next?.after;
  } while (after);
  return owners;
}
