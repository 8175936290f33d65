import { missingScope, type Refusal, refuse, type SlackState } from './method.ts';
import type { Conversation, Workspace } from './workspace.ts';

/** The conversation with this id. To an app that is not in it, Slack does not admit that a private channel exists. */
export function visibleConversation(workspace: Workspace, id: string): Conversation | null {
  const conversation = workspace.findConversation(id);
  return conversation?.channel?.isPrivate && !hasBot(conversation, workspace) ? null : conversation;
}

/** Why the app may not write in a conversation that it can see; null when it may. */
export function refusalToWrite(conversation: Conversation, state: SlackState): Refusal | null {
  if (conversation.channel?.isArchived) return refuse('is_archived');
  const mayWrite = hasBot(conversation, state.workspace) || state.scopes.includes('chat:write.public');
  return mayWrite ? null : refuse('not_in_channel');
}

/** Why the app may not read in a conversation that it can see; null when it may. No scope lets it read uninvited. */
export function refusalToRead(conversation: Conversation, state: SlackState): Refusal | null {
  const scope = historyScope(conversation);
  if (!state.scopes.includes(scope)) return missingScope(scope, state.scopes);
  return hasBot(conversation, state.workspace) ? null : refuse('not_in_channel');
}

/** The scope without which Slack does not tell what a conversation is. */
export function infoScope({ channel }: Conversation): string {
  if (channel === null) return 'im:read';
  return channel.isPrivate ? 'groups:read' : 'channels:read';
}

function historyScope({ channel }: Conversation): string {
  if (channel === null) return 'im:history';
  return channel.isPrivate ? 'groups:history' : 'channels:history';
}

function hasBot({ members }: Conversation, { botUserId }: Workspace): boolean {
  return members.includes(botUserId);
}
