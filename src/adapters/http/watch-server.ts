import { createHash, timingSafeEqual } from 'node:crypto';
import Fastify, { type FastifyInstance } from 'fastify';
import { patience } from './limits.ts';
import type { Readiness } from './server.ts';

/** What whoever operates the bot may see, and nobody else. */
export type Watched = {
  readiness: () => Promise<Readiness>;
  measures: () => Promise<{ contentType: string; text: string }>;
  /** What a request has to show as its bearer token; null: nothing. */
  token: string | null;
};

/** The server for those who watch the bot, at an address of its own that is not on the internet. */
export function watchServer({ readiness, measures, token }: Watched): FastifyInstance {
  const server = Fastify({ ...patience, forceCloseConnections: true, logger: false });
  server.addHook('onRequest', async ({ headers: { authorization = '' } }, reply) => {
    if (token === null || isSame(authorization, `Bearer ${token}`)) return;
    await reply.code(401).header('www-authenticate', 'Bearer').send({ message: 'unauthorized' });
  });
  server.get('/readyz', async (_request, reply) => {
    const { ready, why } = await readiness();
    return reply.code(ready ? 200 : 503).send({ status: ready ? 'ready' : 'not ready', why });
  });
  server.get('/metrics', async (_request, reply) => {
    const { contentType, text } = await measures();
    return reply.type(contentType).send(text);
  });
  return server;
}

/** Takes as long for one that is nearly right as for any other. */
function isSame(given: string, expected: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(expected));
}
