import { unsentEvents } from '../../domain/handoff/outside-events.ts';
import { unsettledFrom } from '../../domain/handoff/undo.ts';
import type { EventDestination, Policy } from '../../domain/policy/policy.ts';
import type { Webhooks } from '../ports/alerts.ts';
import { type CursorOf, type EventCursors, readEventsKey } from '../ports/event-cursors.ts';
import { PermanentFailure, TemporaryFailure } from '../ports/failure.ts';
import type { Handoffs, HandoffView } from '../ports/handoffs.ts';
import type { Observe } from '../ports/observe.ts';
import type { Clock } from '../ports/time.ts';

type Needs = {
  handoffs: Handoffs;
  eventCursors: EventCursors;
  webhooks: Webhooks;
  policy: () => Policy;
  clock: Clock;
  observe: Observe;
};

/**
 * Tells a destination what has happened to a handoff since it was told last, one event after the other: what fails keeps those
 * after it, and is tried again with them. What may still be taken back waits, as it does for HubSpot. Of a lead that was
 * erased nothing more is told.
 */
export function sendEvents(needs: Needs) {
  const { handoffs, eventCursors, policy, clock } = needs;
  return async (key: string): Promise<void> => {
    const of = readEventsKey(key);
    const destination = policy().events.find(({ name }) => name === of.destination);
    const sent = destination ? await eventCursors.sent(of) : null;
    if (!destination || sent === null) return;
    const view = await handoffs.view(of.handoffId);
    if (!view) return;
    const unsettled = unsettledFrom(view.handoff, clock());
    const upTo = unsettled ? unsettled.after : view.handoff.version;
    const told = await sendAll(of, destination, view, { sent, upTo }, needs);
    if (told === null) return;
    if (told < upTo) await eventCursors.advance(of, upTo);
    if (unsettled)
      throw new TemporaryFailure('What was done last may still be taken back', {
        outcome: 'notDone',
        retryAfterSeconds: unsettled.seconds,
      });
  };
}

/** @returns the last event that it was told; null when it wants to hear nothing more of the handoff */
async function sendAll(
  of: CursorOf,
  destination: EventDestination,
  view: HandoffView,
  range: { sent: number; upTo: number },
  { eventCursors, webhooks, observe }: Needs,
): Promise<number | null> {
  const { handoffId } = of;
  let told = range.sent;
  const { name, url, secret } = destination;
  for (const { seq, body } of unsentEvents(view, destination, range)) {
    try {
      await webhooks.call({ id: body.id, url, body, secret });
    } catch (error) {
      if (!(error instanceof PermanentFailure) || error.code !== gone) throw error;
      await eventCursors.stop(of);
      observe({ what: 'eventsUnwanted', handoffId, destination: name });
      return null;
    }
    await eventCursors.advance(of, seq);
    told = seq;
    observe({ what: 'eventSent', handoffId, destination: name, type: body.type });
  }
  return told;
}

/** HTTP's word for an address that is no more, and will not be again (RFC 9110, 15.5.11). */
const gone = '410';
