import { type HubSpot, hubspotClient } from '../adapters/hubspot/client.ts';
import { hubspotCrm } from '../adapters/hubspot/crm.ts';
import { leadRecords } from '../adapters/hubspot/lead-records.ts';
import { limiter } from '../adapters/hubspot/limiter.ts';
import { hubspotSequences } from '../adapters/hubspot/sequences.ts';
import type { Config, Secrets } from '../config.ts';
import type { StepNeeds } from './step-needs.ts';

/** The portal, with one limiter for everything that is asked of it. */
export function openHubSpot(
  { hubspot: { apiUrl, apiVersion, portalId } }: Config,
  { hubspotAccessToken: accessToken }: Secrets,
  { policy, clock, observe }: Pick<StepNeeds, 'policy' | 'clock' | 'observe'>,
): Pick<StepNeeds, 'crm' | 'sequences' | 'leadRecords'> & { hubspot: HubSpot } {
  const client = hubspotClient({ apiUrl, apiVersion, accessToken, limiter: limiter(), observe });
  return {
    hubspot: client,
    crm: hubspotCrm(client, { portalId: String(portalId), policy, clock }),
    sequences: hubspotSequences(client, () => policy().properties.contact),
    leadRecords: leadRecords(client, clock),
  };
}
