import { line } from '../../domain/words/line.ts';
import { TemporaryFailure } from '../ports/failure.ts';

export const strangerLine = line`You are not among the people of this handoff policy. Nothing was changed.`;
export const goneLine = line`This handoff no longer exists. Nothing was changed.`;
export const awayLine = line`HubSpot does not answer at the moment. Try again in a minute.`;

/** That HubSpot is away is no fault of ours, and passes. */
export function hubspotIsAway(error: unknown): 'away' {
  if (error instanceof TemporaryFailure) return 'away';
  throw error;
}
