import { randomUUID } from 'node:crypto';
import { rateLimited } from './limits.ts';

/** A failure of the next `times` requests that match, by default of one. */
export type Fault = { method?: string; path?: RegExp; times?: number } & (
  | {
      status: number;
      headers?: Record<string, string>;
      /** Text is sent as HTML, as a proxy in front of HubSpot does. */
      body?: Record<string, unknown> | string;
    }
  /** `drop-after-effect` carries the request out and never says so: the app cannot know. */
  | { connection: 'drop' | 'hang' | 'drop-after-effect' }
);

/** The body HubSpot would send along with a status. */
export function usualBody(status: number): Record<string, unknown> {
  if (status === 429) return rateLimited('TEN_SECONDLY_ROLLING');
  const message = status === 423 ? 'The resource is locked' : 'There was a problem with the request.';
  return { status: 'error', message, correlationId: randomUUID() };
}

/** The faults that wait for the requests they match. */
export type FaultScript = {
  failNext: (fault: Fault) => void;
  take: (method: string, path: string) => Fault | undefined;
};

/** An empty script. Faults strike in the order they were asked for, each as often as its `times` says. */
export function faultScript(): FaultScript {
  let script: { fault: Fault; left: number }[] = [];
  return {
    failNext: (fault) => {
      script.push({ fault, left: fault.times ?? 1 });
    },
    take: (method, path) => {
      const next = script.find(
        ({ fault }) =>
          (fault.method === undefined || fault.method === method) &&
          (fault.path === undefined || fault.path.test(path)),
      );
      if (next === undefined) return undefined;
      next.left -= 1;
      script = script.filter(({ left }) => left > 0);
      return next.fault;
    },
  };
}
