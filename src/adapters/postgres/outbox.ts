import { randomUUID } from 'node:crypto';
import type { News } from '../../domain/card/bulletin.ts';
import type { Outbox } from '../../flow/ports/cards.ts';
import type { Connection } from './connection.ts';
import { noteSaid } from './note-said.ts';
import { fromJson } from './stored-json.ts';
import { inTransaction } from './transaction.ts';
import { newsRows, tellJobs } from './what-to-write.ts';
import { write } from './write.ts';

/** What people are told outside of cards, in PostgreSQL. */
export function postgresOutbox({ prisma, pool }: Pick<Connection, 'prisma' | 'pool'>): Outbox {
  return {
    // Jobs run by the database's clock, which need not be ours.
    add: async (news, at) => {
      await write(pool, { news: newsRows(news, at), jobs: tellJobs(news) });
    },

    waiting: async (person) => {
      const rows = await prisma.news.findMany({
        where: { person, toldAt: null },
        orderBy: { id: 'asc' },
        select: { id: true, at: true, data: true, bulletin: true },
      });
      const begun = rows.find(({ bulletin }) => bulletin !== null)?.bulletin ?? null;
      const now = rows.filter(({ bulletin }) => bulletin === begun);
      return now.map(({ id, at, data }) => ({ id: String(id), at, news: fromJson<News>(data) }));
    },

    beginTelling: (ids) =>
      inTransaction(prisma, async (tx) => {
        const id = { in: ids.map(BigInt) };
        const [begun, ...others] = await tx.news.groupBy({ by: ['bulletin'], where: { id } });
        const earlier = others.length === 0 ? (begun?.bulletin ?? null) : null;
        if (earlier !== null && (await tx.news.count({ where: { bulletin: earlier } })) === ids.length) {
          return { mark: { bulletinId: earlier }, again: true };
        }
        const bulletin = randomUUID();
        await tx.news.updateMany({ where: { id }, data: { bulletin } });
        return { mark: { bulletinId: bulletin }, again: false };
      }),

    told: async (ids, at, said) => {
      if (said) await noteSaid(pool, said);
      await prisma.news.updateMany({ where: { id: { in: ids.map(BigInt) } }, data: { toldAt: at } });
    },
  };
}
