import { z } from 'zod';
import { formNames } from '../../domain/card/form.ts';
import type { Cards, FormOf, OpenForm } from '../../flow/ports/cards.ts';
import type { MessageRef } from '../../flow/ports/chat.ts';
import type { Connection } from './connection.ts';
import { isUuid } from './is-uuid.ts';
import { noteSaid } from './note-said.ts';
import { run } from './statement.ts';
import { cardRow, saidRows } from './what-to-write.ts';
import { write } from './write.ts';

/** $1 to $3: where the message lies. */
const isSomebodys = `(
  EXISTS (SELECT FROM card WHERE platform = $1 AND conversation_id = $2 AND message_id = $3)
  OR EXISTS (SELECT FROM said WHERE platform = $1 AND conversation_id = $2 AND message_id = $3)
)`;

const findKnown = { name: 'known-message', text: `SELECT ${isSomebodys} AS known` };

const adoptUnknown = {
  name: 'adopt-card',
  text: `
  UPDATE card SET message_id = $3, attempt = $6, revision = $7, told_seq = $8, telling_seq = $9
  WHERE handoff_id = $4 AND person = $5 AND platform = $1 AND message_id IS NULL AND NOT ${isSomebodys}
  RETURNING attempt`,
};

const deleteForm = {
  name: 'delete-form',
  text: `
  DELETE FROM open_form WHERE handoff_id = $1 AND platform = $2 AND user_id = $3 AND form = $4
  RETURNING conversation_id AS "conversationId", message_id AS "messageId"`,
};

const openForm = z.object({
  handoffId: z.string(),
  platform: z.enum(['slack', 'teams']),
  userId: z.string(),
  form: z.enum(formNames),
  conversationId: z.string(),
  messageId: z.string(),
}) satisfies z.ZodType<OpenForm>;

/** The messages about handoffs in PostgreSQL. */
export function postgresCards({ prisma, pool }: Pick<Connection, 'prisma' | 'pool'>): Cards {
  const takeForm = async ({ handoffId, platform, userId, form }: FormOf): Promise<MessageRef | null> => {
    if (!isUuid(handoffId)) return null;
    const values = [handoffId, platform, userId, form];
    const [taken] = await run<MessageRef>(pool, deleteForm, values);
    return taken ?? null;
  };

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

    isKnown: async ({ platform, conversationId, messageId }) => {
      const [row] = await run<{ known: boolean }>(pool, findKnown, [platform, conversationId, messageId]);
      return row?.known ?? false;
    },

    adopt: async (card, messageId) => {
      const { handoffId, person, platform, conversationId, attempt, revision, toldSeq, tellingSeq } = card;
      const shown = [attempt, revision, toldSeq, tellingSeq];
      const values = [platform, conversationId, messageId, handoffId, person, ...shown];
      return (await run(pool, adoptUnknown, values)).length > 0;
    },

    keepForm: async (form) => {
      const before: MessageRef[] = [];
      for (;;) {
        const taken = await takeForm(form);
        if (taken) before.push(taken);
        const { count } = await prisma.openForm.createMany({ data: [form], skipDuplicates: true });
        if (count > 0) return before;
      }
    },

    takeForm,

    openForms: async (handoffId) => {
      const rows = await prisma.openForm.findMany({ where: { handoffId } });
      return rows.map((row) => openForm.parse(row));
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
