import type { Api } from './api-versions.ts';
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
