import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Arguments } from './arguments.ts';
import { createFaults, type Fault } from './faults.ts';
import { deliver, type SigningOverrides, sign } from './inbound.ts';
import type { Answer, SlackState } from './method.ts';
import type { DeliveryRecord } from './outcome.ts';
import { createPeople, type People } from './people.ts';
import { createResponseUrls } from './response-urls.ts';
import { createSockets, type Sockets } from './sockets.ts';
import { createTriggers } from './triggers.ts';
import { createViews, type SlackView } from './views.ts';
import { createWebApi } from './web-api.ts';
import { parseFields } from './wire.ts';
import {
  createWorkspace,
  type EphemeralMessage,
  type NewChannel,
  type NewUser,
  type SlackMessage,
  type SlackUser,
  standingIn,
} from './workspace.ts';

export type SlackOptions = {
  /** 0, the default, takes any free port. */
  port?: number;
  botToken: string;
  signingSecret: string;
  /** With it Socket Mode is on: what happens goes over WebSockets, and no request is made to the app. */
  appToken?: string | null;
  teamId?: string;
  /** Of the grid that the workspace is part of; none unless given. */
  enterpriseId?: string | null;
  /** The app is installed in the whole grid, not in the workspace. */
  isOrgWide?: boolean;
  appId?: string;
  /** The bot scopes that the installation granted. */
  scopes?: readonly string[];
  /** The sandbox's clock: messages carry its time. */
  now: () => Date;
  /** Milliseconds of the time in which rates are limited; real unless given. */
  realTime?: () => number;
  /** The same for triggers, which expire in it. */
  triggerTime?: () => number;
  /** Where the app hears of clicks, commands and events; `setRequestUrl` may set it later. */
  requestUrl?: string | null;
  /** Where it asks for the options of menus: as everything else unless given, and nowhere when null. */
  optionsUrl?: string | null;
  limits?: 'documented' | 'off';
};

/** A call of the Web API or of a `response_url`, for the log. */
type RequestRecord = {
  readonly at: Date;
  readonly method: string;
  readonly status: number | null;
  /** Slack's error code, or null for `ok: true`. */
  readonly error: string | null;
  /** Every argument but the token, shortened. */
  readonly args: Readonly<Record<string, string>>;
};

export type SlackServer = People & {
  /** The connections of Socket Mode. */
  readonly sockets: Pick<Sockets, 'connections' | 'pongs' | 'loseAcks' | 'disconnectAll' | 'cut'>;
  /** The workspace's. */
  readonly teamId: string;
  readonly url: string;
  /** For the SDK's `slackApiUrl`. */
  readonly apiUrl: string;
  close(): Promise<void>;
  setRequestUrl(url: string | null): void;
  /** Whether people have a Home tab, by the app's settings; they have unless told otherwise. */
  setHomeTab(isOn: boolean): void;
  addUser(user: NewUser): SlackUser;
  /** Somebody as they are now. */
  user(idOrEmail: string): SlackUser;
  changeUser(idOrEmail: string, changes: Partial<Omit<SlackUser, 'id'>>): SlackUser;
  /** Makes a channel, or gives the one with this id other settings; its messages stay. */
  setChannel(channel: NewChannel): void;
  /** The top-level messages in a channel, oldest first; a mistake when there is none with this id. */
  channelMessages(id: string): readonly SlackMessage[];
  /** Takes a person's conversation with the bot away, as when their account is made anew; the next has another id. */
  dropConversation(idOrEmail: string): void;
  /** What a person writes to the bot. The app does not subscribe to it, so it does not hear of it. */
  write(idOrEmail: string, text: string): SlackMessage;
  /** The top-level messages between a person and the bot, oldest first. */
  messages(idOrEmail: string): readonly SlackMessage[];
  /** What stands in the conversation between a person and the bot, oldest first, broadcast replies included. */
  conversation(idOrEmail: string): readonly SlackMessage[];
  ephemerals(idOrEmail: string): readonly EphemeralMessage[];
  /** The modal that the person has in front of them. */
  openView(idOrEmail: string): SlackView | null;
  home(idOrEmail: string): SlackView | null;
  /** The latest calls, oldest first; at most a thousand. */
  readonly requests: readonly RequestRecord[];
  /** The latest requests to the app, oldest first; at most a thousand. */
  readonly deliveries: readonly DeliveryRecord[];
  /** How often each method was called since the start. */
  callCounts(): Readonly<Record<string, number>>;
  /**
   * Calls back after every message, view or delivery.
   * @returns a function that ends the subscription
   */
  onChange(listener: () => void): () => void;
  failNext(fault: Fault): void;
  /** The headers of a request from Slack with this body, right or deliberately wrong. */
  signed(body: string, overrides?: SigningOverrides): Record<string, string>;
};

