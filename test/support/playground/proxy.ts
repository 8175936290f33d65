import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { AppIdentity } from '../../../sandbox/teams/grant-token.ts';
import { createIssuer } from '../../../sandbox/teams/issuer.ts';
import { Rejection } from '../../../sandbox/teams/rejection.ts';
import { type Call, findRoute, type Route } from '../../../sandbox/teams/route.ts';

/** A request that came through, as it came, and how it was answered. */
export type Exchange = { method: string; path: string; body: string; status: number; answer: string };

/** Stands between the Playground, which signs nothing and checks nothing, and the bot, which does both. */
export type SigningProxy = {
  /** One origin for login, OpenID metadata and connector, without a trailing slash. */
  url: string;
  /** Where the Playground sends its activities. */
  messagesUrl: string;
  /** What the Playground told the bot, oldest first. */
  toBot: readonly Exchange[];
  /** What the bot asked for, oldest first: tokens, keys, and calls of the connector, which need a token from here. */
  fromBot: readonly Exchange[];
  close(): Promise<void>;
};

type Answer = { status: number; contentType: string; body: string };

/** Longer than the bot keeps an idle connection, so that it never meets one that is being closed. */
const keepAliveMs = 60_000;

/** @param botUrl the bot's messaging endpoint */
export async function startSigningProxy(app: AppIdentity, botUrl: string): Promise<SigningProxy> {
  const issuer = createIssuer(app);
  const toBot: Exchange[] = [];
  const fromBot: Exchange[] = [];
  let url = '';
  /** The Playground's connector, which its activities name. */
  let connectorUrl = '';

  async function tellBot(body: string): Promise<Answer> {
    const activity = JSON.parse(body);
    connectorUrl = activity.serviceUrl;
    const serviceUrl = `${url}/teams/`;
    const response = await fetch(botUrl, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: issuer.authorization(serviceUrl) },
      body: JSON.stringify({ ...activity, serviceUrl }),
    });
    return answerOf(response);
  }

  async function answerBot(method: string, path: string, call: Omit<Call, 'params'>): Promise<Answer> {
    const found = findRoute(issuer.routes, method, path);
    if (found) return issued(found.route, { ...call, params: found.params });
    if (!path.startsWith('/teams/')) return json(404, { error: { code: 'NotFound' } });

    const check = issuer.checkBearer(call.headers.authorization, 'https://api.botframework.com');
    if (!check.ok) {
      return json(401, { error: { code: 'AuthorizationHasBeenDenied', message: check.reason } });
    }
    const response = await fetch(`${connectorUrl}${path.slice('/teams'.length)}?${call.query}`, {
      method,
      headers: { 'content-type': 'application/json' },
      ...(call.body !== '' && { body: call.body }),
    });
    return answerOf(response);
  }

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await text(request);
    const { method = 'GET', headers } = request;
    const { pathname: path, searchParams: query } = new URL(request.url ?? '/', url);
    const isPlayground = path === '/playground';
    // The Playground knocks with HEAD until there is an answer, whatever it is.
    if (isPlayground && method !== 'POST') {
      response.writeHead(405).end();
      return;
    }
    const answer = isPlayground
      ? await tellBot(body)
      : await answerBot(method, path, { query, headers, body, origin: url });
    (isPlayground ? toBot : fromBot).push({ method, path, body, status: answer.status, answer: answer.body });
    response.writeHead(answer.status, { 'content-type': answer.contentType }).end(answer.body);
  }

  const server = createServer((request, response) => {
    handle(request, response).catch((error) => response.writeHead(502).end(`proxy: ${error}`));
  });
  server.keepAliveTimeout = keepAliveMs;
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  return {
    url,
    messagesUrl: `${url}/playground`,
    toBot,
    fromBot,
    close: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

function issued(route: Route, call: Call): Answer {
  try {
    const { status, body } = route.handle(call);
    return json(status, body);
  } catch (error) {
    if (error instanceof Rejection) return json(error.reply.status, error.reply.body);
    throw error;
  }
}

function json(status: number, body: unknown): Answer {
  return { status, contentType: 'application/json', body: JSON.stringify(body) };
}

async function answerOf(response: Response): Promise<Answer> {
  const contentType = response.headers.get('content-type') ?? 'application/json';
  return { status: response.status, contentType, body: await response.text() };
}
