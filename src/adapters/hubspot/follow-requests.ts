import { AsyncLocalStorage } from 'node:async_hooks';
import type { Observe } from '../../flow/ports/observe.ts';
import { type EndCall, followCall, operationOf } from '../follow-call.ts';
import { ErrorAnswer } from './error-answer.ts';
import { pathWords } from './paths.ts';

/** Whoever makes requests tells of each that it begins, and of a good end. */
export type RequestFollower = {
  /** Follows what `ask` requests, one after the other; one that is under way when it fails has failed. */
  follow<T>(ask: () => Promise<T>): Promise<T>;
  begun(verb: string, address: string): void;
  done(status: number): void;
};

/** Follows requests through the library, which tells of an answer without saying to what. */
export function requestFollower(observe: Observe): RequestFollower {
  const asking = new AsyncLocalStorage<{ end: EndCall | null }>();
  const ended = (status: number | null) => {
    const asked = asking.getStore();
    asked?.end?.(status);
    if (asked) asked.end = null;
  };
  return {
    follow: (ask) =>
      asking.run({ end: null }, () =>
        ask().catch((error: unknown) => {
          ended(error instanceof ErrorAnswer ? error.status : null);
          throw error;
        }),
      ),
    begun: (verb, address) => {
      const asked = asking.getStore();
      if (!asked) return;
      const method = operationOf(verb, new URL(address).pathname, pathWords);
      asked.end = followCall({ platform: 'hubspot', method }, observe);
    },
    done: ended,
  };
}
