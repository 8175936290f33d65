import type { HubSpotServer, RecordView } from '../hubspot/server.ts';

/** The contact's newest deal that is neither won nor lost. */
export function openDealOf({ id }: RecordView, hubspot: HubSpotServer): RecordView | undefined {
  return hubspot.objectsOf(id, 'deals').findLast(({ properties }) => properties['hs_is_closed'] !== 'true');
}
