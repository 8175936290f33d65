import { z } from 'zod';
import { outsideNames } from '../domain/handoff/outside-events.ts';
import type { EventDestination } from '../domain/policy/policy.ts';
import type { Problem } from './problem.ts';
import { found, word } from './values.ts';
import { webhookUrl } from './webhooks.ts';

const secretForm = /^WEBHOOK_SECRET(_[A-Z0-9]+)*$/;
const variable = 'the name of an environment variable, WEBHOOK_SECRET or WEBHOOK_SECRET_<NAME>';

/** A system that is told of everything that happens to handoffs. */
export const eventDestination = z.strictObject({
  name: word
    .optional()
    .describe('How logs and measures call it; the host of its address unless told otherwise.'),
  url: webhookUrl.describe('Where each event is posted.'),
  secret: z
    .string({ error: found(variable) })
    .regex(secretForm, { error: found(variable) })
    .default('WEBHOOK_SECRET')
    .describe('The environment variable with what it is signed with; WEBHOOK_SECRET unless told otherwise.'),
  only: z
    .array(z.enum(outsideNames, { error: found(`one of ${outsideNames.join(', ')}`) }))
    .min(1, 'expected at least one type of event')
    .optional()
    .describe('Which types of events it is told of; all of them unless told otherwise.'),
});

type Raw = z.output<typeof eventDestination>;

export function toEventDestination({ name, url, secret, only }: Raw): EventDestination {
  return { name: nameOf({ name, url }), url, secret, only: only ?? null };
}

/** How far each was told is kept by its name. */
export function repeatedDestinations({ events }: { events: readonly Raw[] }): Problem[] {
  const names = events.map(nameOf);
  return names.flatMap((name, index) => {
    if (names.indexOf(name) === index) return [];
    const path = ['events', index, events[index]?.name === undefined ? 'url' : 'name'];
    return [{ path, message: `found "${name}" again, expected a name of its own for each destination` }];
  });
}

function nameOf({ name, url }: Pick<Raw, 'name' | 'url'>): string {
  return name ?? new URL(url).host;
}
