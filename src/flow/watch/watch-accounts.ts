import type { Policy } from '../../domain/policy/policy.ts';
import type { Chat } from '../ports/chat.ts';
import type { Handoffs } from '../ports/handoffs.ts';
import type { Directory, Person, PersonAccount } from '../ports/people.ts';
import type { Clock } from '../ports/time.ts';
import { askForConversation, isFresh } from '../show/find-conversation.ts';

type Needs = {
  directory: Directory;
  handoffs: Pick<Handoffs, 'heldBy' | 'deliverAgain'>;
  chats: readonly Chat[];
  policy: () => Policy;
  clock: Clock;
};

/**
 * Looks whether those who have leads still have the accounts to which their cards went: Slack takes messages to a
 * deactivated account without a word. Whose account is gone is out of reach there, and their cards are delivered anew.
 */
export function watchAccounts(needs: Needs) {
  return async (): Promise<void> => {
    const { directory, handoffs, clock } = needs;
    let failure: unknown = null;
    for (const person of await directory.people()) {
      const toAsk = person.accounts.filter((one) => one.conversationId && !isFresh(one, clock()));
      if (toAsk.length === 0 || (await handoffs.heldBy(person.id)).length === 0) continue;
      for (const account of toAsk) {
        // One of whom nobody answers must not keep the others.
        await askAgain(person, account, needs).catch((cause) => {
          failure ??= cause;
        });
      }
    }
    if (failure) throw failure;
  };
}

async function askAgain({ id }: Person, { platform }: PersonAccount, needs: Needs): Promise<void> {
  const chat = needs.chats.find((one) => one.platform === platform);
  if (!chat) return;
  if ((await askForConversation(id, chat, needs)) === null) await needs.handoffs.deliverAgain(id);
}
