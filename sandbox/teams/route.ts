import type { IncomingHttpHeaders } from 'node:http';

/** What a caller may ask of the server, as it is counted and as faults name it. */
export type Operation =
  | 'send'
  | 'update'
  | 'delete'
  | 'createConversation'
  | 'member'
  | 'token'
  | 'openid'
  | 'graph';

export type Call = {
  /** The named groups of the route's path, decoded. */
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  /** Where the server is, without a trailing slash. */
  readonly origin: string;
};

export type Reply = {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
};

export type Route = {
  readonly operation: Operation;
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly path: RegExp;
  readonly handle: (call: Call) => Reply;
};

/** The route for a request, with the parameters of its path; null when there is none. */
export function findRoute(
  routes: readonly Route[],
  method: string,
  pathname: string,
): { route: Route; params: Record<string, string> } | null {
  for (const route of routes) {
    const match = route.method === method ? route.path.exec(pathname) : null;
    if (match === null) continue;
    const named = Object.entries(match.groups ?? {});
    return { route, params: Object.fromEntries(named.map(([name, value]) => [name, decode(value)])) };
  }
  return null;
}

function decode(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}
