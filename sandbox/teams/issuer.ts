import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { type AppIdentity, type Audience, grantToken } from './grant-token.ts';
import { encodeJwt, readJwt, type Signing } from './jwt.ts';
import type { Route } from './route.ts';

/** The claim by which the channel proves itself to bots. */
const channelIssuer = 'https://api.botframework.com';
const loginUrl = 'https://login.microsoftonline.com';

/** What is different, or wrong, about a token for the bot. */
export type TokenOverrides = {
  issuer?: string;
  audience?: string;
  /** Null leaves the claim out. */
  serviceUrl?: string | null;
  /** Seconds from now; an hour unless given. */
  expiresInSeconds?: number;
  /** Seconds from now; a minute ago unless given. */
  notBeforeInSeconds?: number;
  algorithm?: 'RS256' | 'none' | 'HS256-with-public-key';
  /** Signed with a key that is not in the key set, under the id of one that is. */
  signature?: 'forged';
  /** Names a key that is not in the key set. */
  keyId?: 'unknown';
  scheme?: string;
  /** False: signed with a key of the set that is not endorsed for Teams. */
  endorsed?: boolean;
  /** Adds a `tid` claim; the channel's tokens have none. */
  tenant?: string;
};

type BearerCheck = { ok: true } | { ok: false; reason: string };

/** Signs for Teams' channel and gives tokens to the bot, as Microsoft's login does. */
export type Issuer = {
  /** The token endpoint, the two OpenID documents and the key set. */
  readonly routes: readonly Route[];
  /** The `Authorization` header of a request to the bot. In real time, as the bot compares it with its own clock. */
  authorization(serviceUrl: string, overrides?: TokenOverrides): string;
  /** Whether an `Authorization` header carries a token of ours for that use that has not expired. */
  checkBearer(header: string | undefined, audience: Audience): BearerCheck;
};

type Key = {
  readonly id: string;
  readonly publicKey: KeyObject;
  readonly privateKey: KeyObject;
  /** Empty would count as endorsed for everything. */
  readonly endorsements: readonly string[];
};

let madeKeys: { endorsed: Key; unendorsed: Key; foreign: Key } | null = null;

/**
 * One set a process: the bot's SDK keeps keys by address for a day, and a later server of the process may
 * get the address of an earlier one.
 */
function keys(): { endorsed: Key; unendorsed: Key; foreign: Key } {
  madeKeys ??= {
    endorsed: makeKey('sandbox-teams-key', ['msteams', 'skype']),
    unendorsed: makeKey('sandbox-webchat-key', ['webchat']),
    foreign: makeKey('sandbox-foreign-key', []),
  };
  return madeKeys;
}

