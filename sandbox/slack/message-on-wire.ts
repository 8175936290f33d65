import type { Fields } from '../fields.ts';
import type { SlackMessage, Workspace } from './workspace.ts';

/**
 * A message as the Web API and the interaction payloads show it.
 * @param metadata readers that do not ask for the whole get its type without the payload
 */
export function messageOnWire(
  workspace: Workspace,
  message: SlackMessage,
  metadata: 'whole metadata' | 'type of metadata',
): Fields {
  const fromBot = message.user === workspace.botUserId;
  const latest = message.replies.at(-1);
  const authors = [...new Set(message.replies.map(({ user }) => user))];
  const parent = workspace.findConversation(message.channel)?.byTs.get(message.threadTs ?? '');
  return {
    type: 'message',
    ...(message.reply_broadcast && { subtype: 'thread_broadcast' }),
    user: message.user,
    ...(fromBot && { bot_id: workspace.botId, app_id: workspace.appId }),
    team: workspace.teamId,
    ts: message.ts,
    text: message.text,
    ...(message.blocks.length > 0 && { blocks: message.blocks }),
    ...(message.metadata !== null && {
      metadata:
        metadata === 'whole metadata' ? message.metadata : { event_type: message.metadata.event_type },
    }),
    ...(message.edited !== null && { edited: message.edited }),
    ...(message.threadTs !== null && { thread_ts: message.threadTs }),
    ...(parent !== undefined && { parent_user_id: parent.user }),
    ...(parent !== undefined &&
      message.reply_broadcast && { root: messageOnWire(workspace, parent, 'type of metadata') }),
    ...(latest !== undefined && {
      thread_ts: message.ts,
      reply_count: message.replies.length,
      reply_users_count: authors.length,
      reply_users: authors,
      latest_reply: latest.ts,
    }),
  };
}
