import { type Fields, fieldsAt, isFields, stringAt } from '../fields.ts';
import { notInRoster, reject } from './rejection.ts';
import type { Conversation, Tenant } from './tenant.ts';

const entraObjectId = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * The personal conversation that a bot asks for. Asking again gives the same one.
 * @param limit counts the request against the limits of that conversation
 */
export function openConversation(
  tenant: Tenant,
  parameters: Fields,
  limit: (conversationId: string) => void,
): Conversation {
  const botId = botOf(parameters);
  if (botId !== tenant.botId && botId !== tenant.appId) {
    throw reject(400, 'BadArgument', `/bot/id: "${botId}": expected "${tenant.botId}".`);
  }
  if (parameters['isGroup'] === true) {
    throw reject(400, 'BadArgument', '/isGroup: true: expected false, or a channel in channelData.');
  }
  const tenantId = tenantOf(parameters);
  if (tenantId === null) {
    throw reject(
      400,
      'BadSyntax',
      '/tenantId: missing, also in channelData: expected the tenant of the member.',
    );
  }
  const memberId = memberOf(parameters);
  const conversation = tenant.findConversationWith(memberId);
  if (memberId.startsWith('29:') && conversation === null) {
    throw reject(400, 'BadArgument', `/members/0/id: "${memberId}" is no member that this bot knows.`);
  }
  limit(conversation?.id ?? memberId);
  if (conversation?.app !== 'installed' || tenantId !== tenant.tenantId) throw notInRoster();
  return conversation;
}

/** The bot that asks, by its own word. */
export function botOf(parameters: Fields): string | null {
  const bot = fieldsAt(parameters, 'bot');
  return bot === null ? null : stringAt(bot, 'id');
}

/** The tenant that is asked for, in either of the two places where it may stand. */
export function tenantOf(parameters: Fields): string | null {
  const channelData = fieldsAt(parameters, 'channelData');
  const tenant = channelData === null ? null : fieldsAt(channelData, 'tenant');
  return stringAt(parameters, 'tenantId') ?? (tenant === null ? null : stringAt(tenant, 'id'));
}

function memberOf(parameters: Fields): string {
  const members = parameters['members'];
  const [member, ...more] = Array.isArray(members) ? members : [];
  const id = isFields(member) ? stringAt(member, 'id') : null;
  if (id === null || more.length > 0) {
    throw reject(400, 'BadSyntax', '/members: expected one member with an id.');
  }
  if (!id.startsWith('29:') && !entraObjectId.test(id)) {
    throw reject(400, 'BadArgument', `/members/0/id: "${id}": expected "29:…" or an Entra object id.`);
  }
  return id;
}
