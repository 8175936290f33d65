import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Logger } from 'pino';
import type { RawRequest } from '../adapters/http/server.ts';
import type { PaceTime } from '../adapters/pace.ts';
import { slackChat } from '../adapters/slack/chat.ts';
import { connectSlack } from '../adapters/slack/connect.ts';
import { slackListeners } from '../adapters/slack/listeners.ts';
import type { Config, Secrets } from '../config.ts';
import type { Platform } from '../domain/policy/policy.ts';
import type { Cards } from '../flow/ports/cards.ts';
import type {
  AnswerCommand,
  AnswerPress,
  Chat,
  Farewell,
  Installs,
  NoteSaid,
  NoteSeen,
  OpenHome,
  PrepareForm,
  RefreshCard,
  Respond,
  Search,
  Welcome,
} from '../flow/ports/chat.ts';
import type { Observe } from '../flow/ports/observe.ts';
import type { Clock } from '../flow/ports/time.ts';

/** What people in a chat can have done. */
export type ChatSteps = {
  respond: Respond;
  prepareForm: PrepareForm;
  search: Search;
  refreshCard: RefreshCard;
  noteSeen: NoteSeen;
  noteSaid: NoteSaid;
  keepForm: Cards['keepForm'];
  takeForm: Cards['takeForm'];
  answerCommand: AnswerCommand;
  answerPress: AnswerPress;
  openHome: OpenHome;
  welcome: Welcome;
  farewell: Farewell;
  observe: Observe;
};

/** Where a chat's requests come in. */
export type ChatDoor = {
  /** For `POST /slack/events`. */
  slackEvents?: (request: IncomingMessage, response: ServerResponse) => void;
  /** For `POST /api/messages`. */
  teamsMessages?: (request: RawRequest) => Promise<{ status: number; body: unknown }>;
  /** Opens what has to be opened towards the platform, without waiting for it. */
  start(): void;
  /** Resolves when nothing is being worked on any more. */
  settled(): Promise<void>;
  stop(): Promise<void>;
};

/** A configured chat: what the steps send through, and where its people are heard. */
export type OpenChat = { chat: Chat; open(steps: ChatSteps): ChatDoor };

type Needs = {
  installs: Installs;
  /** The zone in which somebody works, by their account. */
  workZone(platform: Platform, userId: string): Promise<string | null>;
  clock: Clock;
  paceTime?: PaceTime | undefined;
  observe: Observe;
  log: Logger;
};

/** The chats that the environment asks for. What belongs to Teams is loaded only then: it is large. */
export async function openChats(config: Config, secrets: Secrets, needs: Needs): Promise<OpenChat[]> {
  return [
    ...(config.slack && secrets.slack ? [openSlack(config.slack, secrets.slack, needs)] : []),
    ...(config.teams && secrets.teams ? [await openTeams(config.teams, secrets.teams, needs)] : []),
  ];
}

function openSlack(
  { apiUrl }: NonNullable<Config['slack']>,
  secrets: NonNullable<Secrets['slack']>,
  { log, paceTime, observe }: Needs,
): OpenChat {
  const chat = slackChat({ botToken: secrets.botToken, apiUrl, log, paceTime, observe });
  return {
    chat,
    open: (steps) => {
      const { bolt, requestListener, start, stop } = connectSlack({ ...secrets, apiUrl }, log, observe);
      const { isColleague } = chat;
      const { settled } = slackListeners(bolt, { ...steps, isColleague, log });
      return { ...(requestListener && { slackEvents: requestListener }), start, settled, stop };
    },
  };
}

async function openTeams(
  config: NonNullable<Config['teams']>,
  secrets: NonNullable<Secrets['teams']>,
  { installs, workZone, clock, paceTime, observe, log }: Needs,
): Promise<OpenChat> {
  const [{ connectTeams }, { teamsChat }, { teamsListeners }] = await Promise.all([
    import('../adapters/teams/connect.ts'),
    import('../adapters/teams/chat.ts'),
    import('../adapters/teams/listeners.ts'),
  ]);
  const connection = connectTeams({ ...config, ...secrets }, log, { paceTime, observe });
  const chat = teamsChat(connection, {
    installs,
    workZone: (userId) => workZone('teams', userId),
    clock,
    log,
  });
  return {
    chat,
    open: (steps) => {
      const { receive, settled } = teamsListeners(connection, { ...steps, installs, clock, log });
      return { teamsMessages: receive, start: () => undefined, settled, stop: async () => undefined };
    },
  };
}
