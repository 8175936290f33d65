import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { connectorRoutes } from './connector.ts';
import { standardAnswerMs } from './deliver.ts';
import { createFaults, type Fault, proxyPage, refusalOf } from './faults.ts';
import { graphRoutes } from './graph.ts';
import { createIssuer, type TokenOverrides } from './issuer.ts';
import type { DeliveryRecord, Outcome } from './outcome.ts';
import { createPeople, type People, type Press, type Told } from './people.ts';
import { createRateLimits } from './rate-limits.ts';
import { Rejection, reject } from './rejection.ts';
import { type Call, findRoute, type Operation, type Reply, type Route } from './route.ts';
import { createTenant, type NewChannel, type NewUser, type TeamsMessage, type TeamsUser } from './tenant.ts';

export type { Fault } from './faults.ts';
export type { TokenOverrides } from './issuer.ts';
export type { DeliveryRecord, Outcome } from './outcome.ts';
export type { Press } from './people.ts';
export type { TeamsMessage, TeamsUser } from './tenant.ts';

export type TeamsOptions = {
  /** 0, the default, takes any free port. */
  port?: number;
  appId: string;
  appPassword: string;
  tenantId: string;
  /** The sandbox's clock: messages and activities carry its time. */
  now: () => Date;
  /** Milliseconds of the time in which the bot's tokens expire and rates are limited; real unless given. */
  realTime?: () => number;
  /** Where the bot hears of activities; `setMessagesUrl` may set it later. */
  messagesUrl?: string | null;
  limits?: 'documented' | 'off';
  /** Milliseconds that the bot has for an answer, in real time; what Teams gives it unless given. */
  answerWithinMs?: number;
};

/** A call at the server, for the log. */
export type RequestRecord = {
  readonly at: Date;
  readonly operation: Operation | 'unknown';
  readonly method: string;
  readonly path: string;
  /** Null when it was never answered. */
  readonly status: number | null;
  /** The code of the refusal, or null when there was none. */
  readonly error: string | null;
};

export type TeamsServer = {
  /** One origin for login, OpenID metadata, connector and Graph; no trailing slash. */
  readonly url: string;
  /** What activities carry as `serviceUrl`. */
  readonly serviceUrl: string;
  close(): Promise<void>;
  setMessagesUrl(url: string | null): void;
  addUser(user: NewUser): TeamsUser;
  user(idOrEmail: string): TeamsUser;
  /** Installs the app for a person: opens the personal conversation and tells the bot. */
  install(idOrEmail: string, told?: Told): Promise<Outcome>;
  /** Removes the app and tells the bot, whose later sends are refused. */
  uninstall(idOrEmail: string, told?: Told): Promise<Outcome>;
  /** The personal conversation ends; whoever asks for it again gets another one. Nobody tells the bot. */
  loseConversation(idOrEmail: string): void;
  /** The person's account is blocked: nobody can write to them any more, and nobody tells the bot. */
  deactivate(idOrEmail: string): void;
  /** The directory lets a person sign in no more; Teams still tells of them. */
  block(idOrEmail: string): void;
  /** What a person writes to the bot. */
  write(idOrEmail: string, text: string): Promise<Outcome>;
  /** What a person presses on a card. */
  press(idOrEmail: string, press: Press): Promise<Outcome>;
  /** Letters that a person types into an input of a card that asks the bot for its choices. */
  search: People['search'];
  /** The person opens the conversation: cards with `refresh` for them are asked for anew. */
  view(idOrEmail: string): Promise<readonly Outcome[]>;
  /** Makes a channel, with the app in its team or without. */
  addChannel(channel: NewChannel): void;
  /** Somebody adds the app to the team of a channel. */
  installInTeam(idOrEmail: string, channelId: string): Promise<Outcome>;
  /** Somebody removes it there; later sends are refused. */
  uninstallFromTeam(idOrEmail: string, channelId: string): Promise<Outcome>;
  /** Somebody begins a thread in a channel by mentioning the bot. */
  mention(idOrEmail: string, channelId: string, text: string): Promise<Outcome>;
  /** Makes a chat of several people, the bot among them. */
  addGroup(id: string): void;
  /** Somebody mentions the bot in a chat of several people. */
  mentionInGroup(idOrEmail: string, groupId: string, text: string): Promise<Outcome>;
  /** What stands in a chat of several people, oldest first. */
  groupMessages(groupId: string): readonly TeamsMessage[];
  /** What stands in a channel: each post with its replies, oldest first, without what was deleted. */
  threads(channelId: string): readonly (readonly TeamsMessage[])[];
  /** What stands between a person and the bot, oldest first, without what was deleted. */
  messages(idOrEmail: string): readonly TeamsMessage[];
  /** The latest calls, oldest first; at most a thousand. */
  readonly requests: readonly RequestRecord[];
  /** The latest requests to the bot, oldest first; at most a thousand. */
  readonly deliveries: readonly DeliveryRecord[];
  /** How often each operation was called since the start. */
  callCounts(): Readonly<Record<string, number>>;
  /**
   * Calls back after every message, installation or delivery.
   * @returns a function that ends the subscription
   */
  onChange(listener: () => void): () => void;
  failNext(fault: Fault): void;
  /** The bearer header of a request from Teams, right or deliberately wrong. */
  authorization(overrides?: TokenOverrides): string;
  /** A message from a person as it would be sent now, with other fields where the caller wants them. */
  activity(idOrEmail: string, changes?: Record<string, unknown>): Record<string, unknown>;
};

