import { type Arguments, flagArgument, stringArgument } from './arguments.ts';
import { messageOnWire } from './message-on-wire.ts';
import { type Answer, type Method, refuse, type SlackState } from './method.ts';
import { cutPage } from './paging.ts';
import type { SlackMessage, Workspace } from './workspace.ts';

export const CONVERSATION_METHODS: Readonly<Record<string, Method>> = {
  'conversations.open': { scope: 'im:write', tier: 3, required: [], run: open },
  'conversations.history': { scope: 'im:history', tier: 3, required: ['channel'], run: history },
  'conversations.replies': { scope: 'im:history', tier: 3, required: ['channel', 'ts'], run: replies },
};

function open(args: Arguments, { workspace, scopes }: SlackState): Answer {
  const ids = (stringArgument(args, 'users') ?? '').split(',').filter((id) => id !== '');
  const [id] = ids;
  if (id === undefined) return refuse('users_list_not_supplied');
  // A second person makes it a group conversation, for which the app would need `mpim:write`.
  if (ids.length > 1) return { ...refuse('missing_scope'), needed: 'mpim:write', provided: scopes.join(',') };
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

function history(args: Arguments, { workspace }: SlackState): Answer {
  const conversation = workspace.findConversation(stringArgument(args, 'channel') ?? '');
  if (conversation === null) return refuse('channel_not_found');
  const broadcasts = conversation.messages.flatMap(({ replies }) =>
    replies.filter((reply) => reply.reply_broadcast),
  );
  const newestFirst = [...conversation.messages, ...broadcasts]
    .sort((one, other) => Number(other.ts) - Number(one.ts))
    .filter(within(args));
  return page(args, workspace, newestFirst);
}

function replies(args: Arguments, { workspace }: SlackState): Answer {
  const conversation = workspace.findConversation(stringArgument(args, 'channel') ?? '');
  if (conversation === null) return refuse('channel_not_found');
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
