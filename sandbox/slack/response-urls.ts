import { randomBytes } from 'node:crypto';
import { type Fields, stringAt } from '../fields.ts';
import { withIds } from './interactive.ts';
import { readContent } from './message-content.ts';
import { type Answer, refuse } from './method.ts';
import type { Workspace } from './workspace.ts';

const maxUses = 5;
const lifetimeMs = 30 * 60_000;

/** Where an answer goes: the conversation, and the message that the person acted on. */
type Origin = {
  readonly userId: string;
  readonly channel: string;
  readonly messageTs: string | null;
};

type ResponseUrl = Origin & {
  readonly issuedAt: number;
  uses: number;
};

export type ResponseUrls = ReturnType<typeof createResponseUrls>;

/** The addresses that an interaction carries for answering it: five uses within half an hour. */
export function createResponseUrls(workspace: Workspace, origin: () => string) {
  const urls = new Map<string, ResponseUrl>();
  return {
    issue(target: Origin): string {
      const id = randomBytes(12).toString('hex');
      urls.set(id, { ...target, issuedAt: workspace.now().getTime(), uses: 0 });
      return `${origin()}/response/${id}`;
    },

    respond(id: string, body: Fields): Answer {
      const url = urls.get(id);
      if (url === undefined || workspace.now().getTime() - url.issuedAt > lifetimeMs) {
        return refuse('expired_url');
      }
      if (url.uses >= maxUses) return refuse('used_url');
      url.uses += 1;
      return respondTo(workspace, url, body);
    },
  };
}

/** Shows an app's answer to an interaction or command, the way its fields ask for. */
export function respondTo(workspace: Workspace, origin: Origin, body: Fields): Answer {
  const conversation = workspace.findConversation(origin.channel);
  const message = conversation?.byTs.get(origin.messageTs ?? '');
  const ephemeral = workspace.ephemerals(origin.userId).find(({ ts }) => ts === origin.messageTs);

  if (body['delete_original'] === true) {
    if (conversation !== null && message !== undefined) workspace.remove(conversation, message);
    if (ephemeral !== undefined) workspace.dismissEphemeral(origin.userId, ephemeral.ts);
    return { ok: true };
  }
  const read = readContent(body);
  if (!read.ok) return read;
  const { text } = read.content;
  const blocks = withIds(read.content.blocks ?? [], () => workspace.nextId('b'));
  const original = message ?? ephemeral;
  if (body['replace_original'] === true && original !== undefined) {
    Object.assign(original, { text, blocks });
    workspace.changed();
  } else if (body['response_type'] === 'in_channel') {
    // A command may have been typed in a channel that the sandbox does not have.
    if (conversation === null) return refuse('channel_not_found');
    const threadTs = stringAt(body, 'thread_ts');
    const metadata = read.content.metadata ?? null;
    const user = workspace.botUserId;
    workspace.post(conversation, { user, text, blocks, metadata, threadTs, replyBroadcast: false });
  } else {
    workspace.showEphemeral(origin.userId, { channel: origin.channel, text, blocks });
  }
  return { ok: true };
}
