/** Whether nurture of a lead has to be paused, and whether it is in HubSpot, as far as is known. */
export type Nurture = {
  /** A cause is open: a handoff, or somebody who wanted it. However many there are, the last one lifts the pause. */
  paused: boolean;
  /** When the last cause was lifted; null: none was, or none is kept. */
  liftedAt: Date | null;
  written: Known | null;
  seen: Known | null;
};

/** What stood in HubSpot, and when. */
export type Known = { paused: boolean; at: Date };

/** Nobody paused it, and nothing is known of it in HubSpot. */
export const neverPaused: Nurture = { paused: false, liftedAt: null, written: null, seen: null };

/** What HubSpot has to be told of a lead's nurture. */
export type NurtureChange = { paused: true } | { paused: false; resumedAt: Date };

/**
 * What has to be written so that HubSpot says what it should; null when it does. Told twice, `resumedAt` is the same: each
 * other value enrols the lead again.
 */
export function nurtureToWrite(nurture: Nurture): NurtureChange | null {
  const { paused, liftedAt, seen } = nurture;
  const isPaused = lastKnown(nurture)?.paused ?? false;
  if (paused === isPaused) return null;
  if (paused) return { paused };
  const since = [liftedAt, seen?.at ?? null].flatMap((at) => (at ? [at.getTime()] : []));
  return { paused, resumedAt: new Date(Math.max(...since)) };
}

/** What was seen at the very moment of writing may be from before. */
function lastKnown({ written, seen }: Nurture): Known | null {
  if (!written || !seen) return written ?? seen;
  return seen.at > written.at ? seen : written;
}

/**
 * Whether it is the first time that the lead is looked at since it was resumed. What enrols it again may have been looked at
 * by HubSpot while the segment of paused leads, which follows a little later, still kept it out: it is told once more.
 */
export function isJustResumed({ paused, written, seen }: Nurture): boolean {
  return !paused && written !== null && !written.paused && (!seen || seen.at <= written.at);
}
