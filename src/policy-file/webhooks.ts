import { z } from 'zod';
import { webhookFacts } from '../domain/policy/policy.ts';
import type { RawStep } from './ladder.ts';
import type { Problem } from './problem.ts';
import { found, name } from './values.ts';

const expected = 'an https address without a password in it; http only on this machine';

/** Where another system is called. */
export const webhookUrl = z
  .string({ error: found(expected) })
  .refine(isAllowed, { error: (issue) => `found "${issue.input}", expected ${expected}` });

/** A system that may be told of leads that wait. */
export const webhook = z.strictObject({
  name: name.describe('How rungs and people call it.'),
  url: webhookUrl.describe('Where it is called.'),
  tells: z
    .array(z.enum(webhookFacts, { error: found('lead, company or rep') }))
    .default([])
    .describe('What of people it is told; nothing unless told otherwise.'),
});

function isAllowed(text: string): boolean {
  const url = URL.parse(text);
  if (!url || url.username || url.password) return false;
  const isHere = ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname);
  return url.protocol === 'https:' || (url.protocol === 'http:' && isHere);
}

/** Rungs that call a webhook which the policy does not have. */
export function unknownWebhooks(raw: {
  escalation: Record<'acknowledge' | 'touch', readonly RawStep[]>;
  webhooks: readonly { name: string }[];
}): Problem[] {
  const known = raw.webhooks.map((one) => one.name);
  const wanted = known.length > 0 ? known.join(', ') : 'those under webhooks, where there are none';
  return (['acknowledge', 'touch'] as const).flatMap((target) =>
    raw.escalation[target].flatMap(({ do: action }, index): Problem[] => {
      if (typeof action === 'string' || !('webhook' in action) || known.includes(action.webhook)) return [];
      const path = ['escalation', target, index, 'do', 'webhook'];
      return [{ path, message: `found "${action.webhook}", expected one of ${wanted}` }];
    }),
  );
}
