import { hubspotClient } from '../adapters/hubspot/client.ts';
import { hubspotCrm } from '../adapters/hubspot/crm.ts';
import { limiter } from '../adapters/hubspot/limiter.ts';
import type { Config, Secrets } from '../config.ts';
import type { Crm } from '../flow/ports/crm.ts';
import type { StepNeeds } from './step-needs.ts';

/** The portal, with one limiter for everything that is asked of it. */
export function openHubSpot(
  { hubspot: { apiUrl, apiVersion, portalId } }: Config,
  { hubspotAccessToken: accessToken }: Secrets,
  { policy, clock }: Pick<StepNeeds, 'policy' | 'clock'>,
): Crm {
  const client = hubspotClient({ apiUrl, apiVersion, accessToken, limiter: limiter() });
  return hubspotCrm(client, { portalId: String(portalId), policy, clock });
}
