import type { InboundEvent, Inbox } from '../../flow/ports/inbox.ts';
import type { Observe } from '../../flow/ports/observe.ts';
import type { Clock } from '../../flow/ports/time.ts';
import {
  headerOf,
  type Rejection,
  type SignatureVersion,
  type SignedRequest,
  unauthorized,
  verifySignature,
  versionOf,
} from './signature.ts';
import { parseWebhook } from './webhook.ts';

type Needs = {
  clientSecret: string;
  portalId: number;
  /** The address HubSpot was given, without a path: what it signs, whatever a proxy makes of the request. */
  publicUrl: string;
  /** In which versions requests may be signed. */
  signatures: readonly SignatureVersion[];
  inbox: Inbox;
  clock: Clock;
  observe: Observe;
};

/**
 * Takes in a webhook request: verified, stored, and answered only when what it brought is safe.
 *
 * Version 3 alone signs the time of the request. In the older versions, for whoever allows them, an old request can be
 * sent again as it was: its events have the keys that they had, so that none counts twice, and what is older than
 * HubSpot would still send is refused. An event without a time, sent again on another day, makes the bot look at its lead
 * once more, and no more than that.
 */
export function receiveWebhook(needs: Needs) {
  const { clientSecret, portalId, publicUrl, signatures, inbox, clock, observe } = needs;

  function read(request: SignedRequest, now: Date): ReturnType<typeof parseWebhook> {
    const signed = { ...request, url: publicUrl + request.url };
    const forged = verifySignature(signed, { clientSecret, now, accept: signatures });
    const version = versionOf(request, signatures);
    observe({ what: 'signed', version: version ?? 'none', accepted: !forged });
    if (forged) return { rejected: forged };
    const contentType = headerOf(request, 'content-type') ?? undefined;
    const parsed = parseWebhook(request.body, contentType, {
      portalId: String(portalId),
      receivedAt: now,
    });
    if ('rejected' in parsed || version === 'v3') return parsed;
    const old = tooOld(parsed.events, now);
    return old ? { rejected: old } : parsed;
  }

  return async (request: SignedRequest): Promise<{ status: number; message: string }> => {
    const now = clock();
    const parsed = read(request, now);
    if ('rejected' in parsed) {
      const { status, answer, reason } = parsed.rejected;
      observe({ what: 'rejected', route: 'hubspot', status, reason });
      return { status, message: answer };
    }
    const { events, odd } = parsed;
    await inbox.store(events, now);
    observe({ what: 'received', events: events.length });
    if (odd.length > 0) observe({ what: 'oddEvents', odd });
    return { status: 200, message: 'stored' };
  };
}

/** HubSpot tries ten times within a day, and may be late. */
const retriedForHours = 25;

function tooOld(events: readonly InboundEvent[], now: Date): Rejection | null {
  const newest = Math.max(...events.map(({ occurredAt }) => occurredAt.getTime()));
  const hours = Math.floor((now.getTime() - newest) / 3_600_000);
  if (events.length === 0 || hours < retriedForHours) return null;
  return unauthorized('signed without a time, and the newest event is more than a day old');
}
