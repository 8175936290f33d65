import { z } from 'zod';
import type { HubSpot } from './client.ts';
import { answerBehind } from './error-answer.ts';

/** Whose token it is, and which scopes it has; null: HubSpot does not tell of such a token. */
export type HubSpotAccount = { portalId: number; scopes: ReadonlySet<string> | null };

const tokenInfo = z.object({ hubId: z.number(), scopes: z.array(z.string()) });
const details = z.object({ portalId: z.number() });

/**
 * Asks HubSpot what an access token is worth (`/oauth/v2/private-apps/get/access-token-info`, which needs no scope); where
 * it tells nothing of such a token, the account alone.
 * @returns null when HubSpot refuses the token
 */
export async function readAccount(hubspot: HubSpot, accessToken: string): Promise<HubSpotAccount | null> {
  try {
    const path = '/oauth/v2/private-apps/get/access-token-info';
    const told = await hubspot.send('tell what the token may do', { path, body: { tokenKey: accessToken } });
    const { hubId, scopes } = tokenInfo.parse(told);
    return { portalId: hubId, scopes: new Set(scopes) };
  } catch (error) {
    const status = answerBehind(error)?.status;
    if (status === 401) return null;
    if (status === undefined || status >= 500) throw error;
    const { portalId } = details.parse(
      await hubspot.send('tell which account it is', { path: '/account-info/v3/details' }),
    );
    return { portalId, scopes: null };
  }
}
