import http from 'node:http';
import https from 'node:https';
import { Client } from '@hubspot/api-client';
import { z } from 'zod';
import type { Lane } from '../../flow/ports/crm.ts';
import { TemporaryFailure } from '../../flow/ports/failure.ts';
import type { Observe } from '../../flow/ports/observe.ts';
import { nobody } from '../follow-call.ts';
import { answerBehind, ErrorAnswer, failureOf } from './error-answer.ts';
import { type RequestFollower, requestFollower } from './follow-requests.ts';
import { type Limiter, limiter, searchLimits } from './limiter.ts';
import { type ApiVersion, addressIn } from './paths.ts';

/** HubSpot's CRM behind our limiter. `what` completes "asked to …" in the message of a failure; it names no person. */
export type HubSpot = {
  read<T>(what: string, ask: (crm: Client['crm']) => Promise<T>): Promise<T>;
  /** Like `read`, for searches, which HubSpot counts by themselves. */
  search<T>(what: string, ask: (crm: Client['crm']) => Promise<T>): Promise<T>;
  /** Like `read`; when it fails without a clear answer, the effect may be there all the same. */
  write<T>(what: string, ask: (crm: Client['crm']) => Promise<T>): Promise<T>;
  /** The same for a part of the API that the library does not know, by its legacy path. @returns what is in the answer */
  send(what: string, request: PlainRequest): Promise<unknown>;
  /** The same, with everything that is asked in that lane; else it is in that of the background. */
  inLane(lane: Lane): HubSpot;
};

/** A request that is written by hand; one with a body writes. */
export type PlainRequest = { path: string; query?: Readonly<Record<string, string>>; body?: object };

/** What a record is, whatever its kind. */
export type HubSpotRecord = {
  id: string;
  properties: Readonly<Record<string, string | null>>;
  createdAt: Date;
};

/** Longer pauses, as after the day's last request, are for the callers to wait out and not for our queue. */
const longestPauseSeconds = 10;

/** How often a search is made that HubSpot refuses because the portal's apps together search too often. */
const searchAttempts = 5;

/**
 * The one client of the process. The library's own retries and limiter stay off: it repeats creates after a 5xx,
 * ignores Retry-After, and keeps both in a process-wide singleton.
 */
export function hubspotClient(options: {
  apiUrl: string;
  apiVersion?: ApiVersion;
  accessToken: string;
  limiter: Limiter;
  searchLimiter?: Limiter;
  timeoutMs?: number;
  /** Hears of every request. */
  observe?: Observe;
}): HubSpot {
  const searchLimiter = options.searchLimiter ?? limiter(searchLimits);
  const { accessToken, apiVersion = '2026-09', timeoutMs = 10_000 } = options;
  const basePath = options.apiUrl.replace(/(?<!\/)\/+$/, '');
  const follower = requestFollower(options.observe ?? nobody);
  const { crm } = new Client({
    accessToken,
    basePath,
    httpAgent: agentWithTimeout(options.apiUrl, timeoutMs),
    // Of each answer the last of them hears first.
    middleware: [
      { pre: addressed(apiVersion), post: told(follower) },
      { pre: tellingOf(follower), post: readErrors },
    ],
  });

  async function call<T>(
    limit: Limiter,
    request: { what: string; writes: boolean; lane: Lane },
    ask: (api: Client['crm']) => Promise<T>,
  ): Promise<T> {
    return limit.run(async () => {
      try {
        return await follower.follow(() => ask(crm));
      } catch (error) {
        const failure = failureOf(error, request);
        if (failure instanceof TemporaryFailure && error instanceof ErrorAnswer && error.status === 429) {
          limit.pause(Math.min(failure.retryAfterSeconds ?? 0, longestPauseSeconds) * 1000);
        }
        throw failure;
      }
    }, request.lane);
  }

  const inLane = (lane: Lane): HubSpot => ({
    read: (what, ask) => call(options.limiter, { what, writes: false, lane }, ask),
    search: async (what, ask) => {
      for (let attempt = 1; ; attempt += 1) {
        try {
          return await call(searchLimiter, { what, writes: false, lane }, ask);
        } catch (error) {
          if (attempt === searchAttempts || answerBehind(error)?.policyName !== 'SECONDLY') throw error;
        }
      }
    },
    write: (what, ask) => call(options.limiter, { what, writes: true, lane }, ask),
    send: (what, { path, query, body }) => {
      const address = `${addressIn(apiVersion, basePath + path)}?${new URLSearchParams(query)}`;
      const asked = { address, accessToken, timeoutMs, body };
      return call(options.limiter, { what, writes: body !== undefined, lane }, () =>
        fetchJson(asked, follower),
      );
    },
    inLane,
  });
  return inLane('background');
}

