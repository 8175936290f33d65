import type { LeadRecordStage } from '../policy/lead-records.ts';
import type { Pipeline } from '../policy/pipelines.ts';
import type { Logged } from './handoff.ts';

/** Where HubSpot's Lead object of a handoff belongs, and why sales gave the lead up. */
export type LeadRecordStanding = { stage: LeadRecordStage; reason: string | null };

/**
 * Where the Lead object belonged after each event. Accepting a lead moves nothing: it is new until somebody tried to
 * reach it. What ends it puts it in one of the last two stages, as HubSpot counts them; a lead whose time has not come
 * is unqualified until it comes back, which is another attempt and has a record of its own.
 */
export function standingsOf(log: readonly Logged[]): { seq: number; standing: LeadRecordStanding }[] {
  let open: LeadRecordStage = 'new';
  let over: LeadRecordStanding | null = null;
  return log.map(({ seq, event }) => {
    switch (event.type) {
      case 'touched':
        if (reached.has(event.touch.outcome)) open = 'connected';
        else if (open === 'new') open = 'attempting';
        break;
      case 'meetingBooked':
        open = 'connected';
        break;
      case 'dealCreated':
        over = { stage: 'qualified', reason: null };
        break;
      case 'disqualified':
      case 'gaveUp':
      case 'recycled':
        over = { stage: 'unqualified', reason: event.reason };
        break;
      case 'withdrawn':
        over = { stage: 'unqualified', reason: null };
        break;
      case 'overturned':
        over = null;
        break;
    }
    return { seq, standing: over ?? { stage: open, reason: null } };
  });
}

const reached: ReadonlySet<string> = new Set(['connected', 'booked']);

/**
 * Whether a Lead object is moved to a stage. Where the bot itself put it, it is moved as the handoff goes; where somebody
 * moved it by hand, only forward, and never out of a stage in which it is done.
 * @param put the stages, by HubSpot's ids, in which the bot has put it, or may have
 */
export function isMoved(
  { pipeline, put }: { pipeline: Pipeline; put: ReadonlySet<string> },
  from: string,
  to: string,
): boolean {
  if (from === to) return false;
  if (put.has(from)) return true;
  const places = pipeline.stages.map(({ id }) => id);
  const stands = pipeline.stages.find(({ id }) => id === from);
  return stands !== undefined && !stands.isClosed && places.indexOf(from) < places.indexOf(to);
}
