import { type Arguments, flagArgument, stringArgument } from './arguments.ts';
import { refusalToWrite, visibleConversation } from './channel-access.ts';
import { withIds } from './interactive.ts';
import { maxTextLength, readContent } from './message-content.ts';
import { messageOnWire } from './message-on-wire.ts';
import { type Answer, type Method, refuse, type SlackState } from './method.ts';
import type { Conversation, SlackMessage, Workspace } from './workspace.ts';

export const chatMethods: Readonly<Record<string, Method>> = {
  'chat.postMessage': { scope: 'chat:write', tier: 'message', required: ['channel'], run: postMessage },
  'chat.update': { scope: 'chat:write', tier: 3, required: ['channel', 'ts'], run: update },
  'chat.delete': { scope: 'chat:write', tier: 3, required: ['channel', 'ts'], run: remove },
  'chat.postEphemeral': { scope: 'chat:write', tier: 4, required: ['channel', 'user'], run: postEphemeral },
  'chat.getPermalink': {
    scope: null,
    tier: 'special',
    required: ['channel', 'message_ts'],
    run: getPermalink,
  },
};

function postMessage(args: Arguments, state: SlackState): Answer {
  const { workspace } = state;
  const conversation = resolveTarget(workspace, stringArgument(args, 'channel') ?? '');
  if (conversation === null) return refuse('channel_not_found');
  const refusal = refusalToWrite(conversation, state);
  if (refusal !== null) return refusal;
  const read = readContent(args);
  if (!read.ok) return read;
  const threadTs = stringArgument(args, 'thread_ts');
  if (threadTs !== null && !/^\d+\.\d{6}$/.test(threadTs)) return refuse('invalid_thread_ts');

  const { text, blocks, metadata } = read.content;
  const message = workspace.post(conversation, {
    user: workspace.botUserId,
    text,
    blocks: withIds(blocks ?? [], () => workspace.nextId('b')),
    metadata: metadata ?? null,
    threadTs,
    replyBroadcast: flagArgument(args, 'reply_broadcast'),
  });
  return {
    ok: true,
    channel: conversation.id,
    ts: message.ts,
    message: messageOnWire(workspace, message, 'whole metadata'),
  };
}

function update(args: Arguments, { workspace }: SlackState): Answer {
  const found = findMessage(workspace, args, 'ts');
  if (!found.ok) return found;
  const { conversation, message } = found;
  if (conversation.channel?.isArchived) return refuse('is_inactive');
  if (message.user !== workspace.botUserId) return refuse('cant_update_message');
  if ((stringArgument(args, 'text') ?? '').length > maxTextLength) return refuse('msg_too_long');
  const read = readContent(args);
  if (!read.ok) return read;

  const { text, blocks, metadata } = read.content;
  message.text = text;
  message.blocks = withIds(blocks ?? [], () => workspace.nextId('b'));
  if (metadata !== undefined) message.metadata = metadata;
  // A message of blocks shows no "(edited)".
  message.edited = message.blocks.length > 0 ? null : { user: message.user, ts: workspace.nextTs() };
  workspace.changed();
  return {
    ok: true,
    channel: conversation.id,
    ts: message.ts,
    text,
    message: messageOnWire(workspace, message, 'whole metadata'),
  };
}

function remove(args: Arguments, { workspace }: SlackState): Answer {
  const found = findMessage(workspace, args, 'ts');
  if (!found.ok) return found;
  const { conversation, message } = found;
  if (message.user !== workspace.botUserId) return refuse('cant_delete_message');
  workspace.remove(conversation, message);
  return { ok: true, channel: conversation.id, ts: message.ts };
}

function postEphemeral(args: Arguments, state: SlackState): Answer {
  const { workspace } = state;
  const conversation = resolveTarget(workspace, stringArgument(args, 'channel') ?? '');
  if (conversation === null) return refuse('channel_not_found');
  const refusal = refusalToWrite(conversation, state);
  if (refusal !== null) return refusal;
  const userId = stringArgument(args, 'user') ?? '';
  if (!conversation.members.includes(userId)) return refuse('user_not_in_channel');
  const read = readContent(args);
  if (!read.ok) return read;
  const blocks = withIds(read.content.blocks ?? [], () => workspace.nextId('b'));
  const { text } = read.content;
  const shown = workspace.showEphemeral(userId, { channel: conversation.id, text, blocks });
  return { ok: true, message_ts: shown.ts };
}

function getPermalink(args: Arguments, { workspace }: SlackState): Answer {
  const found = findMessage(workspace, args, 'message_ts');
  if (!found.ok) return found;
  const { conversation, message } = found;
  const place = `${conversation.id}/p${message.ts.replace('.', '')}`;
  return {
    ok: true,
    channel: conversation.id,
    permalink: `https://${workspace.domain}.slack.com/archives/${place}`,
  };
}

/**
 * The conversation to post in. A person's id is taken for the conversation with them, which opens, even
 * for a deactivated person: Slack posts there without a word, and nobody reads it.
 */
export function resolveTarget(workspace: Workspace, channel: string): Conversation | null {
  const conversation = visibleConversation(workspace, channel);
  if (conversation !== null) return conversation;
  const user = workspace.users().find(({ id }) => id === channel);
  return user === undefined ? null : workspace.openConversation(user.id);
}

type Found = { ok: true; conversation: Conversation; message: SlackMessage } | ReturnType<typeof refuse>;

/** Only a conversation's own id names it here; a person's id does not. */
function findMessage(workspace: Workspace, args: Arguments, tsArgument: string): Found {
  const conversation = visibleConversation(workspace, stringArgument(args, 'channel') ?? '');
  if (conversation === null) return refuse('channel_not_found');
  const message = conversation.byTs.get(stringArgument(args, tsArgument) ?? '');
  return message === undefined ? refuse('message_not_found') : { ok: true, conversation, message };
}
