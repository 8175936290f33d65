import type { Platform } from '../../../src/domain/policy/policy.ts';
import type { Cards, FormOf, SentCard } from '../../../src/flow/ports/cards.ts';
import type { MessageRef } from '../../../src/flow/ports/chat.ts';
import type { Kept, KeptHandoff } from './kept.ts';
import { noteSaid } from './said.ts';

export function memoryCards(kept: Kept): Cards {
  const { handoffs, said, forms } = kept;
  const keep = (card: SentCard) => {
    const handoff = handoffs.get(card.handoffId);
    if (!handoff) throw new Error(`A card of the unknown handoff ${card.handoffId}: expected a known one.`);
    keepCard(handoff, card);
  };
  const isKnown = ({ platform, conversationId, messageId }: MessageRef & { platform: Platform }) => {
    const cards = [...handoffs.values()].flatMap((handoff) => [...handoff.cards.values()]);
    return [...cards, ...said].some(
      (one) =>
        one.platform === platform && one.conversationId === conversationId && one.messageId === messageId,
    );
  };
  const keyOf = ({ handoffId, platform, userId, form }: FormOf) =>
    [handoffId, platform, userId, form].join(' ');
  const take = (of: FormOf): MessageRef | null => {
    const known = forms.get(keyOf(of));
    forms.delete(keyOf(of));
    return known ? { conversationId: known.conversationId, messageId: known.messageId } : null;
  };
  return {
    keepForm: async (form) => {
      const before = take(form);
      forms.set(keyOf(form), form);
      return before ? [before] : [];
    },
    takeForm: async (of) => take(of),
    openForms: async (handoffId) => [...forms.values()].filter((form) => form.handoffId === handoffId),
    beginSend: async (card) => {
      const known = handoffs.get(card.handoffId)?.cards.get(`${card.person} ${card.platform}`);
      const attempt = (known?.attempt ?? 0) + 1;
      keep({ ...card, messageId: null, attempt, revision: 0, tellingSeq: card.toldSeq });
      return attempt;
    },
    save: async (card, lines = []) => {
      keep(card);
      said.push(...lines);
    },
    noteSaid: async (one) => noteSaid(kept, one),
    noteSeen: async (person, platform, handoffId, at) => {
      for (const { handoff, cards } of handoffs.values()) {
        const card = cards.get(`${person} ${platform}`);
        const lies = card?.messageId && handoff.status !== 'closed';
        const isMeant = handoffId === null ? lies : handoff.id === handoffId;
        if (card && isMeant && !(card.seenAt && card.seenAt > at)) card.seenAt = at;
      }
    },
    isKnown: async (message) => isKnown(message),
    adopt: async (card, messageId) => {
      const key = `${card.person} ${card.platform}`;
      if (handoffs.get(card.handoffId)?.cards.get(key)?.messageId !== null) return false;
      if (isKnown({ ...card, messageId })) return false;
      keep({ ...card, messageId });
      return true;
    },
  };
}

export function keepCard({ cards }: KeptHandoff, card: SentCard): void {
  const key = `${card.person} ${card.platform}`;
  cards.set(key, { ...card, seenAt: cards.get(key)?.seenAt ?? null });
}
