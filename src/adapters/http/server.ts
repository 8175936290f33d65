import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import Fastify, {
  type FastifyError,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
} from 'fastify';
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

/** The route is unknown when the request did not come as far as to one. */
type Rejected = { route: Route | 'unknown'; status: number; reason: string };

type Answered = { route: Route | 'unknown'; status: number; seconds: number };

/** Whose requests come where. */
const routes: Readonly<Record<string, Route>> = {
  '/hubspot/webhooks': 'hubspot',
  '/hubspot/workflow-action': 'hubspot',
  '/slack/events': 'slack',
  '/api/messages': 'teams',
};

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
  /** Adds the pages for people. */
  dashboard?: (server: FastifyInstance) => void;
  readiness: () => Promise<Readiness>;
  /** A request was turned away before it came to its platform's part. */
  onRejected: (rejected: Rejected) => void;
  /** A request had its answer; how long that took. */
  onAnswered: (answered: Answered) => void;
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
  /** Ends a request that came to no answer; how, it reads from the error. */
  const refusing =
    (route: Rejected['route']) =>
    (error: FastifyError | NoRoom, request: FastifyRequest, reply: FastifyReply) => {
      const refusal = refusalOf(error);
      if (!refusal) {
        served.onError(error, request.routeOptions.url ?? 'unknown');
        return reply.code(500).send({ message: 'internal error' });
      }
      const { status, reason, message } = refusal;
      served.onRejected({ route, status, reason });
      if (status === 503) reply.header('retry-after', '1');
      // What is left of the body is not read.
      return reply.code(status).header('connection', 'close').send({ message });
    };
  const server = Fastify({
    ...patience,
    frameworkErrors: refusing('unknown'),
    bodyLimit: bodyLimitBytes,
    forceCloseConnections: 'idle',
    logger: false,
  });
  server.server.maxConnections = mostConnections;
  server.addHook('preClose', async () => {
    // Node looks for requests that take too long only while it listens.
    setTimeout(() => server.server.closeAllConnections(), patience.requestTimeout).unref();
  });
  server.addHook(
    'onResponse',
    async ({ routeOptions: { url = '' } }, { statusCode: status, elapsedTime }) => {
      const isHealth = url === '/healthz' || url === '/readyz';
      const route = routes[url] ?? 'unknown';
      if (!isHealth) served.onAnswered({ route, status, seconds: elapsedTime / 1000 });
    },
  );
  server.removeAllContentTypeParsers();
  server.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));

  server.setErrorHandler(refusing('unknown'));
  // Node and Fastify answer what is no HTTP, and what takes too long.
  server.server.on('clientError', ({ code = '' }: NodeJS.ErrnoException) => {
    if (code !== 'ECONNRESET') served.onRejected({ route: 'unknown', ...malformed(code) });
  });
  /** What every request of the platform has; without it the body is not even read. */
  const from = (route: Route, oneOf: readonly string[], room = roomBytes.others) => ({
    onRequest: async ({ headers }: FastifyRequest, reply: FastifyReply): Promise<void> => {
      if (oneOf.some((header) => headers[header] !== undefined)) return;
      served.onRejected({ route, status: 401, reason: `no header ${oneOf.join(' or ')}` });
      await reply.code(401).header('connection', 'close').send({ message: 'unauthorized' });
    },
    preParsing: roomForBodies(room),
    errorHandler: refusing(route),
  });
  // Fastify would read the body before it asks a handler of its own for these.
  server.addHook('onRequest', async ({ is404 }, reply) => {
    if (!is404) return;
    served.onRejected({ route: 'unknown', status: 404, reason: 'no such address' });
    await reply.code(404).header('connection', 'close').send({ message: 'not found' });
  });

  const webhooks = {
    ...from('hubspot', served.webhookHeaders, roomBytes.webhooks),
    bodyLimit: webhookLimitBytes,
  };
  server.post('/hubspot/webhooks', webhooks, async (request, reply) => {
    const { status, message } = await served.hubspotWebhook(rawOf(request));
    return reply.code(status).send({ message });
  });
  const actions = from('hubspot', ['x-hubspot-signature']);
  server.post('/hubspot/workflow-action', actions, async (request, reply) => {
    const { status, body } = await served.hubspotWorkflowAction(rawOf(request));
    return reply.code(status).send(body);
  });

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
        if (status < 400 || status >= 500) return;
        const reason = status === 401 ? 'not signed by Slack, or long ago' : 'no request of Slack';
        served.onRejected({ route: 'slack', status, reason });
      });
      slackEvents(Object.assign(request.raw, { rawBody: bodyOf(request.body) }), reply.raw);
    });
  }

  served.dashboard?.(server);
  server.get('/healthz', () => ({ status: 'alive' }));
  server.get('/readyz', async (_request, reply) => {
    const { ready } = await served.readiness();
    return reply.code(ready ? 200 : 503).send({ status: ready ? 'ready' : 'not ready' });
  });
  return server;
}

/** How to refuse a request for what is wrong with it; null when nothing is, and the error is our own. */
function refusalOf(error: FastifyError | NoRoom): { status: number; reason: string; message: string } | null {
  if (error instanceof NoRoom) return { status: 503, reason: 'no room for its body', message: 'busy' };
  const { code = '', statusCode: status = 500 } = error;
  // Other errors have statuses too: the answers that we got from a platform.
  if (!code.startsWith('FST_') || status >= 500) return null;
  const reason = status === 413 ? 'a body above what its route takes' : code;
  return { status, reason, message: status === 413 ? 'body too large' : 'bad request' };
}

/** What became of a request that could not be read, by Node's code. */
function malformed(code: string): { status: number; reason: string } {
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return { status: 408, reason: 'took too long to come' };
  if (code === 'HPE_HEADER_OVERFLOW') return { status: 431, reason: 'headers too large' };
  return { status: 400, reason: 'no HTTP' };
}

function rawOf({ method, url, headers, body }: FastifyRequest): RawRequest {
  return { method, url, headers, body: bodyOf(body) };
}

function bodyOf(body: unknown): Buffer {
  return Buffer.isBuffer(body) ? body : Buffer.alloc(0);
}