/** @param realTime milliseconds; the bot's tokens expire in it */
export function createIssuer(app: AppIdentity, realTime: () => number = Date.now): Issuer {
  const { endorsed, unendorsed, foreign } = keys();

  function signingOf({ algorithm = 'RS256', signature }: TokenOverrides, key: Key): Signing {
    switch (algorithm) {
      case 'RS256':
        return { algorithm, key: (signature === 'forged' ? foreign : key).privateKey };
      case 'HS256-with-public-key': {
        const secret = key.publicKey.export({ type: 'spki', format: 'pem' }).toString();
        return { algorithm: 'HS256', secret };
      }
      case 'none':
        return { algorithm };
    }
  }

  return {
    routes: [
      {
        operation: 'openid',
        method: 'GET',
        path: /^\/v1\/\.well-known\/openidconfiguration$/,
        handle: ({ origin }) => ({
          status: 200,
          body: {
            issuer: channelIssuer,
            authorization_endpoint: 'https://invalid.botframework.com',
            jwks_uri: `${origin}/v1/.well-known/keys`,
            id_token_signing_alg_values_supported: ['RS256'],
            token_endpoint_auth_methods_supported: ['private_key_jwt'],
          },
        }),
      },
      {
        operation: 'openid',
        method: 'GET',
        path: /^\/v1\/\.well-known\/keys$/,
        handle: () => ({ status: 200, body: { keys: [endorsed, unendorsed].map(describeKey) } }),
      },
      {
        operation: 'openid',
        method: 'GET',
        path: /^\/(?<tenant>[^/]+)\/v2\.0\/\.well-known\/openid-configuration$/,
        handle: ({ params }) => ({ status: 200, body: describeAuthority(String(params['tenant'])) }),
      },
      {
        operation: 'openid',
        method: 'GET',
        path: /^\/common\/discovery\/instance$/,
        handle: () => ({
          status: 200,
          body: {
            tenant_discovery_endpoint: `${loginUrl}/${app.tenantId}/v2.0/.well-known/openid-configuration`,
            'api-version': '1.1',
            metadata: [hosts('login.microsoftonline.com', 'login.windows.net', 'sts.windows.net')],
          },
        }),
      },
      {
        operation: 'token',
        method: 'POST',
        path: /^\/(?<tenant>[^/]+)\/oauth2\/v2\.0\/token$/,
        handle: ({ params, body }) =>
          grantToken(
            app,
            String(params['tenant']),
            new URLSearchParams(body),
            (audience, lifetimeSeconds) => {
              const issuedAt = Math.floor(realTime() / 1000);
              const claims = {
                aud: audience,
                iss: `https://sts.windows.net/${app.tenantId}/`,
                iat: issuedAt,
                nbf: issuedAt,
                exp: issuedAt + lifetimeSeconds,
                appid: app.appId,
                tid: app.tenantId,
                ver: '1.0',
              };
              return encodeJwt(endorsed.id, claims, { algorithm: 'RS256', key: endorsed.privateKey });
            },
          ),
      },
    ],

    authorization(serviceUrl, overrides = {}) {
      const { expiresInSeconds = 3600, notBeforeInSeconds = -60, scheme = 'Bearer' } = overrides;
      const key = overrides.endorsed === false ? unendorsed : endorsed;
      const now = Math.floor(Date.now() / 1000);
      const named = overrides.serviceUrl === undefined ? serviceUrl : overrides.serviceUrl;
      const claims = {
        iss: overrides.issuer ?? channelIssuer,
        aud: overrides.audience ?? app.appId,
        nbf: now + notBeforeInSeconds,
        exp: now + expiresInSeconds,
        ...(named !== null && { serviceurl: named }),
        ...(overrides.tenant !== undefined && { tid: overrides.tenant }),
      };
      const keyId = overrides.keyId === 'unknown' ? foreign.id : key.id;
      return `${scheme} ${encodeJwt(keyId, claims, signingOf(overrides, key))}`;
    },

    checkBearer(header, audience) {
      const [, token] = /^Bearer (\S+)$/.exec(header ?? '') ?? [];
      if (token === undefined) return { ok: false, reason: 'there is no bearer token' };
      const claims = readJwt(token, endorsed.publicKey);
      if (claims === null) return { ok: false, reason: 'the token was not issued here' };
      if (claims['aud'] !== audience || claims['appid'] !== app.appId) {
        return { ok: false, reason: `the token is for ${claims['aud']}: expected ${audience}` };
      }
      if (Number(claims['exp']) * 1000 <= realTime()) return { ok: false, reason: 'the token has expired' };
      return { ok: true };
    },
  };
}

function makeKey(id: string, endorsements: readonly string[]): Key {
  return { id, endorsements, ...generateKeyPairSync('rsa', { modulusLength: 2048 }) };
}

function describeKey({ id, publicKey, endorsements }: Key): unknown {
  return { ...publicKey.export({ format: 'jwk' }), use: 'sig', kid: id, x5t: id, endorsements };
}

/** What MSAL wants to know of a login server that it does not know by heart. */
function describeAuthority(tenant: string): unknown {
  return {
    token_endpoint: `${loginUrl}/${tenant}/oauth2/v2.0/token`,
    authorization_endpoint: `${loginUrl}/${tenant}/oauth2/v2.0/authorize`,
    end_session_endpoint: `${loginUrl}/${tenant}/oauth2/v2.0/logout`,
    jwks_uri: `${loginUrl}/${tenant}/discovery/v2.0/keys`,
    issuer: `${loginUrl}/${tenant}/v2.0`,
    token_endpoint_auth_methods_supported: ['client_secret_post'],
    response_types_supported: ['code'],
    subject_types_supported: ['pairwise'],
    id_token_signing_alg_values_supported: ['RS256'],
  };
}

function hosts(preferred: string, ...aliases: string[]): unknown {
  return { preferred_network: preferred, preferred_cache: preferred, aliases: [preferred, ...aliases] };
}
