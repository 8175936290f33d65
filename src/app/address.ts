import type { Logger } from 'pino';
import { httpServer } from '../adapters/http/server.ts';
import { receiveWebhook } from '../adapters/hubspot/receive.ts';
import { receiveWorkflowAction } from '../adapters/hubspot/receive-workflow-action.ts';
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
    hubspotWorkflowAction: receiveWorkflowAction(hubspotNeeds),
    slackEvents: doors.find(({ slackEvents }) => slackEvents)?.slackEvents,
    teamsMessages: doors.find(({ teamsMessages }) => teamsMessages)?.teamsMessages,
    readiness: monitor.readiness,
    measures: monitor.measures,
    onError: (error, route) => log.error({ err: error, route }, 'a request failed'),
  });
}

/** @returns where it listens */
export async function listen(server: Server, { host, port }: Config['http']): Promise<string> {
  try {
    return await server.listen({ host, port });
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw cause;
    throw new ConfigError(
      `Cannot start: PORT=${port} is taken on ${host} by another program, set PORT to a free one`,
    );
  }
}
