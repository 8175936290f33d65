import type { CardRecord, Cards } from '../../../src/flow/ports.ts';
import type { Kept } from './stores.ts';

export function memoryCards({ handoffs }: Kept): Cards {
  const keep = (card: CardRecord) => {
    const handoff = handoffs.get(card.handoffId);
    if (!handoff) throw new Error(`A card of the unknown handoff ${card.handoffId}: expected a known one.`);
    handoff.cards.set(`${card.person} ${card.platform}`, card);
  };
  return {
    beginSend: async (card) => keep({ ...card, messageId: null, revision: 0, tellingSeq: card.toldSeq }),
    save: async (card) => keep(card),
    adopt: async (card, messageId) => {
      const key = `${card.person} ${card.platform}`;
      if (handoffs.get(card.handoffId)?.cards.get(key)?.messageId !== null) return false;
      keep({ ...card, messageId });
      return true;
    },
  };
}
