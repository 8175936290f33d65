import Fastify, { type FastifyInstance } from 'fastify';
import { patience } from './limits.ts';
import type { Readiness } from './server.ts';

/** What whoever operates the bot may see, and nobody else. */
export type Watched = {
  readiness: () => Promise<Readiness>;
  measures: () => Promise<{ contentType: string; text: string }>;
};

/** The server for those who watch the bot, at an address of its own that is not on the internet. */
export function watchServer({ readiness, measures }: Watched): FastifyInstance {
  const server = Fastify({ ...patience, forceCloseConnections: true, logger: false });
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
