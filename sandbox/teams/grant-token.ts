import { randomUUID } from 'node:crypto';
import { Rejection } from './rejection.ts';
import type { Reply } from './route.ts';

/** Who may ask for a token: the one app of the one tenant. */
export type AppIdentity = {
  readonly appId: string;
  readonly appPassword: string;
  readonly tenantId: string;
};

/** What a bot's token is good for. */
export type Audience = 'https://api.botframework.com' | 'https://graph.microsoft.com';

/** Seconds that a bot's token lasts. */
const tokenLifetimeSeconds = 3600;

const audienceOfScope: ReadonlyMap<string, Audience> = new Map([
  ['https://api.botframework.com/.default', 'https://api.botframework.com'],
  ['https://graph.microsoft.com/.default', 'https://graph.microsoft.com'],
]);

/**
 * Answers a request for a token with the client credentials grant.
 * @param issue makes the token
 */
export function grantToken(
  app: AppIdentity,
  tenant: string,
  form: URLSearchParams,
  issue: (audience: Audience, lifetimeSeconds: number) => string,
): Reply {
  const clientId = form.get('client_id') ?? '';
  const secret = form.get('client_secret');
  const scope = form.get('scope') ?? '';

  if (tenant !== app.tenantId) {
    throw refuse(400, 'invalid_request', 90002, `Tenant "${tenant}" not found: expected ${app.tenantId}.`);
  }
  if (form.get('grant_type') !== 'client_credentials') {
    const given = form.get('grant_type');
    throw refuse(400, 'unsupported_grant_type', 70003, `Grant "${given}" is not "client_credentials".`);
  }
  if (clientId !== app.appId) {
    throw refuse(400, 'unauthorized_client', 700016, `Application "${clientId}" not found in the directory.`);
  }
  if (secret === null) {
    throw refuse(401, 'invalid_client', 7000216, 'A client_secret or client_assertion is missing.');
  }
  if (secret !== app.appPassword) {
    throw refuse(401, 'invalid_client', 7000215, `Invalid client secret for app "${clientId}".`);
  }
  // OpenID scopes that MSAL adds on its own say nothing about the resource.
  const resources = scope.split(' ').filter((part) => part.includes('/'));
  const audience = resources.length === 1 ? audienceOfScope.get(resources[0] ?? '') : undefined;
  if (audience === undefined) {
    throw scope.endsWith('/.default')
      ? refuse(400, 'invalid_resource', 500011, `The resource of scope "${scope}" was not found.`)
      : refuse(400, 'invalid_scope', 1002012, `Scope "${scope}" does not end in /.default.`);
  }
  const token = issue(audience, tokenLifetimeSeconds);
  return {
    status: 200,
    body: {
      token_type: 'Bearer',
      expires_in: tokenLifetimeSeconds,
      ext_expires_in: tokenLifetimeSeconds,
      access_token: token,
    },
  };
}

function refuse(status: number, error: string, code: number, words: string): Rejection {
  const [traceId, correlationId] = [randomUUID(), randomUUID()];
  const description = `AADSTS${code}: ${words} Trace ID: ${traceId} Correlation ID: ${correlationId}`;
  return new Rejection(error, {
    status,
    body: {
      error,
      error_description: description,
      error_codes: [code],
      trace_id: traceId,
      correlation_id: correlationId,
    },
  });
}
