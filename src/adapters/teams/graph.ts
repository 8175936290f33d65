import { z } from 'zod';
import { TemporaryFailure } from '../../flow/ports/failure.ts';
import type { Observe } from '../../flow/ports/observe.ts';
import { followedFetch, operationOf } from '../follow-call.ts';
import type { Log } from '../log.ts';
import { tooMany } from '../pace.ts';
import type { Tokens } from './credentials.ts';
import { emailsIn } from './emails-in.ts';
import { type Refusal, readRefusal } from './translate-error.ts';

/** A person of the tenant. */
export type DirectoryUser = {
  /** Microsoft Entra object id. */
  id: string;
  /** None of a blocked account: whoever had it reads nothing there. */
  emails: readonly string[];
};

/** Who is who in the tenant, from Microsoft Graph. Needs the application permission `User.Read.All`. */
export type Graph = {
  byEmail(email: string): Promise<DirectoryUser | null>;
  byId(userId: string): Promise<DirectoryUser | null>;
};

const audience = 'https://graph.microsoft.com';
const busyForSeconds = 10;
const fields = 'id,mail,userPrincipalName,proxyAddresses,accountEnabled';

const user = z.object({
  id: z.string(),
  mail: z.string().nullish(),
  userPrincipalName: z.string().nullish(),
  /** All that a mailbox receives: `SMTP:` before the usual one, `smtp:` before its others, and other kinds. */
  proxyAddresses: z.array(z.string()).nullish(),
  accountEnabled: z.boolean().nullish(),
});
const users = z.object({ value: z.array(user) });

/**
 * Nobody is found while the app may not ask, which the log says: people whom Teams knows get their cards all the same.
 * @param apiUrl another server in Graph's place; null for Microsoft's own
 */
export function teamsGraph(
  tokens: Tokens,
  {
    apiUrl,
    timeoutMs,
    observe,
    log,
  }: { apiUrl: string | null; timeoutMs: number; observe: Observe; log: Log },
): Graph {
  const ask = followedFetch({ platform: 'teams', methodOf }, observe);
  const get = async <Answer>(path: string, answer: z.ZodType<Answer>): Promise<Answer | null> => {
    const authorization = `Bearer ${await tokens.of(audience)}`;
    const response = await ask(`${apiUrl ?? audience}/v1.0/${path}`, {
      headers: { authorization },
      signal: AbortSignal.timeout(timeoutMs),
    }).catch(silent);
    const body = await response.text().catch(silent);
    if (response.ok) return readAnswer(body, answer);
    const refusal = readRefusal(response.status, body, response.headers.get('retry-after'));
    const { status, code } = refusal;
    if (status === 404 && code !== null) return null;
    if (code === null || (status !== 401 && status !== 403)) throw failureOf(refusal);
    if (status === 401) tokens.forget(audience);
    log.error(
      { platform: 'teams', status, code },
      "Microsoft Graph tells the app of nobody. Check the app's permission User.Read.All",
    );
    return null;
  };

  return {
    async byEmail(email) {
      const quoted = `'${email.replaceAll("'", "''")}'`;
      const proxied = `proxyAddresses/any(address:address eq 'smtp:${quoted.slice(1)})`;
      const filter = encodeURIComponent(`mail eq ${quoted} or userPrincipalName eq ${quoted} or ${proxied}`);
      const found = await get(`users?$filter=${filter}&$select=${fields}`, users);
      // A blocked account may keep the address that its owner has in a newer one.
      const active = found?.value.find(({ accountEnabled }) => accountEnabled !== false);
      return active ? directoryUser(active) : null;
    },
    async byId(userId) {
      const found = await get(`users/${encodeURIComponent(userId)}?$select=${fields}`, user);
      return found && directoryUser(found);
    },
  };
}

const pathWords = new Set(['v1.0', 'users']);

function methodOf(url: string, verb: string): string {
  return operationOf(verb, new URL(url).pathname, pathWords);
}

function directoryUser(found: z.infer<typeof user>): DirectoryUser {
  const { id, mail, userPrincipalName, proxyAddresses, accountEnabled } = found;
  if (accountEnabled === false) return { id, emails: [] };
  const others = proxyAddresses?.flatMap((address) => /^smtp:(.+)$/i.exec(address)?.[1] ?? []) ?? [];
  return { id, emails: emailsIn(mail, userPrincipalName, ...others) };
}

function silent(cause: unknown): never {
  throw new TemporaryFailure('Microsoft Graph did not answer', { outcome: 'notDone', cause });
}

/** A proxy on the way may answer with a page of its own, which tells nothing about anybody. */
function readAnswer<Answer>(body: string, answer: z.ZodType<Answer>): Answer {
  try {
    return answer.parse(JSON.parse(body));
  } catch {
    throw new TemporaryFailure('Microsoft Graph answered with what is none of its own', {
      outcome: 'notDone',
    });
  }
}

/** Whatever Graph does not tell is no reason to call somebody unreachable. */
function failureOf({ status, code, retryAfterSeconds }: Refusal): TemporaryFailure {
  if (status === 429) return tooMany('Microsoft Graph', retryAfterSeconds ?? busyForSeconds);
  const answered = `Microsoft Graph answered with HTTP ${status} (${code ?? 'and nothing of its own'})`;
  return new TemporaryFailure(answered, { outcome: 'notDone' });
}
