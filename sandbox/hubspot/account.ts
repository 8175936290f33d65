import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { Api } from './api-versions.ts';
import { invalid } from './rejection.ts';
import type { GrantedScopes } from './scopes.ts';
import { type Route, route } from './wire.ts';

/** `/account-info/{version}/details`. */
export function accountRoutes(portalId: number, { paths }: Api): Route[] {
  return [
    route('GET', `${paths.account}/details`, () => ({
      status: 200,
      body: {
        portalId,
        accountType: 'STANDARD',
        timeZone: 'US/Eastern',
        companyCurrency: 'USD',
        additionalCurrencies: [],
        utcOffset: '-05:00',
        utcOffsetMilliseconds: -18_000_000,
        uiDomain: 'app.hubspot.com',
        dataHostingLocation: 'na1',
      },
    })),
  ];
}

/** The app of `manifests/hubspot` may ask for all of these. */
const manifest = new URL('../../manifests/hubspot/src/app/app-hsmeta.json', import.meta.url);
const scopeList = z.array(z.string());
const asked = z.object({
  config: z.object({
    auth: z.object({
      requiredScopes: scopeList,
      optionalScopes: scopeList,
      conditionallyRequiredScopes: scopeList,
    }),
  }),
});
const tokenAsked = z.object({ tokenKey: z.string() });

/** `/oauth/v2/private-apps/get/access-token-info`, which needs no scope. */
export function tokenRoute(
  { portalId, appId }: { portalId: number; appId: number },
  { accessToken, granted }: { accessToken: string; granted: GrantedScopes },
): Route {
  return route('POST', '/oauth/v2/private-apps/get/access-token-info', ({ body }) => {
    if (tokenAsked.safeParse(body).data?.tokenKey !== accessToken) throw invalid('The access token is none');
    return {
      status: 200,
      body: { userId: 1, hubId: portalId, appId, scopes: [...(granted ?? everyScope())] },
    };
  });
}

function everyScope(): string[] {
  const { auth } = asked.parse(JSON.parse(readFileSync(manifest, 'utf8'))).config;
  return Object.values(auth).flat();
}
