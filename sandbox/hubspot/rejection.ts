import { randomUUID } from 'node:crypto';

/** One entry of `errors` in HubSpot's error body. */
export type ErrorDetail = {
  message: string;
  code?: string;
  context?: Record<string, string[]>;
};

/** An answer in HubSpot's error format; thrown by the routes, written out by the server. */
export class Rejection extends Error {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;

  constructor(status: number, category: string, message: string, details: Record<string, unknown> = {}) {
    super(message);
    this.status = status;
    this.body = { status: 'error', message, correlationId: randomUUID(), ...details, category };
  }
}

/** 400: the request itself, or a value in it, is not acceptable. */
export function invalid(
  message: string,
  errors?: ErrorDetail[],
  context?: Record<string, string[]>,
): Rejection {
  return new Rejection(400, 'VALIDATION_ERROR', message, {
    ...(errors === undefined ? {} : { errors }),
    ...(context === undefined ? {} : { context }),
  });
}

/** 404: there is no such record, property, owner or route. */
export function notFound(message = 'resource not found', context?: Record<string, string[]>): Rejection {
  return new Rejection(404, 'OBJECT_NOT_FOUND', message, context === undefined ? {} : { context });
}

/** 409: the write would break a uniqueness rule. */
export function conflict(message: string, category = 'CONFLICT'): Rejection {
  return new Rejection(409, category, message);
}
