import { chatsOf } from '../../domain/policy/people-of.ts';
import type { PersonId, Platform, Policy } from '../../domain/policy/policy.ts';
import type { Why } from '../../domain/words/reason.ts';
import type { Chat, MessageRef } from '../ports/chat.ts';
import { PermanentFailure } from '../ports/failure.ts';
import type { Directory, Person } from '../ports/people.ts';
import type { Clock } from '../ports/time.ts';
import { askForConversation, findConversation, inConversation } from './find-conversation.ts';
import { obstacleOf } from './obstacles.ts';

/** Where somebody is told something. */
export type Place = { chat: Chat; conversationId: string; people: readonly Person[] };

/**
 * Tells somebody something in the first chat in which they can be reached: twice would be no clearer. One that keeps the
 * bot out until somebody does something about it is not waited for when there is another.
 * @param tell sends it, and returns the message's id
 * @param first the chat that comes before the others, where they were seen last
 * @returns the message, or why no chat took it
 */
export async function tellPerson(
  person: PersonId,
  needs: { directory: Directory; chats: readonly Chat[]; policy: () => Policy; clock: Clock },
  tell: (place: Place) => Promise<string>,
  first: Platform | null = null,
): Promise<(MessageRef & { platform: Platform }) | { why: Why }> {
  const people = await needs.directory.people();
  let why: Why = { kind: 'noAccount' };
  let shutOut: unknown = null;
  const { inOrder } = chatsOf(needs.policy(), person);
  const platforms = inOrder.toSorted((a, b) => Number(b === first) - Number(a === first));
  for (const platform of platforms) {
    const chat = needs.chats.find((candidate) => candidate.platform === platform);
    if (!chat) continue;
    try {
      const conversation = await findConversation(person, chat, people, needs);
      if (!conversation) continue;
      const tellIn = async (conversationId: string) => {
        const messageId = await tell({ chat, conversationId, people });
        return { platform, conversationId, messageId };
      };
      const sent = await inConversation(conversation, tellIn, () => askForConversation(person, chat, needs));
      if (sent) return sent;
    } catch (cause) {
      if (cause instanceof PermanentFailure) why = cause.code;
      else if (obstacleOf(cause) !== null) shutOut = cause;
      else throw cause;
    }
  }
  if (shutOut) throw shutOut;
  return { why };
}
