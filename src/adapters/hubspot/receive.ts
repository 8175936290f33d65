import type { Inbox } from '../../flow/ports/inbox.ts';
import type { Observe } from '../../flow/ports/observe.ts';
import type { Clock } from '../../flow/ports/time.ts';
import { headerOf, type SignedRequest, verifySignature } from './signature.ts';
import { parseWebhook } from './webhook.ts';

type Needs = {
  clientSecret: string;
  portalId: number;
  /** The address HubSpot was given, without a path: what it signs, whatever a proxy makes of the request. */
  publicUrl: string;
  inbox: Inbox;
  clock: Clock;
  observe: Observe;
};

/** Takes in a webhook request: verified, stored, and answered only when what it brought is safe. */
export function receiveWebhook({ clientSecret, portalId, publicUrl, inbox, clock, observe }: Needs) {
  return async (request: SignedRequest): Promise<{ status: number; message: string }> => {
    const signed = { ...request, url: publicUrl + request.url };
    const forged = verifySignature(signed, { clientSecret, now: clock() });
    const options = { portalId: String(portalId) };
    const parsed = forged
      ? { rejected: forged }
      : parseWebhook(request.body, headerOf(request, 'content-type') ?? undefined, options);
    if ('rejected' in parsed) {
      const { status, answer, reason } = parsed.rejected;
      observe({ what: 'rejected', route: 'hubspot', status, reason });
      return { status, message: answer };
    }
    const { events, odd } = parsed;
    await inbox.store(events, clock());
    observe({ what: 'received', events: events.length });
    if (odd.length > 0) observe({ what: 'oddEvents', odd });
    return { status: 200, message: 'stored' };
  };
}