/** The library waits for ever; here a connection that stays silent for `timeoutMs` is closed with an error. */
function agentWithTimeout(apiUrl: string, timeoutMs: number): http.Agent {
  const settings = { keepAlive: true, timeout: timeoutMs };
  const agent = apiUrl.startsWith('https:') ? new https.Agent(settings) : new http.Agent(settings);
  const connect = agent.createConnection.bind(agent);
  agent.createConnection = (target, callback) => {
    const socket = connect(target, callback);
    socket?.on('timeout', () => socket.destroy(timedOut(timeoutMs)));
    return socket;
  };
  return agent;
}

function timedOut(timeoutMs: number): Error {
  return Object.assign(new Error(`no answer within ${timeoutMs} ms`), { code: 'ETIMEDOUT' });
}

type Request = {
  getUrl(): string;
  setUrl(url: string): void;
  getHttpMethod(): string;
  setHeaderParam(name: string, value: string): void;
};

const userAgent = 'lead-handoff-bot';

/** Asks in a version of the API, and under our name. */
function addressed(version: ApiVersion): (request: unknown) => unknown {
  return (asked) => {
    const request = asked as Request;
    request.setUrl(addressIn(version, request.getUrl()));
    // Spelt as the library spells it, or both would be sent.
    request.setHeaderParam('User-agent', userAgent);
    return request;
  };
}

function tellingOf({ begun }: RequestFollower): (request: unknown) => unknown {
  return (asked) => {
    const request = asked as Request;
    begun(request.getHttpMethod(), request.getUrl());
    return request;
  };
}

function told({ done }: RequestFollower): (answer: unknown) => unknown {
  return (answer) => {
    done((answer as Answer).httpStatusCode);
    return answer;
  };
}

type Plain = { address: string; accessToken: string; timeoutMs: number; body: object | undefined };

async function fetchJson(
  { address, accessToken, timeoutMs, body }: Plain,
  { begun, done }: RequestFollower,
): Promise<unknown> {
  const headers = { authorization: `Bearer ${accessToken}`, 'user-agent': userAgent };
  const signal = AbortSignal.timeout(timeoutMs);
  const json = { ...headers, 'content-type': 'application/json' };
  const written = body ? { method: 'POST', headers: json, body: JSON.stringify(body) } : { headers };
  begun(body ? 'POST' : 'GET', address);
  const answer = await fetch(address, { signal, ...written }).catch((error: Error) => {
    // What broke off is told behind a "fetch failed".
    throw error.name === 'TimeoutError' ? timedOut(timeoutMs) : (error.cause ?? error);
  });
  const text = await answer.text();
  if (!answer.ok) throw new ErrorAnswer(answer.status, Object.fromEntries(answer.headers), text);
  done(answer.status);
  return JSON.parse(text);
}

type Answer = {
  httpStatusCode: number;
  headers: Record<string, string>;
  body: { text(): Promise<string> };
};

/**
 * Takes errors before the library does, which cannot read an error page and writes bodies into messages. Of a batch it
 * reads what failed out of a 207 alone, and in the dated API that is a part of the usual answer.
 */
async function readErrors(given: unknown): Promise<unknown> {
  const answer = given as Answer;
  const { httpStatusCode, headers, body } = answer;
  if (httpStatusCode === 204) return answer;
  const text = await body.text();
  if (httpStatusCode >= 400) throw new ErrorAnswer(httpStatusCode, headers, text);
  // The client would take a text for a record without properties.
  if (!headers['content-type']?.includes('json')) throw new Error('The answer is no JSON');
  if (failedPartly(text)) answer.httpStatusCode = 207;
  return answer;
}

const withErrors = z.object({ errors: z.array(z.unknown()).min(1) });

function failedPartly(text: string): boolean {
  // Few answers need be read twice.
  return text.includes('"errors"') && withErrors.safeParse(JSON.parse(text)).success;
}
