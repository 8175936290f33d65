import type { RequestListener } from 'node:http';
import { App, HTTPReceiver, type ReceiverEvent, SocketModeReceiver } from '@slack/bolt';
import type { Observe } from '../../flow/ports/observe.ts';
import { nobody } from '../follow-call.ts';
import { isDeep } from '../is-deep.ts';
import { type Log, traceOf } from '../log.ts';
import { keepConnected } from './keep-connected.ts';
import { boltLogger } from './log.ts';
import { slackFetch, slackFetchAnywhere } from './slack-fetch.ts';

export type SlackConfig = {
  botToken: string;
  signingSecret: string;
  /** With it, Slack is reached through Socket Mode and needs no public address. */
  appToken: string | null;
  /** `https://slack.com/api/`, or the sandbox's. */
  apiUrl: string;
};

/** Where Slack's requests come in. */
export type SlackConnection = {
  bolt: App;
  /** For `POST /slack/events`, with the body unread or as a Buffer in `rawBody`; null in Socket Mode. */
  requestListener: RequestListener | null;
  /** Opens the socket in Socket Mode; does not wait for Slack, which may be down. */
  start(): void;
  stop(): Promise<void>;
};

const slackPath = '/slack/events';
const timeoutMs = 8000;

/** What the app asks for in its manifest. */
const askedFor = new Set<unknown>(['event_callback', 'block_actions', 'block_suggestion', 'view_submission']);

/** Bolt leaves unanswered what it has no listener for, and people see a warning sign: what nobody asked for is just taken. */
class AskedFor extends App {
  override async processEvent(event: ReceiverEvent): Promise<void> {
    const { type, command } = event.body;
    const isAskedFor = askedFor.has(type) || command !== undefined;
    return isAskedFor && !isDeep(event.body) ? super.processEvent(event) : event.ack();
  }
}

/**
 * Sets up Bolt without a call to Slack: the app starts, and stores what comes from HubSpot, while Slack is down.
 * @param observe hears of every call
 */
export function connectSlack(
  { botToken, signingSecret, appToken, apiUrl }: SlackConfig,
  log: Log,
  observe: Observe = nobody,
): SlackConnection {
  const logger = boltLogger(log);
  const anywhere = slackFetchAnywhere(apiUrl, observe);
  const receiver = appToken
    ? new SocketModeReceiver({
        appToken,
        logger,
        // It would leave a gap of five seconds each time, and end the process when Slack refuses the token by then.
        autoReconnectEnabled: false,
        // An object of its own: the SDKs write headers and retry settings into the one they are given.
        installerOptions: {
          clientOptions: {
            slackApiUrl: apiUrl,
            timeout: timeoutMs,
            retryConfig: { retries: 0 },
            fetch: slackFetch(apiUrl, observe),
          },
        },
      })
    : new HTTPReceiver({ signingSecret, endpoints: slackPath, logger });
  const bolt = new AskedFor({
    receiver,
    // Given as `token`, Bolt would ask Slack who it is before it handles anything.
    authorize: async () => ({ botToken }),
    convoStore: false,
    logger,
    clientOptions: {
      slackApiUrl: apiUrl,
      retryConfig: { retries: 0 },
      rejectRateLimitedCalls: true,
      timeout: timeoutMs,
      logger,
      // Answers to a `response_url` go through it too, and have no timeout of their own.
      fetch: (url, init) =>
        anywhere(url, { ...init, signal: init?.signal ?? AbortSignal.timeout(timeoutMs) }),
    },
  });
  bolt.error(async (error) => log.error({ platform: 'slack', ...traceOf(error) }, 'a Slack listener failed'));

  if (receiver instanceof HTTPReceiver) {
    const nothing = async () => undefined;
    return { bolt, requestListener: receiver.requestListener, start: () => undefined, stop: nothing };
  }
  return { bolt, requestListener: null, ...keepConnected(receiver, log) };
}
