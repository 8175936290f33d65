import type { LeadId } from '../../domain/lead/lead.ts';
import type { Policy } from '../../domain/policy/policy.ts';
import type { Line } from '../../domain/words/line.ts';
import { wordsIn } from '../../domain/words/words.ts';
import type { Chat } from '../ports/chat.ts';
import type { Erasures, Retraction } from '../ports/erasures.ts';
import { PermanentFailure } from '../ports/failure.ts';
import type { Observe } from '../ports/observe.ts';
import type { Clock } from '../ports/time.ts';

type Needs = {
  erasures: Erasures;
  chats: readonly Chat[];
  policy: () => Policy;
  clock: Clock;
  observe: Observe;
};

/**
 * Takes back the messages about a lead that was erased. One that cannot be for now does not keep the others; those in a
 * chat that is not connected remain.
 */
export function retractMessages({ erasures, chats, policy, clock, observe }: Needs) {
  return async (leadId: LeadId): Promise<void> => {
    const isForGood = (await erasures.among([leadId])).length > 0;
    const key = isForGood ? 'bulletins.erasedLead' : 'bulletins.keptNoLonger';
    const words = wordsIn(policy().language).line(key);
    let failure: unknown = null;
    for (const retraction of await erasures.toRetract(leadId)) {
      const { id, platform } = retraction;
      const chat = chats.find((one) => one.platform === platform);
      if (!chat) continue;
      try {
        const refused = await refusalOf(retraction, words, chat);
        await erasures.noteRetracted(id, clock(), refused);
        observe({ what: 'retracted', platform, refused });
      } catch (error) {
        failure ??= error;
      }
    }
    if (failure) throw failure;
  };
}

/** The word with which a chat refuses for good; null: the message is gone. */
async function refusalOf(
  { isCard, conversationId, messageId }: Retraction,
  words: Line,
  chat: Chat,
): Promise<string | null> {
  const message = { conversationId, messageId };
  try {
    if (isCard) await chat.replace(message, words);
    else await chat.remove(message);
    return null;
  } catch (error) {
    if (error instanceof PermanentFailure) return error.code;
    throw error;
  }
}