const maxLogEntries = 1000;

/** Longer than clients keep an idle connection, so that they never meet one that is being closed. */
const keepAliveMs = 60_000;

/** Starts a Teams with one tenant and one app, in memory, on the loopback interface. */
export async function startTeams(options: TeamsOptions): Promise<TeamsServer> {
  const { appId, appPassword, tenantId, now, realTime = Date.now, limits = 'documented' } = options;

  const listeners = new Set<() => void>();
  const changed = (): void => {
    for (const listener of listeners) listener();
  };
  const tenant = createTenant({ appId, tenantId }, now, changed);
  const issuer = createIssuer({ appId, appPassword, tenantId }, realTime);
  const take = limits === 'off' ? () => null : createRateLimits(realTime);
  const routes: readonly Route[] = [
    ...issuer.routes,
    ...connectorRoutes(tenant, issuer, take),
    ...graphRoutes(tenant, issuer),
  ];
  const faults = createFaults();
  const requests: RequestRecord[] = [];
  const deliveries: DeliveryRecord[] = [];
  const counts: Record<string, number> = {};
  let messagesUrl = options.messagesUrl ?? null;
  let url = '';
  const serviceUrl = (): string => `${url}/teams/`;
  const people = createPeople(tenant, issuer, {
    messagesUrl: () => messagesUrl,
    serviceUrl,
    answerWithinMs: options.answerWithinMs ?? standardAnswerMs,
    record: (record) => {
      append(deliveries, record);
      changed();
    },
  });

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await text(request);
    const { pathname: path, searchParams: query } = new URL(request.url ?? '/', url);
    const method = request.method ?? 'GET';
    const found = findRoute(routes, method, path);
    const operation = found?.route.operation ?? 'unknown';
    counts[operation] = (counts[operation] ?? 0) + 1;
    const log = (status: number | null, error: string | null): void =>
      append(requests, { at: now(), operation, method, path, status, error });

    const fault = found === null ? null : faults.take(found.route.operation);
    if (fault?.hang === true) {
      log(null, 'hang');
      return;
    }
    if (fault?.page === true) {
      const { status = 200 } = fault;
      log(status, 'page');
      response.writeHead(status, { 'content-type': 'text/html; charset=utf-8' }).end(proxyPage);
      return;
    }
    const call = { params: found?.params ?? {}, query, headers: request.headers, body, origin: url };
    const { reply, error } = answer(found?.route ?? null, call, fault);
    log(reply.status, error);
    if (fault?.hangAfterEffect === true) return;
    if (fault?.dropAfterEffect === true) {
      request.socket.destroy();
      return;
    }
    write(response, reply);
  }

  const server = createServer((request, response) => {
    // A bug of the sandbox, or a listener that throws: named, lest it looks like something Teams does.
    handle(request, response).catch((error) => response.writeHead(500).end(`sandbox: ${error}`));
  });
  server.keepAliveTimeout = keepAliveMs;
  server.listen(options.port ?? 0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  return {
    ...people,
    url,
    serviceUrl: serviceUrl(),
    requests,
    deliveries,
    callCounts: () => ({ ...counts }),
    setMessagesUrl: (address) => {
      messagesUrl = address;
    },
    addUser: tenant.addUser,
    loseConversation: tenant.loseConversation,
    block: tenant.block,
    deactivate: tenant.deactivate,
    addChannel: tenant.addChannel,
    addGroup: tenant.addGroup,
    groupMessages: (groupId) => tenant.groupWith(groupId).messages,
    threads: (channelId) =>
      tenant
        .channelWith(channelId)
        .threads.map(({ messages }) => messages)
        .filter(({ length }) => length > 0),
    user: (who) => tenant.conversationWith(who).user,
    messages: (who) => tenant.conversationWith(who).messages,
    failNext: faults.failNext,
    authorization: (overrides) => issuer.authorization(serviceUrl(), overrides),
    onChange: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close: async () => {
      if (!server.listening) return;
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

/** What the route says, or the fault in its place; with the code of the refusal, if it is one. */
function answer(
  route: Route | null,
  call: Call,
  fault: Fault | null,
): { reply: Reply; error: string | null } {
  try {
    if (route === null) throw reject(404, 'NotFound', 'There is no such path for this method.');
    const refusal = fault === null ? null : refusalOf(fault, route.operation);
    if (refusal !== null) throw refusal;
    return { reply: route.handle(call), error: null };
  } catch (error) {
    if (error instanceof Rejection) return { reply: error.reply, error: error.code };
    throw error;
  }
}

function write(response: ServerResponse, { status, headers, body }: Reply): void {
  if (body === undefined) {
    response.writeHead(status, headers).end();
    return;
  }
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...headers });
  response.end(JSON.stringify(body));
}

function append<Entry>(log: Entry[], entry: Entry): void {
  log.push(entry);
  if (log.length > maxLogEntries) log.shift();
}
