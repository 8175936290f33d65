import { readChoices, readProperties } from '../adapters/hubspot/choices.ts';
import { type HubSpot, hubspotClient } from '../adapters/hubspot/client.ts';
import { isForbidden } from '../adapters/hubspot/error-answer.ts';
import { readLeadRecordPortal } from '../adapters/hubspot/lead-records.ts';
import { limiter } from '../adapters/hubspot/limiter.ts';
import { readSequencesOf } from '../adapters/hubspot/own-sequences.ts';
import { missingProperties } from '../adapters/hubspot/properties.ts';
import { ConfigError, readConfig } from '../config.ts';
import type { PortalProperties } from '../domain/policy/hard-to-answer.ts';
import { introducing, type SequencesOf } from '../domain/policy/intros.ts';
import type { LeadRecordPortal } from '../domain/policy/lead-records.ts';
import type { PersonId, Policy } from '../domain/policy/policy.ts';
import { type Choices, namesPortalsOwn, withChoices } from '../domain/policy/portal-choices.ts';
import { pipelineObjectsOf } from '../domain/policy/stages-of.ts';
import { readPolicyFile } from '../policy-file.ts';

/** The policy of a file by the portal's values, if it names what only a portal can tell; as written without a portal. */
export async function readPortalPolicy(file: string, environment: NodeJS.ProcessEnv): Promise<Policy> {
  const { policy } = readPolicyFile(file);
  const choices = namesPortalsOwn(policy) ? await readPortalChoices(environment, policy) : null;
  return choices ? withChoices(policy, choices) : policy;
}

/** What a portal has of what a policy may name. */
export type Portal = {
  choices: Choices;
  properties: PortalProperties | null;
  /** Null: none, or nobody asked. */
  leadRecords: LeadRecordPortal | null;
  /** Those that the bot needs to make deals, as far as it may see and the policy wants any. */
  missingOfDeals: readonly string[];
  /** Of those who need sequences. */
  sequences: ReadonlyMap<PersonId, SequencesOf>;
};

/** What the portal has that a policy may be about; null when HubSpot is not configured. */
export async function readPortal(environment: NodeJS.ProcessEnv, policy: Policy): Promise<Portal | null> {
  const hubspot = hubspotIn(environment);
  if (!hubspot) return null;
  const [choices, properties, leadRecords, missingOfDeals, sequences] = await Promise.all([
    readChoices(hubspot, pipelineObjectsOf(policy)),
    readProperties(hubspot),
    policy.leadRecords ? readLeadRecordPortal(hubspot) : null,
    policy.deals.length > 0 ? readMissingOfDeals(hubspot) : [],
    readSequencesOf(hubspot, introducing(policy)),
  ]);
  return { choices, properties, leadRecords, missingOfDeals, sequences };
}

async function readMissingOfDeals(hubspot: HubSpot): Promise<string[]> {
  try {
    return (await missingProperties(hubspot, 'deals')).map(({ name }) => name);
  } catch (error) {
    if (isForbidden(error)) return [];
    throw error;
  }
}

/** The stages and statuses of the portal; null when HubSpot is not configured. */
async function readPortalChoices(environment: NodeJS.ProcessEnv, policy: Policy): Promise<Choices | null> {
  const hubspot = hubspotIn(environment);
  return hubspot && readChoices(hubspot, pipelineObjectsOf(policy));
}

function hubspotIn(environment: NodeJS.ProcessEnv): HubSpot | null {
  const configured = configuredIn(environment);
  if (!configured) return null;
  const { config, secrets } = configured;
  const { hubspotAccessToken: accessToken } = secrets;
  return hubspotClient({ ...config.hubspot, accessToken, limiter: limiter() });
}

function configuredIn(environment: NodeJS.ProcessEnv) {
  try {
    return readConfig(environment);
  } catch (error) {
    if (error instanceof ConfigError) return null;
    throw error;
  }
}
