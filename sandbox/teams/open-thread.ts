import { type Fields, fieldsAt, stringAt } from '../fields.ts';
import { readContents } from './message-content.ts';
import { botOf, tenantOf } from './open-conversation.ts';
import { notInRoster, reject } from './rejection.ts';
import { type Channel, type Content, isChannelId, type Tenant } from './tenant.ts';

/** Whether a bot asks for a conversation in a channel, and not with a person. */
export function isForChannel(parameters: Fields): boolean {
  return channelOf(parameters) !== null;
}

/**
 * The channel in which a bot asks for a conversation, and the message that it shall begin with.
 * @param limit counts the request against the limits of the channel
 */
export function readThread(
  tenant: Tenant,
  parameters: Fields,
  limit: (channelId: string) => void,
): { channel: Channel; content: Content } {
  const botId = botOf(parameters);
  if (botId !== null && botId !== tenant.botId && botId !== tenant.appId) {
    throw reject(400, 'BadArgument', `/bot/id: "${botId}": expected "${tenant.botId}".`);
  }
  if (parameters['isGroup'] !== true) {
    throw reject(400, 'BadArgument', `/isGroup: ${parameters['isGroup']}: expected true for a channel.`);
  }
  if (parameters['members'] !== undefined) {
    throw reject(400, 'BadSyntax', '/members: expected none for a channel.');
  }
  const id = channelOf(parameters) ?? '';
  if (!isChannelId(id)) {
    throw reject(400, 'BadArgument', `/channelData/channel/id: "${id}": expected "19:…@thread.tacv2".`);
  }
  const activity = fieldsAt(parameters, 'activity');
  const contents = activity === null ? [] : readContents(activity);
  const [content] = contents;
  if (content === undefined || contents.length > 1) {
    throw reject(400, 'BadSyntax', `/activity: ${contents.length} messages: expected one to begin with.`);
  }
  limit(id);
  const channel = tenant.findChannel(id);
  if (channel === null) throw reject(404, 'ConversationNotFound', `There is no channel "${id}".`);
  const tenantId = tenantOf(parameters);
  if (channel.app !== 'installed' || (tenantId !== null && tenantId !== tenant.tenantId)) throw notInRoster();
  return { channel, content };
}

function channelOf(parameters: Fields): string | null {
  const channelData = fieldsAt(parameters, 'channelData');
  const channel = channelData === null ? null : fieldsAt(channelData, 'channel');
  return channel === null ? null : stringAt(channel, 'id');
}
