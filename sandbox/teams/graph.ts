import { randomUUID } from 'node:crypto';
import type { Issuer } from './issuer.ts';
import { nameParts } from './member-json.ts';
import { reject } from './rejection.ts';
import type { Call, Reply, Route } from './route.ts';
import type { TeamsUser, Tenant } from './tenant.ts';

/** `mail eq '…'`, in which a quote is written twice; of a list, `proxyAddresses/any(p:p eq '…')`. */
const filterTerm = /^(?<property>id|mail|userPrincipalName) eq '(?<value>(?:[^']|'')*)'$/;
const anyTerm = /^proxyAddresses\/any\((?<name>\w+):\k<name> eq '(?<value>(?:[^']|'')*)'\)$/;

/** The little of Microsoft Graph that finds a person by their address. */
export function graphRoutes(tenant: Tenant, issuer: Issuer): Route[] {
  const route = (path: RegExp, answer: (call: Call) => unknown): Route => ({
    operation: 'graph',
    method: 'GET',
    path,
    handle: (call): Reply => {
      const check = issuer.checkBearer(call.headers.authorization, 'https://graph.microsoft.com');
      if (!check.ok) throw reject(401, 'InvalidAuthenticationToken', `Access refused: ${check.reason}.`);
      return { status: 200, body: answer(call), headers: { 'request-id': randomUUID() } };
    },
  });
  const users = (): TeamsUser[] => tenant.conversations().map(({ user }) => user);

  return [
    route(/^\/v1\.0\/users$/, ({ query }) => {
      const filter = query.get('$filter');
      allowOnly(query, ['$filter', '$select']);
      const terms = filter === null ? null : filter.split(/ or /i).map(readTerm);
      const found = users().filter((user) => terms === null || terms.some((matches) => matches(user)));
      return { value: found.map((user) => select(user, query)) };
    }),
    route(/^\/v1\.0\/users\/(?<user>[^/]+)$/, ({ params, query }) => {
      allowOnly(query, ['$select']);
      const wanted = String(params['user']).toLowerCase();
      const found = users().find(
        ({ id, userPrincipalName }) => id === wanted || userPrincipalName.toLowerCase() === wanted,
      );
      if (found === undefined) {
        throw reject(404, 'Request_ResourceNotFound', `Resource "${wanted}" does not exist.`);
      }
      return select(found, query);
    }),
  ];
}

function readTerm(term: string): (user: TeamsUser) => boolean {
  const listed = anyTerm.exec(term.trim())?.groups?.['value'];
  if (listed !== undefined) {
    const wanted = listed.replaceAll("''", "'").toLowerCase();
    return (user) => proxyAddresses(user).some((address) => address.toLowerCase() === wanted);
  }
  const { property, value } = filterTerm.exec(term.trim())?.groups ?? {};
  if (property === undefined || value === undefined) {
    throw reject(400, 'BadRequest', `$filter: "${term}": expected mail, userPrincipalName or id eq '…'.`);
  }
  const wanted = value.replaceAll("''", "'").toLowerCase();
  return (user) => String(asGraph(user)[property]).toLowerCase() === wanted;
}

function select(user: TeamsUser, query: URLSearchParams): unknown {
  const all = asGraph(user);
  const names = query.get('$select')?.split(',');
  if (names === undefined) return all;
  const unknown = names.find((name) => !(name in all));
  if (unknown !== undefined) {
    throw reject(
      400,
      'BadRequest',
      `$select: "${unknown}": expected some of ${Object.keys(all).join(', ')}.`,
    );
  }
  return Object.fromEntries(names.map((name) => [name, all[name]]));
}

function asGraph(user: TeamsUser): Record<string, unknown> {
  return {
    id: user.id,
    displayName: user.name,
    ...nameParts(user.name),
    mail: user.email,
    userPrincipalName: user.userPrincipalName,
    proxyAddresses: proxyAddresses(user),
    jobTitle: null,
    accountEnabled: user.isEnabled,
  };
}

/** The usual address of the mailbox, in capitals, and its others. */
function proxyAddresses({ email, aliases }: TeamsUser): string[] {
  return [`SMTP:${email}`, ...aliases.map((alias) => `smtp:${alias}`)];
}

function allowOnly(query: URLSearchParams, known: readonly string[]): void {
  const unknown = [...query.keys()].find((name) => !known.includes(name));
  if (unknown !== undefined) {
    throw reject(400, 'BadRequest', `Query option "${unknown}": expected ${known.join(' or ')}.`);
  }
}
