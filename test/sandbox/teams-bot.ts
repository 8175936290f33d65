import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { ConfidentialClientApplication, type INetworkModule } from '@azure/msal-node';
import {
  CloudAdapter,
  ConfigurationBotFrameworkAuthentication,
  type Response,
  type TurnContext,
} from 'botbuilder';
import { MsalServiceClientCredentialsFactory } from 'botframework-connector';
import type { TeamsServer } from '../../sandbox/teams/server.ts';
import { forgetTeams } from '../support/chats/forget-teams.ts';

export const appIdentity = {
  appId: '11111111-1111-4111-8111-111111111111',
  appPassword: 'sandbox-teams-secret',
  tenantId: '22222222-2222-4222-8222-222222222222',
};

const loginUrl = 'https://login.microsoftonline.com';

/** MSAL's way to the login server, with the sandbox in its place: MSAL takes no http authority. */
function loginAt(teams: TeamsServer): INetworkModule {
  const ask = async (address: string, init: RequestInit) => {
    const response = await fetch(address.replace(loginUrl, teams.url), init);
    return {
      status: response.status,
      headers: Object.fromEntries(response.headers),
      // MSAL's own type parameter: it knows what it asked for.
      body: (await response.json()) as never,
    };
  };
  const headersOf = (options?: { headers?: Record<string, string> }) => options?.headers ?? {};
  return {
    sendGetRequestAsync: (address, options) => ask(address, { headers: headersOf(options) }),
    sendPostRequestAsync: (address, options) =>
      ask(address, { method: 'POST', headers: headersOf(options), body: options?.body ?? '' }),
  };
}

export function msalAt(
  teams: TeamsServer,
  changes: Partial<typeof appIdentity> = {},
): ConfidentialClientApplication {
  const { appId, appPassword, tenantId } = { ...appIdentity, ...changes };
  return new ConfidentialClientApplication({
    auth: { clientId: appId, clientSecret: appPassword, authority: `${loginUrl}/${tenantId}` },
    system: { networkClient: loginAt(teams) },
  });
}

/** botbuilder's adapter as a bot in Teams runs it, authentication on, with the sandbox as its Microsoft. */
export function adapterAt(teams: TeamsServer): CloudAdapter {
  forgetTeams();
  const { appId, appPassword, tenantId } = appIdentity;
  const authentication = new ConfigurationBotFrameworkAuthentication(
    {
      MicrosoftAppId: appId,
      MicrosoftAppPassword: appPassword,
      MicrosoftAppType: 'SingleTenant',
      MicrosoftAppTenantId: tenantId,
      ToChannelFromBotLoginUrl: `${loginUrl}/${tenantId}`,
      ToChannelFromBotOAuthScope: 'https://api.botframework.com',
      ToBotFromChannelTokenIssuer: 'https://api.botframework.com',
      OAuthUrl: teams.url,
      ToBotFromChannelOpenIdMetadataUrl: `${teams.url}/v1/.well-known/openidconfiguration`,
      ToBotFromEmulatorOpenIdMetadataUrl: `${teams.url}/emulator-disabled`,
    },
    credentialsAt(teams),
  );
  return new CloudAdapter(authentication);
}

/** The bot's credentials, as botbuilder wants them. */
export function credentialsAt(teams: TeamsServer): MsalServiceClientCredentialsFactory {
  // MSAL declares its classes once for ES modules and once for CommonJS, which is what botbuilder imports.
  type Application = ConstructorParameters<typeof MsalServiceClientCredentialsFactory>[1];
  return new MsalServiceClientCredentialsFactory(appIdentity.appId, msalAt(teams) as unknown as Application);
}

/** A bot on HTTP that answers Teams with `turn`; the sandbox is told where it is. */
export async function startBot(
  teams: TeamsServer,
  turn: (context: TurnContext) => Promise<void>,
): Promise<{ adapter: CloudAdapter; url: string; stop: () => Promise<void> }> {
  const adapter = adapterAt(teams);
  const server = createServer(async (request, response) => {
    const { method, headers } = request;
    const answer: Response = {
      socket: request.socket,
      status: (code) => {
        response.statusCode = code;
      },
      header: (name, value) => response.setHeader(name, String(value)),
      send: (body) => {
        response.setHeader('content-type', 'application/json');
        response.write(JSON.stringify(body));
      },
      end: () => response.end(),
    };
    const body = (await json(request)) as Record<string, unknown>;
    await adapter.process({ method: method ?? '', headers, body }, answer, turn);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/messages`;
  teams.setMessagesUrl(url);
  return {
    adapter,
    url,
    stop: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}
