import { randomUUID } from 'node:crypto';
import type { News } from '../../domain/card/bulletin.ts';
import type { HandoffId } from '../../domain/handoff/handoff.ts';
import type { Platform } from '../../domain/policy/policy.ts';
import type { Outbox } from '../../flow/ports/cards.ts';
import type { Connection } from './connection.ts';
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

    told: async (ids, at, open) => {
      const among = (some: readonly string[]) => ({ id: { in: some.map(BigInt) } });
      if (open) {
        const { platform, conversationId, messageId } = open.message;
        const place = { platform, conversationId, messageId };
        await prisma.news.updateMany({ where: among(open.ids), data: { toldAt: at, ...place } });
      }
      const others = open ? ids.filter((one) => !open.ids.includes(one)) : ids;
      if (others.length > 0) await prisma.news.updateMany({ where: among(others), data: { toldAt: at } });
    },

    open: async (handoffId) => {
      const asked = await prisma.news.findMany({
        where: { handoffId, messageId: { not: null }, settledAt: null },
        select: { bulletin: true },
      });
      const bulletins = asked.flatMap(({ bulletin }) => bulletin ?? []);
      if (bulletins.length === 0) return [];
      const rows = await prisma.news.findMany({
        where: { bulletin: { in: bulletins }, messageId: { not: null } },
        orderBy: { id: 'asc' },
      });
      return [...Map.groupBy(rows, ({ bulletin }) => bulletin)].flatMap(([bulletinId, told]) => {
        const [first] = told;
        if (!first?.platform || !first.conversationId || !first.messageId || !bulletinId) return [];
        const { person, platform, conversationId, messageId } = first;
        const calls = told.flatMap(({ id, data, settledAt }) => {
          const news = fromJson<News>(data);
          if (news.kind !== 'called') return [];
          return [
            { id: String(id), handoffId: news.handoffId, seq: news.seq, isSettled: settledAt !== null },
          ];
        });
        const mark = { bulletinId };
        return [{ person, platform: platform as Platform, conversationId, messageId, mark, calls }];
      });
    },

    settle: async (ids, at) => {
      await prisma.news.updateMany({ where: { id: { in: ids.map(BigInt) } }, data: { settledAt: at } });
    },

    callForDigest: (person, leads, { since, at }) =>
      inTransaction(prisma, async (tx) => {
        // Two who find no call yet would both make one.
        await tx.$executeRaw`select pg_advisory_xact_lock(hashtextextended('digest of ' || ${person}, 0))`;
        const isDigest = { path: ['kind'], equals: 'digest' };
        const called = await tx.news.findMany({
          where: { person, at: { gte: since }, data: isDigest },
          orderBy: { id: 'asc' },
        });
        if (called.length > 0) return called.flatMap(({ data }) => leadsOf(fromJson<News>(data)));
        const news = leads.map((handoffId) => ({ person, news: { kind: 'digest', handoffId } as const }));
        await tx.news.createMany({ data: news.map(({ news: data }) => ({ person, at, data })) });
        for (const { task, key, wait } of tellJobs(news)) {
          await tx.$executeRaw`select from ask_jobs(array[${task}], array[${key}], null, array[${wait}::float8])`;
        }
        return leads;
      }),
  };
}

function leadsOf(news: News): HandoffId[] {
  return news.kind === 'digest' ? [news.handoffId] : [];
}
