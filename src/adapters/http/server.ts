import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { mostConnections, NoRoom, patience, roomForBodies } from './limits.ts';

/** A request as it came over the wire; signatures are made over these very bytes. */
export type RawRequest = {
  method: string;
  /** Path and query, as asked for. */
  url: string;
  headers: IncomingHttpHeaders;
  body: Buffer;
};

export type RawAnswer = { status: number; message: string };

export type Readiness = { ready: boolean; why: string };

/** Whose requests they are. */
type Route = 'hubspot' | 'slack' | 'teams';

/** What the server serves; each part is given by whoever joins the app. */
export type Served = {
  hubspotWebhook: (request: RawRequest) => Promise<RawAnswer>;
  /** In one of which a webhook has its signature. */
  webhookHeaders: readonly string[];
  /** A HubSpot workflow reads the body of its answer. */
  hubspotWorkflowAction: (request: RawRequest) => Promise<{ status: number; body: unknown }>;
  /** Slack's requests go to its own library, with the body read and kept as `rawBody`. Undefined: nobody calls. */
  slackEvents: ((request: IncomingMessage, response: ServerResponse) => void) | undefined;
  teamsMessages: ((request: RawRequest) => Promise<{ status: number; body: unknown }>) | undefined;
  readiness: () => Promise<Readiness>;
  /** A request was turned away before it came to its platform's part. */
  onRejected: (rejected: { route: Route; status: number; reason: string }) => void;
  /** Something broke that no route foresaw. */
  onError: (error: unknown, route: string) => void;
};

/** No chat and no workflow sends more. */
const bodyLimitBytes = 1024 * 1024;

/**
 * A webhook is 100 events at most, each with one value of at most 65,536 characters (HubSpot's limit of a property), up
 * to four bytes each, and some words around it.
 */
const webhookLimitBytes = 100 * (65_536 * 4 + 4_096);

/** All bodies of one door together: two of the largest webhooks and some, or sixteen of everything else. */
const roomBytes = { webhooks: 64 * 1024 * 1024, others: 16 * 1024 * 1024 };

/**
 * Builds the server that is on the internet; it serves nothing before `listen`, and while closing it finishes what it has
 * begun. Strangers are told nothing.
 */
export function httpServer(served: Served): FastifyInstance {
  const server = Fastify({
    ...patience,
    bodyLimit: bodyLimitBytes,
    forceCloseConnections: 'idle',
    logger: false,
  });
  server.server.maxConnections = mostConnections;
  server.addHook('preClose', async () => {
    // Node looks for requests that take too long only while it listens.
    setTimeout(() => server.server.closeAllConnections(), patience.requestTimeout).unref();
  });
  server.removeAllContentTypeParsers();
  server.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));

  server.setErrorHandler((error: { statusCode?: number }, request, reply) => {
    const status = error.statusCode ?? 500;
    const { url = 'unknown', bodyLimit } = request.routeOptions;
    if (error instanceof NoRoom) {
      return reply
        .code(status)
        .headers({ 'retry-after': '1', connection: 'close' })
        .send({ message: 'busy' });
    }
    if (status >= 500) served.onError(error, url);
    const message =
      status === 413 ? `body above ${bodyLimit} bytes` : status >= 500 ? 'internal error' : 'bad request';
    return reply.code(status).send({ message });
  });
  /** What every request of the platform has; without it the body is not even read. */
  const from = (route: Route, oneOf: readonly string[], room = roomBytes.others) => ({
    onRequest: async ({ headers }: FastifyRequest, reply: FastifyReply): Promise<void> => {
      if (oneOf.some((header) => headers[header] !== undefined)) return;
      served.onRejected({ route, status: 401, reason: `no header ${oneOf.join(' or ')}` });
      await reply.code(401).header('connection', 'close').send({ message: 'unauthorized' });
    },
    preParsing: roomForBodies(room),
  });
  server.setNotFoundHandler((_request, reply) => reply.code(404).send({ message: 'not found' }));

  const webhooks = {
    ...from('hubspot', served.webhookHeaders, roomBytes.webhooks),
    bodyLimit: webhookLimitBytes,
  };
  server.post('/hubspot/webhooks', webhooks, async (request, reply) => {
    const { status, message } = await served.hubspotWebhook(rawOf(request));
    return reply.code(status).send({ message });
  });
  server.post(
    '/hubspot/workflow-action',
    from('hubspot', ['x-hubspot-signature']),
    async (request, reply) => {
      const { status, body } = await served.hubspotWorkflowAction(rawOf(request));
      return reply.code(status).send(body);
    },
  );

  const { slackEvents, teamsMessages } = served;
  if (teamsMessages) {
    server.post('/api/messages', from('teams', ['authorization']), async (request, reply) => {
      const { status, body } = await teamsMessages(rawOf(request));
      return reply.code(status).send(body);
    });
  }
  if (slackEvents) {
    server.post('/slack/events', from('slack', ['x-slack-signature']), (request, reply) => {
      reply.hijack();
      reply.raw.once('finish', () => {
        const { statusCode: status } = reply.raw;
        if (status === 401)
          served.onRejected({ route: 'slack', status, reason: 'not signed by Slack, or long ago' });
      });
      slackEvents(Object.assign(request.raw, { rawBody: bodyOf(request.body) }), reply.raw);
    });
  }

  server.get('/healthz', () => ({ status: 'alive' }));
  server.get('/readyz', async (_request, reply) => {
    const { ready } = await served.readiness();
    return reply.code(ready ? 200 : 503).send({ status: ready ? 'ready' : 'not ready' });
  });
  return server;
}

function rawOf({ method, url, headers, body }: FastifyRequest): RawRequest {
  return { method, url, headers, body: bodyOf(body) };
}

function bodyOf(body: unknown): Buffer {
  return Buffer.isBuffer(body) ? body : Buffer.alloc(0);
}
