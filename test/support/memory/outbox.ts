import { randomUUID } from 'node:crypto';
import type { Outbox } from '../../../src/flow/ports/cards.ts';
import type { Change } from '../../../src/flow/ports/handoffs.ts';
import type { Kept } from './kept.ts';

export function memoryOutbox(kept: Kept): Outbox {
  const { news } = kept;
  return {
    add: async (added, at) => keepNews(kept, added, at),
    waiting: async (person) => {
      const all = news.filter((one) => one.person === person && !one.told);
      const begun = all.find(({ bulletin }) => bulletin !== null)?.bulletin ?? null;
      const now = all.filter(({ bulletin }) => bulletin === begun);
      return now.map(({ id, at, news: told }) => ({ id, at, news: told }));
    },
    beginTelling: async (ids) => {
      const these = news.filter(({ id }) => ids.includes(id));
      const earlier = these[0]?.bulletin ?? null;
      const begun = news.filter(({ bulletin }) => bulletin === earlier);
      const isSame = begun.length === these.length && begun.every((one) => these.includes(one));
      if (earlier !== null && isSame) return { mark: { bulletinId: earlier }, again: true };
      const bulletinId = randomUUID();
      for (const one of these) one.bulletin = bulletinId;
      return { mark: { bulletinId }, again: false };
    },
    told: async (ids, _at, open) => {
      for (const one of news) {
        if (ids.includes(one.id)) one.told = true;
        if (open?.ids.includes(one.id)) one.message = open.message;
      }
    },
    open: async (handoffId) => {
      const isAbout = ({ news: one }: Kept['news'][number]) =>
        one.kind === 'called' && one.handoffId === handoffId;
      const asked = news.filter((one) => isAbout(one) && one.message && !one.isSettled);
      return [...new Set(asked.map(({ bulletin }) => bulletin))].flatMap((bulletinId) => {
        const told = news.filter(({ bulletin, message }) => bulletin === bulletinId && message);
        const [first] = told;
        if (!first?.message || bulletinId === null) return [];
        const { platform, conversationId, messageId } = first.message;
        const calls = told.flatMap(({ id, news: one, isSettled }) =>
          one.kind === 'called' ? [{ id, handoffId: one.handoffId, seq: one.seq, isSettled }] : [],
        );
        return [{ person: first.person, platform, conversationId, messageId, mark: { bulletinId }, calls }];
      });
    },
    settle: async (ids) => {
      for (const one of news) if (ids.includes(one.id)) one.isSettled = true;
    },
    callForDigest: async (person, leads, { since, at }) => {
      const called = news.filter((one) => one.person === person && one.at >= since);
      const ids = called.flatMap((one) => (one.news.kind === 'digest' ? [one.news.handoffId] : []));
      if (ids.length > 0) return ids;
      const added = leads.map((handoffId) => ({ person, news: { kind: 'digest', handoffId } as const }));
      keepNews(kept, added, at);
      return leads;
    },
  };
}

export function keepNews({ news, jobs }: Kept, added: Change['news'], at: Date): void {
  for (const { person, news: one } of added) {
    const id = String(news.length + 1);
    news.push({ id, person, at, news: one, bulletin: null, told: false, message: null, isSettled: false });
    jobs.add('tell', person);
  }
}
