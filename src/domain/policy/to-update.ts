import type { PortalProperty } from '../lead/portal-property.ts';
import { comparable } from './compare-words.ts';
import type { Policy } from './policy.ts';

type Properties = ReadonlyMap<string, PortalProperty>;

/** The properties that people may set from the card; what the portal does not have, or nobody can fill in, is left out. */
export function propertiesToUpdate({ update }: Policy, portal: Properties): PortalProperty[] {
  return update.flatMap((named) => {
    const property = propertyNamed(named, portal);
    return property && !property.readOnly ? [property] : [];
  });
}

/** What of a policy's `update` cannot be set in a portal, in words. */
export function unfitToUpdate({ update }: Policy, portal: Properties): string[] {
  return update.flatMap((named) => {
    const property = propertyNamed(named, portal);
    if (!property) return [`update: found "${named}", and the portal has no contact property of that name`];
    return property.readOnly ? [`update: nobody can set "${named}", as HubSpot fills it in by itself`] : [];
  });
}

/** By its name in HubSpot, or else by what its pages call it. */
function propertyNamed(named: string, portal: Properties): PortalProperty | undefined {
  const byLabel = () => [...portal.values()].find(({ label }) => comparable(label) === comparable(named));
  return portal.get(named) ?? byLabel();
}
