import { z } from 'zod';
import type { LadderAction, LadderStep, Platform } from '../domain/policy/policy.ts';
import { successor, toSuccessor } from './destinations.ts';
import { found, minutes, positiveMinutes, word } from './values.ts';

/** How each platform writes the ids of its channels. */
const channelForms: readonly [Platform, RegExp][] = [
  ['slack', /^[CG][A-Z0-9]{8,}$/],
  ['teams', /^19:[^@\s]+@thread\.(tacv2|skype)$/],
];

const aChannel =
  'the id of a channel: C0123456789, the last of its details in Slack, or 19:…@thread.tacv2 from its link in Teams, with ":" and "@" for %3A and %40';

/** The id of a channel, and whose it is. */
export const channel = z
  .string({ error: found(aChannel) })
  .meta({
    pattern: channelForms.map(([, { source }]) => source).join('|'),
    examples: ['C0123456789', '19:0123456789abcdef@thread.tacv2'],
  })
  .transform((id, context) => {
    const [platform] = channelForms.find(([, form]) => form.test(id)) ?? [];
    if (platform) return { platform, id };
    context.addIssue(found(aChannel)({ input: id }));
    return z.NEVER;
  });

const aReader = 'rep, manager, or an email';

/** Who gets a mail. */
const mailReader = z
  .string({ error: found(aReader) })
  .transform((text) => text.trim().toLowerCase())
  .refine((text) => isRole(text) || /^[^\s@]+@[^\s@]+$/.test(text), {
    error: (issue) => `found "${issue.input}", expected ${aReader}`,
  });

const action = z.union(
  [
    z.enum(['remind', 'message', 'mail', 'offer to team', 'tell manager']),
    z.strictObject({
      reassign: successor.describe(
        'Somebody who has not had it gets it: whoever the routing rules find, a person, or one of a team.',
      ),
    }),
    z.strictObject({ tell_channel: channel.describe('The id of a channel in Slack or Teams.') }),
    z.strictObject({ mail: mailReader.describe('rep, manager, or an address.') }),
    z.strictObject({ webhook: word.describe('The name of one of the webhooks.') }),
  ],
  {
    error: found(
      'remind, message, mail, offer to team, tell manager, { reassign: routing }, { reassign: { rep, rotation or pool: … } }, { tell_channel: <id> }, { mail: rep, manager or an address } or { webhook: <name> }',
    ),
  },
);

const most = 'from 1 to 20 times';

/** What happens around a target, step by step. */
export const ladder = z.array(
  z.strictObject({
    at: minutes.describe('Before (-) or after the target; 0 min is the target itself.'),
    do: action.describe(
      'remind: a line below the card; message: one of its own; mail: to the rep; offer to team: the first to claim it has it.',
    ),
    off_hours: z
      .enum(['now', 'wait'], { error: found('now or wait') })
      .optional()
      .describe(
        'While those whom it turns to are not at work: at once, or when they are. Reassigning and channels do not wait unless told to.',
      ),
    repeat: z
      .strictObject({
        times: z
          .int({ error: found('a whole number') })
          .min(1, { error: found(most) })
          .max(20, { error: found(most) })
          .describe('How often again.'),
        every: positiveMinutes.describe('How far apart.'),
      })
      .optional()
      .describe('Again and again, as long as nothing is done about it.'),
  }),
);

export type RawStep = z.output<typeof ladder>[number];

/** A step of the file in the domain's terms. */
export function toStep({ at, do: raw, off_hours, repeat }: RawStep): LadderStep {
  const waits = typeof raw === 'string' || 'mail' in raw;
  return {
    offsetMinutes: at,
    action: toAction(raw),
    offHours: off_hours ?? (waits ? 'wait' : 'now'),
    repeat: repeat ? { times: repeat.times, everyMinutes: repeat.every } : null,
  };
}

function toAction(raw: RawStep['do']): LadderAction {
  switch (raw) {
    case 'remind':
    case 'message':
      return { do: raw };
    case 'mail':
      return { do: 'mail', to: 'rep' };
    case 'offer to team':
      return { do: 'offerToTeam' };
    case 'tell manager':
      return { do: 'tellManager' };
    default: {
      if ('reassign' in raw) return { do: 'reassign', to: toSuccessor(raw.reassign) };
      if ('mail' in raw) return { do: 'mail', to: isRole(raw.mail) ? raw.mail : { address: raw.mail } };
      if ('webhook' in raw) return { do: 'webhook', name: raw.webhook };
      const { platform, id } = raw.tell_channel;
      return { do: 'tellChannel', platform, channel: id };
    }
  }
}

function isRole(reader: string): reader is 'rep' | 'manager' {
  return reader === 'rep' || reader === 'manager';
}
