import type { Activity } from 'botbuilder';
import {
  type AuthenticateRequestResult,
  AuthenticationError,
  BotFrameworkAuthentication,
  type ClaimsIdentity,
  type ConnectorFactory,
  type UserTokenClient,
} from 'botframework-connector';
import { z } from 'zod';
import type { Observe } from '../../flow/ports/observe.ts';
import { tryingOnce } from './trying-once.ts';

/** Whose requests the bot takes. */
export type Allowed = {
  tenantId: string;
  /** Origins of the servers through which Teams is reached; the bot's token goes nowhere else. */
  serviceOrigins: readonly string[];
};

/** The issuer of the channel's tokens, in all commercial clouds. */
export const channelIssuer = 'https://api.botframework.com';

/** The public cloud's and GCC's, from the list of Microsoft's own Teams SDK. */
export const publicServiceOrigins = [
  'https://smba.trafficmanager.net',
  'https://smba.onyx.prod.teams.trafficmanager.net',
  'https://smba.infra.gcc.teams.microsoft.com',
];

const claimsOf = z.object({
  iss: z.string(),
  tid: z.string().optional(),
  exp: z.number().optional(),
  nbf: z.number().optional(),
});
const algorithmOf = z.object({ alg: z.enum(['RS256', 'RS384', 'RS512']) });

const originOf = z.object({
  channelId: z.string(),
  serviceUrl: z.string(),
  conversation: z.object({ tenantId: z.string().optional() }).optional(),
  channelData: z.object({ tenant: z.object({ id: z.string().optional() }).optional() }).optional(),
});

/** How far clocks may differ: as far as the SDK lets them. */
const skewSeconds = 5 * 60;

/** What the verification of a signature throws. */
const tokenErrors = new Set(['JsonWebTokenError', 'NotBeforeError', 'TokenExpiredError']);

/**
 * Stands before the SDK's authentication and closes what it leaves open: any tenant may call the app, a request without
 * a serviceUrl skips the check of that claim, every token with a new tenant grows a list of the process, an old token is
 * printed, and most forgeries end as an error of ours. Reasons hold nothing of the request.
 */
export class Guard extends BotFrameworkAuthentication {
  readonly #sdk: BotFrameworkAuthentication;
  readonly #allowed: Allowed;
  readonly #observe: Observe;

  /** @param observe hears of every call that the clients make */
  constructor(sdk: BotFrameworkAuthentication, allowed: Allowed, observe: Observe) {
    super();
    this.#sdk = sdk;
    this.#allowed = allowed;
    this.#observe = observe;
  }

  /** @throws AuthenticationError for whoever is not Teams; any other error when that cannot be told now */
  override async authenticateRequest(
    activity: Activity,
    authorization: string,
  ): Promise<AuthenticateRequestResult> {
    const refusal = refusalOfToken(authorization, this.#allowed) ?? refusalOfOrigin(activity, this.#allowed);
    if (refusal) throw unauthorized(refusal);
    try {
      const result = await this.#sdk.authenticateRequest(activity, authorization);
      return { ...result, connectorFactory: this.createConnectorFactory(result.claimsIdentity) };
    } catch (error) {
      throw isRefusal(error) ? unauthorized('the token does not hold') : error;
    }
  }

  /** Teams streams to nobody. */
  override async authenticateStreamingRequest(): Promise<never> {
    throw unauthorized('a streaming request');
  }

  override createConnectorFactory(identity: ClaimsIdentity): ConnectorFactory {
    return tryingOnce(this.#sdk.createConnectorFactory(identity), this.#observe);
  }

  override createUserTokenClient(identity: ClaimsIdentity): Promise<UserTokenClient> {
    return this.#sdk.createUserTokenClient(identity);
  }
}

/** Cheap, and first: what anybody on the internet sends ends here. */
function refusalOfToken(authorization: string, { tenantId }: Allowed): string | null {
  const [, header, payload] = /^Bearer ([\w-]+)\.([\w-]+)\.[\w-]*$/.exec(authorization) ?? [];
  if (!header || !payload) return 'no bearer token';
  if (!algorithmOf.safeParse(decoded(header)).success) return 'a token of another algorithm';
  const claims = claimsOf.safeParse(decoded(payload));
  if (!claims.success || claims.data.iss !== channelIssuer) return 'a token of another issuer';
  // The SDK notes the tenant of every token that names one, forged or not, and each spelling as another; the channel's
  // tokens name none, and Microsoft writes ids in small letters.
  const { tid, exp, nbf } = claims.data;
  if (tid !== undefined && tid !== tenantId.toLowerCase()) return 'a token of another tenant';
  const now = Math.floor(Date.now() / 1000);
  if (exp !== undefined && now >= exp + skewSeconds) return 'a token that has expired';
  return nbf !== undefined && nbf > now + skewSeconds ? 'a token that is not valid yet' : null;
}

function refusalOfOrigin(activity: unknown, { tenantId, serviceOrigins }: Allowed): string | null {
  const parsed = originOf.safeParse(activity);
  if (!parsed.success) return 'no channelId or serviceUrl, or a tenant that is none';
  const { channelId, serviceUrl, conversation, channelData } = parsed.data;
  if (channelId !== 'msteams') return 'another channel';
  const service = URL.parse(serviceUrl);
  if (!service || service.username || service.password || !serviceOrigins.includes(service.origin)) {
    return 'a serviceUrl that is not of Teams';
  }
  const tenants = [conversation?.tenantId, channelData?.tenant?.id].filter((id) => id !== undefined);
  if (tenants.length === 0) return 'no tenant';
  return tenants.every((id) => isSame(id, tenantId)) ? null : 'another tenant';
}

function isSame(id: string, other: string): boolean {
  return id.toLowerCase() === other.toLowerCase();
}

function decoded(part: string): unknown {
  try {
    return JSON.parse(Buffer.from(part, 'base64url').toString());
  } catch {
    return null;
  }
}

function isRefusal(error: unknown): boolean {
  // The SDK reports keys that it could not fetch as the caller's fault, with this status.
  if (error instanceof AuthenticationError) return error.statusCode < 500;
  return error instanceof Error && tokenErrors.has(error.name);
}

function unauthorized(reason: string): AuthenticationError {
  return new AuthenticationError(reason, 401);
}
