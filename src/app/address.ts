import type { Logger } from 'pino';
import { httpServer } from '../adapters/http/server.ts';
import { watchServer } from '../adapters/http/watch-server.ts';
import { receiveWebhook } from '../adapters/hubspot/receive.ts';
import { receiveWorkflowAction } from '../adapters/hubspot/receive-workflow-action.ts';
import { headerOfVersion } from '../adapters/hubspot/signature.ts';
import { type Config, ConfigError, type Secrets } from '../config.ts';
import type { ChatDoor } from './chats.ts';
import type { Monitor } from './monitor.ts';
import type { StepNeeds } from './step-needs.ts';

type Server = ReturnType<typeof httpServer>;

type Behind = { needs: StepNeeds; doors: readonly ChatDoor[]; monitor: Monitor; log: Logger };

/** The server at the bot's address: for HubSpot, the chats, and whoever watches. It serves nothing before `listen`. */
export function openServer(
  { hubspot: { portalId, signatures }, http: { publicUrl } }: Config,
  { hubspotClientSecret: clientSecret }: Secrets,
  { needs, doors, monitor, log }: Behind,
): Server {
  const hubspotNeeds = { ...needs, clientSecret, portalId, publicUrl };
  return httpServer({
    hubspotWebhook: receiveWebhook({ ...hubspotNeeds, signatures }),
    webhookHeaders: signatures.map(headerOfVersion),
    hubspotWorkflowAction: receiveWorkflowAction(hubspotNeeds),
    slackEvents: doors.find(({ slackEvents }) => slackEvents)?.slackEvents,
    teamsMessages: doors.find(({ teamsMessages }) => teamsMessages)?.teamsMessages,
    readiness: monitor.readiness,
    onRejected: (rejected) => needs.observe({ what: 'rejected', ...rejected }),
    onError: (error, route) => log.error({ err: error, route }, 'a request failed'),
  });
}

/** @returns where it listens */
export function listen(server: Server, at: Config['http']): Promise<string> {
  return listenOn(server, at, 'PORT', 'a free one');
}

/** Opens the address for those who watch the bot. @returns it; null when it is switched off */
export async function openWatch(
  { metrics }: Pick<Config, 'metrics'>,
  monitor: Monitor,
  unwinding: AsyncDisposableStack,
): Promise<string | null> {
  if (!metrics) return null;
  const server = watchServer(monitor);
  unwinding.defer(() => server.close());
  return listenOn(server, metrics, 'METRICS_PORT', 'a free one, or to 0 to do without');
}

async function listenOn(
  server: Server,
  { host, port }: { host: string; port: number },
  name: string,
  choice: string,
): Promise<string> {
  try {
    return await server.listen({ host, port });
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw cause;
    throw new ConfigError(
      `Cannot start: ${name}=${port} is taken on ${host} by another program, set ${name} to ${choice}`,
    );
  }
}
