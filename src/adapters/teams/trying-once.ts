import { ConnectorFactory } from 'botframework-connector';
import { TemporaryFailure } from '../../flow/ports/failure.ts';
import type { Observe } from '../../flow/ports/observe.ts';
import { followCall, operationOf } from '../follow-call.ts';

/** The SDK's own name of what would send a card again after a timeout. */
const retryPolicy = 'defaultRetryPolicy';

type Asked = { url: string; method: string };
type Answered = { status: number; bodyAsText?: string | null };

/** What may stand in the path of a call beside what it is about. */
const pathWords = new Set(['v3', 'conversations', 'activities', 'members']);

/**
 * Has clients try each call once, as whether and when to repeat one is for whoever makes it; has them believe only
 * Teams itself that something was done; and tells of each call.
 */
export function tryingOnce(factory: ConnectorFactory, observe: Observe): ConnectorFactory {
  return new (class extends ConnectorFactory {
    override async create(serviceUrl: string, audience?: string) {
      const client = await factory.create(serviceUrl, audience);
      const { pipeline } = client['client'];
      const removed = pipeline.removePolicy({ name: retryPolicy });
      if (removed.length === 0)
        throw new Error(`no policy "${retryPolicy}" in the SDK, expected to remove it`);
      // A proxy on the way may answer 200 with a page of its own, which the SDK takes for an answer without an id.
      pipeline.addPolicy(
        {
          name: 'believeOnlyJson',
          async sendRequest(request: Asked, next: (request: Asked) => Promise<Answered>) {
            const response = await next(request);
            if (response.status < 300 && response.bodyAsText) expectJson(response.bodyAsText);
            return response;
          },
        },
        { afterPhase: 'Deserialize' },
      );
      pipeline.addPolicy(following(observe), { afterPhase: 'Sign' });
      return client;
    }
  })();
}

function following(observe: Observe) {
  return {
    name: 'tellOfEachCall',
    async sendRequest(request: Asked, next: (request: Asked) => Promise<Answered>) {
      const { pathname } = new URL(request.url);
      // What stands before it is Teams' region.
      const path = pathname.slice(Math.max(0, pathname.indexOf('/v3/')));
      const method = operationOf(request.method, path, pathWords);
      const end = followCall({ platform: 'teams', method }, observe);
      try {
        const response = await next(request);
        end(response.status);
        return response;
      } catch (error) {
        end(null);
        throw error;
      }
    },
  };
}

function expectJson(text: string): void {
  try {
    JSON.parse(text);
  } catch {
    throw new TemporaryFailure('Teams answered with what is no JSON', { outcome: 'unknown' });
  }
}
