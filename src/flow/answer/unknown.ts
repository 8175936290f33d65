import { TemporaryFailure } from '../ports/failure.ts';

/** That HubSpot is away is no fault of ours, and passes. */
export function hubspotIsAway(error: unknown): 'away' {
  if (error instanceof TemporaryFailure) return 'away';
  throw error;
}
