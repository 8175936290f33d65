import { Rejection } from './rejection.ts';
import type { Route } from './wire.ts';

/** What the admin has granted the app; null stands for everything. */
export type GrantedScopes = ReadonlySet<string> | null;

/** Has the routes answer only an app with one of the scopes, and everybody else with HubSpot's 403. */
export function behindScope(granted: GrantedScopes, anyOf: readonly string[], routes: Route[]): Route[] {
  return routes.map((one) => ({
    ...one,
    handle: (request) => {
      refuseWithout(granted, anyOf);
      return one.handle(request);
    },
  }));
}

/** Throws HubSpot's 403 for an app that has none of the scopes. */
export function refuseWithout(granted: GrantedScopes, anyOf: readonly string[]): void {
  if (granted !== null && !anyOf.some((scope) => granted.has(scope))) throw missingScopes(anyOf);
}

function missingScopes(requiredScopes: readonly string[]): Rejection {
  const page = 'https://developers.hubspot.com/scopes';
  return new Rejection(
    403,
    'MISSING_SCOPES',
    `This app hasn't been granted all required scopes to make this call. Read more about required scopes here: ${page}.`,
    {
      errors: [{ message: 'One or more of the following scopes are required.', context: { requiredScopes } }],
      links: { scopes: page },
    },
  );
}
