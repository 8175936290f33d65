import type { AssociationType } from './association-types.ts';
import { objectTypeNamed } from './object-types.ts';
import { invalid } from './rejection.ts';
import { type GrantedScopes, refuseWithout } from './scopes.ts';
import type { CrmRecord, Store } from './store.ts';
import type { Route } from './wire.ts';

/** So much later HubSpot has worked out whose a record of its Lead object is. */
export const primaryContactAfterMs = 8_000;

/** Of HubSpot's Lead object, the contact that it is about; null when it has none any more. */
export function primaryContact(store: Store, lead: CrmRecord): string | null {
  const primary = store.associated(lead, 'contacts').find(({ types }) => types.some(isPrimary));
  return primary?.id ?? null;
}

function isPrimary({ label }: AssociationType): boolean {
  return label === 'Primary';
}

/** Throws a 400 for a new Lead that is about nobody: it has to say so when it is made. */
export function refuseWithoutPrimary(type: string, links: readonly { type: AssociationType }[]): void {
  if (type !== 'leads' || links.some((link) => isPrimary(link.type))) return;
  throw invalid('Error creating LEAD. A lead must be associated with a primary contact or company.');
}

const scopes = { read: 'crm.objects.leads.read', write: 'crm.objects.leads.write' };

/** Has an app at the Lead object, wherever a path names it, only with the scopes for it. */
export function behindLeadScopes(granted: GrantedScopes, routes: Route[]): Route[] {
  if (granted === null) return routes;
  return routes.map((one) => ({
    ...one,
    handle: (request) => {
      const isAboutLeads = Object.values(request.params).some((part) => objectTypeNamed(part) === 'leads');
      const reads = one.method === 'GET' || /\/(read|search)\b/.test(one.pattern.source);
      if (isAboutLeads) refuseWithout(granted, [reads ? scopes.read : scopes.write]);
      return one.handle(request);
    },
  }));
}
