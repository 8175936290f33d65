import { WebClient } from '@slack/web-api';
import type { Observe } from '../../flow/ports/observe.ts';
import { nobody } from '../follow-call.ts';
import type { Log } from '../log.ts';
import { burst, createPacer, type Pace, type PaceTime, quota } from '../pace.ts';
import { boltLogger } from './log.ts';
import { slackFetch } from './slack-fetch.ts';
import { refusedFor, slackCode, translateError } from './translate-error.ts';

export type CallOptions = {
  botToken: string;
  /** `https://slack.com/api/`, or the sandbox's. */
  apiUrl: string;
  log: Log;
  /** How long Slack may take for one call. */
  timeoutMs?: number;
  /** The longest that a call may wait until it can be made; one that would wait longer fails, undone. */
  maxWaitMs?: number;
  /** By which the calls are paced; that of the machine unless given. */
  paceTime?: PaceTime | undefined;
  /** Hears of every call. */
  observe?: Observe;
};

/**
 * Makes a call of the Web API at its pace. `lane`: one after the other with others of the same. `place`: a conversation,
 * when its calls have a pace of their own.
 */
export type Ask = <Result>(
  method: string,
  call: () => Promise<Result>,
  how?: { lane?: string; place?: string; pace?: () => Pace },
) => Promise<Result>;

export const paces = {
  /**
   * One message a second in a conversation, with short bursts (Slack's "Rate limits"); slightly slower, as networks
   * jitter.
   */
  messages: () => burst(3, 1050),
  /**
   * Tier 3 of Slack's "Rate limits", 50 a minute, which these methods have at least; a second more, as networks jitter.
   */
  tiered: () => quota(50, 61_000),
  /** Tier 4 of Slack's "Rate limits", 100 a minute at least. */
  views: () => quota(100, 61_000),
  /** chat.getPermalink has a limit of its own: Slack allows hundreds a minute, and says no number. */
  permalinks: () => quota(200, 61_000),
};

/**
 * The Web API, with its errors in our words. The SDK neither retries nor waits: after a timeout it would send a card
 * twice, and on a rate limit it would hold back every other call as well. The pace is kept here, each method's by itself.
 */
export function slackCalls({
  botToken,
  apiUrl,
  log,
  timeoutMs = 8000,
  maxWaitMs = 30_000,
  paceTime: time,
  observe = nobody,
}: CallOptions): { web: WebClient; ask: Ask } {
  const web = new WebClient(botToken, {
    slackApiUrl: apiUrl,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    timeout: timeoutMs,
    fetch: slackFetch(apiUrl, observe),
    logger: boltLogger(log),
  });
  const paced = createPacer({ maxWaitMs, time });
  const kept = new Map<string, Pace>();

  const paceOf = (key: string, create: () => Pace): Pace => {
    const pace = kept.get(key) ?? create();
    kept.set(key, pace);
    return pace;
  };

  /** Slack calls the account inactive, but whose: its word for ours has been seen of those written to as well. */
  const isAlive = () =>
    web.auth.test().then(
      ({ ok }) => ok,
      () => false,
    );

  const translated = async <Result>(method: string, call: () => Promise<Result>): Promise<Result> => {
    try {
      return await call();
    } catch (error) {
      const isTheirs = slackCode(error) === 'account_inactive' && (await isAlive());
      throw isTheirs ? refusedFor('user_disabled', method, error) : translateError(error, method);
    }
  };

  const ask: Ask = (method, call, { lane = null, place = '', pace = paces.tiered } = {}) =>
    paced({ method, pace: paceOf(`${method} ${place}`, pace), lane }, () => translated(method, call));

  return { web, ask };
}

/** What an answer of Slack must have. */
export function required(value: string | undefined, method: string, place: string): string {
  if (!value) throw new Error(`Slack answered ${method} without ${place}, expected a text`);
  return value;
}
