import { randomUUID } from 'node:crypto';
import type { Server } from 'node:http';
import { type WebSocket, WebSocketServer } from 'ws';
import { type Fields, fieldsAt, isFields, stringAt } from '../fields.ts';
import { ackWithinMs, type Delivery, type Envelope } from './inbound.ts';
import { parseFields } from './wire.ts';

/** "Socket Mode allows your app to maintain up to 10 open WebSocket connections" (Using Socket Mode). */
const maxConnections = 10;
const pingEveryMs = 10_000;

/** Why Slack asks an app to connect anew. */
export type DisconnectReason = 'warning' | 'refresh_requested' | 'link_disabled' | 'too_many_websockets';

export type Sockets = ReturnType<typeof createSockets>;

type Connection = { readonly socket: WebSocket; readonly pongs: () => number };

/**
 * Socket Mode, as Slack documents it ("Using Socket Mode") and slackapi/node-slack-sdk speaks it: whatever happens goes to
 * one of the connections, in turn, as an envelope that has to be acknowledged within three seconds.
 */
export function createSockets(app: { appId: string; origin: () => string; changed: () => void }) {
  const tickets = new Set<string>();
  const connections: Connection[] = [];
  const waiting = new Map<string, { socket: WebSocket; settle: (ack: Fields | null) => void }>();
  const server = new WebSocketServer({ noServer: true });
  let lostAcks = 0;

  function welcome(socket: WebSocket): void {
    if (connections.length >= maxConnections) {
      disconnect(socket, 'too_many_websockets');
      return;
    }
    let pongs = 0;
    const connection = { socket, pongs: () => pongs };
    connections.push(connection);
    const ping = setInterval(() => socket.ping('Ping from sandbox'), pingEveryMs);
    ping.unref();
    socket.on('pong', () => {
      pongs += 1;
      app.changed();
    });
    socket.on('message', (data) => heard(parseFields(String(data)) ?? {}));
    socket.on('close', () => {
      clearInterval(ping);
      connections.splice(connections.indexOf(connection), 1);
      for (const one of waiting.values()) if (one.socket === socket) one.settle(null);
      app.changed();
    });
    send(socket, {
      type: 'hello',
      num_connections: connections.length,
      connection_info: { app_id: app.appId },
      debug_info: { host: 'sandbox', approximate_connection_time: 18_060 },
    });
    socket.ping('Ping from sandbox');
    app.changed();
  }

  function heard(message: Fields): void {
    const id = stringAt(message, 'envelope_id') ?? '';
    const isLost = waiting.has(id) && lostAcks > 0;
    if (isLost) lostAcks -= 1;
    waiting.get(id)?.settle(isLost ? null : message);
  }

  function disconnect(socket: WebSocket, reason: DisconnectReason): void {
    send(socket, { type: 'disconnect', reason, debug_info: { host: 'sandbox' } });
  }

  /** Sends an envelope to the connection whose turn it is. @returns its acknowledgement; null when none comes */
  function offer({ type, payload }: Envelope, attempt: number): Promise<Fields | null> {
    const next = connections.shift();
    if (next === undefined) return Promise.resolve(null);
    connections.push(next);
    const envelope_id = randomUUID();
    const { promise, resolve } = Promise.withResolvers<Fields | null>();
    const timer = setTimeout(resolve, ackWithinMs, null);
    waiting.set(envelope_id, { socket: next.socket, settle: resolve });
    send(next.socket, {
      type,
      envelope_id,
      payload,
      // Only what a person waits for may be answered ("Responding to events").
      accepts_response_payload: type !== 'events_api',
      ...(attempt > 0 && { retry_attempt: attempt, retry_reason: 'timeout' }),
    });
    return promise.finally(() => {
      clearTimeout(timer);
      waiting.delete(envelope_id);
    });
  }

  return {
    /** For `apps.connections.open`: an address that works once. */
    open(): string {
      const ticket = randomUUID();
      tickets.add(ticket);
      return `${app.origin().replace('http', 'ws')}/link/?ticket=${ticket}&app_id=${app.appId}`;
    },

    listenOn(http: Server): void {
      http.on('upgrade', (request, socket, head) => {
        const { pathname, searchParams } = new URL(request.url ?? '', app.origin());
        if (pathname !== '/link/' || !tickets.delete(searchParams.get('ticket') ?? '')) {
          socket.end('HTTP/1.1 404 Not Found\r\n\r\n');
          return;
        }
        server.handleUpgrade(request, socket, head, welcome);
      });
    },

    /** An envelope of which Slack heard no acknowledgement goes to the next connection, once. */
    async deliver(envelope: Envelope): Promise<Delivery> {
      const ack = (await offer(envelope, 0)) ?? (await offer(envelope, 1));
      const failed = { status: null, body: '', contentType: '', noRetry: false };
      if (ack === null) {
        const result = connections.length === 0 ? 'dispatch_failed' : 'operation_timeout';
        return { result, ...failed };
      }
      const answer = fieldsAt(ack, 'payload');
      const body = isFields(answer) && Object.keys(answer).length > 0 ? JSON.stringify(answer) : '';
      return { result: 'acknowledged', status: 200, body, contentType: 'application/json', noRetry: false };
    },

    connections: (): number => connections.length,
    /** How many pings each connection has answered. */
    pongs: (): number[] => connections.map(({ pongs }) => pongs()),
    /** Slack does not hear so many acknowledgements to come. */
    loseAcks(count: number): void {
      lostAcks = count;
    },
    /** Asks every connection to be made anew. */
    disconnectAll(reason: DisconnectReason): void {
      for (const { socket } of connections) disconnect(socket, reason);
    },
    /** Cuts the connections off without a word. */
    cut(): void {
      for (const { socket } of [...connections]) socket.terminate();
    },
  };
}

function send(socket: WebSocket, message: Fields): void {
  socket.send(JSON.stringify(message));
}
