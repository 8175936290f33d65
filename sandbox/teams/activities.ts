import { randomUUID } from 'node:crypto';
import { Temporal } from 'temporal-polyfill';
import type { Fields } from '../fields.ts';
import type { Channel, Conversation, TeamsUser, Tenant } from './tenant.ts';

/** "The number of options in the dropdown is limited to 15." */
export const shownAtOnce = 15;

/** The id of an activity that is no message: those have the id of the message. */
export function newActivityId(): string {
  return `f:${randomUUID()}`;
}

/** What is particular to an activity. */
export type Happening = Fields & {
  readonly type: string;
  readonly id: string;
  readonly entities?: readonly Fields[];
  readonly channelData?: Fields;
};

/** Where an activity happens, as it says in `conversation` and `channelData`. */
type Setting = {
  readonly conversation: Fields;
  readonly channelData: Fields;
};

/** The personal conversation of somebody with the bot. */
export function inPrivate({ tenantId }: Tenant, { id }: Conversation): Setting {
  return {
    conversation: { conversationType: 'personal', tenantId, id },
    channelData: { tenant: { id: tenantId }, source: { name: 'message' } },
  };
}

/**
 * A channel of a team.
 * @param conversationId that of the channel, or of a thread in it
 */
export function inTeam({ tenantId }: Tenant, { id, name }: Channel, conversationId = id): Setting {
  return {
    conversation: { isGroup: true, conversationType: 'channel', tenantId, id: conversationId },
    channelData: {
      teamsChannelId: id,
      teamsTeamId: id,
      channel: { id },
      team: { id, name },
      tenant: { id: tenantId },
    },
  };
}

/** A chat of several people. */
export function inGroup({ tenantId }: Tenant, { id }: Pick<Conversation, 'id'>): Setting {
  return {
    conversation: { isGroup: true, conversationType: 'groupChat', tenantId, id },
    channelData: { tenant: { id: tenantId } },
  };
}

/**
 * What every activity from a person says.
 * @param serviceUrl where the bot shall answer
 */
export function activityFrom(
  tenant: Tenant,
  user: TeamsUser,
  { conversation, channelData }: Setting,
  serviceUrl: string,
  fields: Happening,
): Fields {
  const at = Temporal.Instant.fromEpochMilliseconds(tenant.now().getTime());
  const local = at.toZonedDateTimeISO(user.zone);
  // An app that comes or goes brings neither (the examples in "Conversation events in your Teams bot").
  const tellsZone = fields.type === 'message' || fields.type === 'invoke';
  const client = {
    type: 'clientInfo',
    locale: user.locale,
    platform: 'Web',
    ...(tellsZone && { country: 'US', timezone: user.zone }),
  };
  return {
    timestamp: at.toString({ smallestUnit: 'millisecond' }),
    ...(tellsZone && {
      localTimestamp: local.toString({ smallestUnit: 'millisecond', timeZoneName: 'never' }),
      localTimezone: user.zone,
    }),
    serviceUrl,
    channelId: 'msteams',
    from: { id: user.memberId, name: user.name, ...(!user.isGuest && { aadObjectId: user.id }) },
    conversation,
    recipient: { id: tenant.botId, name: tenant.botName },
    locale: user.locale,
    ...fields,
    entities: [client, ...(fields.entities ?? [])],
    channelData: { ...channelData, ...fields.channelData },
  };
}

/** The person wrote something. */
export function messageActivity(id: string, text: string): Happening {
  return { type: 'message', id, text: asHtml(text), textFormat: 'plain' };
}

/** Teams may write as entities what would be markup (openclaw/openclaw #142496). */
function asHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** The person mentioned the bot in a channel, and wrote something to it. */
export function mentionActivity({ botId, botName }: Tenant, id: string, text: string): Happening {
  const mention = `<at>${botName}</at>`;
  return {
    ...messageActivity(id, text),
    text: `${mention} ${asHtml(text)}`,
    entities: [{ type: 'mention', mentioned: { id: botId, name: botName }, text: mention }],
  };
}

/**
 * The app was installed, for a person or in a team, or removed.
 * @param selected the conversation or the channel
 */
export function installationUpdate(
  selected: Pick<Conversation | Channel, 'id'>,
  action: 'add' | 'remove',
): Happening {
  return {
    type: 'installationUpdate',
    id: newActivityId(),
    action,
    channelData: { settings: { selectedChannel: { id: selected.id } } },
  };
}

/** The bot became a member of a conversation, or ceased to be one. */
export function membersUpdate({ botId }: Tenant, change: 'added' | 'removed'): Happening {
  const members = change === 'added' ? 'membersAdded' : 'membersRemoved';
  return { type: 'conversationUpdate', id: newActivityId(), [members]: [{ id: botId }] };
}

/** The same in a team, where others come and go as well. */
export function teamMembersUpdate(tenant: Tenant, change: 'added' | 'removed'): Happening {
  const eventType = change === 'added' ? 'teamMemberAdded' : 'teamMemberRemoved';
  return { ...membersUpdate(tenant, change), channelData: { eventType } };
}

/**
 * An `Action.Execute`: pressed by the person, or run by the client because the card says `refresh`.
 * @param replyToId the client's word for the message; null when it has none
 */
export function executeActivity(
  replyToId: string | null,
  action: Fields,
  data: unknown,
  trigger: 'manual' | 'automatic',
): Happening {
  const { id, verb } = action;
  return {
    type: 'invoke',
    name: 'adaptiveCard/action',
    id: newActivityId(),
    ...(replyToId !== null && { replyToId }),
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

/** Letters typed into a filtered input ("Typeahead search in Adaptive Cards"), whose dropdown shows fifteen choices. */
export function searchActivity(queryText: string, dataset: string): Happening {
  return {
    type: 'invoke',
    name: 'application/search',
    id: newActivityId(),
    value: { queryText, queryOptions: { skip: 0, top: shownAtOnce }, dataset },
  };
}

/** An `Action.Submit`, from a client that does not know `Action.Execute`: a message without a text. */
export function submitActivity(replyToId: string | null, data: unknown): Happening {
  return { type: 'message', id: newActivityId(), ...(replyToId !== null && { replyToId }), value: data };
}
