import { z } from 'zod';
import { PermanentFailure, TemporaryFailure } from '../../flow/ports/failure.ts';
import type { Log } from '../log.ts';
import { tooMany } from '../pace.ts';
import type { Tokens } from './credentials.ts';
import { emailsIn } from './emails-in.ts';
import { type Refusal, readRefusal } from './translate-error.ts';

/** A person of the tenant. */
export type DirectoryUser = {
  /** Microsoft Entra object id. */
  id: string;
  emails: readonly string[];
};

/** Who is who in the tenant, from Microsoft Graph. Needs the application permission `User.Read.All`. */
export type Graph = {
  byEmail(email: string): Promise<DirectoryUser | null>;
  byId(userId: string): Promise<DirectoryUser | null>;
};

const audience = 'https://graph.microsoft.com';
const busyForSeconds = 10;
const fields = 'id,mail,userPrincipalName';

const user = z.object({
  id: z.string(),
  mail: z.string().nullish(),
  userPrincipalName: z.string().nullish(),
});
const users = z.object({ value: z.array(user) });

/**
 * Nobody is found while the app may not ask, which the log says: people whom Teams knows get their cards all the same.
 * @param apiUrl another server in Graph's place; null for Microsoft's own
 */
export function teamsGraph(
  tokens: Tokens,
  { apiUrl, timeoutMs, log }: { apiUrl: string | null; timeoutMs: number; log: Log },
): Graph {
  const get = async <Answer>(path: string, answer: z.ZodType<Answer>): Promise<Answer | null> => {
    const authorization = `Bearer ${await tokens.of(audience)}`;
    const response = await fetch(`${apiUrl ?? audience}/v1.0/${path}`, {
      headers: { authorization },
      signal: AbortSignal.timeout(timeoutMs),
    }).catch(silent);
    const body = await response.text().catch(silent);
    if (response.status === 404) return null;
    if (response.ok) return answer.parse(JSON.parse(body));
    const refusal = readRefusal(response.status, body, response.headers.get('retry-after'));
    if (response.status !== 401 && response.status !== 403) throw failureOf(refusal);
    if (response.status === 401) tokens.forget(audience);
    const { status, code } = refusal;
    log.error(
      { platform: 'teams', status, code },
      "Microsoft Graph tells the app of nobody. Check the app's permission User.Read.All",
    );
    return null;
  };

  return {
    async byEmail(email) {
      const quoted = `'${email.replaceAll("'", "''")}'`;
      const filter = encodeURIComponent(`mail eq ${quoted} or userPrincipalName eq ${quoted}`);
      const found = (await get(`users?$filter=${filter}&$select=${fields}`, users))?.value[0];
      return found ? directoryUser(found) : null;
    },
    async byId(userId) {
      const found = await get(`users/${encodeURIComponent(userId)}?$select=${fields}`, user);
      return found && directoryUser(found);
    },
  };
}

function directoryUser({ id, mail, userPrincipalName }: z.infer<typeof user>): DirectoryUser {
  return { id, emails: emailsIn(mail, userPrincipalName) };
}

function silent(cause: unknown): never {
  throw new TemporaryFailure('Microsoft Graph did not answer', { outcome: 'notDone', cause });
}

function failureOf({ status, code, retryAfterSeconds }: Refusal): Error {
  if (status === 429) return tooMany('Microsoft Graph', retryAfterSeconds ?? busyForSeconds);
  const answered = `Microsoft Graph answered with HTTP ${status} (${code})`;
  if (status >= 500) return new TemporaryFailure(answered, { outcome: 'notDone' });
  return new PermanentFailure(answered, { code });
}
