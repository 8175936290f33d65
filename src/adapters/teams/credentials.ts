import {
  AuthError,
  ConfidentialClientApplication,
  type INetworkModule,
  ManagedIdentityApplication,
  type NetworkRequestOptions,
  type NetworkResponse,
} from '@azure/msal-node';
import { TemporaryFailure } from '../../flow/ports/failure.ts';
import type { Observe } from '../../flow/ports/observe.ts';
import { followedFetch } from '../follow-call.ts';

/** Whom a token is for. */
export type Audience = 'https://api.botframework.com' | 'https://graph.microsoft.com';

/** The tokens with which the bot shows who it is. */
export type Tokens = {
  /** @throws TemporaryFailure, `notDone`, when Microsoft's login gives none */
  of(audience: Audience): Promise<string>;
  /** For a token that was refused: the next one is a new one. */
  forget(audience: Audience): void;
};

export type Credentials = {
  appId: string;
  /** Null for a managed identity. */
  appPassword: string | null;
  tenantId: string;
  appType: 'SingleTenant' | 'MultiTenant' | 'UserAssignedMSI';
  /** Another server of Microsoft's login, in whose place it is asked; null for Microsoft's own. */
  apiUrl: string | null;
};

const login = 'https://login.microsoftonline.com';

/** A multi-tenant app gets its tokens for Teams from this tenant, whichever it serves. */
const multiTenantAuthority = 'botframework.com';

/** What MSAL calls a request that brought no answer it can read. */
export const noAnswer = 'network_error';

/** `observe` hears of every request. */
type HowToAsk = { timeoutMs: number; observe: Observe };

/** Gets tokens through MSAL, which keeps each until five minutes before its end. */
export function createTokens(credentials: Credentials, how: HowToAsk): Tokens {
  const ask =
    credentials.appType === 'UserAssignedMSI' ? askIdentity(credentials, how) : askLogin(credentials, how);
  const running = new Map<Audience, Promise<string>>();
  const refused = new Set<Audience>();

  const acquire = async (audience: Audience): Promise<string> => {
    try {
      const token = await ask(audience, refused.has(audience));
      refused.delete(audience);
      return token;
    } catch (error) {
      throw failureOf(error);
    } finally {
      running.delete(audience);
    }
  };

  return {
    of(audience) {
      const token = running.get(audience) ?? acquire(audience);
      running.set(audience, token);
      return token;
    },
    forget: (audience) => refused.add(audience),
  };
}

type Ask = (audience: Audience, anew: boolean) => Promise<string>;

function askLogin({ appId, appPassword, tenantId, appType, apiUrl }: Credentials, how: HowToAsk): Ask {
  const application = new ConfidentialClientApplication({
    auth: { clientId: appId, clientSecret: appPassword ?? '', authority: `${login}/${tenantId}` },
    system: { networkClient: network(how, apiUrl) },
  });
  return async (audience, anew) => {
    const ofMany = appType === 'MultiTenant' && audience === 'https://api.botframework.com';
    const result = await application.acquireTokenByClientCredential({
      scopes: [`${audience}/.default`],
      ...(ofMany && { authority: `${login}/${multiTenantAuthority}` }),
      skipCache: anew,
    });
    return required(result?.accessToken);
  };
}

function askIdentity({ appId }: Credentials, how: HowToAsk): Ask {
  const application = new ManagedIdentityApplication({
    managedIdentityIdParams: { userAssignedClientId: appId },
    // The identity is served by the machine the bot runs on, wherever Teams is.
    system: { networkClient: network(how, null), disableInternalRetries: true },
  });
  return async (audience, anew) => {
    const { accessToken } = await application.acquireToken({ resource: audience, forceRefresh: anew });
    return required(accessToken);
  };
}

/** MSAL's way to the network: tried once, in time. */
function network({ timeoutMs, observe }: HowToAsk, apiUrl: string | null): INetworkModule {
  const ask = followedFetch({ platform: 'teams', methodOf: () => 'login' }, observe);
  const request = async <Body>(
    method: 'GET' | 'POST',
    url: string,
    { headers, body }: NetworkRequestOptions = {},
  ): Promise<NetworkResponse<Body>> => {
    const response = await ask(apiUrl === null ? url : url.replace(login, apiUrl), {
      method,
      ...(headers && { headers }),
      ...(body && { body }),
      redirect: 'error',
      signal: AbortSignal.timeout(timeoutMs),
    });
    // Told of such an answer, MSAL would refuse to ask again for a minute.
    if (response.status >= 500 || response.status === 429) {
      throw new Error(`Microsoft's login answered with HTTP ${response.status}, expected a token`);
    }
    return {
      headers: Object.fromEntries(response.headers),
      body: await readBody<Body>(response),
      status: response.status,
    };
  };
  return {
    sendGetRequestAsync: (url, options) => request('GET', url, options),
    sendPostRequestAsync: (url, options) => request('POST', url, options),
  };
}

/** The parser's own error would repeat how a page of a proxy begins. */
async function readBody<Body>(response: Response): Promise<Body> {
  const text = await response.text();
  try {
    return JSON.parse(text) as Body;
  } catch {
    throw new Error(`Microsoft's login answered with HTTP ${response.status} and no JSON`);
  }
}

function required(token: string | undefined): string {
  if (!token) throw new Error("Microsoft's login answered without access_token, expected one");
  return token;
}

function failureOf(cause: unknown): TemporaryFailure {
  const code = cause instanceof AuthError ? cause.errorCode : noAnswer;
  const message =
    code === noAnswer
      ? "Microsoft's login gave the Teams app no token: no answer, or none that can be read"
      : `Microsoft's login gives the Teams app no token: ${code}. Check the app's id, secret and tenant`;
  return new TemporaryFailure(message, { outcome: 'notDone', cause });
}