const defaultScopes = [
  'channels:read',
  'groups:read',
  'chat:write',
  'chat:write.public',
  'commands',
  'im:write',
  'im:history',
  'users:read',
  'users:read.email',
  'dnd:read',
];
const maxLogEntries = 1000;
const maxLoggedArgumentLength = 200;

/** Starts a Slack with one workspace, in memory, on the loopback interface. */
export async function startSlack(options: SlackOptions): Promise<SlackServer> {
  const {
    botToken,
    signingSecret,
    appToken = null,
    now,
    realTime = Date.now,
    triggerTime = realTime,
    limits = 'documented',
  } = options;
  const { teamId = 'T0SANDBOX', enterpriseId = null, isOrgWide = false } = options;
  const { appId = 'A0SANDBOX', scopes = defaultScopes } = options;
  if (isOrgWide && enterpriseId === null) throw new Error('isOrgWide needs an enterpriseId, found none');
  const bot = { botUserId: 'U0SANDBOXBOT', botId: 'B0SANDBOXBOT' };
  const ids = { teamId, enterpriseId, isOrgWide, appId, ...bot };

  const listeners = new Set<() => void>();
  const changed = (): void => {
    for (const listener of listeners) listener();
  };
  const workspace = createWorkspace(ids, now, changed);
  const triggers = createTriggers(triggerTime);
  let hasHomeTab = true;
  const state: SlackState = {
    workspace,
    triggers,
    scopes,
    views: createViews(workspace),
    hasHomeTab: () => hasHomeTab,
  };
  const { views } = state;
  const faults = createFaults();
  const requests: RequestRecord[] = [];
  const deliveries: DeliveryRecord[] = [];
  const counts: Record<string, number> = {};
  let origin = '';
  let requestUrl = options.requestUrl ?? null;
  const responseUrls = createResponseUrls(workspace, () => origin);
  const openSocket = appToken === null ? null : { appToken, url: () => sockets.open() };
  const callWebApi = createWebApi(state, { botToken, openSocket, limits, realTime });
  const sockets = createSockets({ appId, origin: () => origin, changed });
  const people = createPeople(state, responseUrls, {
    deliver: (envelope, headers) =>
      appToken === null
        ? deliver(envelope, { url: requestUrl, secret: signingSecret, headers })
        : sockets.deliver(envelope),
    askForOptions: optionsAsker(),
    record: (record) => {
      append(deliveries, record);
      changed();
    },
  });

  /** Over a socket the app needs no address. */
  function optionsAsker(): Parameters<typeof createPeople>[2]['askForOptions'] {
    const { optionsUrl } = options;
    if (appToken !== null) return (envelope) => sockets.deliver(envelope);
    if (optionsUrl === null) return null;
    return (envelope) => deliver(envelope, { url: optionsUrl ?? requestUrl, secret: signingSecret });
  }

  function reply(folder: string, name: string, request: IncomingMessage, args: Arguments): Reply {
    if (folder === 'response') {
      const answer = responseUrls.respond(name, args);
      return { status: answer.ok ? 200 : 404, answer, retryAfter: null };
    }
    const { answer, retryAfter } = callWebApi({ method: name, token: tokenOf(request, args), args });
    return { status: retryAfter === null ? 200 : 429, answer, retryAfter };
  }

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const [, folder = '', name = ''] = (request.url ?? '').split('?')[0]?.split('/') ?? [];
    if (request.method !== 'POST' || !['api', 'response'].includes(folder)) {
      response.writeHead(404).end();
      return;
    }
    const args = await readArguments(request);
    const method = folder === 'api' ? name : 'response_url';
    counts[method] = (counts[method] ?? 0) + 1;

    const fault = faults.take(method);
    if (fault?.hang === true) {
      append(requests, { at: now(), method, status: null, error: 'hang', args: summarise(args) });
      return;
    }
    if (fault?.html !== undefined) {
      append(requests, { at: now(), method, status: 200, error: 'html', args: summarise(args) });
      response.writeHead(200, { 'content-type': 'text/html' }).end(fault.html);
      return;
    }
    const { status, answer, retryAfter } = faultyReply(fault) ?? reply(folder, name, request, args);
    const error = answer.ok ? null : answer.error;
    append(requests, { at: now(), method, status, error, args: summarise(args) });
    if (fault?.hangAfterEffect === true) return;
    if (fault?.dropAfterEffect === true) {
      request.socket.destroy();
      return;
    }
    response.writeHead(status, {
      'content-type': 'application/json; charset=utf-8',
      'x-oauth-scopes': scopes.join(','),
      ...(retryAfter !== null && { 'retry-after': String(retryAfter) }),
    });
    response.end(JSON.stringify(answer));
  }

  const server = createServer((request, response) => {
    // A bug of the sandbox, or a listener that throws: named, lest it looks like something Slack does.
    handle(request, response).catch((error) => response.writeHead(500).end(`sandbox: ${error}`));
  });
  sockets.listenOn(server);
  server.listen(options.port ?? 0, '127.0.0.1');
  await once(server, 'listening');
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  return {
    ...people,
    sockets,
    teamId,
    url: origin,
    apiUrl: `${origin}/api/`,
    requests,
    deliveries,
    callCounts: () => ({ ...counts }),
    setRequestUrl: (url) => {
      requestUrl = url;
    },
    setHomeTab: (isOn) => {
      hasHomeTab = isOn;
    },
    addUser: workspace.addUser,
    user: workspace.user,
    changeUser: workspace.changeUser,
    setChannel: workspace.setChannel,
    channelMessages: (id) => {
      const conversation = workspace.findConversation(id);
      if (!conversation?.channel) throw new Error(`No Slack channel "${id}": expected an id that was set`);
      return conversation.messages;
    },
    dropConversation: (who) => workspace.dropConversation(workspace.user(who).id),
    write: (who, text) => {
      const user = workspace.user(who).id;
      const draft = { user, text, blocks: [], metadata: null, threadTs: null, replyBroadcast: false };
      return workspace.post(workspace.openConversation(user), draft);
    },
    messages: (who) => workspace.conversationWith(workspace.user(who).id)?.messages ?? [],
    conversation: (who) => {
      const conversation = workspace.conversationWith(workspace.user(who).id);
      return conversation ? standingIn(conversation) : [];
    },
    ephemerals: (who) => workspace.ephemerals(workspace.user(who).id),
    openView: (who) => views.top(workspace.user(who).id),
    home: (who) => views.home(workspace.user(who).id),
    failNext: faults.failNext,
    signed: (body, overrides) => sign(body, signingSecret, overrides),
    onChange: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close: async () => {
      if (!server.listening) return;
      sockets.cut();
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

type Reply = {
  readonly status: number;
  readonly answer: Answer;
  readonly retryAfter: number | null;
};

/** The reply that a scripted fault puts in place of the real one; null when it does not. */
function faultyReply(fault: Fault | null): Reply | null {
  if (fault?.error !== undefined) {
    return { status: 200, answer: { ok: false, error: fault.error }, retryAfter: null };
  }
  if (fault?.status === undefined) return null;
  const limited = fault.status === 429;
  const answer: Answer = { ok: false, error: limited ? 'ratelimited' : 'internal_error' };
  return { status: fault.status, answer, retryAfter: fault.retryAfter ?? (limited ? 1 : null) };
}

async function readArguments(request: IncomingMessage): Promise<Arguments> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const body = Buffer.concat(chunks).toString();
  if (request.headers['content-type']?.startsWith('application/json') !== true) {
    return Object.fromEntries(new URLSearchParams(body));
  }
  return parseFields(body) ?? {};
}

/** The token comes in the header or, in a form, as an argument. */
function tokenOf(request: IncomingMessage, args: Arguments): string | null {
  const [, bearer] = /^Bearer (.+)$/.exec(request.headers.authorization ?? '') ?? [];
  return bearer ?? (typeof args['token'] === 'string' ? args['token'] : null);
}

function summarise(args: Arguments): Record<string, string> {
  const entries = Object.entries(args).filter(([name]) => name !== 'token');
  const words = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));
  return Object.fromEntries(
    entries.map(([name, value]) => [name, words(value).slice(0, maxLoggedArgumentLength)]),
  );
}

function append<Entry>(log: Entry[], entry: Entry): void {
  log.push(entry);
  if (log.length > maxLogEntries) log.shift();
}
