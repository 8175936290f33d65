import { type Activity, CloudAdapter, ConfigurationBotFrameworkAuthentication } from 'botbuilder';
import {
  type AuthenticateRequestResult,
  AuthenticationError,
  ClaimsIdentity,
  type ServiceClientCredentialsFactory,
} from 'botframework-connector';
import type { Observe } from '../../flow/ports/observe.ts';
import { nobody } from '../follow-call.ts';
import { inTime } from '../in-time.ts';
import { type Log, traceOf } from '../log.ts';
import type { PaceTime } from '../pace.ts';
import { type Conversations, teamsConversations } from './conversations.ts';
import { type Credentials, createTokens, type Tokens } from './credentials.ts';
import { type Graph, teamsGraph } from './graph.ts';
import { channelIssuer, Guard, publicServiceOrigins } from './guard.ts';

/** `apiUrl`: one origin that serves login, keys, connector and Graph in place of Microsoft's own. */
export type TeamsConfig = Credentials & {
  /** Whether people may be looked up in Microsoft Graph. */
  graph: boolean;
};

/** Where Teams' requests come in and ours go out. */
export type TeamsConnection = {
  /** Runs what a request brought, once it is authenticated. */
  adapter: CloudAdapter;
  /**
   * @param activity the request's body, of which nothing is believed yet
   * @param authorization its header
   */
  authenticate(activity: Activity, authorization: string): Promise<Authenticated>;
  conversations: Conversations;
  /** Where somebody is written to who has never sent anything. */
  defaultServiceUrl: string;
  /** Null when people may not be looked up there. */
  graph: Graph | null;
};

export type Authenticated =
  | { caller: AuthenticateRequestResult }
  /** 401, or 503 when the keys of Teams cannot be had; the reason holds nothing of the request. */
  | { rejected: { status: 401 | 503; reason: string } };

export type TeamsOptions = {
  /** How long Microsoft may take for one call. */
  timeoutMs?: number;
  /** The longest that a call may wait until it can be made; one that would wait longer fails, undone. */
  maxWaitMs?: number;
  /** By which the calls are paced; that of the machine unless given. */
  paceTime?: PaceTime | undefined;
  /** Hears of every call. */
  observe?: Observe;
};

const channelKeys = 'https://login.botframework.com';
const publicServiceUrl = 'https://smba.trafficmanager.net/teams/';

/** Sets up the SDK without a call to Microsoft: the app starts, and stores what comes from HubSpot, while Teams is down. */
export function connectTeams(
  config: TeamsConfig,
  log: Log,
  { timeoutMs = 8000, maxWaitMs = 30_000, paceTime, observe = nobody }: TeamsOptions = {},
): TeamsConnection {
  const { appId, appPassword, tenantId, appType, apiUrl } = config;
  // Without an id, the SDK would let everybody in.
  for (const [name, value] of Object.entries({ appId, tenantId })) {
    if (!value.trim()) throw new Error(`${name}="${value}" of the Teams app, expected an id`);
  }
  if (appType !== 'UserAssignedMSI' && !appPassword?.trim()) {
    throw new Error(`appPassword of the ${appType} Teams app is blank, expected its client secret`);
  }

  const tokens = createTokens(config, { timeoutMs, observe });
  const serviceOrigins = [...publicServiceOrigins, ...(apiUrl === null ? [] : [new URL(apiUrl).origin])];
  const guard = new Guard(sdkAuthentication(config, tokens), { tenantId, serviceOrigins }, observe);
  const connectors = guard.createConnectorFactory(new ClaimsIdentity([{ type: 'aud', value: appId }]));

  return {
    adapter: new CloudAdapter(guard),
    async authenticate(activity, authorization) {
      try {
        const caller = await inTime(guard.authenticateRequest(activity, authorization), timeoutMs);
        if (caller) return { caller };
        log.error({ platform: 'teams' }, 'the keys of Teams did not come in time');
      } catch (error) {
        if (error instanceof AuthenticationError && error.statusCode === 401) {
          return { rejected: { status: 401, reason: error.message } };
        }
        log.error({ platform: 'teams', ...traceOf(error) }, 'the keys of Teams could not be read');
      }
      return { rejected: { status: 503, reason: 'the keys of Teams cannot be had' } };
    },
    conversations: teamsConversations({
      connect: (serviceUrl) => connectors.create(serviceUrl, channelIssuer),
      tokens,
      app: { appId, tenantId },
      timeoutMs,
      maxWaitMs,
      paceTime,
    }),
    defaultServiceUrl: apiUrl === null ? publicServiceUrl : `${apiUrl}/teams/`,
    graph: config.graph ? teamsGraph(tokens, { apiUrl, timeoutMs, observe, log }) : null,
  };
}

/** With one of these addresses given the SDK has no default for the others, hence all of them. */
function sdkAuthentication(
  { appId, tenantId, apiUrl }: TeamsConfig,
  tokens: Tokens,
): ConfigurationBotFrameworkAuthentication {
  return new ConfigurationBotFrameworkAuthentication(
    {
      MicrosoftAppId: appId,
      ToChannelFromBotLoginUrl: `https://login.microsoftonline.com/${tenantId}`,
      ToChannelFromBotOAuthScope: channelIssuer,
      ToBotFromChannelTokenIssuer: channelIssuer,
      OAuthUrl: apiUrl ?? channelIssuer,
      ToBotFromChannelOpenIdMetadataUrl: `${apiUrl ?? channelKeys}/v1/.well-known/openidconfiguration`,
      // The guard lets no token of the emulator or of another bot come that far.
      ToBotFromEmulatorOpenIdMetadataUrl: `${apiUrl ?? channelKeys}/none`,
    },
    credentialsOf(appId, tokens),
  );
}

function credentialsOf(appId: string, tokens: Tokens): ServiceClientCredentialsFactory {
  return {
    isValidAppId: async (id) => id === appId,
    isAuthenticationDisabled: async () => false,
    createCredentials: async () => ({
      async signRequest(request) {
        request.headers.set('authorization', `Bearer ${await tokens.of(channelIssuer)}`);
        return request;
      },
    }),
  };
}
