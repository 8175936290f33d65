import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { type FaultScript, usualBody } from './faults.ts';
import type { RateLimiter } from './limits.ts';
import { invalid, notFound, Rejection } from './rejection.ts';
import type { ApiReply, Route } from './wire.ts';

/** A request the app made; the status is null when it got no answer. */
export type LoggedRequest = {
  method: string;
  path: string;
  query: string;
  status: number | null;
  at: Date;
};

type Answer = {
  status: number;
  headers?: Record<string, string>;
  body?: unknown;
};

/** The running HTTP server in front of the portal. */
export type ApiServer = {
  url: string;
  close: () => Promise<void>;
};

function parseBody(sent: string, contentType: string | undefined): unknown {
  if (sent === '') return undefined;
  if (contentType?.split(';')[0]?.trim().toLowerCase() !== 'application/json') {
    throw new Rejection(415, 'UNSUPPORTED_MEDIA_TYPE', 'HTTP 415 Unsupported Media Type');
  }
  try {
    return JSON.parse(sent);
  } catch {
    throw invalid('Invalid input JSON on line 1, column 1: the body is not JSON');
  }
}

function dispatch(
  routes: readonly Route[],
  method: string,
  url: URL,
  sent: string,
  contentType?: string,
): ApiReply {
  for (const { method: expected, pattern, handle } of routes) {
    const match = expected === method ? pattern.exec(url.pathname) : null;
    if (match === null) continue;
    const params = Object.fromEntries(
      Object.entries(match.groups ?? {}).map(([name, value]) => [name, decodeURIComponent(value)]),
    );
    const body = parseBody(sent, contentType);
    return handle({ params, query: url.searchParams, body, bodyLength: sent.length });
  }
  throw notFound();
}

function send(response: ServerResponse, { status, headers, body }: Answer): void {
  if (body === undefined) {
    response.writeHead(status, headers).end();
    return;
  }
  const contentType = typeof body === 'string' ? 'text/html' : 'application/json;charset=utf-8';
  response
    .writeHead(status, { 'Content-Type': contentType, ...headers })
    .end(typeof body === 'string' ? body : JSON.stringify(body));
}

/** Serves the API on the loopback address: authentication, faults, limits, then the routes. */
export async function serveApi(options: {
  port: number;
  accessToken: string;
  routes: readonly Route[];
  limits: RateLimiter;
  faults: FaultScript;
  now: () => Date;
  onRequest: (request: LoggedRequest) => void;
}): Promise<ApiServer> {
  const { routes, limits, faults } = options;

  function answer(request: IncomingMessage, url: URL, sent: string): Answer {
    const isSearch = url.pathname.endsWith('/search');
    try {
      if (request.headers.authorization !== `Bearer ${options.accessToken}`) {
        throw new Rejection(
          401,
          'INVALID_AUTHENTICATION',
          'Authentication credentials not found. This API supports OAuth 2.0 authentication and you can find more details at https://developers.hubspot.com/docs/methods/auth/oauth-overview',
        );
      }
      const refused = limits.refusal(isSearch);
      if (refused !== undefined) return { status: 429, body: refused, headers: limits.headers(isSearch) };
      const reply = dispatch(routes, request.method ?? 'GET', url, sent, request.headers['content-type']);
      return { ...reply, headers: limits.headers(isSearch) };
    } catch (error) {
      if (!(error instanceof Rejection)) throw error;
      return { status: error.status, body: error.body, headers: limits.headers(isSearch) };
    }
  }

  const server: Server = createServer(async (request, response) => {
    const method = request.method ?? 'GET';
    const url = new URL(request.url ?? '/', 'http://localhost');
    const log = (status: number | null) =>
      options.onRequest({ method, path: url.pathname, query: url.search, status, at: options.now() });
    try {
      const sent = await text(request);
      const fault = faults.take(method, url.pathname);
      if (fault !== undefined && 'connection' in fault) {
        if (fault.connection === 'drop-after-effect') answer(request, url, sent);
        if (fault.connection !== 'hang') request.socket.destroy();
        log(null);
        return;
      }
      const given: Answer = fault ? { body: usualBody(fault.status), ...fault } : answer(request, url, sent);
      // Logged first: whoever has the answer finds the request in the log.
      log(given.status);
      send(response, given);
    } catch (error) {
      // The caller gave up while it was still sending.
      if (request.socket.destroyed) {
        log(null);
        return;
      }
      log(500);
      send(response, { status: 500, body: { ...usualBody(500), message: String(error) } });
    }
  });
  // Longer than a client keeps an idle connection, so that it never meets one that is being closed.
  server.keepAliveTimeout = 60_000;

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
