import type { SlackView } from '../slack/views.ts';
import type { EphemeralMessage, SlackMessage, SlackUser } from '../slack/workspace.ts';
import type { ModalState, SlackMessageState, SlackState } from './protocol.ts';
import { plainText } from './slack-words.ts';
import type { World } from './world.ts';

/** A person's Slack, as they see it. */
export function slackState(userId: string, { slack, clock }: World): SlackState {
  const written = slack.messages(userId).map((message) => messageState(message, userId));
  const whispered = slack.ephemerals(userId).map(ephemeralState);
  const modal = slack.openView(userId);
  return {
    userId,
    messages: [...written, ...whispered].sort((a, b) => Number(a.ts) - Number(b.ts)),
    modal: modal && modalState(modal),
    home: slack.home(userId)?.blocks ?? null,
    isQuiet: isQuiet(slack.user(userId), clock.now()),
  };
}

function isQuiet({ doNotDisturb: quiet }: SlackUser, now: Date): boolean {
  return quiet !== null && quiet.start <= now && now < quiet.end;
}

/** @param userId whose messages are their own */
export function messageState(message: SlackMessage, userId: string | null): SlackMessageState {
  return {
    ts: message.ts,
    from: message.user === userId ? 'person' : 'bot',
    text: message.text,
    blocks: message.blocks,
    isEdited: message.edited !== null,
    isEphemeral: false,
    isBroadcast: message.reply_broadcast,
    replies: message.replies.map((reply) => messageState(reply, userId)),
  };
}

function ephemeralState({ ts, text, blocks }: EphemeralMessage): SlackMessageState {
  return {
    ts,
    from: 'bot',
    text,
    blocks,
    isEdited: false,
    isEphemeral: true,
    isBroadcast: false,
    replies: [],
  };
}

function modalState({ id, title, submit, close, blocks }: SlackView): ModalState {
  return {
    id,
    title: plainText(title) ?? '',
    submit: plainText(submit),
    close: plainText(close) ?? 'Cancel',
    blocks,
  };
}
