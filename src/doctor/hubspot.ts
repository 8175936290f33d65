import { readAccount } from '../adapters/hubspot/account.ts';
import type { HubSpot } from '../adapters/hubspot/client.ts';
import { missingProperties } from '../adapters/hubspot/properties.ts';
import { scopesFor } from '../adapters/hubspot/scopes.ts';
import type { Policy } from '../domain/policy/policy.ts';
import { type Check, type Finding, note, right, warning, wrong } from './check.ts';

type Needs = { hubspot: HubSpot; accessToken: string; portalId: number; policy: Policy };

/** What HubSpot lets the bot do. */
export function hubspotChecks(needs: Needs): Check[] {
  const { hubspot, accessToken, portalId, policy } = needs;
  const account = readAccount(hubspot, accessToken);
  // Each check tells of it by itself.
  account.catch(() => {});
  return [
    { name: 'HubSpot account', look: async () => [accountFinding(await account, portalId)] },
    {
      name: 'HubSpot scopes',
      look: async () => {
        const found = await account;
        return found ? scopeFindings(found.scopes, policy) : [];
      },
    },
    {
      name: 'HubSpot properties',
      look: async () => ((await account) ? propertyFindings(hubspot, policy) : []),
    },
  ];
}

function accountFinding(account: Awaited<ReturnType<typeof readAccount>>, portalId: number): Finding {
  if (!account) {
    return wrong(
      'HubSpot refuses HUBSPOT_ACCESS_TOKEN (401)',
      'Copy the access token anew from the page of your app in HubSpot, and start the bot again.',
    );
  }
  if (account.portalId !== portalId) {
    return wrong(
      `The token is of account ${account.portalId}, HUBSPOT_PORTAL_ID says ${portalId}`,
      'Set both to those of one account: webhooks of another one are turned away.',
    );
  }
  return right(`account ${portalId} takes the token`);
}

function scopeFindings(granted: ReadonlySet<string> | null, policy: Policy): Finding[] {
  if (!granted) return [note('HubSpot does not tell which scopes such a token has')];
  const needed = scopesFor(policy);
  const lacking = needed.filter(({ scope }) => !granted.has(scope));
  const install = 'Grant it to the app in HubSpot and install the app again.';
  return lacking.length > 0
    ? lacking.map(({ scope, so, isMust }) =>
        (isMust ? wrong : warning)(`${scope} is not granted: with it ${so}`, install),
      )
    : [right(`all ${needed.length} that the policy needs are granted`)];
}

async function propertyFindings(hubspot: HubSpot, policy: Policy): Promise<Finding[]> {
  const missing = await missingProperties(hubspot, 'contacts');
  const ofDeals = policy.deals.length > 0 ? await missingProperties(hubspot, 'deals') : [];
  const names = [...missing.map(({ name }) => name), ...ofDeals.map(({ name }) => `${name} of deals`)];
  return names.length > 0
    ? [wrong(`HubSpot lacks ${names.join(', ')}`, 'Run: handoff doctor --fix')]
    : [right('every handoff_… property is there')];
}
