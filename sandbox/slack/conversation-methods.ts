import { type Arguments, flagArgument, stringArgument } from './arguments.ts';
import { infoScope, refusalToRead, visibleConversation } from './channel-access.ts';
import { messageOnWire } from './message-on-wire.ts';
import { type Answer, type Method, missingScope, refuse, type SlackState } from './method.ts';
import { cutPage } from './paging.ts';
import { type SlackMessage, standingIn, type Workspace } from './workspace.ts';

export const conversationMethods: Readonly<Record<string, Method>> = {
  'conversations.open': { scope: 'im:write', tier: 3, required: [], run: open },
  // Which scope they need depends on what kind of conversation it is.
  'conversations.info': { scope: null, tier: 3, required: ['channel'], run: info },
  'conversations.history': { scope: null, tier: 3, required: ['channel'], run: history },
  'conversations.replies': { scope: null, tier: 3, required: ['channel', 'ts'], run: replies },
};

function open(args: Arguments, { workspace, scopes }: SlackState): Answer {
  const ids = (stringArgument(args, 'users') ?? '').split(',').filter((id) => id !== '');
  const [id] = ids;
  if (id === undefined) return refuse('users_list_not_supplied');
  // A second person makes it a group conversation, for which the app would need `mpim:write`.
  if (ids.length > 1) return missingScope('mpim:write', scopes);
  const user = workspace.users().find((candidate) => candidate.id === id);
  if (user === undefined) return refuse('user_not_found');
  if (user.deleted) return refuse('user_disabled');

  const alreadyOpen = workspace.conversationWith(id) !== null;
  const conversation = workspace.openConversation(id);
  const channel = flagArgument(args, 'return_im')
    ? { id: conversation.id, is_im: true, user: id, is_open: true }
    : { id: conversation.id };
  return { ok: true, channel, ...(alreadyOpen && { no_op: true, already_open: true }) };
}

/** As the sample of slackapi/java-slack-sdk has it (json-logs/samples/api/conversations.info.json). */
function info(args: Arguments, { workspace, scopes }: SlackState): Answer {
  const conversation = visibleConversation(workspace, stringArgument(args, 'channel') ?? '');
  if (conversation === null) return refuse('channel_not_found');
  const scope = infoScope(conversation);
  if (!scopes.includes(scope)) return missingScope(scope, scopes);
  const { id, channel, members } = conversation;
  if (channel === null) return { ok: true, channel: { id, is_im: true, user: members[0] } };
  return {
    ok: true,
    channel: {
      id,
      name: channel.name,
      is_channel: !channel.isPrivate,
      is_group: channel.isPrivate,
      is_im: false,
      is_private: channel.isPrivate,
      is_archived: channel.isArchived,
      is_shared: channel.isShared,
      is_ext_shared: channel.isShared,
      is_pending_ext_shared: channel.isAboutToBeShared,
      is_org_shared: false,
      is_member: members.includes(workspace.botUserId),
    },
  };
}

function history(args: Arguments, state: SlackState): Answer {
  const { workspace } = state;
  const conversation = visibleConversation(workspace, stringArgument(args, 'channel') ?? '');
  if (conversation === null) return refuse('channel_not_found');
  const newestFirst = standingIn(conversation).reverse().filter(within(args));
  return refusalToRead(conversation, state) ?? page(args, workspace, newestFirst);
}

function replies(args: Arguments, state: SlackState): Answer {
  const { workspace } = state;
  const conversation = visibleConversation(workspace, stringArgument(args, 'channel') ?? '');
  if (conversation === null) return refuse('channel_not_found');
  const refusal = refusalToRead(conversation, state);
  if (refusal !== null) return refusal;
  const named = conversation.byTs.get(stringArgument(args, 'ts') ?? '');
  if (named === undefined) return refuse('thread_not_found');
  const parent = conversation.byTs.get(named.threadTs ?? named.ts) ?? named;
  return page(args, workspace, [parent, ...parent.replies.filter(within(args))]);
}

function within(args: Arguments): (message: SlackMessage) => boolean {
  const oldest = Number(stringArgument(args, 'oldest') ?? 0);
  const latest = Number(stringArgument(args, 'latest') ?? Number.POSITIVE_INFINITY);
  const inclusive = flagArgument(args, 'inclusive');
  return ({ ts }) => {
    const at = Number(ts);
    return inclusive ? at >= oldest && at <= latest : at > oldest && at < latest;
  };
}

function page(args: Arguments, workspace: Workspace, messages: readonly SlackMessage[]): Answer {
  const cut = cutPage(args, messages, { max: 999, otherwise: 100 });
  if (cut === null) return refuse('invalid_cursor');
  const metadata = flagArgument(args, 'include_all_metadata') ? 'whole metadata' : 'type of metadata';
  return {
    ok: true,
    messages: cut.items.map((message) => messageOnWire(workspace, message, metadata)),
    has_more: cut.nextCursor !== '',
    response_metadata: { next_cursor: cut.nextCursor },
  };
}
