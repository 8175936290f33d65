import { randomUUID } from 'node:crypto';
import type { News } from '../../domain/card/bulletin.ts';
import type { Outbox } from '../../flow/ports/cards.ts';
import type { Change } from '../../flow/ports/handoffs.ts';
import type { Connection } from './connection.ts';
import { fromJson, toJson } from './stored-json.ts';
import { inTransaction, type Transaction } from './transaction.ts';

/** News of one cause come one after another within this time, and are told together. */
const waitsSeconds = 5;

/** What people are told outside of cards, in PostgreSQL. */
export function postgresOutbox({ prisma }: Pick<Connection, 'prisma'>): Outbox {
  return {
    add: (news, at) => addNews(prisma, news, at),

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

    told: async (ids, at) => {
      await prisma.news.updateMany({ where: { id: { in: ids.map(BigInt) } }, data: { toldAt: at } });
    },
  };
}

/** Keeps news and has them told. Jobs run by the database's clock, which need not be ours. */
export async function addNews(
  tx: Pick<Transaction, '$queryRaw'>,
  news: Change['news'],
  at: Date,
): Promise<void> {
  const rows = JSON.stringify(news.map(({ person, news: data }) => ({ person, data: toJson(data) })));
  await tx.$queryRaw`
    with added as (
      insert into news (person, at, data)
      select person, ${at}::timestamptz, data
        from rows from (jsonb_to_recordset(${rows}::jsonb) as (person text, data jsonb))
          with ordinality as news (person, data, place)
       order by place
      returning person
    ),
    reader as (select distinct person from added)
    select from ask_jobs(array(select 'tell' from reader), array(select person from reader), null,
                         array(select ${waitsSeconds}::float8 from reader))`;
}
