import { randomUUID } from 'node:crypto';
import { Temporal } from 'temporal-polyfill';
import type { Fields } from '../fields.ts';
import type { Conversation, Tenant } from './tenant.ts';

const LOCALE = 'en-US';

/** The id of an activity that is no message: those have the id of the message. */
export function newActivityId(): string {
  return `f:${randomUUID()}`;
}

/**
 * What every activity from a person says.
 * @param serviceUrl where the bot shall answer
 */
export function activityFrom(
  tenant: Tenant,
  { id, user }: Conversation,
  serviceUrl: string,
  fields: { type: string; id: string } & Fields,
): Fields {
  const at = Temporal.Instant.fromEpochMilliseconds(tenant.now().getTime());
  const local = at.toZonedDateTimeISO(user.zone);
  const client = { type: 'clientInfo', locale: LOCALE, country: 'US', platform: 'Web', timezone: user.zone };
  return {
    timestamp: at.toString({ smallestUnit: 'millisecond' }),
    localTimestamp: local.toString({ smallestUnit: 'millisecond', timeZoneName: 'never' }),
    localTimezone: user.zone,
    serviceUrl,
    channelId: 'msteams',
    from: { id: user.memberId, name: user.name, aadObjectId: user.id },
    conversation: { conversationType: 'personal', tenantId: tenant.tenantId, id },
    recipient: { id: tenant.botId, name: tenant.botName },
    entities: [client],
    channelData: { tenant: { id: tenant.tenantId }, source: { name: 'message' } },
    locale: LOCALE,
    ...fields,
  };
}

/** The person wrote something. */
export function messageActivity(id: string, text: string): { type: string; id: string } & Fields {
  return { type: 'message', id, text, textFormat: 'plain' };
}

/** The app was installed for the person, or removed. */
export function installationUpdate(
  tenant: Tenant,
  conversation: Conversation,
  action: 'add' | 'remove',
): { type: string; id: string } & Fields {
  return {
    type: 'installationUpdate',
    id: newActivityId(),
    action,
    channelData: {
      tenant: { id: tenant.tenantId },
      source: { name: 'message' },
      settings: { selectedChannel: { id: conversation.id } },
    },
  };
}

/** An `Action.Execute`: pressed by the person, or run by the client because the card says `refresh`. */
export function executeActivity(
  messageId: string,
  action: Fields,
  data: unknown,
  trigger: 'manual' | 'automatic',
): { type: string; id: string } & Fields {
  const { id, verb } = action;
  return {
    type: 'invoke',
    name: 'adaptiveCard/action',
    id: newActivityId(),
    replyToId: messageId,
    value: {
      action: {
        type: 'Action.Execute',
        ...(id !== undefined && { id }),
        ...(verb !== undefined && { verb }),
        data,
      },
      trigger,
    },
  };
}

/** An `Action.Submit`, from a client that does not know `Action.Execute`: a message without a text. */
export function submitActivity(messageId: string, data: unknown): { type: string; id: string } & Fields {
  return { type: 'message', id: newActivityId(), replyToId: messageId, value: data };
}
