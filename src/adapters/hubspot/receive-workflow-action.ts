import type { Policy } from '../../domain/policy/policy.ts';
import type { Inbox } from '../../flow/ports/inbox.ts';
import type { Observe } from '../../flow/ports/observe.ts';
import type { Clock } from '../../flow/ports/time.ts';
import { headerOf, type SignedRequest, verifySignature } from './signature.ts';
import { parseWorkflowAction, workflowNames } from './workflow-action.ts';

type Needs = {
  clientSecret: string;
  portalId: number;
  /** The address HubSpot was given, without a path: what it signs, whatever a proxy makes of the request. */
  publicUrl: string;
  policy: () => Policy;
  inbox: Inbox;
  clock: Clock;
  observe: Observe;
};

/**
 * Takes in a workflow's request to hand a lead over: verified, stored, and answered only when it is safe. Its signature
 * holds no time; that the same execution counts once is what makes sending an old request again harmless.
 */
export function receiveWorkflowAction(needs: Needs) {
  const { clientSecret, portalId, publicUrl, policy, inbox, clock, observe } = needs;
  return async (request: SignedRequest): Promise<{ status: number; body: unknown }> => {
    const signed = { ...request, url: publicUrl + request.url };
    const forged = verifySignature(signed, { clientSecret, now: clock(), accept: ['v2'] });
    const parsed = forged
      ? { rejected: forged }
      : parseWorkflowAction(request.body, headerOf(request, 'content-type') ?? undefined, {
          portalId: String(portalId),
          known: workflowNames(policy()),
          now: clock(),
        });
    if ('rejected' in parsed) {
      const { status, answer, reason } = parsed.rejected;
      observe({ what: 'rejected', route: 'hubspot', status, reason });
      return { status, body: { message: answer } };
    }
    await inbox.store([parsed.event], clock());
    observe({ what: 'received', events: 1 });
    return { status: 200, body: { outputFields: { hs_execution_state: 'SUCCESS' } } };
  };
}
