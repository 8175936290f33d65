import { z } from 'zod';
import type { InboundEvent } from '../../flow/ports/inbox.ts';
import { concernsOf } from './concerns.ts';
import { type HubSpotEvent, keyOf, readEvent } from './hubspot-event.ts';
import { jsonBodyOf } from './json-body.ts';
import type { Rejection } from './signature.ts';

/** HubSpot never sends more in one request. */
const maxEvents = 100;

const payload = z.array(z.unknown()).min(1).max(maxEvents);

/**
 * The events of a webhook request, each with what makes it unlike others and the lead it is about; or what to answer
 * to a request that is no webhook. Of unknown types and foreign portals nothing is lost: they come with the reason
 * why nobody has to look into them. One that is no event costs none of the others: HubSpot would send all of them
 * again for a day, and none better. Verify the signature first.
 *
 * @param options.receivedAt the time of what tells none
 * @returns `odd`: what each of those lacks that are none, for the log
 */
export function parseWebhook(
  body: Buffer,
  contentType: string | undefined,
  options: { portalId: string | null; receivedAt: Date },
): { events: InboundEvent[]; odd: string[] } | { rejected: Rejection } {
  const json = jsonBodyOf(body, contentType);
  if ('rejected' in json) return json;
  const raw = payload.safeParse(json.value);
  if (!raw.success) return malformed(`expected an array of 1 to ${maxEvents} events`);
  const events: InboundEvent[] = [];
  const odd: string[] = [];
  for (const [index, item] of raw.data.entries()) {
    const event = readEvent(item);
    if ('lacks' in event) odd.push(`event ${index} has no usable ${event.lacks}`);
    else events.push(inboundEvent(event, options));
  }
  return { events, odd };
}

function malformed(reason: string): { rejected: Rejection } {
  return { rejected: { status: 400, answer: 'bad request', reason } };
}

function inboundEvent(
  event: HubSpotEvent,
  { portalId, receivedAt }: { portalId: string | null; receivedAt: Date },
): InboundEvent {
  // The lead is read anew anyway: what a property of a person became is not kept.
  const { propertyValue: _, ...payload } = event;
  return {
    dedupeKey: keyOf(event, receivedAt),
    type: event.type,
    occurredAt: new Date(event.occurredAt ?? receivedAt),
    payload,
    ...concernsOf(event, portalId),
  };
}
