import type { Cards } from '../../flow/ports/cards.ts';
import type { Connection } from './connection.ts';
import { isUuid } from './is-uuid.ts';
import { noteSaid } from './note-said.ts';
import { cardRow, saidRows } from './what-to-write.ts';
import { write } from './write.ts';

/** The messages about handoffs in PostgreSQL. */
export function postgresCards({ prisma, pool }: Pick<Connection, 'prisma' | 'pool'>): Cards {
  return {
    beginSend: async ({ handoffId, person, platform, conversationId, toldSeq }) => {
      const key = { handoffId, person, platform };
      const unsent = { conversationId, messageId: null, revision: 0, toldSeq, tellingSeq: toldSeq };
      const { attempt } = await prisma.card.upsert({
        where: { handoffId_person_platform: key },
        create: { ...key, ...unsent, attempt: 1 },
        update: { ...unsent, attempt: { increment: 1 } },
        select: { attempt: true },
      });
      return attempt;
    },

    adopt: async ({ handoffId, person, platform, attempt, revision, toldSeq, tellingSeq }, messageId) => {
      const { count } = await prisma.card.updateMany({
        where: { handoffId, person, platform, messageId: null },
        data: { messageId, attempt, revision, toldSeq, tellingSeq },
      });
      return count > 0;
    },

    noteSeen: async (person, platform, handoffId, at) => {
      if (handoffId !== null && !isUuid(handoffId)) return;
      const which =
        handoffId === null ? { messageId: { not: null }, handoff: { closedAt: null } } : { handoffId };
      await prisma.card.updateMany({
        where: { person, platform, ...which, OR: [{ seenAt: null }, { seenAt: { lt: at } }] },
        data: { seenAt: at },
      });
    },

    save: async (card, said = []) => {
      await write(pool, { cards: [cardRow(card)], said: saidRows(said) });
    },

    noteSaid: (said) => noteSaid(pool, said),
  };
}
