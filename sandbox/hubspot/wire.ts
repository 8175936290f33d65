import type { z } from 'zod';
import { type ObjectType, objectTypeNamed } from './object-types.ts';
import { invalid } from './rejection.ts';

/** A request of the app, as a route sees it. */
export type ApiRequest = {
  params: Readonly<Record<string, string>>;
  query: URLSearchParams;
  /** The parsed JSON, or undefined when there was no body. */
  body: unknown;
  bodyLength: number;
};

/** What a route answers when it does not throw a `Rejection`. */
export type ApiReply = {
  status: number;
  body?: unknown;
};

/** What answers a method and a path. */
export type Route = {
  method: string;
  pattern: RegExp;
  handle: (request: ApiRequest) => ApiReply;
};

/** A route for a path with `:name` parts; the first matching route answers. */
export function route(method: string, path: string, handle: Route['handle']): Route {
  return { method, pattern: new RegExp(`^${path.replaceAll(/:(\w+)/g, '(?<$1>[^/]+)')}/?$`), handle };
}

/** The part of the path that the route calls `:name`. */
export function param(request: ApiRequest, name: string): string {
  const value = request.params[name];
  if (value === undefined) throw new Error(`The route has no part ":${name}"`);
  return value;
}

/** The object type in a path, by name or id (`contacts`, `contact`, `0-1`). */
export function typeParam(request: ApiRequest, name = 'type'): ObjectType {
  const given = param(request, name);
  const type = objectTypeNamed(given);
  if (type === undefined) throw invalid(`Unable to infer object type from: ${given}`);
  return type;
}

/** HubSpot takes lists as repeated keys and as comma-separated values. */
export function listQuery(request: ApiRequest, name: string): string[] {
  return request.query
    .getAll(name)
    .flatMap((value) => value.split(','))
    .filter((value) => value !== '');
}

/** Whether the query says `name=true`; anything else is no. */
export function booleanQuery(request: ApiRequest, name: string): boolean {
  return request.query.get(name) === 'true';
}

/** The page size a request asks for; throws HubSpot's 400 when it is not between 1 and `max`. */
export function limitQuery(request: ApiRequest, standard: number, max: number): number {
  const given = request.query.get('limit');
  if (given === null) return standard;
  const limit = Number(given);
  if (!Number.isInteger(limit) || limit < 1 || limit > max) {
    throw invalid(`Invalid limit ${given}: expected an integer between 1 and ${max}`);
  }
  return limit;
}

/** Reads a body strictly: HubSpot answers 400 to a missing field and to a value that is not a string. */
export function readBody<T>(schema: z.ZodType<T>, request: ApiRequest): T {
  const read = schema.safeParse(request.body);
  if (read.success) return read.data;
  const problems = read.error.issues.map((issue) => `${issue.path.join('.') || 'body'}: ${issue.message}`);
  throw invalid(`Invalid input JSON on line 1, column 1: ${problems.join('; ')}`);
}

/** One page out of `items`, which are in the order of their ids, from the id `after` on. */
export function pageOf<T extends { id: string }>(
  items: T[],
  limit: number,
  after: string | null,
): { page: T[]; paging: { paging?: { next: { after: string } } } } {
  const first = Number(after ?? 0);
  if (Number.isNaN(first)) throw invalid(`Invalid paging cursor: ${after}`);
  const rest = items.filter(({ id }) => Number(id) >= first);
  const next = rest[limit];
  return {
    page: rest.slice(0, limit),
    paging: next === undefined ? {} : { paging: { next: { after: next.id } } },
  };
}
