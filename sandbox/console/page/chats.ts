import type { Platform } from '../../../src/domain/policy/policy.ts';
import type { PersonState } from '../protocol.ts';

export const chatNames: Readonly<Record<Platform, string>> = { slack: 'Slack', teams: 'Teams' };

/** The chats in which somebody reads their cards. */
export function chatsOf({ chats }: PersonState): Platform[] {
  return (['slack', 'teams'] as const).filter((chat) => chats[chat] !== null);
}

/** Who can be mentioned in Slack. */
export function slackUsers(people: readonly PersonState[]): { id: string; name: string }[] {
  return people.flatMap(({ chats: { slack }, name }) => (slack === null ? [] : [{ id: slack.userId, name }]));
}

/** When the bot said something that the chat tells the person of: numbers that grow, the same in both chats. */
export function arrivalsIn({ chats: { slack, teams } }: PersonState, chat: Platform): number[] {
  if (chat === 'teams') {
    const messages = teams?.messages ?? [];
    return messages.filter(({ from }) => from === 'bot').map(({ id }) => Number(id));
  }
  const messages = slack?.messages ?? [];
  const spoken = messages.flatMap((message) => [
    message,
    ...message.replies.filter((reply) => reply.isBroadcast),
  ]);
  return spoken.filter(({ from }) => from === 'bot').map(({ ts }) => Number(ts) * 1000);
}
