import { tellRefusal } from '../../domain/card/refusal-words.ts';
import { openTo } from '../../domain/handoff/handoff.ts';
import type { Policy } from '../../domain/policy/policy.ts';
import { decidesOver } from '../../domain/policy/who-decides.ts';
import { wordsIn } from '../../domain/words/words.ts';
import type { Identify } from '../people/identify.ts';
import { mentionsIn, namesOf } from '../people/people.ts';
import { wordsFor } from '../people/words-of.ts';
import type { Cards } from '../ports/cards.ts';
import type { Chat, RefreshCard } from '../ports/chat.ts';
import type { Clock, PolicyOf } from '../ports/time.ts';
import { missElsewhere } from './chat-fallback.ts';
import { type CardNeeds, currentCard } from './current-card.ts';

type Needs = CardNeeds & {
  cards: Cards;
  chats: readonly Chat[];
  identify: Identify;
  policy: () => Policy;
  policyOf: PolicyOf;
  clock: Clock;
};

/**
 * Shows the card as it stands to whoever looks at a message of it. Where nobody can search a conversation, this is also
 * how the message of an attempt with an unknown end is found: it becomes the person's card, or goes when they have one.
 */
export function refreshCard(needs: Needs): RefreshCard {
  const { handoffs, cards, directory, chats, identify, policyOf, clock } = needs;
  const look: RefreshCard = async (at) => {
    const { platform, userId, handoffId, messageId, attempt } = at;
    const reader = await identify(platform, userId);
    if (!reader) return { refused: wordsIn(needs.policy().language).line('done.stranger') };
    const view = await handoffs.view(handoffId);
    const people = await directory.people();
    if (!view) {
      const words = wordsFor(reader, platform, { people, policy: needs.policy() });
      return { refused: words.line('done.gone') };
    }
    const { assignment } = view.handoff;
    const policy = policyOf(view.handoff);
    const record = view.cards.find((card) => card.person === reader && card.platform === platform);
    const concerned = [assignment.rep, ...openTo(view.handoff)].includes(reader);
    const concerns = record || concerned || decidesOver(policy, assignment, reader);
    if (!concerns) {
      const saying = { names: namesOf(people), words: wordsFor(reader, platform, { people, policy }) };
      return { refused: tellRefusal({ refused: 'notYours', holder: assignment.rep }, saying) };
    }
    if (record?.messageId === null && messageId !== null) {
      const found = { ...record, attempt: attempt ?? record.attempt, revision: record.toldSeq };
      // The attempt that sent it may be saving it at this very moment, or the client named another lead's card.
      if (!(await cards.adopt(found, messageId))) return look({ ...at, messageId: null });
    } else if (record?.messageId && attempt !== null && attempt !== record.attempt) {
      const { conversationId } = record;
      const isNobodys = messageId !== null && !(await cards.isKnown({ platform, conversationId, messageId }));
      const words = wordsFor(reader, platform, { people, policy });
      return { stray: true, isNobodys, instead: words.line('bulletins.further') };
    }
    const miss = missElsewhere(reader, platform, { cards: view.cards, people, policy, chats });
    const now = clock();
    await cards.noteSeen(reader, platform, handoffId, now);
    return {
      card: await currentCard(reader, view, { people, policy, now, platform, miss }, needs),
      mark: { handoffId, revision: view.handoff.version, attempt: attempt ?? record?.attempt ?? 0 },
      people: mentionsIn(platform, people),
    };
  };
  return look;
}
