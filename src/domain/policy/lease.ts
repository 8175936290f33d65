import type { Suppression } from './policy.ts';

/** Until when a pause of nurture lasts that is begun or renewed at this moment. */
export function leaseFrom(at: Date, { leaseMinutes }: Pick<Suppression, 'leaseMinutes'>): Date {
  return new Date(at.getTime() + leaseMinutes * 60_000);
}

/** The same for a lead that became a deal. */
export function leaseAfterDeal(at: Date, { afterDealMinutes }: Suppression): Date {
  return leaseFrom(at, { leaseMinutes: afterDealMinutes });
}
