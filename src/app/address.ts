import type { Logger } from 'pino';
import { dashboardRoutes } from '../adapters/http/dashboard/routes.ts';
import { httpServer } from '../adapters/http/server.ts';
import { watchServer } from '../adapters/http/watch-server.ts';
import { receiveWebhook } from '../adapters/hubspot/receive.ts';
import { receiveWorkflowAction } from '../adapters/hubspot/receive-workflow-action.ts';
import { headerOfVersion } from '../adapters/hubspot/signature.ts';
import { type Config, ConfigError, type Secrets } from '../config.ts';
import { gate } from '../flow/dashboard/gate.ts';
import { showPage } from '../flow/dashboard/show.ts';
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
  const doorman = gate(needs);
  const dashboard = { gate: doorman, show: showPage({ ...needs, gate: doorman }) };
  return httpServer({
    dashboard: dashboardRoutes({ dashboard, publicUrl, clock: needs.clock }),
    hubspotWebhook: receiveWebhook({ ...hubspotNeeds, signatures }),
    webhookHeaders: signatures.map(headerOfVersion),
    hubspotWorkflowAction: receiveWorkflowAction(hubspotNeeds),
    slackEvents: doors.find(({ slackEvents }) => slackEvents)?.slackEvents,
    teamsMessages: doors.find(({ teamsMessages }) => teamsMessages)?.teamsMessages,
    readiness: monitor.readiness,
    onRejected: (rejected) => needs.observe({ what: 'rejected', ...rejected }),
    onAnswered: (answered) => needs.observe({ what: 'answered', ...answered }),
    onError: (error, route) => log.error({ err: error, route }, 'a request failed'),
  });
}

/** @returns where it listens */
export function listen(server: Server, at: Config['http']): Promise<string> {
  return listenOn(server, at, { host: 'HOST', port: 'PORT' }, 'a free one');
}

/** Opens the address for those who watch the bot. @returns it; null when it is switched off */
export async function openWatch(
  { metrics }: Pick<Config, 'metrics'>,
  { metricsToken: token }: Secrets,
  { readiness, measures }: Monitor,
  unwinding: AsyncDisposableStack,
): Promise<string | null> {
  if (!metrics || !measures) return null;
  const server = watchServer({ readiness, measures, token: token ?? null });
  unwinding.defer(() => server.close());
  return listenOn(
    server,
    metrics,
    { host: 'METRICS_HOST', port: 'METRICS_PORT' },
    'a free one, or to 0 to do without',
  );
}

async function listenOn(
  server: Server,
  { host, port }: { host: string; port: number },
  names: { host: string; port: string },
  choice: string,
): Promise<string> {
  try {
    return await server.listen({ host, port });
  } catch (cause) {
    const { code = '' } = cause as NodeJS.ErrnoException;
    const wrong = problems.get(code);
    if (!wrong) throw cause;
    throw new ConfigError(`Cannot start: ${wrong({ host, port, names, choice })}`);
  }
}

type Wanted = { host: string; port: number; names: { host: string; port: string }; choice: string };

const noAddress = ({ host, names }: Wanted) =>
  `${names.host}="${host}" is no address of this machine, expected one such as 127.0.0.1, or 0.0.0.0 for all of them`;

/** Why nobody can listen there, by Node's word. */
const problems: ReadonlyMap<string, (wanted: Wanted) => string> = new Map([
  [
    'EADDRINUSE',
    ({ host, port, names, choice }) =>
      `${names.port}=${port} is taken on ${host} by another program, set ${names.port} to ${choice}`,
  ],
  [
    'EACCES',
    ({ port, names }) => `${names.port}=${port} is not for this user, expected a port from 1024 to 65535`,
  ],
  ['EADDRNOTAVAIL', noAddress],
  ['ENOTFOUND', noAddress],
  ['EAI_AGAIN', noAddress],
]);
