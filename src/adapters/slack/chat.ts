import type { MessageMetadata } from '@slack/types';
import type { Chat, MessageRef, Update } from '../../flow/ports/chat.ts';
import { PermanentFailure } from '../../flow/ports/failure.ts';
import { slackBulletin } from './bulletin.ts';
import { type CallOptions, paces, required, slackCalls } from './calls.ts';
import { type Content, type Folding, slackCard, slackLine, slackLoudLine } from './card.ts';
import { isDirect, slackHistory } from './history.ts';
import { slackHomeTab } from './home-tab.ts';
import { bulletinMetadata, cardMetadata, lineMetadata } from './marks.ts';
import { slackPeople } from './people.ts';
import { createPermalinks } from './permalinks.ts';
import { sharedChannel } from './refusal-words.ts';
import { remembered } from './remembered.ts';
import type { Drawn } from './section.ts';
import { refusedFor, slackCode } from './translate-error.ts';

/** So long a channel that was shared with another company may still get a card. */
const channelKeptMs = 10 * 60_000;

/** Why a message cannot be changed ("chat.update"): it is gone, it is not ours, or the workspace allows no edits. */
const unchangeable: ReadonlyMap<string | null, Update> = new Map([
  ['message_not_found', 'gone'],
  ['cant_update_message', 'frozen'],
  ['edit_window_closed', 'frozen'],
]);

export type SlackChat = Chat & Pick<ReturnType<typeof slackPeople>, 'isColleague'>;

/** Slack as a chat. */
export function slackChat(options: CallOptions): SlackChat {
  const { web, ask } = slackCalls(options);
  const now = options.paceTime?.now ?? performance.now.bind(performance);

  const isShared = remembered(
    async (channel: string) => {
      const info = await ask('conversations.info', () => web.conversations.info({ channel }));
      return Boolean(info.channel?.is_ext_shared || info.channel?.is_pending_ext_shared);
    },
    { forMs: channelKeptMs, now },
  );

  /** A lead's data stays in the company: a channel may be shared with another one, also after a card has come there. */
  const mustBeOurs = async (channel: string, method: string): Promise<void> => {
    if (isDirect(channel) || !(await isShared(channel))) return;
    throw refusedFor(sharedChannel, method, null);
  };

  /** Messages of one conversation go out in order; other conversations do not wait for them. */
  const post = async (channel: string, message: Message): Promise<string> => {
    const method = 'chat.postMessage';
    await mustBeOurs(channel, method);
    const call = () =>
      web.chat.postMessage({ channel, ...message, unfurl_links: false, unfurl_media: false });
    const { ts } = await ask(method, call, { lane: channel, place: channel, pace: paces.messages });
    return required(ts, method, 'ts');
  };

  /** Containers are among the newer blocks, which not every workspace takes: one that refused them is sent no more. */
  let folding: Folding = 'folded';
  const drawn = async <Result>(send: (folding: Folding) => Promise<Result>): Promise<Result> => {
    try {
      return await send(folding);
    } catch (error) {
      if (folding === 'open' || !isRefused(error)) throw error;
      const sent = await send('open');
      folding = 'open';
      return sent;
    }
  };

  /** Changes to one message are made in order. */
  const change = (
    method: 'chat.update' | 'chat.delete',
    { conversationId: channel, messageId: ts }: MessageRef,
    call: (place: { channel: string; ts: string }) => Promise<unknown>,
  ): Promise<Update> => {
    const once = () =>
      call({ channel, ts }).then(
        (): Update => 'changed',
        (error): Update => {
          const end = unchangeable.get(slackCode(error));
          if (!end) throw error;
          return end;
        },
      );
    return ask(method, once, { lane: `${channel} ${ts}` });
  };

  const remove = async (message: MessageRef): Promise<void> => {
    await change('chat.delete', message, (place) => web.chat.delete(place));
  };

  const linkTo = createPermalinks(async ({ conversationId: channel, messageId: message_ts }) => {
    const method = 'chat.getPermalink';
    const call = () => web.chat.getPermalink({ channel, message_ts });
    const { permalink } = await ask(method, call, { pace: paces.permalinks });
    return required(permalink, method, 'permalink');
  }, options.log);

  return {
    platform: 'slack',
    absence: { kind: 'noAccountIn', chat: 'Slack' },
    canLookBack: true,
    hearsChannels: true,
    ...slackPeople({ web, ask }, now),
    ...slackHistory({ web, ask }),

    postCard: (conversationId, card, mark, people) =>
      drawn((folding) =>
        post(conversationId, { ...slackCard(card, mark, people, folding), metadata: cardMetadata(mark) }),
      ),

    async updateCard(message, card, mark, people) {
      await mustBeOurs(message.conversationId, 'chat.update');
      const metadata = cardMetadata(mark);
      return drawn((folding) =>
        change('chat.update', message, (place) =>
          web.chat.update({ ...place, ...slackCard(card, mark, people, folding), metadata }),
        ),
      );
    },

    async tell(message, line, mark, { notify, loud, about }, people) {
      const { conversationId, messageId } = message;
      const metadata = lineMetadata(mark);
      if (loud) {
        const card = { title: about, link: await linkTo(message) };
        return post(conversationId, { ...slackLoudLine(line, card, people), metadata });
      }
      return post(conversationId, {
        ...slackLine(line, people),
        metadata,
        thread_ts: messageId,
        // Whether Slack tells somebody of a reply that stands in its thread alone depends on their settings.
        reply_broadcast: notify,
      });
    },

    async postBulletin(conversationId, bulletin, mark, people) {
      const metadata = bulletinMetadata(mark);
      const postDrawn = (tables: Drawn) =>
        post(conversationId, { ...slackBulletin(bulletin, people, tables), metadata });
      const hasTable = bulletin.sections?.some(({ kind }) => kind === 'table');
      return postDrawn('asTables').catch((error: unknown) => {
        // Likewise a table.
        if (!hasTable || !isRefused(error)) throw error;
        return postDrawn('inLines');
      });
    },

    async updateBulletin(message, bulletin, mark, people) {
      const content = { ...slackBulletin(bulletin, people), metadata: bulletinMetadata(mark) };
      return change('chat.update', message, (place) => web.chat.update({ ...place, ...content }));
    },

    async replace(message, words) {
      const end = await change('chat.update', message, (place) =>
        web.chat.update({ ...place, ...slackLine(words, new Map()) }),
      );
      // What may not be edited may still be deleted.
      if (end === 'frozen') await remove(message);
    },

    remove,

    home: slackHomeTab({ web, ask }),
  };
}

function isRefused(error: unknown): boolean {
  return error instanceof PermanentFailure && error.code === 'invalid_blocks';
}

type InThread = { thread_ts: string; reply_broadcast: boolean };
type Message = Content & { metadata: MessageMetadata } & (InThread | { thread_ts?: never });
