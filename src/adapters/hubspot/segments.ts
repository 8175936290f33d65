import type { LeadId } from '../../domain/lead/lead.ts';
import type { Crm } from '../../flow/ports/crm.ts';
import type { HubSpot } from './client.ts';

/** The most that HubSpot gives of a segment's members at a time. */
const pageSize = 250;

/** Static segments, which the API still calls lists. An active one decides itself who is in it, and refuses changes. */
export function segments(hubspot: HubSpot): Pick<Crm, 'changeSegment' | 'membersOf'> {
  return {
    changeSegment: async (segment, { add, remove }) => {
      await hubspot.write('change the members of the segment', (crm) =>
        crm.lists.membershipsApi.addAndRemove(segment, {
          recordIdsToAdd: [...add],
          recordIdsToRemove: [...remove],
        }),
      );
    },

    membersOf: async (segment) => {
      const members: LeadId[] = [];
      let after: string | undefined;
      do {
        const { results, paging } = await hubspot.read('read the members of the segment', (crm) =>
          crm.lists.membershipsApi.getPage(segment, after, undefined, pageSize),
        );
        members.push(...results.map(({ recordId }) => recordId));
        after = paging?.next?.after;
      } while (after !== undefined);
      return members;
    },
  };
}
